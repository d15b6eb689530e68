"""The sections of a body: which heading hangs below which, and what stands under each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from reglint.syntax.blocks import Block, Body, Heading, Link, Table
from reglint.text import Span, Text

_BREAK = re.compile(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})\r?$", re.MULTILINE)
# `Chapter 1: …`, `Part II: …`, `Appendix A: …` are titles; `What is it: …?` is a question.
_DATUM = re.compile(r"(?!.*\b(?:[IVX]+|[A-Z]):)(?P<name>[^:0-9]+):[ \t]+(?P<value>\S.{0,39}(?<!\?))")

Content = Heading | Table | Block | Link


@dataclass
class Section:
    """A heading (none: the lead or the footer) with what stands below it, up to *end*."""

    heading: Heading | None
    end: int
    content: list[Content] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)


def split(
    body: Body, headings: Sequence[Heading], start: int, end: int
) -> tuple[Section, list[Section], Section | None]:
    """Deal the content out to the sections; what follows the last thematic break of the page is its footer."""
    lead = Section(None, headings[0].line.start if headings else end)
    flat = [lead, *(Section(it, end) for it in headings)]
    for section, follower in pairwise(flat):
        assert follower.heading, "only the lead has none"
        section.end = follower.heading.line.start
    footer = _footer(body, headings, end)
    index = 0
    for it in _in_order(body):
        while it.span.start >= flat[index].end and index + 1 < len(flat):
            index += 1
        if footer and it.span.start >= footer[0]:
            footer[1].content.append(it)
        elif it.span.start >= start:
            flat[index].content.append(it)
    return lead, _nested(flat[1:]), footer[1] if footer else None


def _in_order(body: Body) -> list[Content]:
    content: list[Content] = [*body.tables, *(it for it in body.blocks if it.kind != "rule"), *body.links]
    return sorted(content, key=lambda it: it.span)


def _footer(body: Body, headings: Sequence[Heading], end: int) -> tuple[int, Section] | None:
    breaks = [it.span.end for it in body.blocks if it.kind == "rule"]
    if not breaks or (headings and headings[-1].span.start > breaks[-1]):
        return None
    return breaks[-1], Section(None, end)


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
    own = max((it.span.end for it in section.content), default=0)
    return max([own, *(end_of(it) for it in section.children), section.heading.line.end if section.heading else 0])


def extent_of(sections: Sequence[Section]) -> Span:
    """Return the span of sections that follow each other."""
    headings = [it.heading for it in sections if it.heading]
    return Span(headings[0].line.start, max(end_of(it) for it in sections))


def empty_headings(text: Text, body: Body, end: int) -> Iterator[Heading]:
    """Yield each heading below the first rank with nothing under it before the next one, or before *end*.

    Thematic breaks count as nothing, comments as something. A heading that links elsewhere says enough by that.
    """
    headings = [it for it in body.headings if not it.is_nested]
    linked = {text.position(it.span.start).line for it in body.links}
    for heading, follower in zip_longest(headings, headings[1:]):
        assert heading, "the longer of the two"
        has_parts = follower and follower.level > heading.level
        if heading.level == 1 or has_parts or text.position(heading.span.start).line in linked:
            continue
        below = text[Span(heading.line.end, follower.line.start if follower else max(end, heading.line.end))]
        if not _BREAK.sub("", below).strip(" \t\r\n"):
            yield heading


def datum(heading: Heading) -> tuple[str, str] | None:
    """Return name and value of a heading such as `CBDC Status: launched`; None for titles such as `Part II: Taxes`."""
    found = _DATUM.fullmatch(heading.text)
    return (found["name"], found["value"]) if found else None
