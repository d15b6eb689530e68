"""What is legal JSON Schema and cannot be meant: keywords that no value satisfies together, or that do nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from reglint import patterns
from reglint.diagnostic import Finding, Located, Path
from reglint.schema import plain
from reglint.schema.dialect import KNOWN, Dialect
from reglint.schema.faults import subschemas
from reglint.schema.formats import FORMATS
from reglint.schema.keyword import KEYWORDS
from reglint.schema.library import Library, Source
from reglint.schema.shape import shape
from reglint.spelling import listed, suggestion
from reglint.syntax.tree import Json

_HELPED = {"then": "if", "else": "if", "minContains": "contains", "maxContains": "contains"}
_ORDERED = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
)
_STRICTLY_ORDERED = (
    ("exclusiveMinimum", "maximum"),
    ("minimum", "exclusiveMaximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
)
_ABOUT = {
    "string": "minLength maxLength pattern format",
    "number": "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf",
    "array": "items prefixItems additionalItems unevaluatedItems contains minItems maxItems uniqueItems",
    "object": "properties patternProperties additionalProperties unevaluatedProperties propertyNames required "
    "dependentRequired dependentSchemas dependencies minProperties maxProperties",
}
_SUBJECTS = {"string": "text", "number": "numbers", "array": "lists", "object": "keys and their values"}

_OWN = frozenset({"properties", "additionalProperties", "unevaluatedProperties"})
_CLOSING = ("additionalProperties", "unevaluatedProperties", "allOf", "$ref")
_BESIDE = (
    "`additionalProperties` knows only what stands beside it; `unevaluatedProperties` knows `$ref` and `allOf` too"
)


class Contradiction(NamedTuple):
    """What contradicts itself *at* a place within a schema."""

    at: Path
    message: str
    help: str = ""


def of(library: Library) -> Iterator[Located]:
    """Yield the contradictions in all schemas of *library*; those between schemas where it has no other mistakes."""
    refusals = _Refusals(library)
    for file, source in library.sources.items():
        for schema, path in subschemas(source):
            for it in _of_schema(refusals, source, schema):
                yield file, Finding(source.tree.key(*path, *it.at), it.message, help=it.help)


class _Refusals(dict[int, list[str]]):
    """The keys that schemas of *library* require and refuse at once, by the `id` of the schema, each looked at once."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library

    def of(self, schema: Json) -> list[str]:
        if id(schema) not in self:
            self[id(schema)] = refused_by_itself(self.library, schema)
        return self[id(schema)]


def _of_schema(refusals: _Refusals, source: Source, schema: Mapping[str, Json]) -> Iterator[Contradiction]:
    library = refusals.library
    yield from _unheard(source.dialect, schema)
    if library.stands_alone(schema):
        return  # whatever else it says does nothing, and has been told
    heard = {name: it for name, it in schema.items() if name not in source.dialect.ignored}
    if not library.asserts_formats or heard.get("format") not in FORMATS or _is_of_numbers(heard):
        heard.pop("format", None)
    yield from _reversed(heard)
    yield from _idle(heard)
    yield from _forbidden_values(heard)
    yield from _refused_examples(heard)
    if not library.errors and not source.dialect.ignored:
        yield from _refused_requirements(refusals, schema)


def _unheard(dialect: Dialect, schema: Mapping[str, Json]) -> Iterator[Contradiction]:
    """Keywords of another version of JSON Schema, or without the one that reads them."""
    known = dialect.keywords
    for other in KNOWN.values():
        for name in (it for it in schema if it in other.keywords and it not in known and it not in dialect.ignored):
            yield Contradiction((name,), f"`{name}` is a keyword of {other.name}, and does nothing in {dialect.name}")
    for name, reader in _HELPED.items():
        if name in schema and reader not in schema:
            yield Contradiction((name,), f"`{name}` does nothing without `{reader}`")
    if "$ref" in schema and dialect.is_draft_07:
        for name in (it for it in schema if it != "$ref" and (it in known or it in KEYWORDS)):
            message = f"`{name}` does nothing beside `$ref` in draft-07"
            yield Contradiction((name,), message, "put both into `allOf`, or let `$schema` be 2020-12")


def _reversed(schema: Mapping[str, Json]) -> Iterator[Contradiction]:
    """Bounds between which nothing lies."""
    for low, high in _ORDERED:
        if low in schema and high in schema and schema[low] > schema[high]:
            yield Contradiction((low,), f"`{low}` is more than `{high}`, so nothing can be both")
    for low, high in _STRICTLY_ORDERED:
        if low in schema and high in schema and schema[low] >= schema[high]:
            yield Contradiction((low,), f"no number lies between `{low}` and `{high}`")


