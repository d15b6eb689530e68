"""Chance that is the same on every machine and for every version of Python."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Random choices that follow from a seed alone.

    Only `random()` is used, the one method of the standard library whose sequence is promised to stay, and only exact
    arithmetic, as a logarithm may differ by a bit from one C library to the next.
    """

    def __init__(self, *seed: str | int) -> None:
        self._random = Random("/".join(map(str, seed))).random  # noqa: S311 - nothing here is secret

    def chance(self, share: float) -> bool:
        """Return True in *share* (0 to 1) of all cases."""
        return self._random() < share

    def below(self, end: int) -> int:
        """Return a number from 0 to *end* - 1."""
        return int(self._random() * end)

    def between(self, first: int, last: int) -> int:
        """Return a number from *first* to *last*, both included."""
        return first + self.below(last - first + 1)

    def skewed(self, first: int, last: int) -> int:
        """Return a number from *first* to *last*, mostly a small one: a quarter of the way on average."""
        return first + int((last - first) * self._random() * self._random())

    def pick(self, items: Sequence[T]) -> T:
        """Return one of *items*."""
        return items[self.below(len(items))]

    def several(self, items: Sequence[T], count: int) -> list[T]:
        """Return *count* of *items*, none twice, in any order."""
        rest = list(items)
        return [rest.pop(self.below(len(rest))) for _ in range(min(count, len(rest)))]
