"""The fast verdict says what jsonschema says, of every schema and value, or nothing at all."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema.validators import Draft7Validator, Draft202012Validator

from examples import cases, run
from reglint import patterns, workspace
from reglint.diagnostic import Diagnostic
from reglint.document import Document, parse
from reglint.manual import Manual
from reglint.rule import RULES
from reglint.schema import bundle, faults, library, reference, verdict
from reglint.schema.dialect import KNOWN
from reglint.schema.judge import Judgement, Schema
from reglint.schema.keyword import KEYWORDS, MANUALS
from reglint.schema.library import Library
from reglint.schema.reach import Extent, extent, extent_of, values
from reglint.text import Text
from test_conformance import FILES, schema_file, with_references, within_root

pytestmark = pytest.mark.skipif(not verdict.is_fast(), reason="jsonschema-rs is not installed")

ROOT = Path(__file__).parent.parent
NAME = "s.schema.json"
SEEN_DIFFERENTLY = {"dynamicRef", "unevaluatedItems", "vocabulary", "defs", "definitions"}
"""Files of the suite whose schemas are all left to jsonschema; the last two refer to published meta-schemas."""


def loaded(schema: Any, *, asserts_formats: bool = True) -> Library:
    found = library.load([Text(NAME, json.dumps(schema))], asserts_formats=asserts_formats)
    assert found.errors == ()
    return found


def disagreements(found: Library, path: str, instances: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Each subschema of a file with each value of which the two engines say different things."""
    fast, slow = found.verdict(path), replace(found, is_fast=False).verdict(path)
    for schema, _ in faults.subschemas(found.sources[path]):
        for value in instances:
            if fast.accepts(schema, value) != slow.accepts(schema, value):
                yield schema, value


def is_sure(found: Library, path: str) -> bool:
    return found.verdict(path).is_sure(found.sources[path].contents)


@pytest.mark.parametrize("path", FILES, ids=lambda it: f"{it.parent.name}/{it.stem}")
def test_the_suite(path: Path) -> None:
    """Each subschema of a file of the official suite, with all values of its case."""
    draft, count = path.parent.name, 0
    for case in json.loads(within_root(path.read_text("utf-8"))):
        text = schema_file("case.json", case["schema"], draft)
        found = library.load(with_references(text, draft), asserts_formats=False)
        instances = [it["data"] for it in case["tests"]]
        assert [*disagreements(found, "case.json", instances)] == []
        count += is_sure(found, "case.json")
    assert count or path.stem in SEEN_DIFFERENTLY


KEYS = ("a", "b", "cc")
SCALARS = [None, True, False, 0, 1, -1, 1.0, 0.5, 19.99, 2**53 + 1, float(2**53), 10**30, "", "a", "b", "é", "a b", "12%", "2026-06-01",
           "2026-02-30", "[[a]]", "[[a|b]] [[c]]", "5/100", "3-6 months", "https://e.org/", "x\n", "K", "\u2028", "1", "KZ"]  # fmt: skip
scalars = st.sampled_from(SCALARS)
instances = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from((*KEYS, "x1", "é")), inner, max_size=3),
    max_leaves=6,
)
PATTERNS = [
    "^a",
    "b$",
    "^[a-z]+$",
    ".",
    "^.$",
    r"\d",
    r"^\S+$",
    "(?i:k)",
    r"\ba",
    "^[^a]*$",
    "a|b",
    r"\p{L}",
    "é",
    "^(?:a|cc)$",
    "[a&&b]",
    "",
]
LEAVES: list[Any] = [
    True, False, {}, {"type": "string"}, {"type": ["integer", "null"]}, {"type": "object"}, {"type": "array"}, {"type": "number"},
    *({"const": it} for it in (1, True, "a", [1], {"a": 1.0}, float(2**53))), {"enum": ["a", 0, None]}, {"minimum": 1}, {"exclusiveMaximum": 2**53},
    {"multipleOf": 0.01}, {"multipleOf": 1}, {"minLength": 2}, {"maxLength": 1}, {"required": ["a"]}, {"minItems": 1}, {"maxProperties": 1},
    {"uniqueItems": True}, {"dependentRequired": {"a": ["b"]}}, {"format": "date"}, {"format": "year"}, {"format": "iso-3166-1-alpha-2"},
    {"wikilink": True}, {"wikilink": {"min": 0, "max": 1}}, {"percentage": {}}, {"score": {"of": 100}}, {"quantity": {"units": ["months"]}},
    {"formatMinimum": "2026-01-01"}, {"unique": "corpus"}, {"order": ["a", "b"]}, {"agrees": {"with": "/title"}},
    {"validations": [{"rule": "has(self.a)"}]}, *({"pattern": it} for it in PATTERNS),
]  # fmt: skip


def grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=3)
    named = st.dictionaries(st.sampled_from(KEYS), inner, min_size=1, max_size=2)
    matched = st.dictionaries(st.sampled_from(PATTERNS), inner, min_size=1, max_size=2)
    one = st.sampled_from(
        ["not", "items", "additionalProperties", "unevaluatedProperties", "contains", "propertyNames"]
    )
    made = st.one_of(
        st.builds(lambda key, it: {key: it}, one, inner),
        st.builds(lambda key, it: {key: it}, st.sampled_from(["allOf", "anyOf", "oneOf", "prefixItems"]), several),
        st.builds(lambda key, it: {key: it}, st.sampled_from(["properties", "dependentSchemas"]), named),
        st.builds(lambda it: {"patternProperties": it}, matched),
        st.builds(lambda i, t, e: {"if": i, "then": t, "else": e}, inner, inner, inner),
        st.builds(lambda it, n: {"contains": it, "minContains": n}, inner, st.integers(0, 2)),
        st.just({"$ref": "#/$defs/d"}),
    )
    return st.lists(made, min_size=1, max_size=3).map(
        lambda them: {key: it for part in them for key, it in part.items()}
    )


schemas = st.recursive(st.sampled_from(LEAVES), grown, max_leaves=8).filter(lambda it: isinstance(it, dict))


@given(schemas, st.sampled_from(LEAVES), st.lists(instances, min_size=1, max_size=6), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_schema(schema: Any, definition: Any, values: list[Any], asserts_formats: bool) -> None:
    found = library.load(
        [Text(NAME, json.dumps({**schema, "$defs": {"d": definition}}))], asserts_formats=asserts_formats
    )
    if not found.errors:
        assert [*disagreements(found, NAME, values)] == []


@pytest.mark.parametrize("pattern", PATTERNS)
def test_patterns_are_read_alike_or_by_us(pattern: str) -> None:
    found = loaded({"pattern": pattern, "patternProperties": {"zz": {"patternProperties": {pattern: False}}}})
    texts = [chr(it) for it in (*range(0x300), 0x1680, 0x2000, 0x2028, 0x2029, 0x202F, 0x212A, 0x3000, 0xFEFF, 0x1F600)]
    texts += [f"{one}{it}" for it in texts for one in "a "]
    assert [*disagreements(found, NAME, [*texts, *({"zz": {it: 1}} for it in texts)])] == []
    if shown := bundle.alike(pattern):
        assert patterns.fault(shown) is None


@pytest.mark.parametrize(
    "schema",
    [
        {"$dynamicRef": "#"},
        {"unevaluatedItems": False},
        {"patternProperties": {r"\bx": {}}},
        {"$ref": "https://json-schema.org/draft/2020-12/schema"},
        {
            "anyOf": [{"$ref": "#/$defs/a"}],
            "$defs": {"a": {"not": {"$ref": "#/$defs/b"}}, "b": {"allOf": [{"$ref": "#/$defs/a"}]}},
        },
    ],
)
def test_what_engines_could_see_differently_is_left_to_jsonschema(schema: Any) -> None:
    assert not is_sure(loaded(schema), NAME)


@pytest.mark.parametrize("value", ["\ud800", {1: 2}])
def test_a_value_that_the_engine_has_no_form_for_is_left_to_jsonschema(value: Any) -> None:
    found = loaded({"not": {"type": "string"}})
    assert not found.verdict(NAME).is_surely_valid(found.sources[NAME].contents, value)
    assert found.verdict(NAME).accepts(found.sources[NAME].contents, value) == (not isinstance(value, str))


@pytest.mark.parametrize("number", [".nan", ".inf", "-.INF", "nan", "-inf", "NaN", "Infinity", "-Infinity", "1e999"])
@pytest.mark.parametrize(
    "front", ["---\na: {}\nb: [{}]\n---\n", "+++\na = {}\nb = [{}]\n+++\n", '{{\n"a": {},\n"b": [{}]\n}}\n']
)
def test_no_number_of_front_matter_is_infinite_or_nan(front: str, number: str) -> None:
    """It stays the text that stands there, or makes the front matter unreadable; the engines would not see it alike."""
    kept = {"a": number, "b": [number]}
    assert parse(Text("a.md", front.format(number, number))).frontmatter in ({}, kept)


def of_corpus() -> Iterator[tuple[Schema, Schema, Text]]:
    """Each page of the corpus with its schema, fast and slow."""
    space = workspace.load([str(ROOT)])
    for text in space.read(space.files().documents).texts:
        kind = space.config.type_of(parse(text))
        assert kind
        schema = Schema(kind.name, kind.schema, space.project.library)
        yield schema, replace(schema, library=replace(schema.library, is_fast=False)), text


@cache
def pages() -> list[tuple[Schema, Schema, Text]]:
    """A page of each kind, and some more; engines are shared, so that what they remember is tried too."""
    found = [*of_corpus()]
    fast = {it.type: it for it, _, _ in found}
    slow = {it.type: it for _, it, _ in found}
    return [(fast[it.type], slow[it.type], text) for it, _, text in found]


def judged(schema: Schema, doc: Document) -> tuple[Judgement, Extent]:
    judgement = schema.judge(doc)
    its = values(doc.instance, judgement.spoken, schema.type)
    counted = extent_of(doc.instance, judgement.spoken, schema.type)
    assert counted == extent(its)
    return judgement, counted


def assert_equal(fast: Schema, slow: Schema, text: Text) -> None:
    (one, counted), (other, due) = judged(fast, parse(text)), judged(slow, parse(text))
    assert one[:2] == other[:2]
    assert counted == due


def test_a_page_of_the_corpus_asks_jsonschema_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Library, "validator", lambda *_: pytest.fail("jsonschema was asked"))
    for fast, _, text in pages():
        judgement, counted = judged(fast, parse(text))
        assert judgement.findings == ()
        assert counted.values > 0


