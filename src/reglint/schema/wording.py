"""How values, types and counts of JSON are said to a person."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reglint.spelling import listed
from reglint.syntax.tree import Json, canonical

_LONGEST = 60
_LONGEST_LINE = 1000  # code points, which are at most 4 kB
_MOST = 12
_TYPES = {
    "integer": "a whole number",
    "number": "a number",
    "string": "text",
    "array": "a list",
    "object": "keys with values",
    "boolean": "`true` or `false`",
    "null": "nothing",
}
TYPES = frozenset(_TYPES)
"""JSON Schema's names of the types."""
_KINDS = ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"), (list, "array"), (dict, "object"))


class Said(NamedTuple):
    """Words for one thing or several, such as "a list" and "two lists", that a verb has to agree with."""

    words: str
    are_several: bool

    @property
    def expected(self) -> str:
        """The words with "was expected" or "were expected"."""
        return f"{self.words} {'were' if self.are_several else 'was'} expected"


def shown(value: Json) -> str:
    """Return *value* as it is quoted in a message: on one line, and never long; a list or mapping as JSON."""
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"`{cut(written, _LONGEST)}`"


def cut(text: str, most: int = _LONGEST_LINE) -> str:
    """Return *text* on one line, with `…` for what is beyond *most* code points."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def type_of(value: Json) -> str:
    """Return JSON Schema's name of the type of *value*."""
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "null")


def is_like(value: Json, others: Iterable[Json]) -> bool:
    """Tell whether *value* is of the type of one of *others*; all numbers are of one type."""
    kinds = {type_of(it).replace("integer", "number") for it in others}
    return type_of(value).replace("integer", "number") in kinds


def type_name(value: Json) -> str:
    """Return what a person calls the type of *value*."""
    return _TYPES[type_of(value)]


def expected_types(types: str | Sequence[str]) -> Said:
    """Return the types that a schema allows as a person says them, "nothing" last."""
    names = {types} if isinstance(types, str) else {*types}
    names -= {"integer"} if "number" in names else set()
    said = [words for name, words in _TYPES.items() if name in names]
    parts = [it for words in said for it in words.split(" or ")]
    words = " or ".join([", ".join(parts[:-1])] * (len(parts) > 1) + parts[-1:])
    return Said(words, parts[-1:] == [_TYPES["object"]])


def choices(values: Sequence[Json], first: Json = None) -> Said:
    """Return the allowed values as they are listed in a message, the one that is *first* before the others.

    A long list is cut, and says so.
    """
    others = [it for it in values if first is None or it != first]
    ordered = others if first is None else [first, *others]
    named = [_bare(it) for it in ordered[:_MOST]]
    more = len(ordered) - _MOST
    words = listed(named) if more <= 0 else ", ".join(f"`{it}`" for it in named) + f" or one of {more} more"
    return Said(words, are_several=False)


def _bare(value: Json) -> str:
    return shown(value)[1:-1]


def equal(one: Json, other: Json) -> bool:
    """Tell whether two values are the same to JSON, to which 1 is 1.0 and not true."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    return canonical(one) == canonical(other)
