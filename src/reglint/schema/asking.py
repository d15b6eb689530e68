"""Which keywords ask something of a value, and what a schema says of the members that it does not name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from reglint.schema import vocabulary  # noqa: F401 - importing it registers the keywords
from reglint.schema.keyword import KEYWORDS
from reglint.syntax.tree import Json

_NUMBERS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
_ASSERTIONS: Mapping[type, frozenset[str]] = {
    str: frozenset({"pattern", "minLength", "maxLength", "format"}),
    int: _NUMBERS,
    float: _NUMBERS,
    bool: frozenset(),
    type(None): frozenset(),
    list: frozenset({"minItems", "maxItems", "uniqueItems", "contains"}),
    dict: frozenset(
        {"required", "minProperties", "maxProperties", "propertyNames", "dependentRequired", "dependencies"}
    ),
}
_MEMBERS: Mapping[type, frozenset[str]] = {
    dict: frozenset({"properties", "patternProperties", "additionalProperties", "unevaluatedProperties"}),
    list: frozenset({"items", "prefixItems", "additionalItems", "unevaluatedItems"}),
}
_WHOLE = frozenset({"enum", "const"})
_OTHER_MEMBERS = ("additionalProperties", "unevaluatedProperties")
_OTHER_ITEMS = ("items", "additionalItems", "unevaluatedItems")


class Asking(NamedTuple):
    """The keywords that ask something of a value and all within it, and those that leave that to its members."""

    whole: frozenset[str]
    part: frozenset[str] = frozenset()


Kind = tuple[type, bool, bool]
"""The type of a value, whether it stands in the body, and whether it has members."""


@cache
def asking(*, asserts_formats: bool) -> Mapping[Kind, Asking]:
    """Return what asks something of each kind of value; of one in the body, `type` only says what is known anyway."""
    ours = frozenset(name for name, it in KEYWORDS.items() if it.check or it.relate)
    ignored = frozenset() if asserts_formats else frozenset({"format"})
    table = {}
    for kind, in_body in product(_ASSERTIONS, (True, False)):
        asserting = _ASSERTIONS[kind] | ours | {"not"} | (set() if in_body else {"type"})
        table[kind, in_body, False] = Asking((asserting | _WHOLE) - ignored)
        if kind in _MEMBERS:
            whole = _WHOLE | ours if kind is list else _WHOLE
            table[kind, in_body, True] = Asking(whole, asserting | _MEMBERS[kind])
    return table


def is_refusal(schema: Json) -> bool:
    """Tell whether *schema* takes no value at all."""
    return schema is False or (isinstance(schema, dict) and schema.get("not") in ({}, True))


def others(schema: Mapping[str, Json], step: str | int) -> Iterator[Json]:
    """Yield what *schema* says of the members or items that it does not name, *step* being one of them."""
    keywords = _OTHER_ITEMS if isinstance(step, int) else _OTHER_MEMBERS
    yield from (schema[it] for it in keywords if it in schema and not isinstance(schema[it], list))


@cache
def _checking() -> frozenset[str]:
    return frozenset(name for name, it in KEYWORDS.items() if it.check)


def expressions(schema: Mapping[str, Json]) -> list[str]:
    """Return what our keywords that judge a mapping by its members say, in which the members are named."""
    found = _checking()
    return [] if found.isdisjoint(schema) else [str(schema[it]) for it in schema if it in found]


@lru_cache(maxsize=4096)
def is_named(step: str | int, words: str) -> bool:
    """Tell whether an expression speaks of the member *step*."""
    return re.search(rf"(?<!\w){re.escape(str(step))}(?!\w)", words) is not None
