"""Schemas: loading, references, what is judged, and that no failure of a standard keyword goes without words."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema.validators import Draft7Validator, Draft202012Validator

from checking import judge
from examples import TODAY
from reglint import project
from reglint.diagnostic import Severity
from reglint.document import parse
from reglint.engine import Engine
from reglint.facts import TypedLink, Unique
from reglint.schema import formats, library
from reglint.schema.judge import Judgement, Schema
from reglint.schema.keyword import EXPLAINERS, KEYWORDS, MANUALS
from reglint.text import Text
from strategies import documents

APPLICATORS = {
    "$ref", "$dynamicRef", "allOf", "if", "properties", "patternProperties", "prefixItems", "dependentSchemas", "propertyNames",
}  # fmt: skip


def found(judgement: Judgement) -> list[str]:
    return [rule for rule, _ in judgement.findings]


@pytest.mark.parametrize("draft", [Draft202012Validator, Draft7Validator])
def test_every_standard_keyword_has_words_for_its_failure(draft: Any) -> None:
    told = {name for name, them in EXPLAINERS.items() if them}

    assert draft.VALIDATORS.keys() - told - APPLICATORS == set()


def test_every_keyword_has_a_manual_and_a_sound_meta_schema() -> None:
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
        ("a: 2026", {"properties": {"a": {"format": "year"}}}, []),
        ("a: 20260", {"properties": {"a": {"format": "year"}}}, ["invalid-format"]),
        ("a: true", {"properties": {"a": {"format": "year"}}}, []),
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


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("other.json", None),
        ("./other.json#/$defs/a", None),
        ("../schemas/other.json", None),
        ("my%20types.json", None),
        ("my types.json", None),
        ("https://reglint.invalid/schemas/other.json", None),
        ("https://json-schema.org/draft/2020-12/schema", None),
        ("../../outside.json", "there is no schema file `outside.json`"),
        ("/etc/passwd", "there is no schema file `etc/passwd`"),
        ("file:///etc/passwd", "there is no schema file `file:///etc/passwd`"),
        ("http://127.0.0.1:1/s.json", "there is no schema file `http://127.0.0.1:1/s.json`"),
        ("//127.0.0.1/s.json", "there is no schema file"),
        ("other.json#/$defs/b", "nothing at that place"),
        ("other.json#anchor", "nothing at that place"),
    ],
)  # fmt: skip
def test_references_stay_within_the_root(ref: str, words: str | None) -> None:
    others = [Text(f"schemas/{name}.json", '{"$defs": {"a": {}}, "minLength": 1}') for name in ("other", "my types")]
    schema = Text("schemas/page.schema.json", json.dumps({"properties": {"name": {"$ref": ref}}}))
    errors = library.load([schema, *others]).errors

    assert [(path, words is not None and words in it.message) for path, it in errors] == [(schema.path, True)] * bool(
        words
    )


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


@pytest.mark.parametrize("first", ["schema", "list"])
def test_draft_7_may_mix_the_kinds_of_dependencies(first: str) -> None:
    kinds: dict[str, Any] = {"schema": {"a": {"$ref": "#/definitions/b"}}, "list": {"c": ["d"]}, "boolean": {"e": True}}
    ordered = {**kinds.pop(first), **{key: it for each in kinds.values() for key, it in each.items()}}
    draft = {"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"b": {"required": ["b"]}}}
    texts = [Text("s.json", json.dumps({**draft, "properties": {"frontmatter": {"dependencies": ordered}}}))]
    loaded = library.load(texts)

    assert loaded.errors == ()
    assert (
        found(Schema("x", "s.json", loaded).judge(parse(Text("a.md", "---\na: 1\nc: 1\n---\n"))))
        == ["missing-field"] * 2
    )


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


def test_keywords_that_relate_say_nothing_in_a_condition() -> None:
    """`if` only asks; what it asks for need not be."""
    condition = {"properties": {"a": {"agrees": {"with": "/frontmatter/b"}, "unique": "corpus"}}}
    judgement = judge("a: x\nb: y", {"if": condition, "then": {}})

    assert judgement.findings == ()
    assert judgement.claims == ()


def test_keywords_that_relate_never_decide_a_branch() -> None:
    schema = {"properties": {"a": {"anyOf": [{"agrees": {"with": "/frontmatter/b"}}, {"const": "z"}]}}}

    assert found(judge("a: x\nb: y", schema)) == ["conflicting-facts"]


@pytest.mark.parametrize(
    ("schema", "line", "column", "words"),
    [
        ('{\n  "type": "strin"\n}', 2, 11, "did you mean `string`?"),
        ('{\n  "type": 1,\n  "type": "string"\n}', 3, 3, "stands twice"),
        ('{"properties": {"a": {"$ref": "#/$defs/b"}}}', 1, 31, "nothing at that place"),
        ('{"properties": {"a": {"wikilink": {"typ": ["x"]}}}}', 1, 36, "did you mean `type`?"),
        (
            '{"properties": {"a": {"enum": [{"format": "no format"}], "pattern": "["}}}',
            1,
            69,
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


@pytest.mark.parametrize(
    ("frontmatter", "schema", "rules"),
    [
        # `additionalProperties` looks at its own siblings only, whatever other schemas know.
        ("a: 1", {"allOf": [{"properties": {"a": {}}}], "additionalProperties": False}, ["unknown-field"]),
        ("o: {a: 1, c: 2}", {"properties": {"o": {"anyOf": [
            {"properties": {"a": {}, "b": {}}, "additionalProperties": False}, {"type": "string"}]}}}, ["unknown-field"]),
        # A key that a branch knows, which does not hold, is still refused.
        ("a: 1\nk: x", {"anyOf": [{"required": ["z"], "properties": {"a": {}}}, {"properties": {"k": {}}}],
            "unevaluatedProperties": False}, ["unknown-field"]),
        # A misspelt key is told once where the schema refuses it, and as missing where it does not.
        ("updatd: x", {"required": ["updated"], "properties": {"updated": {}}}, ["missing-field"]),
        ("p: 19.99", {"properties": {"p": {"multipleOf": 0.01}}}, []),
        ("p: 19.995", {"properties": {"p": {"multipleOf": 0.01}}}, ["value-out-of-range"]),
        ("a: x", {"allOf": [{"required": ["b"]}, {"required": ["b"]}]}, ["missing-field"]),
        ("a: 2020", {"properties": {"a": {"formatMinimum": "2021", "formatMaximum": "2021"}}}, ["date-out-of-range"]),
        ("steps: [{on: 2026-01-01}]\nend: 2026-02-01",
            {"properties": {"end": {"formatMaximum": {"$data": "1/steps/0/on"}}}}, ["date-in-wrong-order"]),
        ("end: 2026-02-01", {"properties": {"end": {"formatMaximum": {"$data": "9/end"}}}}, []),
        ("x: 1\ny: 2", {"properties": {"x": False, "y": {"not": {}}}}, ["unknown-field", "unknown-field"]),
        ("old: 1", {"not": {"required": ["old"]}}, ["value-not-allowed"]),
        ("q: 42", {"properties": {"q": {"quantity": {"units": ["m"]}}}}, ["wrong-unit"]),
        ("l: 5", {"properties": {"l": {"wikilink": True}}}, ["missing-wikilink"]),
        ("l: [b, a]", {"properties": {"l": {"order": ["a", "b"]}}}, ["wrong-order"]),
        ("propertyNames: 1", {"properties": {"propertyNames": {"type": "string"}}}, ["wrong-type"]),
    ],
)  # fmt: skip
def test_what_reviews_found(frontmatter: str, schema: Any, rules: list[str]) -> None:
    assert found(judge(frontmatter, schema)) == rules


@given(st.lists(st.sampled_from("abcdef"), max_size=4, unique=True), st.data())
@settings(max_examples=200, deadline=None)
def test_no_failure_goes_untold(keys: list[str], data: st.DataObject) -> None:
    """Whatever jsonschema refuses gives at least one finding, and what it accepts none."""
    names = st.lists(st.sampled_from("abcdef"), max_size=3, unique=True)
    part = st.builds(lambda known, needed: {"properties": {it: {} for it in known}, "required": needed}, names, names)
    closed = st.sampled_from([{}, {"additionalProperties": False}, {"unevaluatedProperties": False}])
    schema = {
        **data.draw(part),
        data.draw(st.sampled_from(["allOf", "anyOf", "oneOf"])): data.draw(st.lists(part, min_size=1, max_size=2)),
        **data.draw(closed),
    }
    meta = dict.fromkeys(keys, 1)
    is_valid = Draft202012Validator(schema).is_valid(meta)

    assert bool(found(judge("\n".join(f"{it}: 1" for it in keys), schema))) == (not is_valid)


@pytest.mark.parametrize(
    "schema",
    [
        "[]", "5", "null", '{"properties": ["a"]}', '{"patternProperties": 5}', '{"allOf": 5}', '{"$id": "http://["}',
        '{"$ref": "http://["}', '{"$ref": "#"}', '{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}',
        '{"wikilink": {"min": 2, "max": 1}}', '{"percentage": {"minimum": 9, "maximum": 1}}', '{"quantity": {"units": ["m"], "minimum": 9, "maximum": 1}}',
        '{"requird": ["a"]}', '{"properties": {"a": {"formt": "date"}}}', '{"agrees": {"with": "no/pointer"}}', '{"agrees": {"with": "/a", "as": {"Yes": "["}}}',
        '{"formatMinimum": "yesterday"}', '{"order": ["a", "a"]}', '{"unevaluatedProperties": {"wikilink": {"type": ["x"]}}}',
        '{"score": {"of": 100, "bands": {"a": [0, 50], "b": [40, 100]}}}', '{"score": {"of": 100, "bands": {"a": [50, 0]}}}',
        '{"score": {"of": 100, "bands": {"a": [0, 50], "b": [60, 100]}}}', '{"score": {"of": 100, "bands": {"a": [0, 90]}}}',
    ],
)  # fmt: skip
def test_a_schema_that_would_check_nothing_is_an_error(schema: str) -> None:
    assert library.load([Text("schemas/page.schema.json", schema)]).errors


def test_formats_that_only_describe_may_be_any_word_and_refuse_nothing() -> None:
    schema = Text(
        "schemas/page.schema.json", '{"properties": {"frontmatter": {"properties": {"a": {"format": "markdown"}}}}}'
    )
    asserting, describing = (
        project.load(Text("reglint.toml", f"[schemas]\nassert-formats = {it}"), [schema]) for it in ("true", "false")
    )

    assert ["`markdown`" in finding.message for _, finding in asserting.errors] == [True]
    assert describing.errors == ()


def test_a_meta_schema_of_the_corpus_is_a_dialect() -> None:
    """It says which vocabularies count, and what a schema has to be like: here, that each says what it is for."""
    vocabularies = {f"https://json-schema.org/draft/2020-12/vocab/{it}": True for it in ("core", "applicator")}
    house = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$vocabulary": vocabularies,
        "$dynamicAnchor": "meta",
        "required": ["description"],
    }
    texts = [Text("schemas/house.json", json.dumps(house))]
    good = {"$schema": "house.json", "description": "d", "properties": {"frontmatter": {"minProperties": 3}}}
    told = [
        library.load([*texts, Text("schemas/a.schema.json", json.dumps(it))])
        for it in (good, {"$schema": "house.json"}, {"$schema": "hose.json"})
    ]

    assert list(library.references(Text("schemas/a.schema.json", json.dumps(good)))) == ["schemas/house.json"]
    assert [[finding.message for _, finding in it.errors] for it in told] == [
        [],
        ["the schema lacks the key `description`"],
        ["`$schema` is hose.json, which reglint does not know"],
    ]
    assert Schema("a", "schemas/a.schema.json", told[0]).judge(parse(Text("a.md", "---\na: 1\n---\n"))).findings == ()


def test_a_failure_within_a_published_meta_schema_has_no_line() -> None:
    judgement = judge(
        "a: {type: nonsense}", {"properties": {"a": {"$ref": "https://json-schema.org/draft/2020-12/schema"}}}
    )

    assert {rule for rule, _ in judgement.findings} <= {"value-not-allowed", "wrong-type"}
    assert [finding.notes for _, finding in judgement.findings] == [()] * len(judgement.findings)
    assert judgement.findings


def test_annotations_of_other_tools_are_no_mistakes() -> None:
    words = (
        "markdownDescription",
        "enumDescriptions",
        "example",
        "deprecationMessage",
        "defaultSnippets",
        "x-order",
        "title",
        "minContains",
    )
    schema = json.dumps({"properties": {"a": dict.fromkeys(words, 1) | {"title": "t"}}})

    assert library.load([Text("schemas/page.schema.json", schema)]).errors == ()


def test_properties_may_be_called_like_keywords() -> None:
    names = {
        it: {"$ref": "common.schema.json#/$defs/n"}
        for it in ("default", "const", "enum", "examples", "$schema", "$ref")
    }
    schema = {"properties": {**names}, "additionalProperties": False}

    assert (
        found(judge("default: x\nenum: 1\n$schema: 2\n$ref: y", schema, common={"$defs": {"n": {"type": "integer"}}}))
        == ["wrong-type"] * 2
    )


def test_dialects_do_not_mix() -> None:
    old = {"$schema": "http://json-schema.org/draft-07/schema#", "items": [{}]}
    texts = [Text("a.json", '{"$ref": "b.json"}'), Text("b.json", json.dumps(old))]

    assert "another `$schema`" in library.load(texts).errors[0][1].message


def test_a_refused_section_is_marked_at_its_heading() -> None:
    schema = {"properties": {"sections": {"properties": {"Old": False}, "patternProperties": {"^Draft": False}}}}
    loaded = library.load([Text("s.json", json.dumps(schema))])
    doc = parse(Text("a.md", "# T\n\n## Old\n\n## Draft 1\n\n## New\n"))
    findings = Schema("x", "s.json", loaded).judge(doc).findings

    assert [(rule, doc.text[it.span]) for rule, it in findings] == [
        ("unknown-section", "Old"),
        ("unknown-section", "Draft 1"),
    ]


@pytest.mark.parametrize(
    ("tag", "accepted"),
    [
        ("de", True), ("en-GB", True), ("zh-Hant-TW", True), ("es-419", True), ("de-CH-1996", True), ("sl-rozaj-biske", True),
        ("zh-cmn-Hans-CN", True), ("en-u-ca-buddhist", True), ("de-x-house", True), ("gsw", True), ("EN-us", True),
        ("english", False), ("en_GB", False), ("xx", False), ("en-ZZ", False), ("de-", False), ("", False), ("e", False), ("de-DE-DE", False),
    ],
)  # fmt: skip
def test_language_tags(tag: str, accepted: bool) -> None:
    assert formats.FORMATS["bcp-47"].accepts(tag) is accepted


WARNING = {"severity": "warning"}


@pytest.mark.parametrize(
    ("frontmatter", "schema", "told"),
    [
        # An error is not swallowed by an equal warning.
        ("a: 1", {"allOf": [{"required": ["z"], **WARNING}, {"required": ["z"]}]}, [("missing-field", None)]),
        ("a: xx", {"allOf": [{"properties": {"a": {"maxLength": 1, **WARNING}}}, {"properties": {"a": {"maxLength": 1}}}]}, [("wrong-length", None)]),
        # What `unevaluatedProperties` refuses is told beside any other finding, and only that.
        (
            "x: aaa\ny: 1",
            {"allOf": [{"properties": {"x": {"maxLength": 1, **WARNING}}, "unevaluatedProperties": False}, {"properties": {"y": {}}}]},
            [("unknown-field", None), ("wrong-length", Severity.warning)],
        ),
        (
            "a: 1\nextra: xx",
            {"anyOf": [{"properties": {"a": {}}, "required": ["a"], "unevaluatedProperties": False}], "properties": {"extra": {}}},
            [("unknown-field", None)],
        ),
    ],
)  # fmt: skip
def test_one_finding_never_hides_another(frontmatter: str, schema: Any, told: Any) -> None:
    assert sorted((rule, it.severity) for rule, it in judge(frontmatter, schema).findings) == told


@pytest.mark.parametrize(
    ("level", "told"),
    [
        ("error", ["unknown-field"]),
        ("warning", ["missing-field", "unknown-field"]),
        ("off", ["missing-field"]),
    ],
)
def test_a_misspelt_key_is_told_once_only_where_that_is_told_in_full(level: str, told: list[str]) -> None:
    schema = {"required": ["status"], "properties": {"type": {}, "status": {}}, "additionalProperties": False}
    text = Text("schemas/page.schema.json", json.dumps({"properties": {"frontmatter": schema}}))
    loaded = project.load(Text("reglint.toml", f"[rules]\nunknown-field = '{level}'\n"), [text])
    engine = Engine(loaded.config, loaded.library, TODAY)

    assert [
        it.rule for it in engine.check_document(Text("a.md", "---\ntype: page\nstaus: x\n---\n")).diagnostics
    ] == told
