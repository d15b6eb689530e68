"""Wikilinks in a piece of text: `[[target#heading|shown]]` and `![[embed]]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reglint.lazy import regex
from reglint.text import Span, make

# A single `]`, or a pair of brackets, does not end it: Obsidian 1.13.7 reads `[[Sq]uare]]` as a link to `Sq]uare`.
_WIKILINK = regex(r"\[\[(?!\[)((?:[^\[\]\n]++|\[[^\[\]\n]*+\]|\](?!\]))++)\]\]")
_PART = regex(r"[^#]+")
_CELL_END = regex(r"(?<!\\)\|")

MASK = "\x1f"
"""One byte, so that no offset moves, and no Markdown syntax."""


class Wikilink(NamedTuple):
    """One wikilink. *target* is the document's part, *subpath* the `A`, `B` of `#A#B` or the `^id` of a block.

    *inner* is what stands between the brackets, by which the places of these can be told.
    """

    span: Span
    target: str
    subpath: tuple[str, ...]
    shown: str | None
    is_embed: bool
    inner: str

    @property
    def pipe(self) -> Span | None:
        """Where the pipe stands, with the backslash before it."""
        at = self.inner.find("|")
        is_escaped = self.inner.startswith("\\", at - 1) and at > 0
        return Span(at - is_escaped, at + 1).shift(self._start) if at >= 0 else None

    @property
    def target_span(self) -> Span:
        """Where the target stands, without the blanks around it."""
        return _stripped(_split(self.inner)[0].partition("#")[0], self._start)

    @property
    def subpath_spans(self) -> tuple[Span, ...]:
        """Where the parts of *subpath* stand, without the blanks around them."""
        return tuple(_parts(_split(self.inner)[0], self._start))

    @property
    def _start(self) -> int:
        return self.span.start + self.is_embed + len("[[")


def find(text: str, start: int = 0) -> Iterator[Wikilink]:
    """Yield every wikilink in *text*, which stands at code point *start*, from left to right.

    An empty target or a URL in brackets is none.
    """
    for match in _WIKILINK.finditer(text) if "[[" in text else ():
        at, end = match.span()
        is_embed = at > 0 and text[at - 1] == "!"
        if link := _read(match[1], make(Span, (start + at - is_embed, start + end)), is_embed=is_embed):
            yield link


def count(text: str) -> int:
    """Return how many wikilinks *text* holds."""
    return sum(bool(_split(it)[0].strip()) for it in _WIKILINK.findall(text)) if "[[" in text else 0


def whole(text: str, span: Span) -> Wikilink | None:
    """Return the wikilink that *text*, which stands at *span*, is as a whole, in its plainest form; else None."""
    inner = text[2:-2]
    is_plain = text.startswith("[[") and text.endswith("]]") and not ("[" in inner or "]" in inner or "\n" in inner)
    return _read(inner, span, is_embed=False) if is_plain else None


def _read(inner: str, span: Span, *, is_embed: bool) -> Wikilink | None:
    path, shown = _split(inner)
    target = path.strip()
    if not target:
        return None
    subpath: tuple[str, ...] = ()
    if "#" in target:
        subpath = tuple(path[it.start : it.end] for it in _parts(path, 0))
        target = path.partition("#")[0].strip()
    return make(Wikilink, (span, target, subpath, shown, is_embed, inner))


def _split(inner: str) -> tuple[str, str | None]:
    """Return what stands before the pipe of a wikilink, and what behind it, if there is one."""
    path, bar, shown = inner.partition("|")
    return (path.removesuffix("\\"), shown.strip()) if bar else (path, None)


def _parts(path: str, start: int) -> Iterator[Span]:
    """Yield the places of the names behind `#` in *path*, which stands at *start*."""
    for match in _PART.finditer(path, path.find("#")) if "#" in path else ():
        if match[0].strip():
            yield _stripped(match[0], start + match.start())


def _stripped(part: str, start: int) -> Span:
    """Return the span of *part*, which stands at *start*, without the blanks around it."""
    inner = part.strip()
    start += part.find(inner) if inner else len(part)
    return Span(start, start + len(inner))


def names(text: str) -> tuple[str, ...]:
    """Return what *text* can be known by: itself, and where it is one wikilink, its target and what it shows."""
    whole = text.strip()
    links = [it for it in find(whole) if it.span == Span(0, len(whole))]
    return (whole, *(name for it in links for name in (it.target, it.shown) if name))


def mask(text: str) -> str:
    """Replace what no Markdown parser allows inside of `[[…]]`, pipes and brackets, by as many MASK characters."""
    return _WIKILINK.sub(_masked, text) if "[[" in text else text


def _masked(link: re.Match[str]) -> str:
    inner = link[1].replace("\\|", MASK * 2).replace("|", MASK)
    return f"[[{inner.replace('[', MASK).replace(']', MASK)}]]"


def cell_ends(row: str) -> list[int]:
    """Return where the cells of a table row end: at each `|` but the leading one, escaped ones and those in `[[…]]`."""
    return [it.start() for it in _CELL_END.finditer(mask(row)) if it.start()]
