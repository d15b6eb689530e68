"""Text and places in it. Every place is a half-open span of code points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from reglint.lazy import regex

# CommonMark's line endings. `str.splitlines` also splits at VT, FF, NEL, U+2028 …, which no editor counts as lines.
_NEWLINE = regex(r"\r\n|\n|\r")
_BOM = "\ufeff"

BLANKS = " \t\r\n"
"""What is no text at the ends of a line or block: never NBSP, which somebody has meant."""

make = tuple.__new__
"""`make(Span, (1, 2))` is `Span(1, 2)` in half the time, for what a document has hundreds of."""


class Span(NamedTuple):
    """Half-open range of code points: `content[start:end]`."""

    start: int
    end: int

    def shift(self, by: int) -> Span:
        """Return the same range, *by* code points further on."""
        return Span(self.start + by, self.end + by)

    def holds(self, other: Span) -> bool:
        """Tell whether *other* lies within this span."""
        return self.start <= other.start and other.end <= self.end


class Position(NamedTuple):
    """One-based line and column in code points, for people. Machines keep the span."""

    line: int
    column: int


def is_within(span: Span, others: Sequence[Span]) -> bool:
    """Tell whether *span* lies in one of *others*, which are in order and do not overlap."""
    at = bisect_right(others, span.start, key=lambda it: it.start) - 1
    return at >= 0 and others[at].holds(span)


@dataclass(frozen=True)
class Text:
    """One file: its path relative to the root (`/` between parts) and its decoded content, without a BOM."""

    path: str
    content: str

    @classmethod
    def decode(cls, path: str, raw: bytes) -> Text:
        """Decode UTF-8 strictly and drop a BOM; raise UnicodeDecodeError for any other encoding.

        Where CR alone ends the lines, as on old Macs, LF stands for it: no reader of front matter knows CR.
        """
        content = raw.decode("utf-8").removeprefix(_BOM)
        return cls(path, content if "\n" in content else content.replace("\r", "\n"))

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return (0, *(it.end() for it in _NEWLINE.finditer(self.content)))

    def position(self, offset: int) -> Position:
        """Return the line and column of *offset* (code points from the start)."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def line(self, number: int) -> Span:
        """Return the span of line *number* (from 1), without its line ending."""
        start = self._starts[number - 1]
        ending = _NEWLINE.search(self.content, start)
        return Span(start, ending.start() if ending else len(self.content))

    def __getitem__(self, span: Span) -> str:
        return self.content[span.start : span.end]

    def strip(self, span: Span) -> Span:
        """Shrink *span* by the blanks at its ends (space, tab, line ending; never NBSP), to its start if all are."""
        whole = self.content[span.start : span.end]
        inner = whole.strip(BLANKS)
        if len(inner) == len(whole):
            return span
        start = span.start + whole.find(inner)
        return make(Span, (start, start + len(inner)))
