"""The sections of a body: which heading hangs below which, and what stands under each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reglint.syntax.blocks import Block, Body, Heading, Link, Table
from reglint.text import Span

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
