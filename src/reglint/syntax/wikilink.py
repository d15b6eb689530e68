"""Wikilinks in a piece of text: `[[target#heading|shown]]` and `![[embed]]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reglint.text import Span

# A single `]`, or a pair of brackets, does not end it: Obsidian 1.13.7 reads `[[Sq]uare]]` as a link to `Sq]uare`.
_WIKILINK = re.compile(r"(?P<embed>!?)\[\[(?!\[)(?P<inner>(?:[^\[\]\n]++|\[[^\[\]\n]*+\]|\](?!\]))++)\]\]")
_PIPE = re.compile(r"\\?\|")
_PART = re.compile(r"[^#]+")
_SYNTAX = re.compile(r"\\?\||[\[\]]")
_CELL_END = re.compile(r"(?<!\\)\|")

MASK = "\x1f"
"""One byte, so that no offset moves, and no Markdown syntax."""


class Wikilink(NamedTuple):
    """One wikilink. *target* is the document's part, *subpath* the `A`, `B` of `#A#B` or the `^id` of a block.

    *target_span* and *subpath_spans* are the places of these, without the blanks around them.
    """

    span: Span
    target: str
    subpath: tuple[str, ...]
    shown: str | None
    is_embed: bool
    pipe: Span | None
    target_span: Span
    subpath_spans: tuple[Span, ...]

    def shift(self, by: int) -> Wikilink:
        """Return the same link, *by* code points further on."""
        return self._replace(
            span=self.span.shift(by),
            pipe=self.pipe and self.pipe.shift(by),
            target_span=self.target_span.shift(by),
            subpath_spans=tuple(it.shift(by) for it in self.subpath_spans),
        )


def find(text: str) -> Iterator[Wikilink]:
    """Yield every wikilink in *text*, from left to right. An empty target or a URL in brackets is none."""
    for match in _WIKILINK.finditer(text):
        if link := _read(match):
            yield link


def names(text: str) -> tuple[str, ...]:
    """Return what *text* can be known by: itself, and where it is one wikilink, its target and what it shows."""
    whole = text.strip()
    links = [it for it in find(whole) if it.span == Span(0, len(whole))]
    return (whole, *(name for it in links for name in (it.target, it.shown) if name))


def mask(text: str) -> str:
    """Replace what no Markdown parser allows inside of `[[…]]`, pipes and brackets, by as many MASK characters."""
    return _WIKILINK.sub(_masked, text) if "[[" in text else text


def _masked(link: re.Match[str]) -> str:
    return f"{link['embed']}[[{_SYNTAX.sub(lambda it: MASK * len(it[0]), link['inner'])}]]"


def cell_ends(row: str) -> list[int]:
    """Return where the cells of a table row end: at each `|` but the leading one, escaped ones and those in `[[…]]`."""
    return [it.start() for it in _CELL_END.finditer(mask(row)) if it.start()]


def _read(match: re.Match[str]) -> Wikilink | None:
    inner = match["inner"]
    start = match.start("inner")
    pipe = _PIPE.search(inner)
    path = inner[: pipe.start()] if pipe else inner
    if not path.strip():
        return None
    target = _stripped(path, 0, path.find("#") if "#" in path else len(path))
    parts = [_stripped(path, *it.span()) for it in _PART.finditer(path, target.end)] if "#" in path else []
    named = [it for it in parts if it.start < it.end]
    return Wikilink(
        Span(*match.span()),
        path[target.start : target.end],
        tuple(path[it.start : it.end] for it in named),
        inner[pipe.end() :].strip() if pipe else None,
        bool(match["embed"]),
        Span(*pipe.span()).shift(start) if pipe else None,
        target.shift(start),
        tuple(it.shift(start) for it in named),
    )


def _stripped(text: str, start: int, end: int) -> Span:
    """Return the span of what stands between *start* and *end*, without the blanks around it."""
    part = text[start:end]
    first = start + len(part) - len(part.lstrip())
    return Span(first, max(first, start + len(part.rstrip())))
