"""How many documents it takes to believe something, and the words that say how many there were.

The numbers follow one thought: what was not seen in n documents is still expected about once in n further ones. So a
list of names or values is closed only where hardly a document brought one of its own (Good and Turing's estimate).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from reglint.inference.columns import Column
from reglint.syntax.tree import Json

FEW = 3  # below, only types and what all documents have
SOME = 5  # from here on, what was never seen may be refused
MANY = 10  # from here on, what never varied may be required to stay so
NOVELTY = 0.25  # the share of documents with something of their own that a closed list bears

_SAYS_NOTHING = frozenset({"properties", "patternProperties", "items"})


def is_settled(holders: Iterable[Collection[str]], support: int) -> bool:
    """Tell whether *support* documents are enough to close a list; *holders* are the documents of each of its words."""
    newcomers = {next(iter(it)) for it in holders if len(it) == 1}
    return support >= SOME and len(newcomers) <= NOVELTY * support


def with_support(schema: dict[str, Json], column: Column) -> dict[str, Json]:
    """Say in a `$comment` what was inferred, and from how much."""
    inferred = ", ".join(it for it in schema if it not in _SAYS_NOTHING)
    counts = f"{_counted(column)} {column.support} of {column.total} documents"
    return {**schema, "$comment": f"{inferred}: {counts}" if inferred else counts}


def with_more(schema: dict[str, Json], more: dict[str, Json], support: str) -> dict[str, Json]:
    """Add what was inferred later, by looking beyond the values themselves."""
    rest = {name: it for name, it in schema.items() if name != "$comment"}
    return {**rest, **more, "$comment": f"{schema['$comment']}; {', '.join(more)}: {support}"}


def is_told(schema: Mapping[str, Json]) -> bool:
    """Tell whether a schema says more than how often there is something."""
    return schema.keys() != {"$comment"}


def _counted(column: Column) -> str:
    """Return how many different values there are; what stands in a mapping is told of its members."""
    if all(isinstance(it, dict) for it in column.values):
        return "in"
    if all(isinstance(it, list) for it in column.values):
        number, noun = len(column.items.seen), "item"
    else:
        number, noun = len({repr(it) for it in column.values}), "value"
    return f"{number} {noun} in" if number == 1 else f"{number} {noun}s in"
