"""Edits of a text: what stands in a place becomes something else, and not one character around it changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from reglint.text import Span


class Edit(NamedTuple):
    """What stands at *span* (code points of the old text) becomes *text*."""

    span: Span
    text: str

    @property
    def growth(self) -> int:
        """By how many code points the text gets longer."""
        return len(self.text) - (self.span.end - self.span.start)


class Overlap(ValueError):
    """Two edits want the same place; *span* is that of the second."""

    def __init__(self, span: Span) -> None:
        super().__init__(f"two edits at {span.start}")
        self.span = span


def ordered(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits by their place, equal ones once. Raises Overlap; two that begin at one place overlap."""
    them = tuple(sorted(set(edits)))
    for first, second in pairwise(them):
        if second.span.start < first.span.end or second.span.start == first.span.start:
            raise Overlap(second.span)
    return them


def applied(content: str, edits: Sequence[Edit]) -> str:
    """Return *content* with all of *edits*, which are `ordered`."""
    parts, at = [], 0
    for edit in edits:
        parts += [content[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*parts, content[at:]])


class Shift:
    """Where the places of a text are once it has *edits*, which are `ordered`."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edited = tuple(it.span for it in edits)
        self._starts = tuple(it.start for it in self._edited)
        self._growths = (0, *accumulate(it.growth for it in edits))

    def moved(self, span: Span) -> Span:
        """Return where *span* of the old text is in the new one; what is edited within it belongs to it."""
        upto = bisect_left(self._starts, span.end)
        upto += self._edited[upto : upto + 1] == (span,)  # what is put in where nothing stood
        before = bisect_left(self._starts, span.start)
        return Span(span.start + self._growths[before], span.end + self._growths[upto])

    @property
    def places(self) -> tuple[Span, ...]:
        """Where the texts of the edits stand in the new text."""
        return tuple(map(self.moved, self._edited))
