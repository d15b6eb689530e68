"""Every value of an instance with every subschema that applies to it.

JSON Schema calls what this collects annotations (2020-12 core, §7.7): branches that fail contribute nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from reglint import patterns
from reglint.diagnostic import Path
from reglint.schema.library import Library
from reglint.syntax.tree import Json


class Visit(NamedTuple):
    """*schema* applies to *value*, which stands at *path*; *holders* apply to it too, and led there, nearest first.

    *is_condition*: it belongs to an `if`, which asks nothing of the value.
    """

    path: Path
    value: Json
    schema: Mapping[str, Json]
    holders: tuple[Mapping[str, Json], ...]
    is_condition: bool = False


def visits(
    library: Library, validator: Any, instance: Json, path: Path, holders: tuple[Mapping[str, Json], ...] = ()
) -> Iterator[Visit]:
    """Yield the root first, then whatever hangs below it, each value as often as schemas speak of it."""
    schema = validator.schema
    if not isinstance(schema, dict):
        return
    if library.stands_alone(schema):
        yield from visits(library, validator.evolve(schema=library.lookup(schema["$ref"])), instance, path, holders)
        return
    yield Visit(path, instance, schema, holders)
    if id(schema) not in library.origins:
        return  # a published meta-schema, which holds no keyword of ours, and whose references are its own
    for inner in _in_place(library, validator, instance):
        found = visits(library, validator.evolve(schema=inner), instance, path, (schema, *holders))
        yield from (it._replace(is_condition=True) for it in found) if inner is schema.get("if") else found
    for step, inner in _members(validator, instance):
        yield from visits(library, validator.evolve(schema=inner), instance[step], (*path, step))


def _in_place(library: Library, validator: Any, instance: Json) -> Iterator[Json]:
    """Subschemas that apply to the same value."""
    schema = validator.schema
    if isinstance(schema.get("$ref"), str):
        yield library.lookup(schema["$ref"])
    yield from schema.get("allOf", ())
    for keyword in ("anyOf", "oneOf"):
        yield from (it for it in schema.get(keyword, ()) if validator.evolve(schema=it).is_valid(instance))
    if "if" in schema:
        holds = validator.evolve(schema=schema["if"]).is_valid(instance)
        if holds:
            yield schema["if"]
        yield schema.get("then" if holds else "else", True)
    if isinstance(instance, dict):
        dependent = {**schema.get("dependencies", {}), **schema.get("dependentSchemas", {})}
        yield from (it for name, it in dependent.items() if name in instance and isinstance(it, dict))


def _members(validator: Any, instance: Json) -> Iterator[tuple[str | int, Json]]:
    """Subschemas that apply to a member of the value, with the step to it."""
    schema = validator.schema
    if isinstance(instance, dict):
        yield from _properties(schema, instance)
    elif isinstance(instance, list):
        items = schema.get("items", True)
        first = items if isinstance(items, list) else schema.get("prefixItems", ())
        rest = schema.get("additionalItems", True) if isinstance(items, list) else items
        yield from enumerate(first[: len(instance)])
        yield from ((i, rest) for i in range(len(first), len(instance)))
        if "contains" in schema:
            wanted = validator.evolve(schema=schema["contains"])
            yield from ((i, schema["contains"]) for i, it in enumerate(instance) if wanted.is_valid(it))


def _properties(schema: Mapping[str, Json], instance: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
    named = schema.get("properties", {})
    matched = schema.get("patternProperties", {})
    for key in instance:
        found = [named[key]] if key in named else []
        found += [it for pattern, it in matched.items() if patterns.search(pattern, key)]
        for it in found or [schema.get("additionalProperties", True)]:
            yield key, it
