"""The sections of a body: which heading hangs below which, and what stands under each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from operator import attrgetter
from typing import TypeVar

from reglint.lazy import regex
from reglint.syntax.blocks import Block, Body, Heading, Link, Table
from reglint.text import BLANKS, Span, Text

_BREAK = regex(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})\r?$", re.MULTILINE)
_BREAK_MARKS = "-*_"
_FEW = 16  # characters
# `Chapter 1: …`, `Part II: …`, `Appendix A: …` are titles; `What is it: …?` is a question.
_DATUM = regex(r"(?!.*\b(?:[IVX]+|[A-Z]):)(?P<name>[^:0-9]+):[ \t]+(?P<value>\S.{0,39}(?<!\?))")

Content = Table | Block | Link
_Dealt = TypeVar("_Dealt", Table, Block, Link)
_PLACE = attrgetter("span")


class Section:
    """A heading (none: the lead or the footer) with what stands below it, from code point *start* on."""

    __slots__ = ("blocks", "children", "heading", "links", "start", "tables")

    def __init__(self, heading: Heading | None, start: int) -> None:
        self.heading = heading
        self.start = start
        self.tables: Sequence[Table] = ()
        self.blocks: Sequence[Block] = ()
        self.links: Sequence[Link] = ()
        self.children: list[Section] = []

    @property
    def content(self) -> list[Content]:
        """What stands in the section itself, in order."""
        content: list[Content] = [*self.tables, *self.blocks, *self.links]
        return sorted(content, key=_PLACE)


def split(body: Body, headings: Sequence[Heading], start: int) -> tuple[Section, list[Section], Section | None]:
    """Deal the content out to the sections; what follows the last thematic break of the page is its footer."""
    flat = [Section(None, start), *(Section(it, it.line.start) for it in headings)]
    rules = [it for it in body.blocks if it.kind == "rule"]
    footer = None
    if rules and not (headings and headings[-1].span.start > rules[-1].span.end):
        footer = Section(None, rules[-1].span.end)
    parts = [*flat, footer] if footer else flat
    starts = [it.start for it in parts[1:]]
    blocks = [it for it in body.blocks if it.kind != "rule"] if rules else body.blocks
    links = sorted(body.links, key=_PLACE)
    dealt = zip(_dealt(body.tables, starts), _dealt(blocks, starts), _dealt(links, starts), strict=True)
    for part, its in zip(parts, dealt, strict=True):
        part.tables, part.blocks, part.links = its
    return flat[0], _nested(flat[1:]), footer


def _dealt(content: Sequence[_Dealt], starts: Sequence[int]) -> Iterator[Sequence[_Dealt]]:
    """Yield what stands before the first of *starts*, between it and the second, and so on."""
    places = [it.span.start for it in content]
    at = 0
    for start in starts:
        to = bisect_left(places, start, at)
        yield content[at:to]
        at = to
    yield content[at:]


def _nested(flat: Sequence[Section]) -> list[Section]:
    """Hang each section below the nearest one before it whose heading is of a higher rank."""
    roots: list[Section] = []
    stack: list[tuple[int, Section]] = []
    for section in flat:
        level = section.heading.level if section.heading else 0
        while stack and stack[-1][0] >= level:
            stack.pop()
        (stack[-1][1].children if stack else roots).append(section)
        stack.append((level, section))
    return roots


def end_of(section: Section) -> int:
    """Return where the last thing in a section or below it ends."""
    own = max((it.span.end for its in (section.tables, section.blocks, section.links) for it in its), default=0)
    return max([own, *(end_of(it) for it in section.children), section.heading.line.end if section.heading else 0])


def extent_of(sections: Sequence[Section]) -> Span:
    """Return the span of sections that follow each other."""
    return Span(sections[0].start, max(end_of(it) for it in sections))


def empty_headings(text: Text, body: Body, end: int) -> Iterator[Heading]:
    """Yield each heading below the first rank with nothing under it before the next one, or before *end*.

    Thematic breaks count as nothing, comments as something. A heading that links elsewhere says enough by that.
    """
    headings = [it for it in body.headings if not it.is_nested]
    empty = [
        heading
        for heading, follower in zip_longest(headings, headings[1:])
        if heading.level > 1
        and not (follower and follower.level > heading.level)
        and _is_blank(text.content, heading.line.end, follower.line.start if follower else end)
    ]
    links = sorted(it.span.start for it in body.links) if empty else ()
    return (it for it in empty if not _is_linking(text, it, links))


def _is_blank(content: str, start: int, end: int) -> bool:
    """Tell whether nothing but blanks and thematic breaks stands between two places."""
    if content[start : min(start + _FEW, end)].strip(BLANKS + _BREAK_MARKS):
        return False  # as almost always, and found without a copy of all the rest
    below = content[start:end]
    return not below.strip(BLANKS + _BREAK_MARKS) and not _BREAK.sub("", below).strip(BLANKS)


def _is_linking(text: Text, heading: Heading, links: Sequence[int]) -> bool:
    """Tell whether one of *links*, which are where links begin, stands in the line of *heading*."""
    line = text.line(text.position(heading.span.start).line)
    at = bisect_left(links, line.start)
    return at < len(links) and links[at] <= line.end


def datum(heading: Heading) -> tuple[str, str] | None:
    """Return name and value of a heading such as `CBDC Status: launched`; None for titles such as `Part II: Taxes`."""
    found = _DATUM.fullmatch(heading.text)
    return (found["name"], found["value"]) if found else None
