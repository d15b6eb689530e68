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
from reglint.syntax.blocks import Heading, Row, Table
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


def _is_in(heading: Heading, at: int) -> bool:
    """Tell whether *at* is in the line of *heading*; a heading without a text has its place behind that line."""
    return heading.line.start <= at <= max(heading.line.end, heading.span.end)


class Pointing:
    """Finds paths. Most places are links within the content of a section: only that section is looked into."""

    def __init__(self, places: Places, front: FrontMatter, shape: Outline) -> None:
        self._places = places
        self._before = max(front.fence.end, front.body - 1)
        self._shape = shape
        self._known: dict[Path, _Spots] = {}
        self._ends: dict[Path, int] = {}

    def pointer(self, span: Span) -> Path:
        """Return the path of the key that *span* is, or of the smallest value that holds it.

        A record's `fields` are preferred to the `tables` and `links` that show the same text.
        """
        part = self._part_at(span.start)
        found = self._within(part, span) if part else None
        return (*part.path, *found) if part and found is not None else self._everywhere.at(span) or ()

    def _part_at(self, at: int) -> Part | None:
        """Return the part in whose content *at* is; none for headings, front matter, and what the instance lacks."""
        starts, parts = self._parts
        found = bisect_right(starts, at) - 1
        part = parts[found] if found >= 0 and at > self._before else None
        headings = (self._shape.title, part.section.heading) if part else ()
        return None if any(it and _is_in(it, at) for it in headings) else part

    @cached_property
    def _parts(self) -> tuple[Sequence[int], Sequence[Part | None]]:
        """Where each section begins, and the part that it is, if the instance has it."""
        parts = {it.section.start: it for it in self._shape}
        starts = sorted({*parts, *_starts(self._shape.sections)})
        return starts, [parts.get(it) for it in starts]

    def _within(self, part: Part, span: Span) -> Path | None:
        if part.path not in self._known:
            self._known[part.path] = self._spots_of(part)
        found = self._known[part.path].at(span)
        if found is None and part.section.heading:
            end = self._ends[part.path] = self._ends.get(part.path) or extent(part, self._shape).end
            return () if end >= span.end else None
        return found

    @cached_property
    def _everywhere(self) -> _Spots:
        places = self._places.all
        paths = [it for it in places if (within_section(it) or ("",))[:1] not in _SHOWN_TWICE]
        keys = {key: path for path in reversed(paths) if (key := places[path].key) and key != Span(0, 0)}
        return _Spots((_spot(places[it].value, it) for it in paths), keys)

    def _spots_of(self, part: Part) -> _Spots:
        """Return what *part* shows but once. The place of a section itself begins with its heading, before all that."""
        spots = [] if part.section.heading else [_spot(extent(part, self._shape), ())]
        keys: dict[Span, Path] = {}
        for kind, its in part.held.items():
            if (kind,) not in _SHOWN_TWICE:
                spots.append((its[0].span.start, -its[-1].span.end, 1, (kind,), None))
            if kind in _INNERMOST:
                rest = _INNERMOST[kind]
                spots.extend(_spot(block.span, (kind, i, *rest)) for i, block in enumerate(its))
            elif kind == "fields":
                for path, value, row, key in _fields(its):
                    spots.append(_spot(value, path, row))
                    keys |= {key: path} if key else {}
        return _Spots(spots, keys)


def _spot(span: Span, path: Path, row: Row | None = None) -> _Spot:
    return span.start, -span.end, len(path), path, row


def _fields(holding: Sequence[Holding]) -> Iterator[tuple[Path, Span, Row | None, Span | None]]:
    """Yield the path of each field, its value or the row that holds it, and its key unless the row holds that."""
    known = set()
    for name, span, row, key in _stated(holding):
        if name not in known:
            known.add(name)
            yield ("fields", name), span, row, key


def _stated(holding: Sequence[Holding]) -> Iterator[tuple[str, Span, Row | None, Span | None]]:
    for it in holding:
        if isinstance(it, Table):
            yield from ((row.texts[0], row.span, row, None) for row in it.rows)
        else:
            yield from ((field.name, field.span, None, field.name_span) for field in fields.lines(it))


def _starts(sections: Sequence[Section]) -> Iterator[int]:
    for section in sections:
        yield section.start
        yield from _starts(section.children)
