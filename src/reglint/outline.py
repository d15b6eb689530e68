"""The body of a document as a JSON value: sections with their fields, tables, lists and prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reglint import fields
from reglint.diagnostic import Path
from reglint.fields import Field
from reglint.sections import Content, Section, end_of, extent_of, split
from reglint.syntax.blocks import Block, Body, Heading, Link, Table
from reglint.syntax.tree import Json, Place
from reglint.text import Span, Text

_NAMED_VALUE = re.compile(r"(?P<name>[^:]+):[ \t]+(?P<value>\S.*)", re.DOTALL)


def within_section(path: Path) -> Path | None:
    """Return what is left of *path* below the innermost section, lead or footer that it leads into.

    `("sections", "Tax", "fields", "VAT")` gives `("fields", "VAT")`; None for what is no part of the body's sections.
    """
    if path[:1] in {("lead",), ("footer",)}:
        return path[1:]
    depth = 0
    while path[depth : depth + 1] == ("sections",) and depth + 1 < len(path):
        depth += 2
    return path[depth:] if depth or path == ("sections",) else None


class Repeated(NamedTuple):
    """A section that stands twice under one parent: the later heading, and the first."""

    heading: Heading
    first: Heading


class RepeatedField(NamedTuple):
    """A field that stands twice in one section: the later one, what it is part of, and the name of the first."""

    field: Field
    content: Content
    first: Span


class Outline(NamedTuple):
    """`title`, `lead`, `outline`, `sections` and `footer` of an instance, their places, and what it leaves out."""

    instance: dict[str, Json]
    places: dict[Path, Place]
    repeated: tuple[Repeated, ...]
    repeated_fields: tuple[RepeatedField, ...]


def outline(text: Text, body: Body, start: int) -> Outline:
    """Arrange *body*, which begins at code point *start*, into one JSON value."""
    headings = [it for it in body.headings if not it.is_nested]
    title = next((it for it in headings if it.level == 1), None)
    lead, sections, footer = split(body, [it for it in headings if it is not title], start, len(text.content))
    builder = _Builder(text)
    if title:
        builder.put(("title",), title.text, Place(title.span, title.span))
    for name, part in (("lead", lead), ("footer", footer)):
        if part and (title or part.content):
            builder.content((name,), part, Place(None, _extent(part, title)))
    builder.outline([it.heading for it in sections if it.heading])
    builder.sections((), sections)
    return Outline(builder.instance, builder.places, tuple(builder.repeated), tuple(builder.repeated_fields))


def _extent(part: Section, title: Heading | None) -> Span:
    if part.content:
        return Span(part.content[0].span.start, part.content[-1].span.end)
    return title.span if title else Span(part.end, part.end)


class _Builder:
    """Collects the value and its places."""

    def __init__(self, text: Text) -> None:
        self.instance: dict[str, Json] = {}
        self.places: dict[Path, Place] = {}
        self.repeated: list[Repeated] = []
        self.repeated_fields: list[RepeatedField] = []
        self._text = text

    def put(self, path: Path, value: Json, place: Place) -> None:
        """Set *value* at *path*, whose parents are there."""
        parent: Json = self.instance
        for step in path[:-1]:
            parent = parent[step]
        if isinstance(parent, list):
            parent.append(value)
        else:
            parent[path[-1]] = value
        self.places[path] = place

    def outline(self, headings: Sequence[Heading]) -> None:
        """The headings of the first rank, duplicates kept."""
        if headings:
            whole = Span(headings[0].line.start, headings[-1].line.end)
            self.put(("outline",), [], Place(None, whole))
        for i, heading in enumerate(headings):
            self.put(("outline", i), heading.text, Place(heading.span, heading.span))

    def sections(self, parent: Path, sections: Sequence[Section]) -> None:
        """Each section under its name, the first of equal names winning."""
        if not sections:
            return
        first: dict[str, Heading] = {}
        headings = [it.heading for it in sections if it.heading]
        self.put((*parent, "sections"), {}, Place(_key(self.places, parent), extent_of(sections)))
        for section, (name, value) in zip(sections, _names(headings), strict=True):
            heading = section.heading
            assert heading, "the lead is no section"
            if name in first:
                self.repeated.append(Repeated(heading, first[name]))
                continue
            first[name] = heading
            self._section((*parent, "sections", name), section, heading, value)

    def _section(self, path: Path, section: Section, heading: Heading, value: str | None) -> None:
        place = Place(heading.span, Span(heading.line.start, max(end_of(section), heading.line.end)))
        self.content(path, section, place)
        at = Place(heading.span, heading.span)
        self.put((*path, "heading"), heading.text, at)
        self.put((*path, "level"), heading.level, at)
        if value is not None:
            start = heading.span.end - len(value)
            self.put((*path, "value"), value, Place(heading.span, Span(start, heading.span.end)))
        self.sections(path, section.children)

    def content(self, path: Path, section: Section, place: Place) -> None:
        """What stands in a section itself, by kind; a kind that it lacks is absent."""
        self.put(path, {}, place)
        blocks = [it for it in section.content if isinstance(it, Block)]
        prose = [it for it in blocks if it.kind == "paragraph" and not fields.lines(it)]
        self._joined((*path, "text"), prose)
        self._fields(path, section.content)
        self._tables(path, [it for it in section.content if isinstance(it, Table)])
        self._list((*path, "items"), [it for it in blocks if it.kind == "item"])
        self._list((*path, "quotes"), [it for it in blocks if it.kind == "quote"])
        self._links(path, [it for it in section.content if isinstance(it, Link)])
        self._code(path, [it for it in blocks if it.kind == "code"])

    def _within(self, path: Path, content: Sequence[Content]) -> Place:
        """The place of a collection: its content, with the section's own heading as its key."""
        return Place(_key(self.places, path[:-1]), Span(content[0].span.start, content[-1].span.end))

    def _joined(self, path: Path, blocks: Sequence[Block]) -> None:
        if blocks:
            self.put(path, "\n\n".join(_with_lf(it.text) for it in blocks), self._within(path, blocks))

    def _list(self, path: Path, blocks: Sequence[Block]) -> None:
        if not blocks:
            return
        self.put(path, [], self._within(path, blocks))
        for i, block in enumerate(blocks):
            self.put((*path, i), _with_lf(block.text), Place(None, block.span))

    def _fields(self, path: Path, content: Sequence[Content]) -> None:
        """The rows of two-column tables and the lines `**Name:** value`, the first of equal names winning."""
        found = [(it, field) for it in content for field in _fields_of(it)]
        if not found:
            return
        at = (*path, "fields")
        self.put(at, {}, self._within(at, [it for it, _ in found]))
        for it, field in found:
            if first := self.places.get((*at, field.name)):
                self.repeated_fields.append(RepeatedField(field, it, first.key or first.value))
            else:
                self.put((*at, field.name), field.value, Place(field.name_span, field.span))

    def _tables(self, path: Path, tables: Sequence[Table]) -> None:
        at = (*path, "tables")
        if tables:
            self.put(at, [], self._within(at, tables))
        for i, table in enumerate(tables):
            self._table((*at, i), table)

    def _table(self, path: Path, table: Table) -> None:
        self.put(path, {}, Place(None, table.span))
        self.put((*path, "columns"), [], Place(None, table.header.span))
        for i, cell in enumerate(table.header.cells):
            self.put((*path, "columns", i), cell.text, Place(None, cell.span))
        self.put((*path, "rows"), [], Place(None, table.span))
        for i, row in enumerate(table.rows):
            self.put((*path, "rows", i), {}, Place(None, row.span))
            for column, cell in zip(table.header.cells, row.cells, strict=False):
                if (*path, "rows", i, column.text) not in self.places:
                    self.put((*path, "rows", i, column.text), cell.text, Place(column.span, cell.span))

    def _links(self, path: Path, links: Sequence[Link]) -> None:
        at = (*path, "links")
        if links:
            self.put(at, [], self._within(at, links))
        for i, link in enumerate(links):
            self.put((*at, i), {}, Place(None, link.span))
            self.put((*at, i, "target"), link.target, Place(None, link.target_span))
            self.put((*at, i, "text"), link.shown, Place(None, link.span))

    def _code(self, path: Path, blocks: Sequence[Block]) -> None:
        at = (*path, "code")
        if blocks:
            self.put(at, [], self._within(at, blocks))
        for i, block in enumerate(blocks):
            self.put((*at, i), {}, Place(None, block.span))
            self.put((*at, i, "language"), block.info.partition(" ")[0], Place(None, block.span))
            self.put((*at, i, "text"), block.text, Place(None, block.span))


def _with_lf(text: str) -> str:
    """A value does not depend on how its file ends its lines."""
    return text.replace("\r\n", "\n")


def _key(places: Mapping[Path, Place], path: Path) -> Span | None:
    return places[path].key if path in places else None


def _names(headings: Sequence[Heading]) -> Iterator[tuple[str, str | None]]:
    """Yield the name of each section, and the value of a heading `Name: value` whose name no sibling shares."""
    read = [_NAMED_VALUE.fullmatch(it.text) for it in headings]
    shorts = [it["name"] if it else heading.text for it, heading in zip(read, headings, strict=True)]
    counts = Counter(shorts)
    for heading, match, short in zip(headings, read, shorts, strict=True):
        if match and counts[short] == 1:
            yield short, match["value"]
        else:
            yield heading.text, None


def _fields_of(content: Content) -> Iterable[Field]:
    if isinstance(content, Table):
        return fields.rows(content)
    return fields.lines(content) if isinstance(content, Block) else ()
