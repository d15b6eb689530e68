"""`reglint schema check`: every mistake of a schema author, at its line."""

import json
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from conftest import Files, Run, Write
from reglint import project
from reglint.document import parse
from reglint.schema import contradictions, library
from reglint.schema.unreachable import _KINDS
from reglint.text import Text

DRAFT_07 = '"$schema": "http://json-schema.org/draft-07/schema#"'
OTHER_DRAFT = "https://json-schema.org/draft/2019-09/schema"
PAGE = "schemas/page.schema.json"


def front(schema: str) -> str:
    """A schema of a document whose front matter *schema* judges."""
    return f'{{"properties": {{"frontmatter": {schema}}}}}'


def property_of(schema: str) -> str:
    return front(f'{{"properties": {{"a": {schema}}}}}')


REFERRING = '{"$defs": {"a": {"required": ["id"], "properties": {"id": {}}}}, ' + front(
    '{"$ref": "#/$defs/a", «"additionalProperties"»: false}'
).removeprefix("{")

# Two kinds of places that one schema describes.
SHARED = (
    '{"$defs": {"part": {«part»}}, "properties": {'
    '"lead": {"$ref": "#/$defs/part"}, "sections": {"additionalProperties": {"$ref": "#/$defs/part"}}}}'
)

# A schema with its one mistake between marks, and what is said of it.
LIBRARY: Sequence[tuple[str, str]] = [
    ("{«»", "invalid JSON"),
    ('{"title": "a", «"title"»: "b"}', "the key `title` stands twice in one object"),
    ('{"type": «"strin"»}', "strin"),
    ("«5»", "5"),
    ('{"$id": «"http://["»}', "`$id` is no URI reference"),
    (f'{{"$schema": «"{OTHER_DRAFT}"», "type": "object"}}', f"`$schema` is {OTHER_DRAFT}, which reglint does not know"),
    ('{«"requird"»: ["title"]}', "`requird` is no keyword, and would check nothing; did you mean `required`?"),
    ('{"$ref": «"other.json"»}', "the `$ref` leads nowhere: there is no schema file `schemas/other.json`"),
    (f'{{"$ref": «"{"a" * 300}.json"»}}', "the `$ref` leads nowhere: there is no schema file `schemas/aaa"),
    ('{"$ref": «"#/$defs/b"», "$defs": {"a": {}}}', "the `$ref` leads nowhere: there is nothing at that place in"),
    ('{"$ref": «"https://example.org/a.json"»}', "the `$ref` leads nowhere"),
    ('{"title": "page", "$ref": «"#/title/a"»}', "the `$ref` leads nowhere: there is nothing at that place in"),
    (property_of('{"$dynamicRef": «"#nope"»}'), "the `$dynamicRef` leads nowhere: there is nothing at that place in"),
    (property_of('{"$dynamicRef": «"http://["»}'), "`$dynamicRef` is no URI reference"),
    (property_of('{"agrees": {"with": «"/section/A"»}}'), "a document has no part `section`; did you mean `sections`?"),
    (
        property_of('{"agrees": [{"with": "/title"}, {"with": «{"at": "/frontmater/a", "read": "."}»}]}'),
        "a document has no part `frontmater`; did you mean `frontmatter`?",
    ),
    (property_of('{"sameAs": {"via": "/title", "at": «"/name2"»}}'), "a document has no part `name2`; did you mean `name`?"),
    (property_of('{"sameAs": {"via": «"/frontmatter2/b"», "at": "/name"}}'), "a document has no part `frontmatter2`"),
    (property_of('{"inverse": «"/fields/A"»}'), "a document has no part `fields`"),
    ('{"$ref": «"#"»}', "the `$ref` leads back to itself"),
    (property_of('{"pattern": «"("»}'), "`(` is not a regular expression"),
    (property_of('{"pattern": «"a(?=b)"»}'), "looks ahead or behind, which cannot be matched in linear time"),
    (front(r'{"patternProperties": {«"(a)\\1"»: {}}}'), "refers back to a group, which cannot be matched in linear time"),
    (property_of('{"format": «"dat"»}'), "the format `dat` is not known and would check nothing; did you mean `date`?"),
    (property_of('{"score": {"of": 100, "bands": {"Low": [0, 50], "High": «[60, 100]»}}}'), "the bands leave a gap between 50 and 60"),
    (property_of('{"percentage": {"minimum": «9», "maximum": 1}}'), "`minimum` is more than `maximum`"),
    (property_of('{"validations": [{"rule": «"self. +"»}]}'), "column 7 of the expression"),
    (property_of('{"severity": «"eror"»}'), "eror"),
    (front('{"unevaluatedProperties": {«"wikilink"»: {}}}'), "`wikilink` does nothing below `unevaluatedProperties`"),
]  # fmt: skip
PROJECT: Sequence[tuple[str, str]] = [
    (property_of('{"wikilink": {"type": [«"paeg"»]}}'), "there is no document type `paeg`; did you mean `page`?"),
    ('«»{"title": "Page"}', "the schema of the type `page` asserts nothing"),
    ('{"properties": {«"fontmatter"»: {}}}', "a document has no part `fontmatter`; did you mean `frontmatter`?"),
    ('{"required": [«"status"»]}', "a document has no part `status`"),
    ('{"properties": {"sections": {"properties": {"Tax": {"properties": {«"feilds"»: {}}}}}}}', "a section has no part `feilds`; did you mean `fields`?"),
    ('{"properties": {"sections": {"additionalProperties": {"required": [«"Status"»]}}}}', "a section has no part `Status`"),
    ('{"properties": {"sections": {"patternProperties": {"^A": {"properties": {"sections": {"properties": {"B": {"properties": {«"txt"»: {}}}}}}}}}}}', "a section has no part `txt`"),
    ('{"properties": {"lead": {"properties": {"tables": {"items": {"properties": {«"row"»: {}}}}}}}}', "a table has no part `row`; did you mean `rows`?"),
    (SHARED.replace("«part»", '"properties": {«"txt"»: {}}'), "a section has no part `txt`; did you mean `text`?"),
    (SHARED.replace("«part»", '"required": [«"heading"»]'), "what stands outside of sections has no part `heading`"),
    ('{"properties": {"footer": {"required": [«"heading"»]}}}', "what stands outside of sections has no part `heading`"),
]  # fmt: skip
CONTRADICTIONS: Sequence[tuple[str, str]] = [
    (property_of('{«"minimum"»: 5, "maximum": 1}'), "`minimum` is more than `maximum`, so nothing can be both"),
    (property_of('{"maxLength": 1, «"minLength"»: 5}'), "`minLength` is more than `maxLength`"),
    (property_of('{«"minItems"»: 5, "maxItems": 1}'), "`minItems` is more than `maxItems`"),
    (property_of('{«"minProperties"»: 5, "maxProperties": 1}'), "`minProperties` is more than `maxProperties`"),
    (property_of('{"contains": {}, «"minContains"»: 5, "maxContains": 1}'), "`minContains` is more than `maxContains`"),
    (property_of('{«"exclusiveMinimum"»: 5, "maximum": 5}'), "no number lies between `exclusiveMinimum` and `maximum`"),
    (property_of('{«"enum"»: []}'), "`enum` lists no value, so none can pass"),
    (property_of('{«"const"»: "a", "enum": ["b"]}'), "no value fits both `const` and `enum`"),
    (property_of('{"type": "integer", «"const"»: "1"}'), "no value fits both `const` and `type`"),
    (property_of('{"type": "string", «"enum"»: [2024, 2025]}'), "no value fits both `enum` and `type`"),
    (property_of('{"type": "string", «"minimum"»: 3}'), "`minimum` is about numbers, and does nothing beside the type `string`"),
    (property_of('{"type": ["string", "null"], «"properties"»: {}}'), "`properties` is about keys and their values, and does nothing beside the type `string` or `null`"),
    (property_of('{"type": "object", «"items"»: {}}'), "`items` is about lists, and does nothing beside the type `object`"),
    (property_of('{"type": "integer", «"format"»: "date"}'), "`format` is about text, and does nothing beside the type `integer`"),
    (front('{«"then"»: {"required": ["a"]}}'), "`then` does nothing without `if`"),
    (property_of('{«"minContains"»: 2}'), "`minContains` does nothing without `contains`"),
    (front('{«"dependencies"»: {"a": ["b"]}}'), "`dependencies` is a keyword of draft-07, and does nothing in 2020-12"),
    (f'{{{DRAFT_07}, «"unevaluatedProperties"»: false}}', "`unevaluatedProperties` is a keyword of 2020-12, and does nothing in draft-07"),
    (f'{{{DRAFT_07}, "definitions": {{"a": {{"type": "object"}}}}, "properties": {{"frontmatter": {{"$ref": "#/definitions/a", «"required"»: ["a"]}}}}}}', "`required` does nothing beside `$ref` in draft-07"),
    (front('{"required": [«"staus"»], "properties": {"status": {}}, "additionalProperties": false}'), "`staus` is required and refused at once, so nothing can pass; did you mean `status`?"),
    (front('{"required": [«"a"»], "properties": {"a": false}}'), "`a` is required and refused at once"),
    (front('{"required": [«"b"»], "allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": false}'), "`b` is required and refused at once"),
    (front('{«"allOf"»: [{"required": ["a"]}, {"properties": {"b": {}}, "additionalProperties": false}]}'), "`a` is required and refused at once"),
    (REFERRING, "`id` is required and refused at once"),
    (property_of('{"enum": ["a", "b"], "examples": ["a", «"c"»]}'), "the schema itself refuses this value by its `enum`"),
    (property_of('{"type": "integer", «"default"»: "1"}'), "the schema itself refuses this value by its `type`"),
    (property_of('{"type": "boolean", «"format"»: "year"}'), "`format` is about text, and does nothing beside the type `boolean`"),
    ('{"x-defs": {"a": {"$ref": "#/nowhere"}}, ' + front('{"$ref": «"#/x-defs/a"»}')[1:], "the `$ref` leads to a place that no keyword makes a schema"),
    ('{"title": "page", ' + front('{"$ref": «"#/title"»}')[1:], "the `$ref` leads to a place that no keyword makes a schema"),
    (f'{{{DRAFT_07}, "$defs": {{"a": {{}}}}, "properties": {{"frontmatter": {{"$ref": «"#/$defs/a"»}}}}}}', "the `$ref` leads to a place that no keyword makes a schema"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "words"), [*LIBRARY, *PROJECT, *CONTRADICTIONS])
