"""Links for people: below each document, every link of it, as it is written, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from wcwidth import wcswidth

from reglint.corpus import Corpus
from reglint.lazy import regex
from reglint.linkgraph.entry import Entry
from reglint.linkgraph.words import Words
from reglint.report.escape import escaped

_WIDTH = 100  # columns; where a link leads begins a line of its own if it would end beyond
_WIDEST = 44  # columns for the link as it is written, unless its target alone is longer
_LEAST = 8  # columns of the shown text that stay

# The shown text of `[[target|shown]]`, of `[shown](target)` and of `[shown][reference]`.
_SHOWN = regex(r"!?\[\[[^|]*\|(.*)\]\]|!?\[(?!\[)(.*)\](?:\(.*\)|\[[^\[\]]*\])", re.DOTALL)


class _Row(NamedTuple):
    place: str
    written: str
    where: str


def page(links: Iterable[Entry], corpus: Corpus) -> Iterator[str]:
    """Yield the lines for *links*, which come document by document."""
    words = Words(corpus)
    for i, (path, group) in enumerate(groupby(links, key=lambda it: it.path)):
        if i:
            yield ""
        yield escaped(path)
        yield from _table([_row(it, words) for it in group])


def _row(it: Entry, words: Words) -> _Row:
    written = escaped(" ".join(_shortened(it.written).split()))
    return _Row(f"{it.start.line}:{it.start.column}", written, escaped(words.where(it)))


def _table(rows: Sequence[_Row]) -> Iterator[str]:
    """Align the rows of one document."""
    places = max(len(it.place) for it in rows)
    widest = min(_WIDEST, max(_width(it.written) for it in rows))
    for it in rows:
        link = f"  {it.place:>{places}}  {it.written}"
        gap = " " * (widest - _width(it.written))
        one_line = (f"{link}{between}{it.where}" for between in (f"{gap}  ", "  "))
        fitting = next((line for line in one_line if _width(line) <= _WIDTH), None)
        yield from [fitting] if fitting else [link, f"{' ' * (places + 6)}{it.where}"]


def _shortened(written: str) -> str:
    """Leave out the middle of the shown text of a long link, and nothing of its target."""
    found = _SHOWN.fullmatch(written)
    excess = _width(written) - _WIDEST
    if excess <= 0 or not found:
        return written
    start, end = found.span(found.lastindex or 0)
    text = written[start:end]
    kept = max(_LEAST, _width(text) - excess) - 1
    if _width(text) <= kept + 1:
        return written
    return f"{written[:start]}{_fitting(text, kept - kept // 2)}…{_fitting(text[::-1], kept // 2)[::-1]}{written[end:]}"


def _fitting(text: str, columns: int) -> str:
    """Return as much of the beginning of *text* as fits into so many *columns*."""
    text = text[:columns]
    while _width(text) > columns:
        text = text[:-1]
    return text


def _width(text: str) -> int:
    """Columns of a terminal; East Asian characters and emoji take two."""
    width = len(text) if text.isascii() else wcswidth(text)
    return width if width >= 0 else len(text)
