"""Wikilinks in a piece of text: `[[target#heading|shown]]` and `![[embed]]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reglint.text import Span

_WIKILINK = re.compile(r"(?P<embed>!?)\[\[(?P<inner>[^\[\]\n]+)\]\]")
_PIPE = re.compile(r"\\?\|")
_CELL_END = re.compile(r"(?<!\\)\|")

MASK = "\x1f"
"""One byte, so that no offset moves, and no Markdown syntax."""


class Wikilink(NamedTuple):
    """One wikilink. *target* is the document's part, *subpath* the `A`, `B` of `#A#B` or the `^id` of a block."""

    span: Span
    target: str
    subpath: tuple[str, ...]
    shown: str | None
    is_embed: bool
    pipe: Span | None


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


def mask_pipes(text: str) -> str:
    """Replace the pipes inside `[[…]]` by as many MASK characters, so that no table parser splits there."""
    return _WIKILINK.sub(lambda it: _PIPE.sub(lambda pipe: MASK * len(pipe[0]), it[0]), text) if "|" in text else text


def cell_ends(row: str) -> list[int]:
    """Return where the cells of a table row end: at each `|` but the leading one, escaped ones and those in `[[…]]`."""
    return [it.start() for it in _CELL_END.finditer(mask_pipes(row)) if it.start()]


def _read(match: re.Match[str]) -> Wikilink | None:
    inner = match["inner"]
    pipe = _PIPE.search(inner)
    path = inner[: pipe.start()] if pipe else inner
    target, *subpath = path.split("#")
    if not path.strip():
        return None
    return Wikilink(
        Span(*match.span()),
        target.strip(),
        tuple(it.strip() for it in subpath if it.strip()),
        inner[pipe.end() :].strip() if pipe else None,
        bool(match["embed"]),
        Span(*pipe.span()).shift(match.start("inner")) if pipe else None,
    )