def test_mistakes(corpus: Write, run: Run, marked: str, words: str) -> None:
    start, end = marked.index("«") + 1, marked.index("»")
    corpus({PAGE: marked.replace("«", "").replace("»", "")})
    code, out, err = run("schema", "check", "--output-format", "json")
    [found] = json.loads(out)["diagnostics"]

    assert words in found["message"]
    assert (found["path"], found["line"], found["column"], found["end_column"]) == (PAGE, 1, start, end)
    assert (found["rule"], found["severity"]) == ("invalid-schema", "error")
    assert (code, err) == (1, "1 mistake in 1 file; 1 schema looked at\n")


# What looks like a contradiction and can be meant, or can be satisfied after all.
SOUND = [
    property_of('{"minimum": 5, "maximum": 5}'),
    property_of('{"type": ["string", "integer"], "minimum": 3, "minLength": 1}'),
    property_of('{"type": "string", "enum": ["a", null]}'),
    property_of('{"type": "number", "const": 1, "enum": [1.0]}'),
    property_of('{"type": "string", "default": null}'),
    property_of('{"type": "object", "default": {}, "required": ["a"]}'),
    property_of('{"type": "string", "minLength": 1, "default": ""}'),
    property_of('{"type": "array", "minItems": 1, "default": []}'),
    '{"required": ["frontmatter", "title"], "examples": [{"title": "T"}]}',
    SHARED.replace("«part»", '"properties": {"heading": {}, "level": {}, "sections": {}, "text": {}}'),
    property_of(
        '{"$ref": "https://json-schema.org/draft/2020-12/schema", "required": ["type"], "unevaluatedProperties": false}'
    ),
    property_of('{"type": "integer", "format": "year"}'),
    '{"definitions": {"a": {"type": "object"}}, ' + front('{"$ref": "#/definitions/a"}')[1:],
    '{"$defs": {"n": {"$id": "n", "$dynamicAnchor": "n", "properties": {"a": {"$dynamicRef": "#n", "default": {}}}}}, '
    + front('{"$ref": "n"}')[1:],
    property_of('{"if": {"minimum": 3}}'),
    front('{"required": ["x-a"], "patternProperties": {"^x-": {}}, "additionalProperties": false}'),
    front('{"required": ["a"], "anyOf": [{"properties": {"a": {}}}, {}], "unevaluatedProperties": false}'),
    front('{"required": ["a"], "allOf": [{"additionalProperties": true}], "unevaluatedProperties": false}'),
    front('{"required": ["a"], "if": {"properties": {"a": {"const": 1}}}, "unevaluatedProperties": false}'),
    front('{"anyOf": [{"required": ["a"]}, {"properties": {"b": {}}, "additionalProperties": false}]}'),
    '{"properties": {"sections": {"properties": {"Tax": {"properties": {"fields": {"required": ["Status"]}}}}}}}',
]