def test_a_clean_corpus_imports_no_jsonschema() -> None:
    script = """
import sys
from datetime import date
from reglint import workspace
space = workspace.load([sys.argv[1]])
run = space.engine(date(2026, 11, 22)).lint(space.read(space.files().documents[:20]).texts)
assert run.extent.values and not [it for it in run.diagnostics if it.severity.name == "error" and "schema" in it.rule]
print(sorted({"jsonschema", "jsonschema_specifications", "referencing"} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", script, str(ROOT)], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("path", [it for it in FILES if "ref" in it.stem.lower() or "anchor" in it.stem])
def test_references_lead_where_referencing_says(path: Path) -> None:
    draft = path.parent.name
    for case in json.loads(within_root(path.read_text("utf-8"))):
        text = schema_file("case.json", case["schema"], draft)
        found = library.load(with_references(text, draft), asserts_formats=False)
        resolver = reference.registry({it.uri: (it.contents, it.dialect) for it in found.resources.files}).resolver()
        for source in found.sources.values():
            for schema, _ in source.subschemas:
                for ref in (schema[it] for it in ("$ref", "$dynamicRef") if it in schema):
                    assert found.lookup(ref) == resolver.lookup(ref).contents


def test_the_keywords_of_a_dialect_are_those_of_jsonschema() -> None:
    for dialect, known in zip(KNOWN.values(), (Draft202012Validator, Draft7Validator), strict=True):
        assert [*dialect.keywords] == [*known.VALIDATORS]


def test_pages_are_judged_alike() -> None:
    for fast, slow, text in pages()[::6]:
        assert_equal(fast, slow, text)


@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_pages_with_mistakes_are_judged_alike(at: int, dice: random.Random) -> None:
    fast, slow, text = pages()[at % len(pages())]
    lines = text.content.split("\n")
    for _ in range(dice.randrange(1, 5)):
        i = dice.randrange(len(lines))
        change = dice.randrange(4)
        if change == 0:
            del lines[i : i + 1]
        elif change == 1:
            lines.insert(i, dice.choice(lines))
        elif change == 2:
            lines[i] = lines[i].replace(": ", dice.choice([": 1", ": [", ": {a: b}, ", ":"]), 1)
        else:
            lines[i] += dice.choice(["x", " [[y]]", "|", "0", "\n## FAQ", "\n- item"])
    assert_equal(fast, slow, Text(text.path, "\n".join(lines)))


EXAMPLES = [
    pytest.param(it, id=it.name)
    for name in sorted(MANUALS)
    for it in [MANUALS[name]]
    if name not in RULES and list(cases(it, it.examples))
]


@pytest.mark.parametrize("manual", EXAMPLES)
def test_examples_of_manuals_are_judged_alike(manual: Manual, monkeypatch: pytest.MonkeyPatch) -> None:
    def found() -> list[list[Diagnostic]]:
        return [run({manual.name}, it.example, it.beside) for it in cases(manual, manual.examples)]

    fast = found()
    monkeypatch.setattr(verdict, "_supplier", lambda: None)
    assert found() == fast


def test_each_of_our_keywords_is_tried_above() -> None:
    tried = {name for it in LEAVES if isinstance(it, dict) for name in it}
    assert {name for name, it in KEYWORDS.items() if it.check} - tried <= {
        "lookup", "formatMaximum", "formatExclusiveMinimum", "formatExclusiveMaximum",
    }  # fmt: skip
