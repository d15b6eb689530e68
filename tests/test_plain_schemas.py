"""On plain front-matter schemas, reglint's verdict is that of jsonschema, document for document and error for error.

500 documents are made up from ten schemas that use standard keywords only. Each is judged by the engine, and its front
matter by jsonschema alone. What jsonschema finds is put into reglint's terms, and must then be the same:

1. An error has the place of the value that it is about, and the rule name of its keyword. Keys and items are told one by
   one: `required`, `additionalProperties` and their like give a finding for each key, `uniqueItems` for each repetition.
2. Where an error may be told in several places, at least one of them is: of an `anyOf` or `oneOf` that nothing fits, what
   one alternative misses; of a list with items too many and of an object with keys that exclude each other, one of these.
3. A key that a schema knows and that is wrong is not unknown as well.
4. Nothing else is found.

No key here is a slip of another, as the two findings about it would be told as one.
"""

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker, ValidationError

from reglint import project
from reglint.diagnostic import Diagnostic
from reglint.document import parse
from reglint.engine import Engine
from reglint.schema.keyword import MANUALS
from reglint.text import Text

EACH = 50
DRAWS = 200
RULES = {
    "type": "wrong-type",
    "enum": "value-not-allowed",
    "const": "value-not-allowed",
    "not": "value-not-allowed",
    "pattern": "pattern-mismatch",
    "format": "invalid-format",
    **dict.fromkeys(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"], "value-out-of-range"),
    **dict.fromkeys(
        ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"], "wrong-length"
    ),
    **dict.fromkeys(["items", "additionalItems", "unevaluatedItems"], "unexpected-item"),
    **dict.fromkeys(["contains", "maxContains"], "missing-item"),
    "uniqueItems": "duplicate-item",
    **dict.fromkeys(["required", "dependentRequired", "dependencies"], "missing-field"),
    **dict.fromkeys(["additionalProperties", "unevaluatedProperties"], "unknown-field"),
    **dict.fromkeys(["anyOf", "oneOf"], "ambiguous-alternative"),
}
DRAFT_07 = "http://json-schema.org/draft-07/schema#"
Json = Any
Path = tuple[str | int, ...]
Found = tuple[Path, str]


class Plain(NamedTuple):
    """A schema, and for each key of front matter the values to choose from."""

    schema: Mapping[str, Json]
    values: Mapping[str, Sequence[Json]]


TEXTS = ["", "a", "law", "crypto regulation", "2026-02-28", "2026-02-30", "true", "12", "é😀", "10.0.0.1", "10.0.0.256"]
NUMBERS = [0, 1, -1, 7, 12, 100, 101, 0.5, 2.5, 1.0, -0.0, 10**20]
OTHERS = [None, True, False, [], {}, ["a"], {"a": 1}]
ANY = [*TEXTS, *NUMBERS, *OTHERS]
LISTS = [
    [], ["a"], [""], ["a", "b"], ["a", 1, True], [1, 1.0], [True, 1], ["a", "b", "a", "b"], [{"x": 1}, {"x": 1}],
    [[1], [True], [1]], [1, 2, 3, 4, 5], [None, None],
]  # fmt: skip
NODES = [
    {"name": "a"}, {"name": 1}, {"name": "a", "next": {"name": "b"}}, {"name": "a", "next": {"next": {"name": 1}}},
    {"next": 5}, {"name": "a", "extra": 1}, "a",
]  # fmt: skip

PLAIN = {
    "texts": Plain(
        {
            "required": ["short", "day"],
            "properties": {
                "short": {"type": "string", "minLength": 1, "maxLength": 5},
                "form": {"type": "string", "pattern": "^[a-z]+( [a-z]+)?$"},
                "day": {"format": "date"},
                "address": {"type": ["string", "null"], "format": "ipv4"},
                "status": {"enum": ["law", "a", 12, None, [], {"a": 1}]},
                "fixed": {"const": "2026-02-28"},
            },
        },
        {"short": ANY, "form": ANY, "day": ANY, "address": ANY, "status": ANY, "fixed": ["2026-02-28", "2026-02-30", 12]},
    ),
    "numbers": Plain(
        {
            "properties": {
                "score": {"type": "integer", "minimum": 0, "maximum": 100},
                "rate": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 100},
                "step": {"multipleOf": 0.5},
                "pair": {"type": ["integer", "boolean"], "multipleOf": 7},
                "one": {"const": 1},
                "zero": {"enum": [0, True]},
            },
            "maxProperties": 5,
            "minProperties": 2,
        },
        {name: [*NUMBERS, *NUMBERS, *OTHERS, "12"] for name in ("score", "rate", "step", "pair", "one", "zero")},
    ),
    "lists": Plain(
        {
            "properties": {
                "tags": {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 2, "maxItems": 3},
                "unique": {"uniqueItems": True},
                "some": {"contains": {"type": "integer", "minimum": 2}, "minContains": 2, "maxContains": 3},
                "one": {"contains": {"const": "a"}},
                "pair": {"prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False},
                "rest": {"prefixItems": [{"type": "string"}], "items": {"type": "string"}},
                "seen": {"prefixItems": [True], "anyOf": [{"prefixItems": [True, {"const": "b"}]}, True], "unevaluatedItems": False},
                "nested": {"items": {"items": {"type": "integer"}, "uniqueItems": True}},
            },
        },
        {name: [*LISTS, *LISTS, "a", None] for name in ("tags", "unique", "some", "one", "pair", "rest", "seen", "nested")},
    ),
    "objects": Plain(
        {
            "required": ["author", "title"],
            "properties": {
                "title": {"type": "string"},
                "author": {
                    "type": "object",
                    "required": ["name", "born"],
                    "properties": {"name": {"type": "string"}, "born": {"type": "integer"}},
                    "patternProperties": {"^x-": {"type": "boolean"}},
                    "additionalProperties": False,
                },
                "scores": {"additionalProperties": {"type": "integer", "maximum": 7}, "propertyNames": {"pattern": "^[a-z]+$", "maxLength": 5}},
                "empty": {"type": "object", "maxProperties": 0},
            },
            "patternProperties": {"^n[0-9]+$": {"type": "number"}},
            "additionalProperties": False,
        },
        {
            "title": ["law", "a", "", 5],
            "author": [{}, *[{"name": "a", "born": 1}] * 4, {"name": 1, "x-y": 1, "quux": 2}, {"born": True, "x-y": True, "zzzz": 1, "vvvv": 2}, [], "a"],
            "scores": [{}, {"a": 1}, {"b": 7}, {"A": 1}, {"toolong": 8, "b c": "x"}, []],
            "empty": [{}, {"a": 1}, {"a": 1, "b": 2}],
            "n1": NUMBERS,
            "n2": ["x", 1, 2],
            "quux": [1],
        },
    ),
    "choices": Plain(
        {
            "properties": {
                "id": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^[a-z]+$"}, {"type": "null"}]},
                "exact": {"oneOf": [{"type": "integer"}, {"minimum": 5}]},
                "kind": {"oneOf": [{"const": "law"}, {"const": "a"}, {"enum": [12, 100]}]},
                "shape": {"oneOf": [
                    {"required": ["kind", "radius"], "properties": {"kind": {"const": "circle"}, "radius": {"type": "number"}}},
                    {"required": ["kind", "side"], "properties": {"kind": {"const": "square"}, "side": {"type": "number", "minimum": 0}}, "additionalProperties": False},
                ]},
                "deep": {"anyOf": [{"anyOf": [{"minLength": 3}, {"type": "array", "items": {"type": "string"}}]}, {"type": "array", "minItems": 4}], "not": {"const": 7}},
            },
        },
        {
            "id": ANY, "exact": [*NUMBERS, "a"], "kind": [*TEXTS, *NUMBERS], "deep": [*ANY, *LISTS],
            "shape": [{"kind": "circle"}, {"kind": "circle", "radius": "x"}, {"kind": "square", "side": -1}, {"kind": "square", "side": 1}, {"kind": "square", "side": 1, "quux": 2}, {"kind": "law"}, {"side": 1}, {}, 5],
        },
    ),
    "conditions": Plain(
        {
            "allOf": [
                {"if": {"properties": {"status": {"const": "law"}}, "required": ["status"]}, "then": {"required": ["day", "ref"]}, "else": {"properties": {"ref": {"type": "null"}}}},
                {"properties": {"day": {"format": "date"}}},
                {"properties": {"day": {"minLength": 3}}, "minProperties": 1},
            ],
            "if": {"required": ["n"]},
            "then": {"properties": {"n": {"minimum": 5}}},
            "properties": {"n": {"type": "integer"}},
        },
        {"status": ["law", "a", 1], "day": TEXTS, "ref": ["law", None, 5], "n": NUMBERS, "more": ANY},
    ),
    "references": Plain(
        {
            "$defs": {
                "node": {
                    "type": "object",
                    "required": ["name"],
                    "properties": {"name": {"$ref": "#text"}, "next": {"$ref": "#/$defs/node"}},
                    "additionalProperties": False,
                },
                "text": {"$anchor": "text", "type": "string", "maxLength": 3},
                "a~b/c %": {"minimum": 3},
            },
            "properties": {"first": {"$ref": "#/$defs/node"}, "second": {"$ref": "#/$defs/node", "minProperties": 2}, "odd": {"$ref": "#/$defs/a~0b~1c%20%25"}},
            "required": ["first"],
        },
        {"first": NODES, "second": NODES, "odd": NUMBERS},
    ),
    "dependencies": Plain(
        {
            "dependentRequired": {"card": ["billing", "holder"], "n": []},
            "dependentSchemas": {"billing": {"required": ["country"], "properties": {"country": {"minLength": 2}}}},
            "not": {"required": ["cash", "card"]},
            "properties": {"gone": {"not": {}}, "word": {"not": {"type": "string", "maxLength": 3}}, "n": {"not": {"anyOf": [{"const": 1}, {"const": 7}]}}},
        },
        {"card": [1], "cash": [1], "billing": ["x"], "holder": ["y"], "country": ["", "KZ", 5], "gone": [1, None], "word": TEXTS, "n": NUMBERS},
    ),
    "unevaluated": Plain(
        {
            "allOf": [{"properties": {"id": {"type": "string"}}}, {"$ref": "#/$defs/dates"}],
            "anyOf": [{"properties": {"url": {"type": "string"}}, "required": ["url"]}, {"properties": {"isbn": {"minLength": 3}}, "required": ["isbn"]}, {"required": ["id"]}],
            "if": {"properties": {"draft": {"const": True}}, "required": ["draft"]},
            "else": {"properties": {"editor": {}}},
            "$defs": {"dates": {"patternProperties": {"_at$": {"format": "date"}}}},
            "unevaluatedProperties": False,
        },
        {"id": ["law", 5], "url": ["a", 5], "isbn": ["a", "12345"], "draft": [True, False], "editor": ["a"], "made_at": ["2026-02-28", "2026-02-30"], "zzzz": [1], "vvvv": [2]},
    ),
    "draft-07": Plain(
        {
            "$schema": DRAFT_07,
            "definitions": {"day": {"type": "string", "format": "date"}},
            "properties": {
                "day": {"$ref": "#/definitions/day"},
                "pair": {"items": [{"type": "string"}, {"type": "integer"}], "additionalItems": False},
                "rest": {"items": [True], "additionalItems": {"type": "string"}},
                "has": {"contains": {"type": "integer"}},
                "map": {"propertyNames": {"enum": ["a", "b"]}},
            },
            "dependencies": {"day": ["pair", "rest"], "has": {"required": ["map"], "maxProperties": 3}},
        },
        {"day": TEXTS, "pair": LISTS, "rest": LISTS, "has": LISTS, "map": [{"a": 1}, {"c": 1, "d": 2}, [], "a"], "more": [1]},
    ),
}  # fmt: skip


def test_every_keyword_is_tried() -> None:
    """A keyword that no document fails would prove nothing."""
    failed = {str(it.validator) for case in cases() for it in every(errors(case))}

    assert failed == RULES.keys()


def test_each_schema_has_documents_that_pass_and_that_fail() -> None:
    assert len(cases()) == 500
    for name in PLAIN:
        verdicts = [not errors(it) for it in cases() if it.name == name]
        assert min(verdicts.count(True), verdicts.count(False)) >= EACH // 6, name


class Case(NamedTuple):
    """A document made up for a schema."""

    name: str
    text: Text
    meta: Mapping[str, Json]


@cache
def cases() -> tuple[Case, ...]:
    """500 documents, always the same; every second is drawn until it is valid, as most combinations are not."""
    choice = random.Random(20261122)
    made = []
    for name in PLAIN:
        for i in range(EACH):
            meta = drawn(name, choice, DRAWS if i % 2 else 1)
            lines = "".join(f"{written(key, choice)}: {written(it, choice)}\n" for key, it in meta.items())
            made.append(Case(name, Text(f"{name}/{i}.md", f"---\n{lines}---\n\n# {name}\n"), meta))
    return tuple(made)


def drawn(name: str, choice: random.Random, most: int) -> Mapping[str, Json]:
    """The first valid front matter of *most* that are made up, or the last."""
    values, meta = PLAIN[name].values, {}
    for _ in range(most):
        keys = choice.sample(sorted(values), choice.randint(0, len(values)))
        meta = {key: choice.choice(values[key]) for key in keys}
        if validator(name).is_valid(meta):
            break
    return meta


def written(value: Json, choice: random.Random) -> str:
    """YAML for *value*, in one of the ways that people write it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(key, choice)}: {written(it, choice)}" for key, it in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(it, choice) for it in value) + "]"
    if not isinstance(value, str):
        return choice.choice(["null", "~"]) if value is None else json.dumps(value)
    quoted = [json.dumps(value, ensure_ascii=False), json.dumps(value), "'" + value.replace("'", "''") + "'"]
    is_plain = re.fullmatch(r"[A-Za-z][a-z_ -]*[a-z0-9]|[0-9]{4}-[0-9]{2}-[0-9]{2}", value) and value != "true"
    return choice.choice([*quoted, *[value] * 3] if is_plain else quoted)


@cache
def validator(name: str) -> Any:
    schema = PLAIN[name].schema
    kind = Draft7Validator if "$schema" in schema else Draft202012Validator
    return kind(schema, format_checker=FormatChecker(["date", "ipv4"]))


@cache
def engine() -> Engine:
    types = "".join(f"[types.{name}]\nfiles = ['{name}/*.md']\napplies-to = 'frontmatter'\n" for name in PLAIN)
    schemas = [Text(f"schemas/{name}.schema.json", json.dumps(it.schema)) for name, it in PLAIN.items()]
    loaded = project.load(Text("reglint.toml", types), schemas)
    assert loaded.errors == ()
    return Engine(loaded.config, loaded.library, date(2026, 11, 22))


def errors(case: Case) -> list[ValidationError]:
    return list(validator(case.name).iter_errors(case.meta))


def every(found: Sequence[ValidationError]) -> Iterator[ValidationError]:
    """All errors, those of alternatives included."""
    for it in found:
        yield it
        yield from every(it.context or [])


def expected(error: ValidationError) -> set[Found]:
    """Every finding that an error can be told by."""
    if error.context:
        return {found for it in error.context for found in expected(it)}
    path: Path = ("frontmatter", *error.absolute_path)
    if "propertyNames" in error.absolute_schema_path:
        path = (*path, str(error.instance))
    keyword = str(error.validator)
    if keyword == "not" and error.validator_value == {}:
        return {(path, "unknown-field")}
    members = MEMBERS.get(keyword, itself)(error)
    return {((*path, *it), RULES[keyword]) for it in members}


def is_told_somewhere(error: ValidationError) -> bool:
    """Whether rule 2 speaks of it: not all that is expected has to be found."""
    return bool(error.context) or MEMBERS.get(str(error.validator)) is anywhere


def is_known(found: Found, failed: Sequence[ValidationError]) -> bool:
    """Whether rule 3 speaks of an unknown key: it is unevaluated only since what it holds is wrong."""
    others = (path for it in failed if it.validator != "unevaluatedProperties" for path, _ in expected(it))
    return found[1] == "unknown-field" and any(path[: len(found[0])] == found[0] for path in others)


def itself(_: ValidationError) -> Iterator[Path]:
    yield ()


def anywhere(error: ValidationError) -> Iterator[Path]:
    value, _ = json_of(error)
    yield ()
    if isinstance(value, list | dict):
        yield from ((it,) for it in (value if isinstance(value, dict) else range(len(value))))


def additional(error: ValidationError) -> Iterator[Path]:
    value, schema = json_of(error)
    named, matched = schema.get("properties", {}), schema.get("patternProperties", {})
    yield from ((it,) for it in value if it not in named and not any(re.search(by, it) for by in matched))


def unevaluated(error: ValidationError) -> Iterator[Path]:
    """jsonschema tells which they are in its message only."""
    listed = re.search(r"\((.*) (?:was|were) unexpected\)", error.message)
    assert listed
    yield from ((name,) for name in re.findall(r"'([^']*)'", listed[1]))


def repeated(error: ValidationError) -> Iterator[Path]:
    items, _ = json_of(error)
    for i, item in enumerate(items):
        if any(Draft202012Validator({"const": it}).is_valid(item) for it in items[:i]):
            yield (i,)


def json_of(error: ValidationError) -> tuple[Json, Json]:
    """The value that failed and the schema that refuses it; jsonschema's types allow for none."""
    return error.instance, error.schema


def absent(error: ValidationError) -> Iterator[Path]:
    """jsonschema tells which it is in its message only."""
    found = re.match(r"'([^']*)' is a (?:required property|dependency)", error.message)
    assert found
    yield (found[1],)


MEMBERS: Mapping[str, Callable[[ValidationError], Iterator[Path]]] = {
    "additionalProperties": additional,
    "unevaluatedProperties": unevaluated,
    "uniqueItems": repeated,
    **dict.fromkeys(["required", "dependentRequired", "dependencies"], absent),
    **dict.fromkeys(["items", "additionalItems", "unevaluatedItems", "maxContains", "not"], anywhere),
}


def missing(found: Sequence[ValidationError]) -> set[tuple[Path, str]]:
    """Each key that is required and not there, with the place of its object."""
    names: set[tuple[Path, str]] = set()
    for it in found:
        if RULES.get(str(it.validator)) == "missing-field":
            names |= {(("frontmatter", *it.absolute_path), str(name)) for (name,) in absent(it)}
    return names


def difference(told: Sequence[Diagnostic], failed: Sequence[ValidationError]) -> list[object]:
    """What is found and should not be, or the other way round."""
    actual = {(it.finding.pointer or (), it.rule) for it in told}
    somewhere = [expected(it) for it in failed if is_told_somewhere(it)]
    possible = {found for it in failed for found in expected(it)}
    certain = {found for it in failed if not is_told_somewhere(it) for found in expected(it)}
    due = {it for it in certain if not is_known(it, failed)}
    named = {((it.finding.pointer or ())[:-1], name) for it in told for name in re.findall(r"`([^`]*)`", it.message)}
    untold = [it for it in somewhere if not it & actual]
    return [*(due - actual), *(actual - possible), *untold, *(missing(failed) - named)]


@pytest.mark.parametrize("name", PLAIN)
def test_findings_are_those_of_jsonschema(name: str) -> None:
    different = {}
    for case in (it for it in cases() if it.name == name):
        assert json.dumps(parse(case.text).frontmatter) == json.dumps(case.meta)
        found = engine().check_document(case.text).diagnostics
        told = [it for it in found if it.rule in MANUALS]
        failed = errors(case)
        if bool(told) != bool(failed) or difference(told, failed):
            different[case.text.content] = difference(told, failed)

    assert different == {}