@pytest.mark.parametrize("schema", SOUND)
def test_no_mistake(corpus: Write, run: Run, schema: str) -> None:
    corpus({PAGE: schema})

    assert run("schema", "check") == (0, "", "1 schema, no mistake\n")


NAMES = st.lists(st.sampled_from("abc"), max_size=2, unique=True)
MEMBERS = st.dictionaries(st.sampled_from("abc"), st.sampled_from([{}, {}, False]), max_size=2)
OTHERS = [
    {}, {"additionalProperties": False}, {"unevaluatedProperties": False}, {"additionalProperties": {}},
    {"patternProperties": {"^b": {}}}, {"patternProperties": {"^b": {}}, "additionalProperties": False},
]  # fmt: skip
PART = st.builds(
    lambda members, needed, rest: {"properties": members, "required": needed, **rest},
    MEMBERS,
    NAMES,
    st.sampled_from(OTHERS),
)


@given(PART, PART, PART, st.sampled_from(["allOf", "anyOf", "$ref"]))
@settings(max_examples=60, deadline=None)
def test_what_is_called_unfulfillable_is_passed_by_nothing(top: Any, one: Any, two: Any, how: str) -> None:
    """A false alarm would keep a sound schema from being used at all."""
    schema = {**top, **({"$ref": "#/$defs/one"} if how == "$ref" else {how: [one, two]}), "$defs": {"one": one}}
    loaded = library.load([Text("a.json", json.dumps(schema))])
    objects = [dict.fromkeys(keys, 1) for size in range(4) for keys in combinations("abc", size)]

    if contradictions.refused_by_itself(loaded, loaded.sources["a.json"].contents):
        assert not any(Draft202012Validator(schema).is_valid(it) for it in objects)


