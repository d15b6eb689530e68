"""How far a schema reaches into a document: the values that it holds, and whether anything is asked of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reglint.diagnostic import Path
from reglint.schema.counting import Count, Held
from reglint.schema.harvest import Fate, Harvest
from reglint.schema.spoken import Spoken, Standing
from reglint.syntax.tree import Json


class Value(NamedTuple):
    """A value of a document: a scalar of the front matter, the title, a field, a cell, or the prose of a section.

    Prose stands at `text`, of whatever kind its blocks are.
    """

    path: Path
    fate: Fate


@dataclass(frozen=True)
class Extent:
    """How many values there are, and of how many of them a schema asks something."""

    constrained: int = 0
    values: int = 0

    def __add__(self, other: Extent) -> Extent:
        return Extent(self.constrained + other.constrained, self.values + other.values)

    @property
    def percent(self) -> int:
        """The share in whole percent: 100 only if nothing is missing, 0 where there is nothing at all."""
        return self.constrained * 100 // self.values if self.values else 0


def extent(values: Iterable[Value]) -> Extent:
    """Count values: those that differ only in the item of a list or the row of a table are one."""
    held = Held()
    for path, fate in values:
        held.add(general(path), *fate)
    return Extent(sum(held.places.values()), len(held.places))


def extent_of(instance: Mapping[str, Json], spoken: Spoken, kind: str | None) -> Extent:
    """Return `extent` of the `values` of a document, of which none is made."""
    count = Count(spoken, kind)
    count.document(instance)
    return Extent(count.constrained, count.values)


def general(path: Path) -> Path:
    """Return *path* with 0 for every index: the place that all items of a list share."""
    return tuple([0 if isinstance(it, int) else it for it in path])


def values(instance: Mapping[str, Json], spoken: Spoken, kind: str | None) -> tuple[Value, ...]:
    """Return every value of a document that was judged as *kind* (None: by no schema), in the order of its parts.

    *spoken* is what the schema says of the values.
    """
    found: list[Value] = []

    def add(path: Path, standing: Standing, top: Path) -> None:
        found.append(Value(path, Fate(standing, top)))

    Harvest(add, spoken, kind).document(instance)
    return tuple(found)
