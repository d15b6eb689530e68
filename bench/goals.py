"""The goals, and what became of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.clock import Usage


@dataclass(frozen=True)
class Goal:
    """A bound for what `ours` takes, as a share of what `theirs` takes; see `goals.toml`."""

    title: str
    ours: str
    bound: str
    theirs: str = ""
    of: str = "wall"


class Spread(NamedTuple):
    """The median of several measurements, the least and the greatest."""

    median: float
    least: float
    greatest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Return the spread of *values*, of which there is one at least."""
        return cls(median(values), min(values), max(values))


GOALS = tuple(
    Goal(**it) for it in tomllib.loads(Path(__file__).with_name("goals.toml").read_text(encoding="utf-8"))["goal"]
)


def ratio(usages: Mapping[str, list[Usage]], ours: str, theirs: str = "", of: str = "wall") -> Spread | None:
    """Return how much of *theirs* is *ours*, round by round; without *theirs*, ours alone. None: not measured."""
    if ours not in usages or (theirs and theirs not in usages):
        return None
    values = [getattr(it, of) for it in usages[ours]]
    if theirs:
        values = [it / getattr(other, of) for it, other in zip(values, usages[theirs], strict=False)]
    return Spread.of(values)


def is_met(goal: Goal, found: Spread) -> bool:
    """Tell whether the median keeps the bound."""
    return found.median <= Fraction(goal.bound)