def test_a_reference_between_sections_may_come_back_to_itself(corpus: Write, run: Run) -> None:
    section = '{"properties": {"sections": {"additionalProperties": {"$ref": "#/$defs/section"}}, "txt": {}}}'
    corpus(
        {
            PAGE: f'{{"$defs": {{"section": {section}}}, "properties": {{"sections": {{"additionalProperties": {{"$ref": "#/$defs/section"}}}}}}}}'
        }
    )
    _, out, _ = run("schema", "check", "--output-format", "concise")

    assert out == f"{PAGE}:1:106: error[invalid-schema] a section has no part `txt`; did you mean `text`?\n"


def test_the_parts_of_a_document_are_those_that_documents_have() -> None:
    body = "# T\n\nlead\n\n## S: v\n\nprose [a](b.md)\n\n**F:** v\n\n| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n\n- item\n\n> quote\n\n```sh\ncode\n```\n\n### Sub\n"
    section = parse(Text("a.md", body)).instance["sections"]["S"]

    assert set(section) == set(_KINDS["section"].parts)
    assert set(section["tables"][0]) == set(_KINDS["table"].parts)


@pytest.mark.parametrize(("draft", "place"), [('"title": "t"', "$defs"), (DRAFT_07, "definitions")])
def test_the_help_names_where_the_dialect_keeps_its_parts(draft: str, place: str) -> None:
    text = f'{{{draft}, "components": {{"a": {{}}}}, "properties": {{"title": {{"$ref": "#/components/a"}}}}}}'
    [(_, found)] = project.load(None, [Text(PAGE, text)]).errors

    assert found.help == f"put it below `{place}`"