def _idle(schema: Mapping[str, Json]) -> Iterator[Contradiction]:
    """Keywords about values that `type` does not allow."""
    written = _several(schema.get("type", []))
    types = {"number" if it == "integer" else it for it in written}
    for kind in (it for it in _ABOUT if types and it not in types):
        for name in (it for it in _ABOUT[kind].split() if it in schema):
            message = f"`{name}` is about {_SUBJECTS[kind]}, and does nothing beside the type {listed(written)}"
            yield Contradiction((name,), message, "one of the two is wrong, or stands at the wrong place")


def _is_of_numbers(schema: Mapping[str, Json]) -> bool:
    """Tell whether the `format` judges the numbers that `type` allows."""
    judges = bool(FORMATS[schema["format"]].integers)
    return judges and not {"integer", "number"}.isdisjoint(_several(schema.get("type", [])))


def _several(types: Any) -> list[str]:
    return [types] if isinstance(types, str) else list(types)


def _forbidden_values(schema: Mapping[str, Json]) -> Iterator[Contradiction]:
    """Allowed values of which none is one."""
    if schema.get("enum") == []:
        yield Contradiction(
            ("enum",), "`enum` lists no value, so none can pass", "write `false` for what may not be there"
        )
    for name, allowed in (("const", [schema.get("const")]), ("enum", schema.get("enum", []))):
        others = {it: schema[it] for it in ("type", "enum") if schema.get(it) and it != name}
        if name in schema and allowed and not any(_fits(others, it) for it in allowed):
            yield Contradiction((name,), f"no value fits both `{name}` and {listed(others)}")


def _fits(schema: Json, value: Json) -> bool:
    return not schema or next(plain.validator(schema).errors(value), None) is None


def _refused_requirements(refusals: _Refusals, schema: Mapping[str, Json]) -> Iterator[Contradiction]:
    """Required keys that are refused as well, so that no object can pass; those of a part are told where it stands."""
    has_parts = "allOf" in schema or ("$ref" in schema and not _OWN.isdisjoint(schema))
    refused = refusals.of(schema) if has_parts or "required" in schema else ()
    if not refused:
        return
    library = refusals.library
    parts = [*schema.get("allOf", ()), *([library.lookup(schema["$ref"])] if "$ref" in schema else ())]
    told = {name for part in parts for name in refusals.of(part)}
    known = [name for it in shape(library, [schema]).schemas for name in it.get("properties", ())]
    own = schema.get("required", ())
    closing = next((it for it in _CLOSING if it in schema), "")
    for name in (it for it in refused if it not in told):
        near = "" if name in known else suggestion(name, (it for it in known if it not in own))
        message = f"`{name}` is required and refused at once, so nothing can pass{near}"
        help_ = _BESIDE if name in known and closing == "additionalProperties" else ""
        yield Contradiction(("required", own.index(name)) if name in own else (closing,), message, help_)


def refused_by_itself(library: Library, schema: Json) -> list[str]:
    """Return the keys that *schema* requires and refuses at once, with all that it refers to."""
    place = shape(library, [schema])
    refused = {name for it in place.always for name in _refused(library, it, place.required)}
    return [it for it in place.required if it in refused]


def _refused(library: Library, schema: Mapping[str, Json], names: Iterable[str]) -> Iterator[str]:
    """Yield those of *names* that *schema* never lets pass."""
    members = schema.get("properties", {})
    yield from (it for it in names if members.get(it) == {"not": {}})
    if schema.get("additionalProperties") is False:
        yield from (it for it in names if not _speaks_of([schema], it))
    elif schema.get("unevaluatedProperties") is False:
        others = shape(library, [schema]).schemas
        if not any(_is_open(library, it) for it in others):
            yield from (it for it in names if not _speaks_of(others, it))


def _speaks_of(schemas: Iterable[Mapping[str, Json]], name: str) -> bool:
    return any(
        name in it.get("properties", {}) or any(patterns.search(each, name) for each in it.get("patternProperties", {}))
        for it in schemas
    )


def _is_open(library: Library, schema: Mapping[str, Json]) -> bool:
    """Tell whether a schema may let keys pass that it does not name; what a published one refers to is not known."""
    if "$ref" in schema and id(schema) not in library.origins:
        return True
    names = ("additionalProperties", "unevaluatedProperties")
    return "$dynamicRef" in schema or any(schema.get(it, False) is not False for it in names)


def _refused_examples(schema: Mapping[str, Json]) -> Iterator[Contradiction]:
    """Values of another type, or that are not listed. An empty `default` or a part of an example may fail the rest."""
    shown: list[tuple[Path, Json]] = [(("examples", i), it) for i, it in enumerate(schema.get("examples", ()))]
    shown += [(("default",), schema["default"])] if schema.get("default") is not None else []
    if not shown:
        return
    values = plain.validator({it: schema[it] for it in ("type", "enum", "const") if it in schema})
    for at, value in shown:
        if error := next(values.errors(value), None):
            yield Contradiction(at, f"the schema itself refuses this value by its `{error.validator}`")
