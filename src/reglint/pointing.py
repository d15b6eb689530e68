"""From a place in a document to the path of what stands there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from reglint import fields
from reglint.contents import Holding
from reglint.diagnostic import Path
from reglint.outline import Outline, Part, within_section
from reglint.places import Places, extent
from reglint.sections import Section
from reglint.syntax.blocks import Block, Heading, Row, Table
from reglint.syntax.frontmatter import FrontMatter
from reglint.text import Span

_SHOWN_TWICE = frozenset({("links",), ("tables",), ("heading",), ("level",)})
_INNERMOST: Mapping[str, Path] = {"items": (), "quotes": (), "code": ("text",)}
"""What stands at the whole of a block, by its kind and below its index."""

_Spot = tuple[int, int, int, Path, Row | None]
"""Start, negative end and depth of a value, its path, and the row that it is a field of.

In their order, inner values come behind those that hold them.
"""


class _Spots:
    """Values by their places, and what is found by its key."""

    def __init__(self, spots: Iterable[_Spot], keys: Mapping[Span, Path]) -> None:
        self._spots = sorted(spots)
        self._starts = [it[0] for it in self._spots]
        self._keys = keys

    def at(self, span: Span) -> Path | None:
        """Return the path of the key that *span* is, or of the innermost value that holds it."""
        if span in self._keys:
            return self._keys[span]
        for i in range(bisect_right(self._starts, span.start) - 1, -1, -1):
            _, before, _, path, row = self._spots[i]
            if -before >= span.end and (row is None or _is_field(row, span)):
                return path
        return None


def _is_field(row: Row, span: Span) -> bool:
    name, value = row.cells
    return name.span == span or value.span.holds(span)


def _end(heading: Heading) -> int:
    """Return where the line of *heading* ends; one without a text has its place behind that line."""
    return max(heading.line.end, heading.span.end)


class _Area:
    """What stands in a section itself, behind *start*, which is the end of its heading."""

    def __init__(self, part: Part, shape: Outline) -> None:
        heading = part.section.heading
        self.start = _end(heading) if heading else -1
        self._part = part
        self._shape = shape

    def at(self, span: Span) -> Path | None:
        """Return the path of what *span* is or stands in."""
        found = self._spots.at(span)
        if found is None and self._part.section.heading and self._extent.end >= span.end:
            found = ()
        return None if found is None else (*self._part.path, *found)

    @cached_property
    def _extent(self) -> Span:
        return extent(self._part, self._shape)

    @cached_property
    def _spots(self) -> _Spots:
        """What the part shows but once. The place of a section itself begins with its heading, before all that."""
        spots = [] if self._part.section.heading else [_spot(self._extent, ())]
        keys: dict[Span, Path] = {}
        for kind, its in self._part.held.items():
            if (kind,) not in _SHOWN_TWICE:
                spots.append((its[0].span.start, -its[-1].span.end, 1, (kind,), None))
            if kind in _INNERMOST:
                rest = _INNERMOST[kind]
                spots.extend([_spot(block.span, (kind, i, *rest)) for i, block in enumerate(its)])
            elif kind == "fields":
                for path, value, row, key in _fields(its):
                    spots.append(_spot(value, path, row))
                    if key:
                        keys[key] = path
        return _Spots(spots, keys)


class Pointing:
    """Finds paths. Most places are links within the content of a section: only that section is looked into."""

    def __init__(self, places: Places, front: FrontMatter, shape: Outline) -> None:
        self._places = places
        self._before = max(front.fence.end, front.body - 1)
        self._shape = shape
        title = shape.title
        self._title = (title.line.start, _end(title)) if title else (0, -1)

    def pointer(self, span: Span) -> Path:
        """Return the path of the key that *span* is, or of the smallest value that holds it.

        A record's `fields` are preferred to the `tables` and `links` that show the same text.
        """
        area = self._area_at(span.start)
        found = area.at(span) if area else None
        return (self._everywhere.at(span) or ()) if found is None else found

    def _area_at(self, at: int) -> _Area | None:
        """Return the area that *at* is in; none for headings, front matter, and what the instance lacks."""
        starts, areas = self._areas
        area = areas[bisect_right(starts, at)]
        first, last = self._title
        return area if area and area.start < at > self._before and not first <= at <= last else None

    @cached_property
    def _areas(self) -> tuple[Sequence[int], Sequence[_Area | None]]:
        """Where each section begins, and what ends there: nothing, then the area of each, if the instance has it."""
        areas = {it.section.start: _Area(it, self._shape) for it in self._shape}
        starts = sorted({*areas, *_starts(self._shape.sections)})
        return starts, [None, *map(areas.get, starts)]

    @cached_property
    def _everywhere(self) -> _Spots:
        places = self._places.all
        paths = [it for it in places if (within_section(it) or ("",))[:1] not in _SHOWN_TWICE]
        keys = {key: path for path in reversed(paths) if (key := places[path].key) and key != Span(0, 0)}
        return _Spots((_spot(places[it].value, it) for it in paths), keys)


def _spot(span: Span, path: Path, row: Row | None = None) -> _Spot:
    return span.start, -span.end, len(path), path, row


def _fields(holding: Sequence[Holding]) -> Iterator[tuple[Path, Span, Row | None, Span | None]]:
    """Yield the path of each field, its value or the row that holds it, and its key unless the row holds that."""
    known = set()
    for it in holding:
        for name, span, row, key in _rows(it) if isinstance(it, Table) else _lines(it):
            if name not in known:
                known.add(name)
                yield ("fields", name), span, row, key


def _rows(table: Table) -> list[tuple[str, Span, Row, None]]:
    return [(row.texts[0], row.span, row, None) for row in table.rows]


def _lines(block: Block) -> list[tuple[str, Span, None, Span]]:
    return [(it.name, it.span, None, it.name_span) for it in fields.lines(block)]


def _starts(sections: Sequence[Section]) -> Iterator[int]:
    for section in sections:
        yield section.start
        yield from _starts(section.children)