def test_a_merge_key_is_a_mistake(corpus: Write, run: Run) -> None:
    yaml = "$defs:\n  a: &a {type: string}\nproperties:\n  title:\n    <<: *a\n    minLength: 3\n"
    corpus({"schemas/page.schema.yaml": yaml})
    code, out, _ = run("schema", "check", "--output-format", "concise")

    words = "YAML 1.2 knows no merge keys; `<<` would check nothing"
    assert (code, out) == (1, f"schemas/page.schema.yaml:5:5: error[invalid-schema] {words}\n")


SHOWN = """\
error[invalid-schema]: `maximum` is about numbers, and does nothing beside the type `string`
 --> schemas/note.schema.json:1:72
  |
1 | {"properties": {"frontmatter": {"properties": {"a": {"type": "string", "maximum": 9}}}}}
  |                                                                        ^^^^^^^^^
  = help: one of the two is wrong, or stands at the wrong place

error[invalid-schema]: `minimun` is no keyword, and would check nothing; did you mean `minimum`?
 --> schemas/page.schema.yaml:4:15
  |
4 |       score: {minimun: 0}
  |               ^^^^^^^
"""


def test_what_a_mistake_looks_like(corpus: Write, run: Run) -> None:
    """YAML has lines and columns of its own, and two files are one report."""
    corpus({
        "schemas/page.schema.yaml": "properties:\n  frontmatter:\n    properties:\n      score: {minimun: 0}\n",
        "schemas/note.schema.json": property_of('{"type": "string", "maximum": 9}'),
    })  # fmt: skip

    assert run("schema", "check") == (1, SHOWN, "2 mistakes in 2 files; 2 schemas looked at\n")


SOUND_PAGE = front('{"required": ["id"]}')
BROKEN: Files = {
    PAGE: '{"requird": ["title"]}',
    "schemas/note.schema.json": SOUND_PAGE,
    "drafts/entity.json": '{"minimun": 1, "wikilink": {"type": ["page"]}}',
    "drafts/sound.json": SOUND_PAGE,
}


@pytest.mark.parametrize(
    ("paths", "code", "places"),
    [
        ((), 1, [f"{PAGE}:1:2"]),
        (("schemas/note.schema.json",), 0, []),
        (("drafts/entity.json",), 1, ["drafts/entity.json:1:2"]),
        (("drafts",), 1, ["drafts/entity.json:1:2"]),
        (("drafts/sound.json", PAGE), 1, [f"{PAGE}:1:2"]),
        (("schemas", "drafts"), 1, ["drafts/entity.json:1:2", f"{PAGE}:1:2"]),
        ((".",), 1, [f"{PAGE}:1:2"]),
    ],
)
def test_paths_choose_what_is_looked_at(
    corpus: Write, run: Run, paths: tuple[str, ...], code: int, places: list[str]
) -> None:
    """A schema may lie anywhere; the mistakes of others are not told then."""
    corpus(BROKEN)
    actual, out, _ = run("schema", "check", "--output-format", "concise", *paths)

    assert (actual, [line.split(": ")[0] for line in out.split("\n")[:-1]]) == (code, places)


