"""Schemas: loading, references, what is judged, and that no failure of a standard keyword goes without words."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema.validators import Draft7Validator, Draft202012Validator

from reglint.document import parse
from reglint.facts import TypedLink, Unique
from reglint.schema import library
from reglint.schema.judge import Judgement, Schema
from reglint.schema.keyword import EXPLAINERS, KEYWORDS, MANUALS
from reglint.text import Text
from strategies import documents

APPLICATORS = {
    "$ref", "$dynamicRef", "allOf", "if", "properties", "patternProperties", "prefixItems", "dependentSchemas", "propertyNames",
}  # fmt: skip


def judge(frontmatter: str, schema: Any, **others: Any) -> Judgement:
    """Judge front matter by *schema*, beside which *others* are files of that name."""
    texts = [Text("schemas/page.schema.json", json.dumps({"properties": {"frontmatter": schema}}))]
    texts += [Text(f"schemas/{name}.schema.json", json.dumps(it)) for name, it in others.items()]
    loaded = library.load(texts)
    assert loaded.errors == ()
    return Schema("page", "schemas/page.schema.json", loaded).judge(parse(Text("a.md", f"---\n{frontmatter}\n---\n")))


def found(judgement: Judgement) -> list[str]:
    return [rule for rule, _ in judgement.findings]


@pytest.mark.parametrize("draft", [Draft202012Validator, Draft7Validator])
def test_every_standard_keyword_has_words_for_its_failure(draft: Any) -> None:
    told = {name for name, them in EXPLAINERS.items() if them}

    assert draft.VALIDATORS.keys() - told - APPLICATORS == set()


def test_every_keyword_has_a_manual_whose_examples_run() -> None:
    for name, it in KEYWORDS.items():
        assert it.text, name
        Draft202012Validator.check_schema(it.meta)


@pytest.mark.parametrize(
    ("frontmatter", "schema", "rules"),
    [
        ("a: 1", {"required": ["b"]}, ["missing-field"]),
        ("staus: x", {"required": ["status"], "properties": {"status": {}}, "additionalProperties": False}, ["unknown-field"]),
        ("a: 1\nb: 2", {"dependentRequired": {"a": ["c"]}}, ["missing-field"]),
        ("a: 1", {"properties": {"a": False}}, ["unknown-field"]),
        ("a b: 1", {"propertyNames": {"pattern": "^[a-z]+$"}}, ["pattern-mismatch"]),
        ("a: 3", {"properties": {"a": {"multipleOf": 2}}}, ["value-out-of-range"]),
        ("a: x", {"properties": {"a": {"not": {"const": "x"}}}}, ["value-not-allowed"]),
        ("a: [1]", {"properties": {"a": {"contains": {"const": 2}}}}, ["missing-item"]),
        ("a: true", {"properties": {"a": {"type": "integer"}}}, ["wrong-type"]),
        ("a: 1.0", {"properties": {"a": {"type": "integer"}}}, []),
        ("a: [1, 1]", {"properties": {"a": {"uniqueItems": True}}}, ["duplicate-item"]),
        ("a: {b: 1}", {"properties": {"a": {"unevaluatedProperties": False, "allOf": [{"properties": {"c": {}}}]}}}, ["unknown-field"]),
        ("a: 1", {"if": {"required": ["a"]}, "then": {"required": ["b"]}}, ["missing-field"]),
        ("a: x", {"properties": {"a": {"anyOf": [{"enum": ["y"]}, {"percentage": {}}]}}}, ["value-not-allowed"]),
        ("a: 120%", {"properties": {"a": {"anyOf": [{"type": "integer"}, {"percentage": {}}]}}}, ["percentage-out-of-range"]),
        ("a: {kind: b, n: x}", {"properties": {"a": {"oneOf": [
            {"properties": {"kind": {"const": "a"}, "m": {"type": "integer"}}, "required": ["m"]},
            {"properties": {"kind": {"const": "b"}, "n": {"type": "integer"}}}]}}}, ["wrong-type"]),
    ],
)  # fmt: skip
def test_failures(frontmatter: str, schema: Any, rules: list[str]) -> None:
    assert found(judge(frontmatter, schema)) == rules


def test_the_schema_s_own_line_and_description_are_told() -> None:
    judgement = judge("a: x", {"properties": {"a": {"type": "integer", "description": "how many there are"}}})
    [(_, finding)] = judgement.findings

    assert finding.help == "how many there are"
    assert (finding.notes[0].path, finding.notes[0].message) == ("schemas/page.schema.json", "`type` asks for it")


def test_references_lead_to_other_files_and_keep_our_keywords() -> None:
    """A file with a `$schema` of its own must not make jsonschema forget what is ours."""
    common = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {"risk": {"score": {"of": 100}}},
        "properties": {"size": {"quantity": {"units": ["m"]}}},
    }
    schema = {"$ref": "common.schema.json", "properties": {"risk": {"$ref": "common.schema.json#/$defs/risk"}}}

    assert found(judge("risk: 101/100\nsize: 3 ft", schema, common=common)) == ["wrong-unit", "score-out-of-range"]


def test_the_note_names_the_file_that_a_reference_leads_to() -> None:
    judgement = judge("a: 1", {"$ref": "common.schema.json"}, common={"required": ["b"]})

    assert judgement.findings[0][1].notes[0].path == "schemas/common.schema.json"


def test_a_schema_may_refer_to_itself() -> None:
    tree = {"type": "object", "properties": {"child": {"$ref": "#/$defs/node"}}}
    texts = [Text("schemas/page.schema.json", json.dumps({"$defs": {"node": tree}, "$ref": "#/$defs/node"}))]
    loaded = library.load(texts)

    assert loaded.errors == ()


def test_draft_7_is_read_with_its_own_meaning() -> None:
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "properties": {"frontmatter": {"dependencies": {"a": ["b"]}, "definitions": {}}},
    }
    loaded = library.load([Text("s.json", json.dumps(schema))])
    judgement = Schema("x", "s.json", loaded).judge(parse(Text("a.md", "---\na: 1\n---\n")))

    assert loaded.errors == ()
    assert found(judgement) == ["missing-field"]


def test_draft_7_ignores_what_stands_beside_a_reference_and_knows_lists_of_items() -> None:
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": {"text": {"type": "string"}},
        "properties": {"frontmatter": {"properties": {
            "a": {"$ref": "#/definitions/text", "unique": "corpus"},
            "b": {"items": [{"unique": "corpus"}], "additionalItems": {"unique": "type"}},
        }}},
    }  # fmt: skip
    loaded = library.load([Text("s.json", json.dumps(schema))])
    claims = Schema("x", "s.json", loaded).judge(parse(Text("a.md", "---\na: t\nb: [p, q]\n---\n"))).claims

    assert [(it.scope, it.value) for it in claims if isinstance(it, Unique)] == [("corpus", "p"), ("type", "q")]


def test_claims_come_from_branches_that_hold_and_from_no_other() -> None:
    schema = {
        "properties": {
            "a": {"anyOf": [{"pattern": "^\\[", "wikilink": {"type": ["x"]}}, {"const": "None"}]},
            "b": {"items": {"unique": "corpus"}},
        },
        "if": {"required": ["c"]},
        "then": {"properties": {"b": {"items": {"wikilink": {"type": ["y"], "min": 0}}}}},
    }
    claims = judge('a: "[[l]]"\nb: [p, q]', schema).claims

    assert [type(it) for it in claims] == [TypedLink, Unique, Unique]
    assert judge("a: None", schema).claims == ()
    assert [type(it) for it in judge("b: [p]\nc: 1", schema).claims] == [TypedLink, Unique]


def test_keywords_that_relate_never_decide_a_branch() -> None:
    schema = {"properties": {"a": {"anyOf": [{"agrees": {"with": "/frontmatter/b"}}, {"const": "z"}]}}}

    assert found(judge("a: x\nb: y", schema)) == ["conflicting-facts"]


@pytest.mark.parametrize(
    ("schema", "line", "column", "words"),
    [
        ('{\n  "type": "strin"\n}', 2, 11, "not valid"),
        ('{\n  "type": 1,\n  "type": "string"\n}', 3, 3, "stands twice"),
        ('{"properties": {"a": {"$ref": "#/$defs/b"}}}', 1, 31, "nothing at that place"),
        ('{"properties": {"a": {"wikilink": {"typ": ["x"]}}}}', 1, 35, "`wikilink`"),
        (
            '{"properties": {"a": {"enum": [{"format": "no format"}], "pattern": "["}}}',
            1,
            58,
            "not a regular expression",
        ),
        ('{"$schema": "https://json-schema.org/draft/2020-12/schem"}', 1, 13, "did you mean"),
    ],
)
def test_mistakes_of_a_schema_stand_at_their_line(schema: str, line: int, column: int, words: str) -> None:
    text = Text("schemas/page.schema.json", schema)
    errors = library.load([text]).errors

    assert any(words in it.message and text.position(it.span.start) == (line, column) for _, it in errors), errors


def test_yaml_schemas_are_read_too() -> None:
    loaded = library.load([Text("s.yaml", "properties:\n  frontmatter:\n    required: [a]\n")])

    assert found(Schema("x", "s.yaml", loaded).judge(parse(Text("a.md", "---\nb: 1\n---\n")))) == ["missing-field"]


def test_a_failure_never_tells_more_than_a_screen() -> None:
    big = "a: [" + ", ".join(f"'{i}'" for i in range(5_000)) + "]"
    judgement = judge(big, {"properties": {"a": {"type": "string"}}})

    assert max(len(it.message) + len(it.help) for _, it in judgement.findings) < 4_000


@given(documents())
@settings(max_examples=150, deadline=None)
def test_every_document_can_be_judged(content: str) -> None:
    schema = {"additionalProperties": {"additionalProperties": {"type": ["string", "null"], "minLength": 1}}}
    loaded = library.load([Text("s.json", json.dumps(schema))])
    for rule, finding in Schema("x", "s.json", loaded).judge(parse(Text("a.md", content))).findings:
        assert rule in MANUALS
        assert 0 <= finding.span.start <= finding.span.end <= len(content)
