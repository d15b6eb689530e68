"""Where everything in a document stands: told when it is asked for, as few ask for what is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from reglint.contents import KINDS
from reglint.diagnostic import Path
from reglint.outline import Outline, Part
from reglint.sections import end_of, extent_of
from reglint.syntax.frontmatter import FrontMatter
from reglint.syntax.tree import Place, nearest_place
from reglint.text import Span

_START = Span(0, 0)
_MEMBER = 2  # steps from a part to a member of what it holds of one kind


class Places:
    """The places of a document of *length* code points, whose body has the *shape*."""

    def __init__(self, length: int, front: FrontMatter, shape: Outline) -> None:
        self._length = length
        self._front = front
        self._shape = shape
        self._known: dict[Path, Mapping[Path, Place]] = {}
        self._spans: dict[Path, Span] = {}

    @cached_property
    def all(self) -> Mapping[Path, Place]:
        """The place of every path, in the order of the instance."""
        front, parts = self._front, self._shape.parts
        frame = [parts[it] for it in (("lead",), ("footer",)) if it in parts]
        sections = [it for it in parts.values() if it not in frame]
        found = dict(self._head())
        found |= {("frontmatter", *path): place for path, place in front.tree.places.items()}
        found["frontmatter",] = Place(front.fence, front.tree.at())
        return found | dict(self._title()) | self._within(frame) | dict(self._list()) | self._within(sections)

    def at(self, path: Path) -> Span:
        """Return where the value at *path* stands; a missing one stands where its nearest ancestor does."""
        found = self._spans.get(path)
        if found is None:
            found = self._spans[path] = self._find(path)
        return found

    def _find(self, path: Path) -> Span:
        if path[:1] == ("frontmatter",):
            return nearest_place(self._front.tree.places, path[1:]).value
        title = self._shape.title
        if title and path == ("title",):
            return title.span
        part, rest = self._innermost(path)
        if part and len(rest) == _MEMBER and rest[0] in part.held:
            kind, member = str(rest[0]), rest[1]
            if span := KINDS[kind].span(part.held[kind], member):
                return span
        return self._nearest(path).value

    def key(self, path: Path) -> Span:
        """Return where the key of *path* stands, or its value where there is no key."""
        tree = self._front.tree
        if path[:1] == ("frontmatter",) and not tree.errors:
            return tree.key(*path[1:]) if len(path) > 1 and path[1] in tree.value else self._front.fence
        place = self._nearest(path)
        return place.key or place.value

    def _nearest(self, path: Path) -> Place:
        """Return the place of *path*, or of its nearest ancestor that has one, and make those of one part only."""
        if path[:1] == ("frontmatter",):
            return nearest_place(self.all, path)
        part, rest = self._innermost(path)
        return nearest_place(self._of(part) if part else self._top, rest)

    def _innermost(self, path: Path) -> tuple[Part | None, Path]:
        """Return the innermost part that *path* leads into, and the rest of the path."""
        part, below = None, self._shape.parts
        while True:
            step = path[:1] if path[:1] in below else path[:2]
            if step not in below:
                return part, path
            part, path = below[step], path[len(step) :]
            below = part.below

    @cached_property
    def _top(self) -> Mapping[Path, Place]:
        return dict([*self._head(), *self._title(), *self._list()])

    def _head(self) -> Iterator[tuple[Path, Place]]:
        yield (), Place(None, Span(0, self._length))
        yield ("path",), Place(_START, _START)
        yield ("name",), Place(_START, _START)

    def _title(self) -> Iterator[tuple[Path, Place]]:
        if title := self._shape.title:
            yield ("title",), Place(title.span, title.span)

    def _list(self) -> Iterator[tuple[Path, Place]]:
        """The headings of the first rank, duplicates kept, and the whole of their sections."""
        headings = [it.heading for it in self._shape.sections if it.heading]
        if headings:
            yield ("outline",), Place(None, Span(headings[0].line.start, headings[-1].line.end))
            yield from ((("outline", i), Place(it.span, it.span)) for i, it in enumerate(headings))
            yield ("sections",), Place(None, extent_of(self._shape.sections))

    def _within(self, parts: Iterable[Part]) -> dict[Path, Place]:
        each = (it for part in parts for it in part)
        return {(*it.path, *path): place for it in each for path, place in self._of(it).items()}

    def _of(self, part: Part) -> Mapping[Path, Place]:
        """Return the places in *part*, by their paths in it, without those of its parts."""
        if part.path not in self._known:
            self._known[part.path] = dict([*self._own(part), *held(part), *_of_heading(part)])
        return self._known[part.path]

    def _own(self, part: Part) -> Iterator[tuple[Path, Place]]:
        yield (), Place(part.section.heading and part.section.heading.span, extent(part, self._shape))


def extent(part: Part, shape: Outline) -> Span:
    """Return where *part* stands; a lead or footer without content stands where the title does."""
    section = part.section
    if section.heading:
        return Span(section.start, end_of(section))
    if content := section.content:
        return Span(content[0].span.start, content[-1].span.end)
    assert shape.title, "what has nothing to show is there for the title only"
    return shape.title.span


def held(part: Part) -> Iterator[tuple[Path, Place]]:
    """Yield the places of what *part* itself holds, by their paths in it."""
    key = part.section.heading and part.section.heading.span
    for kind, its in part.held.items():
        yield (kind,), Place(key, Span(its[0].span.start, its[-1].span.end))
        yield from (((kind, *path), place) for path, place in KINDS[kind].places(its))


def _of_heading(part: Part) -> Iterator[tuple[Path, Place]]:
    if heading := part.section.heading:
        yield ("heading",), Place(heading.span, heading.span)
        yield ("level",), Place(heading.span, heading.span)
        if "value" in part.value:
            start = heading.span.end - len(part.value["value"])
            yield ("value",), Place(heading.span, Span(start, heading.span.end))
        if part.section.children:
            yield ("sections",), Place(heading.span, extent_of(part.section.children))