def test_a_schema_of_another_folder_is_seen_with_those_beside_it(
    corpus: Write, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Also from within the folder of schemas itself, and without any configuration."""
    root = corpus(
        {
            PAGE: property_of('{"wikilink": {"type": ["note"]}}'),
            "schemas/note.schema.json": SOUND_PAGE,
            "lone.json": '{"wikilink": {"type": ["x"]}}',
        }
    )
    for folder, path in ((tmp_path_factory.mktemp("other"), str(root / PAGE)), (root / "schemas", "page.schema.json")):
        monkeypatch.chdir(folder)
        assert run("schema", "check", path) == (0, "", "1 schema, no mistake\n")
    monkeypatch.chdir(tmp_path_factory.mktemp("other"))
    assert run("schema", "check", str(root / PAGE), str(root / "lone.json"))[0] == 1
    (root / PAGE).unlink()
    (root / "schemas/note.schema.json").unlink()
    assert run("schema", "check", str(root / "lone.json")) == (0, "", "1 schema, no mistake\n")


def test_a_broken_schema_is_not_told_as_absent_too(corpus: Write, run: Run) -> None:
    corpus(
        {
            PAGE: front('{"$ref": "common.json#/$defs/a", "wikilink": {"type": ["note"]}}'),
            "schemas/common.json": "{",
            "schemas/note.schema.json": "[",
        }
    )
    _, out, _ = run("schema", "check", "--output-format", "concise")

    assert [line.split(":")[0] for line in out.split("\n")[:-1]] == ["schemas/common.json", "schemas/note.schema.json"]


def test_a_type_without_its_schema_is_a_mistake_of_the_configuration(corpus: Write, run: Run) -> None:
    corpus({PAGE: SOUND_PAGE, "reglint.toml": "[types.note]\nschema = 'schemas/page.schem.json'\n"})
    code, out, _ = run("schema", "check", "--output-format", "concise")

    assert code == 1
    assert out.startswith("reglint.toml:1:8: error[invalid-configuration] the type `note` has no schema")
    assert run("schema", "check", PAGE)[0] == 0


@pytest.mark.parametrize(
    ("files", "args", "words"),
    [
        ({"a.md": "x"}, (), "there is no schema in "),
        ({PAGE: SOUND_PAGE, "docs/a.md": "x"}, ("docs",), "`docs` holds no schema"),
        ({PAGE: SOUND_PAGE}, ("schemas/paeg.schema.json",), "there is no file or folder `schemas/paeg.schema.json`"),
        ({PAGE: SOUND_PAGE}, ("a" * 300,), "there is no file or folder `aaa"),
        ({PAGE: b"\xff"}, (), f"{PAGE}: byte 0 of the file is not UTF-8"),
        ({PAGE: SOUND_PAGE, "reglint.toml": "inclde = []"}, (), "the configuration has mistakes"),
    ],
)  # fmt: skip
def test_what_cannot_be_checked(corpus: Write, run: Run, files: Files, args: tuple[str, ...], words: str) -> None:
    corpus(files)
    code, out, err = run("schema", "check", *args)

    assert (code, out) == (2, "")
    assert words in err


def test_tables_beside_schemas_are_looked_at_and_not_counted(corpus: Write, run: Run) -> None:
    corpus({PAGE: property_of('{"lookup": {"in": "list.csv", "column": "nme"}}'), "schemas/list.csv": "name\na\n"})
    code, out, err = run("schema", "check", "--output-format", "concise")

    assert code == 1
    assert "list.csv" in out
    assert err == "1 mistake in 1 file; 1 schema looked at\n"
