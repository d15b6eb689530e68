"""What a simple schema asks for, in a few words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from reglint.schema.formats import FORMATS
from reglint.schema.wording import TYPES, Said, choices, expected_types, shown
from reglint.syntax.tree import Json

Target = Callable[[str], Json]
_TELLING = frozenset({"const", "enum", "format", "pattern"})
_ANNOTATIONS = frozenset({"title", "description", "$comment", "examples", "default"})
_DEPTH = 8  # references that are followed, as they may lead in circles


def resolved(schema: Json, target: Target) -> Mapping[str, Json]:
    """Return *schema* together with what its `$ref` leads to; empty for `true` and `false`."""
    found: dict[str, Json] = {}
    for _ in range(_DEPTH):
        if not isinstance(schema, dict):
            break
        found = {**schema, **found}
        schema = target(schema["$ref"]) if "$ref" in schema else True
    return found


def parts(schema: Json, target: Target, depth: int = _DEPTH) -> Iterator[Mapping[str, Json]]:
    """Yield *schema* and whatever it holds always: its `allOf`, and what its `$ref` leads to."""
    if isinstance(schema, dict) and depth:
        yield schema
        for it in (*schema.get("allOf", ()), *([target(schema["$ref"])] if "$ref" in schema else ())):
            yield from parts(it, target, depth - 1)


def kind(schema: Mapping[str, Json], types: Collection[str] = TYPES) -> Said | None:
    """Say what values *schema* is for; None where that takes more than a few words.

    *types* are those that are worth telling where nothing else is.
    """
    if "const" in schema:
        return choices([schema["const"]])
    if schema.get("enum"):
        return choices(schema["enum"])
    if schema.get("format") in FORMATS:
        return Said(FORMATS[schema["format"]].expected, are_several=False)
    if "pattern" in schema:
        return Said(f"text that matches {shown(schema['pattern'])}", are_several=False)
    named = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", ())
    return expected_types(named) if named and {*named} <= {*types} else None


def whole(schema: Json) -> Said | None:
    """Say what values *schema* is for, if a few words say all that it asks; None otherwise."""
    asked = schema.keys() - _ANNOTATIONS - {"type"} if isinstance(schema, dict) else {""}
    return kind(schema) if len(asked) < 2 and asked <= _TELLING else None  # noqa: PLR2004 - one says it all


def condition(schema: Mapping[str, Json], holders: Sequence[Mapping[str, Json]]) -> str:
    """Say where *schema* holds, if it stands in the `then`, `else` or `dependentSchemas` of one of its *holders*."""
    inner = schema
    for holder in holders:
        for name, it in {**holder.get("dependencies", {}), **holder.get("dependentSchemas", {})}.items():
            if it is inner:
                return f"`{name}` stands"
        if inner is holder.get("then"):
            return " and ".join(clauses(holder["if"]))
        if inner is holder.get("else"):
            told = list(clauses(holder["if"], "is not"))
            return told[0] if len(told) == 1 else ""
        inner = holder
    return ""


def mentioned(schema: Mapping[str, Json]) -> Iterator[str]:
    """Yield the keys that *schema* speaks of elsewhere than in its `properties`."""
    yield from schema.get("required", ())
    for keyword in ("dependentRequired", "dependentSchemas", "dependencies"):
        for key, wanted in schema.get(keyword, {}).items():
            yield from (key, *(wanted if isinstance(wanted, list) else ()))
    if isinstance(schema.get("if"), dict):
        yield from (*schema["if"].get("properties", ()), *mentioned(schema["if"]))


def clauses(schema: Json, verb: str = "is") -> Iterator[str]:
    """Yield what *schema* asks of the members of a value; nothing where that is more than single values."""
    properties = schema.get("properties", {}) if isinstance(schema, dict) else {}
    for name, it in properties.items():
        said = kind(it, ()) if isinstance(it, dict) and {"const", "enum"} & it.keys() else None
        if said:
            yield f"`{name}` {verb} {said.words}"
    if not properties and isinstance(schema, dict):
        yield from (f"`{name}` {'stands' if verb == 'is' else 'is missing'}" for name in schema.get("required", ()))
