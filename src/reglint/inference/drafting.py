"""The schema of mappings, lists and single values, drafted from a column of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from reglint import dates
from reglint.diagnostic import json_pointer
from reglint.inference.columns import Column
from reglint.inference.names import Names, names_of
from reglint.inference.support import FEW, MANY, SOME, is_told, with_more, with_support
from reglint.inference.texts import text_schema
from reglint.syntax.tree import Json

Draft = Callable[[Column], dict[str, Json]]

_TYPES = {str: "string", float: "number", int: "integer", bool: "boolean", list: "array", dict: "object"}
_DEEPEST = 12
_DATES = frozenset({"date", "date-time", "year", "year-month"})


def value_schema(column: Column) -> dict[str, Json]:
    """Return the schema of values of the front matter, whose types YAML, TOML or JSON told."""
    types = _types(column.values)
    schema: dict[str, Json] = {"type": types[0] if len(types) == 1 else types}
    if column.seen and len(column.seen[0].path) <= _DEEPEST:
        schema |= mapping_schema(column.only(dict), value_schema)
        schema |= _list_schema(column.only(list))
        schema |= text_schema(column) if column.is_text else _beside_others(column.only(str))
    return with_support(schema, column)


def _beside_others(texts: Column) -> dict[str, Json]:
    """Return what texts keep where values of other types stand, too: only by keywords that leave those alone."""
    return {name: it for name, it in text_schema(texts).items() if name in {"format", "pattern", "minLength"}}


def _types(values: Sequence[Json]) -> list[str]:
    """Return the JSON types of *values*; a whole number among others is a number."""
    seen = {type(it) for it in values}
    names = [name for kind, name in _TYPES.items() if kind in seen and not (kind is int and float in seen)]
    return [*names, "null"] if type(None) in seen else names


def mapping_schema(column: Column, member: Draft, *, of_sections: bool = False) -> dict[str, Json]:
    """Return the keywords for the mappings of *column*, each of whose members *member* drafts."""
    if not column.seen:
        return {}
    names = names_of(column, of_sections=of_sections)
    schema: dict[str, Json] = {"order": list(names.order)} if of_sections and names.order else {}
    if names.required:
        schema["required"] = list(names.required)
    properties = {name: member(column.members[name]) for name in names.known}
    for limit in _limits(column, properties):
        properties[limit.name] = with_more(properties[limit.name], limit.keyword, limit.support)
    if not names.is_closed:
        properties = {name: it for name, it in properties.items() if is_told(it)}
    if properties:
        schema["properties"] = properties
    if names.patterns:
        schema["patternProperties"] = _of_patterns(column, names, member)
    return schema | ({"additionalProperties": False} if names.is_closed else {})


def _of_patterns(column: Column, names: Names, member: Draft) -> dict[str, Json]:
    columns = column.members
    return {
        pattern: member(column.of(it for name in columns if name in matched for it in columns[name].seen))
        for pattern, matched in names.patterns.items()
    }


class _Limit(NamedTuple):
    """A date that never comes after another one of the same mapping."""

    name: str
    keyword: dict[str, Json]
    support: str


def _limits(column: Column, properties: dict[str, Json]) -> Iterator[_Limit]:
    """Yield for each date the nearest of those that it never comes after."""
    named = [name for name, it in properties.items() if it.get("format") in _DATES]
    for name in named:
        gaps = [(gap, other) for other in named if (gap := _gap(column, name, other))]
        if gaps:
            (_, support), other = min(gaps)
            limit = {"formatMaximum": {"$data": f"1{json_pointer((other,))}"}}
            yield _Limit(name, limit, f"in {support} documents with both")


def _gap(column: Column, one: str, other: str) -> tuple[int, int] | None:
    """Return by how many days together *one* comes before *other*, and in how many documents; None if it may not."""
    both = [it for it in column.only(dict).seen if one in it.value and other in it.value]
    pairs = [(dates.read(it.value[one]), dates.read(it.value[other])) for it in both]
    if len(pairs) < SOME or any(a is None or b is None or dates.is_before(b, a) for a, b in pairs):
        return None
    days = sum((b.last - a.last).days for a, b in pairs if a and b)
    return (days, column.of(both).support) if days > 0 else None


def _list_schema(column: Column) -> dict[str, Json]:
    if not column.seen:
        return {}
    schema: dict[str, Json] = {}
    if column.support >= FEW and all(column.values):
        schema["minItems"] = 1
    if _is_set(column):
        schema["uniqueItems"] = True
    if column.items.seen:
        items = value_schema(column.items)
        schema["items"] = with_more(items, {"unique": "corpus"}, "none repeats") if _is_own(column, items) else items
    return schema


def _is_set(column: Column) -> bool:
    """Tell whether no text stands twice in a list, although several lists are long enough for it."""
    long = [it for it in column.seen if len(it.value) > 1]
    return (
        column.items.is_text
        and column.of(long).support >= SOME
        and all(len(set(it.value)) == len(it.value) for it in long)
    )


def _is_own(column: Column, items: dict[str, Json]) -> bool:
    """Tell whether the lists hold names of their document, such as aliases: free texts of which none repeats."""
    is_top = all(len(it.path) == 2 for it in column.seen)  # noqa: PLR2004 - `frontmatter`, and the key
    is_free = items.keys() <= {"type", "minLength", "pattern", "$comment"}
    seen = column.items.seen
    return is_top and is_free and column.support >= SOME and len(seen) == len(column.items.texts) >= MANY
