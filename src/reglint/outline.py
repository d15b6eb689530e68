"""The body of a document as a JSON value: sections with their fields, tables, lists and prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reglint.contents import KINDS, Holding, contents, names, stated
from reglint.diagnostic import Path
from reglint.fields import Field
from reglint.lazy import regex
from reglint.sections import Section, split
from reglint.syntax.blocks import Body, Heading
from reglint.syntax.tree import Json
from reglint.text import Span

_NAMED_VALUE = regex(r"(?P<name>[^:]+):[ \t]+(?P<value>\S.*)", re.DOTALL)


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
    content: Holding
    first: Span


class Part:
    """A section, the lead or the footer: its *path* in the instance, and its *value* there.

    *held* is what stands in it by kind, *below* are the sections in it by what leads to them, without those whose name
    is taken.
    """

    def __init__(self, path: Path, section: Section) -> None:
        self.path = path
        self.section = section
        self.held = contents(section)
        self.value: dict[str, Json] = {kind: KINDS[kind].value(its) for kind, its in self.held.items()}
        self.below: dict[Path, Part] = {}

    def __iter__(self) -> Iterator[Part]:
        """Yield the part and all that hang below it, in order."""
        yield self
        for part in self.below.values():
            yield from part

    def repeated_fields(self) -> Iterator[RepeatedField]:
        """Yield each field whose name another one in the part has taken."""
        holding = self.held.get("fields", ())
        if sum(1 for _ in names(holding)) > len(self.value.get("fields", ())):
            first: dict[str, Span] = {}
            for field, content in stated(holding):
                if field.name in first:
                    yield RepeatedField(field, content, first[field.name])
                first.setdefault(field.name, field.name_span)


class Outline:
    """`title`, `lead`, `outline`, `sections` and `footer` of an instance, and the parts that they were made of.

    *title* is the heading of the first rank, *sections* are those that hang below no other, *parts* by what leads to
    them; *repeated* are the sections that the instance leaves out.
    """

    def __init__(self, title: Heading | None, sections: Sequence[Section]) -> None:
        self.title = title
        self.sections = sections
        self.instance: dict[str, Json] = {"title": title.text} if title else {}
        self.parts: dict[Path, Part] = {}
        self.repeated: list[Repeated] = []

    def __iter__(self) -> Iterator[Part]:
        """Yield all parts, in the order of the instance."""
        for part in self.parts.values():
            yield from part

    def add(self, name: str, section: Section) -> None:
        """Add the lead or the footer."""
        part = self.parts[(name,)] = Part((name,), section)
        self.instance[name] = part.value

    def hang(self, sections: Sequence[Section], above: Path, parts: dict[Path, Part]) -> dict[str, Json]:
        """Hang *sections* below the part at the path *above*, the first of equal names winning; return their values."""
        values: dict[str, Json] = {}
        first: dict[str, Heading] = {}
        headings = [it.heading for it in sections if it.heading]
        for section, heading, (name, datum) in zip(sections, headings, _names(headings), strict=True):
            if name in first:
                self.repeated.append(Repeated(heading, first[name]))
                continue
            first[name] = heading
            part = parts["sections", name] = Part((*above, "sections", name), section)
            part.value |= {"heading": heading.text, "level": heading.level}
            if datum is not None:
                part.value["value"] = datum
            if section.children:
                part.value["sections"] = self.hang(section.children, part.path, part.below)
            values[name] = part.value
        return values


def outline(body: Body, start: int) -> Outline:
    """Arrange *body*, which begins at code point *start*, into one JSON value."""
    headings = [it for it in body.headings if not it.is_nested]
    title = next((it for it in headings if it.level == 1), None)
    lead, sections, footer = split(body, [it for it in headings if it is not title], start)
    shape = Outline(title, sections)
    for name, part in (("lead", lead), ("footer", footer)):
        if part and (title or part.tables or part.blocks or part.links):
            shape.add(name, part)
    if sections:
        shape.instance["outline"] = [it.heading.text for it in sections if it.heading]
        shape.instance["sections"] = shape.hang(sections, (), shape.parts)
    return shape


def _names(headings: Sequence[Heading]) -> Iterator[tuple[str, str | None]]:
    """Yield the name of each section, and the value of a heading `Name: value` whose name no sibling shares."""
    read = [_NAMED_VALUE.fullmatch(it.text) if ":" in it.text else None for it in headings]
    shorts = [it["name"] if it else heading.text for it, heading in zip(read, headings, strict=True)]
    counts = Counter(shorts) if any(read) else {}
    for heading, match, short in zip(headings, read, shorts, strict=True):
        if match and counts[short] == 1:
            yield short, match["value"]
        else:
            yield heading.text, None
