"""What a run enforces is told truly: no value is called constrained that takes anything, no rule idle that is not."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Files
from conftest import Run as Command
from examples import TODAY, Case, cases
from reglint import project
from reglint.config import Config, DocumentType, default_settings
from reglint.coverage.page import page
from reglint.coverage.places import written
from reglint.coverage.survey import Coverage, survey
from reglint.coverage.watch import Watch, WatchedCorpus, WatchedDocument
from reglint.engine import Engine
from reglint.manual import examples
from reglint.project import Project
from reglint.rule import REDUCING, RULES
from reglint.rules import MANUALS
from reglint.schema import library, table
from reglint.schema.reach import general
from reglint.text import Text
from strategies import documents
from test_pages import ROOT

CASES = Path(__file__).parent / "cases"
SCHEMA = "schemas/page.schema.json"
ANY = "---\ntype: page\n---\n"


def loaded(schema: Any, configuration: str = "") -> Project:
    """A project with the schema of the type `page`."""
    texts = [] if schema is None else [Text(SCHEMA, schema if isinstance(schema, str) else json.dumps(schema))]
    found = project.load(Text("reglint.toml", configuration), texts)
    assert [it.message for _, it in found.errors] == []
    return found


def surveyed(schema: Any, *contents: str, configuration: str = "") -> Coverage:
    """The coverage of documents `1.md`, `2.md` …"""
    found = loaded(schema, configuration)
    texts = [Text(f"{i}.md", it) for i, it in enumerate(contents, 1)]
    return survey(found.config, found.library, texts, (), (), TODAY)


def front(**properties: Any) -> Any:
    return {"properties": {"frontmatter": {"properties": properties}}}


def section(schema: Any) -> Any:
    return {"properties": {"sections": {"properties": {"S": schema}}}}


def standing(schema: Any, content: str) -> dict[str, str]:
    """How each value of a document stands, but for its type."""
    found = loaded(schema)
    values = Engine(found.config, found.library, TODAY).examine(Text("1.md", content)).values
    return {written(general(path)): fate.standing for path, fate in values if path != ("frontmatter", "type")}


C, A, U = "constrained", "accepted", "unspoken"
RECORD = "## S\n\n| Field | Value |\n|---|---|\n| a | 1 |\n"
WIDE = "## S\n\n| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |\n"


@pytest.mark.parametrize(
    ("schema", "content", "expected"),
    [
        # what is said of a value, and what is not
        (front(a={"type": "string"}), "a: x", {"a": C}),
        (front(a={}), "a: x", {"a": A}),
        (front(a=True), "a: x", {"a": A}),
        (front(a={"description": "a name"}), "a: x", {"a": A}),
        (front(b={"const": 1}), "a: x", {"a": U}),
        (front(a={"pattern": "x"}), "a: 1", {"a": A}),
        (front(a={"minimum": 1}), "a: 1", {"a": C}),
        (front(a={"minimum": 1}), "a: x", {"a": A}),
        (front(a={"format": "date"}), "a: 2026-06-01", {"a": C}),
        (front(a={"wikilink": True}), "a: '[[x]]'", {"a": C}),
        (front(a={"severity": "info"}), "a: x", {"a": A}),
        (front(a={"anyOf": [{"const": 1}, {"const": 2}]}), "a: 2", {"a": C}),
        (front(a={"type": ["string", "null"]}), "a:", {"a": C}),
        # members of mappings and lists
        (front(a={"type": "object"}), "a: {b: x}", {"a.b": U}),
        (front(a={"properties": {"b": {"const": "x"}}}), "a: {b: x, c: y}", {"a.b": C, "a.c": U}),
        (front(a={"required": ["b"]}), "a: {b: x}", {"a.b": A}),
        (front(a={"patternProperties": {"^b": {"const": "x"}}}), "a: {b: x}", {"a.b": C}),
        (front(a={"additionalProperties": {}}), "a: {b: x}", {"a.b": A}),
        (front(a={"additionalProperties": True}), "a: {b: x}", {"a.b": A}),
        (front(a={"additionalProperties": {"const": "x"}}), "a: {b: x}", {"a.b": C}),
        (front(a={"unevaluatedProperties": {"const": "x"}}), "a: {b: x}", {"a.b": C}),
        (front(a={"additionalProperties": False}), "a: {b: x}", {"a.b": C}),
        (front(a=False), "a: {b: x}", {"a.b": C}),
        (front(a={"enum": [{"b": "x"}]}), "a: {b: x}", {"a.b": C}),
        (front(a={"minItems": 1}), "a: [x, y]", {"a[]": U}),
        (front(a={"minItems": 1}), "a: []", {"a": C}),
        (front(a={"items": {}}), "a: [x]", {"a[]": A}),
        (front(a={"items": {"const": "x"}}), "a: [x]", {"a[]": C}),
        (front(a={"wikilink": {"min": 1}}), "a: ['[[x]]']", {"a[]": C}),
        ({"properties": {"frontmatter": {"additionalProperties": False}}}, "a: x", {"a": C}),
        # conditions ask nothing, what they lead to does
        (front(a={"if": {"const": "x"}}), "a: x", {"a": A}),
        (front(a={"if": {"const": "x"}, "then": {"minLength": 1}}), "a: x", {"a": C}),
        (front(a={"if": {"const": "y"}, "then": {"minLength": 1}}), "a: x", {"a": A}),
        (
            {"properties": {"frontmatter": {"minProperties": 1, "if": {"properties": {"a": {"const": 1}}}}}},
            "a: 1",
            {"a": U},
        ),
    ],
)
def test_front_matter(schema: Any, content: str, expected: Mapping[str, str]) -> None:
    found = standing(schema, f"---\ntype: page\n{content}\n---\n")

    assert found == {f"frontmatter.{key}": it for key, it in expected.items()}


@pytest.mark.parametrize(
    ("schema", "content", "expected"),
    [
        ({"properties": {"title": {"pattern": "x"}}}, "# T", {"title": C}),
        ({"properties": {"title": {"type": "string"}}}, "# T", {"title": A}),
        ({"required": ["title"]}, "# T", {"title": A}),
        (section({"required": ["text"]}), "## S\n\nProse.\n", {"sections.S.text": C}),
        (section({"required": ["fields"]}), f"{RECORD}\nProse.\n", {"sections.S.text": U, "sections.S.fields.a": A}),
        (section({"properties": {"text": {"minLength": 9}}}), "## S\n\n- an item\n", {"sections.S.text": U}),
        (section({"properties": {"items": {"items": {"wikilink": True}}}}), "## S\n\n- [[x]]\n", {"sections.S.text": C}),
        (section({}), "## S\n\nProse.\n\n### T\n\nMore.\n", {"sections.S.text": A, "sections.S.sections.T.text": A}),
        (section({"required": ["text"]}), "## T\n\nProse.\n", {"sections.T.text": U}),
        (section({"type": "object"}), RECORD, {"sections.S.fields.a": A}),
        (section({"properties": {"fields": {"properties": {"a": {"enum": ["1"]}}}}}), RECORD, {"sections.S.fields.a": C}),
        (section({"properties": {"fields": {"properties": {"a": {"type": "string"}}}}}), RECORD, {"sections.S.fields.a": A}),
        (section({"properties": {"tables": {"maxItems": 1}}}), RECORD, {"sections.S.tables[].rows[].Field": U, "sections.S.tables[].rows[].Value": U}),
        (section({"properties": {"value": {"enum": ["1"]}}}), "## S: 1\n\nProse.\n", {"sections.S.text": U, "sections.S.value": C}),
        (section({"required": ["fields"]}), "## S\n\n- **a:** 1\n", {"sections.S.fields.a": A}),
        (
            section({"properties": {"tables": {"items": {"properties": {"rows": {"items": {"properties": {"a": {"enum": ["1", "4"]}, "b": {}}}}}}}}}),
            WIDE,
            {"sections.S.tables[].rows[].a": C, "sections.S.tables[].rows[].b": A, "sections.S.tables[].rows[].c": U},
        ),
        ({"properties": {"lead": {"required": ["quotes"]}}}, "# T\n\n> Q\n", {"title": U, "lead.text": C}),
    ],
)  # fmt: skip
def test_the_body(schema: Any, content: str, expected: Mapping[str, str]) -> None:
    assert standing(schema, ANY + content) == expected


@pytest.mark.parametrize(
    ("said", "schema", "expected"), [("page", {}, C), ("other", {}, A), ("other", {"minLength": 1}, C)]
)
def test_a_type_that_chose_the_schema_is_held_by_it(said: str, schema: Any, expected: str) -> None:
    found = loaded(front(type=schema), "[types.page]\nschema = 'schemas/page.schema.json'\nfiles = ['*.md']")
    engine = Engine(found.config, found.library, TODAY)
    [value] = engine.examine(Text("1.md", f"---\ntype: {said}\n---\n")).values

    assert (written(value.path), value.fate.standing) == ("frontmatter.type", expected)


def test_formats_that_only_describe_ask_nothing() -> None:
    content = "---\ntype: page\na: 2026-06-01\n---\n"
    described = surveyed(front(a={"format": "date"}), content, configuration="[schemas]\nassert-formats = false")

    assert surveyed(front(a={"format": "date"}), content).extent.percent == 100
    assert described.extent.percent == 50


def test_an_expression_asks_something_of_the_members_that_it_names() -> None:
    pytest.importorskip("cel_expr_python")
    held = {"validations": [{"rule": "self.a <= self.b"}]}
    found = standing({"properties": {"frontmatter": held}}, "---\ntype: page\na: 1\nb: 2\nc: 3\n---\n")

    assert found == {"frontmatter.a": C, "frontmatter.b": C, "frontmatter.c": U}


OTHERS: Sequence[Any] = ("", "\u2602 something else", "[[nothing]]", "100 %", -99, None, [], [{}])


@pytest.mark.parametrize("name", ["country--japan", "domain--mining", "entity--fatf"])
def test_what_is_constrained_refuses_something_and_nothing_else_does(name: str) -> None:
    """Each value of a page is replaced by others, of which the schema refuses one or not; claims ask something, too."""
    texts = [Text(f"schemas/{it.name}", it.read_text("utf-8")) for it in (ROOT / "schemas").iterdir()]
    found = project.load(None, texts)
    examined = Engine(found.config, found.library, TODAY).examine(
        Text(f"corpus/{name}.md", (ROOT / f"corpus/{name}.md").read_text("utf-8"))
    )
    validator = found.library.validator(found.config.types[str(examined.facts.type)].schema)
    related = {it.pointer for it in examined.facts.claims}
    wrong = []
    for path, fate in examined.values:
        if path[-1] == "text" or path == ("frontmatter", "type"):
            continue
        others = OTHERS if path[0] == "frontmatter" else [it for it in OTHERS if isinstance(it, str)]
        refuses = path in related or any(
            not validator.is_valid(_with(examined.doc.instance, path, it)) for it in others
        )
        if refuses != (fate.standing == C):
            wrong.append(written(path))

    assert wrong == []


def _with(instance: Any, path: tuple[str | int, ...], value: Any) -> Any:
    changed = {**instance, path[0]: deepcopy(instance[path[0]])}
    holder = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return changed


@given(st.lists(documents(), min_size=1, max_size=3), st.booleans())
@settings(max_examples=40)
def test_every_value_counts_and_every_gap_is_listed(contents: list[str], is_typed: bool) -> None:
    """Whatever documents hold, the number is below 100 exactly if the page says where."""
    typed = "[types.page]\nschema = 'schemas/page.schema.json'\nfiles = ['*.md']\n" if is_typed else ""
    schema = {"properties": {"frontmatter": {"properties": {"created": {"format": "date"}}}, "lead": {}}}
    found = surveyed(schema, *contents, configuration=typed)
    whole = loaded(schema, typed)
    texts = [Text(f"{i}.md", it) for i, it in enumerate(contents)]
    gaps = [gap for it in found.types for gap in (*it.unspoken, *it.accepted)]

    assert found.documents == len(contents)
    assert found.untyped_extent.constrained == 0
    assert not is_typed or bool(gaps) == (found.extent.constrained < found.extent.values)
    assert Engine(whole.config, whole.library, TODAY).lint(texts).extent == found.extent
    assert [*page(found, is_whole=True)] == [*page(surveyed(schema, *contents, configuration=typed), is_whole=True)]


def unused(schema: Any, *contents: str, configuration: str = "") -> list[str]:
    [found] = surveyed(schema, *contents, configuration=configuration).types
    return [written(it.place) for it in found.unused]


@pytest.mark.parametrize(
    ("schema", "content", "expected"),
    [
        (front(a={}, b={}), "a: 1", ["frontmatter.b"]),
        (front(a=True), "", ["frontmatter.a"]),
        (front(a=False), "", []),
        (front(a={"not": {}}), "", []),
        (front(a={"properties": {"b": {"properties": {"c": {}}}}}), "", ["frontmatter.a"]),
        (front(a={"properties": {"b": {"properties": {"c": {}}}}}), "a: {b: {}}", ["frontmatter.a.b.c"]),
        (front(a={"items": {"properties": {"b": {}}}}), "a: []", ["frontmatter.a[]"]),
        (front(a={"items": {"properties": {"b": {}}}}), "a: [{b: 1}, {}]", []),
        (front(a={"items": {"properties": {"b": {}}}}), "a: [{}]", ["frontmatter.a[].b"]),
        (front(a={"patternProperties": {"^x": {}, "^y": {}}}), "a: {x1: 1}", ["frontmatter.a./^y/"]),
        (front(a={"additionalProperties": False}), "", []),
        (front(a={"anyOf": [{"properties": {"b": {}}}, {"properties": {"c": {}}}]}), "a: {b: 1}", ["frontmatter.a.c"]),
        (front(a={"if": {"properties": {"b": {"const": 1}}}}), "a: {}", []),
        (front(a={"if": {}, "then": {"properties": {"b": {}}}}), "a: {}", ["frontmatter.a.b"]),
        (front(a={"not": {"properties": {"b": {}}}}), "a: {}", []),
        ({"allOf": [front(a={}), front(a={}, b={})]}, "a: 1", ["frontmatter.b"]),
        (section({"properties": {"fields": {"properties": {"f": {}}}}}), "", ["sections"]),
        ({**front(a={"$ref": "#/$defs/d"}), "$defs": {"d": {"properties": {"b": {}}}, "e": {"properties": {"c": {}}}}}, "a: {}", ["frontmatter.a.b"]),
        ({"$defs": {"r": {"properties": {"r": {"$ref": "#/$defs/r"}}}}, **front(r={"$ref": "#/$defs/r"})}, "r: {r: {}}", ["frontmatter.r.r.r"]),
    ],
)  # fmt: skip
def test_what_a_schema_speaks_of_and_no_document_has(schema: Any, content: str, expected: list[str]) -> None:
    assert unused(schema, f"---\ntype: page\n{content}\n---\n") == expected


def test_one_document_is_enough_to_use_a_place() -> None:
    schema = front(a={}, b={})

    assert unused(schema, "---\ntype: page\na: 1\n---\n", "---\ntype: page\nb: 1\n---\n") == []
    assert unused(schema, "no front matter\n") == []  # what a type without documents lacks is documents


def test_a_schema_of_front_matter_alone_leaves_the_body_to_nobody() -> None:
    configuration = "[types.page]\nschema = 'schemas/page.schema.json'\napplies-to = 'frontmatter'"
    schema = {"properties": {"type": {}, "a": {"const": 1}, "b": {}}}
    content = "---\ntype: page\na: 1\n---\n# T\n\n## S\n\nProse.\n"
    [found] = surveyed(schema, content, configuration=configuration).types

    assert [written(it.place) for it in found.unspoken] == ["sections", "title"]
    assert [written(it.place) for it in found.unused] == ["frontmatter.b"]
    assert (found.frontmatter.percent, found.body.percent) == (100, 0)


def test_documents_that_no_schema_judges_say_why_and_count() -> None:
    found = surveyed(front(a={}), "# T\n", "---\na: 1\n---\n", "---\ntype: paeg\n---\n", "---\ntype: [\n---\n", ANY)

    assert [(it.path, it.reason.partition(":")[0]) for it in found.untyped] == [
        ("1.md", "it has no front matter"),
        ("2.md", "its front matter has no `type`"),
        ("3.md", "there is no schema for the type `paeg`; did you mean `page`?"),
        ("4.md", "its front matter cannot be read"),
    ]
    assert (found.untyped_extent.values, found.extent.constrained, found.extent.values) == (3, 1, 4)


IDLE = [
    # rule, schema, content, whether it is idle
    ("created-after-updated", "---\na: 1\n---\n", True),
    ("created-after-updated", "---\ncreated: 2026-01-01\nupdated: 2026-01-02\n---\n", False),
    ("created-after-updated", "---\ncreated:\n---\n", False),
    ("review-overdue", "---\na: 1\n---\n", True),
    ("review-overdue", "---\nnext_review: soon\n---\n", False),
    ("future-date", "---\nmodified: 1999-01-01\n---\n", False),
    ("ragged-row", "# T\n\nProse.\n", True),
    ("ragged-row", "| a |\n|---|\n| 1 |\n", False),
    ("unescaped-pipe", "Prose [[a|b]].\n", True),
    ("empty-cell", "| a |\n|---|\n| 1 |\n", False),
    ("duplicate-field", "# T\n\nProse.\n", True),
    ("duplicate-field", "## S\n\n**a:** 1\n", False),
    ("duplicate-section", "---\ntype: page\n---\nProse.\n", True),
    ("duplicate-section", "---\ntype: page\n---\n## S\n", False),
    ("data-in-heading", "Prose.\n", True),
    ("data-in-heading", "## S\n\nProse.\n", False),
    ("duplicate-key", "Prose.\n", True),
    ("duplicate-key", "---\na: 1\n---\n", False),
    ("invalid-frontmatter", "Prose.\n", True),
    ("invalid-frontmatter", "---\na: 1\n---\n", False),
    ("ambiguous-scalar", "# T\n", True),
    ("ambiguous-scalar", "---\na: 'x'\n---\n", False),
    ("missing-sources", "---\na: 1\n---\n", True),
    ("missing-sources", "---\nsources:\n---\n", False),
    ("duplicate-source", "---\na: 1\n---\nhttps://e.org\n", True),
    ("date-disagrees", "---\na: 1\n---\n", True),
    ("insecure-url", "---\nsources: [https://e.org]\n---\n", False),
    ("placeholder-text", "---\nstatus: draft\n---\n", False),
    ("placeholder-text", "---\na: 1\n---\nTODO\n", True),
    ("bidirectional-control", "Prose.\n", False),
    ("bidirectional-control", "", True),
    ("repeated-text", "Prose.\n", False),
    ("broken-link", "Prose.\n", True),
    ("broken-link", "---\na: '[[x]]'\n---\n", False),
    ("self-link", "[[1]]\n", False),
    ("duplicate-alias", "---\ntype: page\n---\n", True),
    ("duplicate-alias", "---\ntype: page\naliases: [x]\n---\n", False),
    ("duplicate-title", "Prose.\n", True),
    ("duplicate-title", "---\ntype: page\n---\n# T\n", False),
    ("duplicate-name", "Prose.\n", False),
    ("wrong-link-type", "---\ntype: page\ncode: x\n---\n", True),
    ("wrong-link-type", "---\ntype: page\nlink: '[[2]]'\n---\n", False),
    ("duplicate-value", "---\ntype: page\nlink: '[[2]]'\n---\n", True),
    ("duplicate-value", "---\ntype: page\ncode: x\n---\n", False),
    ("unmatched-glob", "Prose.\n", True),
    ("missing-frontmatter", "Prose.\n", False),
    ("untyped-document", "---\na: 1\n---\n", False),
]


@pytest.mark.parametrize(("rule", "content", "is_idle"), IDLE)
def test_rules_that_had_nothing_to_look_at(rule: str, content: str, is_idle: bool) -> None:
    schema = front(code={"unique": "corpus"}, link={"wikilink": {"type": ["page"]}})

    assert (rule in surveyed(schema, content).idle) == is_idle


def _bad() -> list[object]:
    found: list[object] = []
    for rule in (it for it in RULES.values() if it.scope in {"doc", *REDUCING}):
        more = CASES / f"{rule.name}.md"
        pages = (rule.manual.examples, examples(more.read_text("utf-8")) if more.exists() else ())
        bad = [it for of_page in pages for it in cases(rule.manual, of_page) if it.example.role == "bad"]
        found += [pytest.param(it, id=f"{rule.name}-{i}") for i, it in enumerate(bad)]
    return found


@pytest.mark.parametrize("case", _bad())
def test_no_rule_is_idle_on_what_it_refuses(case: Case) -> None:
    """That it finds something does not count here: it has to have seen something."""
    name, beside = case.manual.name, (*case.beside, case.example)
    schemas = [Text(f"schemas/{it.name}.schema.json", it.content) for it in beside if it.role == "schema"]
    found = library.load([*schemas, *(Text(it.name, it.content) for it in beside if it.name.endswith(table.ENDING))])
    types = {it.name: DocumentType(it.name, f"schemas/{it.name}.schema.json") for it in beside if it.role == "schema"}
    texts = {it.name: Text(it.name, it.content) for it in beside if it.name.endswith(".md")}
    files = [it.name for it in beside if it.role == "with" and it.name not in texts]
    engine = Engine(replace(Config(), types=types), found, TODAY)
    examined = {path: engine.examine(it) for path, it in texts.items()}
    corpus, watch = engine.corpus((it.facts for it in examined.values()), files), Watch()
    doc = examined[case.example.name].doc
    view = WatchedDocument(doc, watch) if RULES[name].scope == "doc" else WatchedCorpus(corpus, watch)

    list(RULES[name].run(view, TODAY, default_settings()[name].options))
    assert watch.saw


def test_rules_that_are_off_say_by_what() -> None:
    configuration = """
        [rules]
        broken-link = "off"
        mixed-field-syntax = "warning"
        [[overrides]]
        paths = ["1.md"]
        rules = { ragged-row = "off", stale-document = "info" }
    """
    found = surveyed(front(a={}), ANY, ANY, configuration=configuration)

    assert [(it.rule, it.by, it.documents) for it in found.off] == [
        ("broken-link", "configuration", 2),
        ("orphan-document", "default", 2),
        ("ragged-row", "configuration", 1),
        ("stale-document", "default", 1),
    ]
    assert "broken-link" not in found.idle


def test_names_that_no_schema_asks_for() -> None:
    """A condition asks for nothing, nor does a part that nobody refers to."""
    asked = {"frontmatter": {"required": ["a"], "if": {"properties": {"a": {"score": {"of": 9}}}}}}
    found = surveyed({"properties": asked, "$defs": {"x": {"enum": [1]}}}, ANY).unasked

    assert {"malformed-score", "value-not-allowed"} <= set(found)
    assert not {"missing-field"} & set(found)
    assert set(found) <= MANUALS.keys() - RULES.keys()


HELD = "---\ntype: page\na: 1\nb: 2\n---\n"
GOOD: Files = {"1.md": HELD, SCHEMA: json.dumps(front(a={"type": "integer"}))}


@pytest.mark.parametrize(
    ("files", "args", "code", "words"),
    [
        (GOOD, (), 0, ""),
        (GOOD, ("--fail-under", "66"), 0, ""),
        (GOOD, ("--fail-under", "67"), 1, "66 % of all values are constrained, 1 percentage point below the 67 %"),
        (GOOD, ("--fail-under", "101"), 2, "101"),
        ({**GOOD, "2.md": "# T\n"}, ("--fail-under", "66"), 1, "50 %"),
        ({**GOOD, "2.md": b"\xff"}, ("--fail-under", "67"), 2, "could not check 2.md"),
        ({SCHEMA: "{}", "reglint.toml": ""}, (), 2, "asserts nothing"),
        ({SCHEMA: GOOD[SCHEMA]}, (), 2, "there is no document"),
        ({**GOOD, SCHEMA: "{"}, (), 2, "invalid JSON"),
        ({**GOOD, SCHEMA: '{"requird": []}'}, (), 2, "did you mean `required`?"),
        ({"1.md": ""}, ("--fail-under", "1"), 1, "0 %"),
    ],
)
def test_exit_codes(
    corpus: Callable[[Files], Path], run: Command, files: Files, args: tuple[str, ...], code: int, words: str
) -> None:
    corpus(files)
    actual, _, err = run("coverage", *args)

    assert words in err
    assert actual == code


def test_the_page(corpus: Callable[[Files], Path], run: Command) -> None:
    """The most important first, and all of it short."""
    properties = {
        "frontmatter": {"properties": {"a": {"type": "integer"}, "t": {}, "u": {}}},
        "title": {"pattern": "T"},
    }
    corpus(
        {
            SCHEMA: json.dumps({"properties": properties}, indent=1),
            "1.md": HELD + "# T\n\n## S\n\nProse.\n",
            "2.md": HELD.replace("b: 2", "b: 3\nt: x"),
            "3.md": "# Read me\n",
            "reglint.toml": '[rules]\nbroken-link = "off"\n',
        }
    )
    code, out, err = run("coverage")
    shown, rules = out.split("\n\nrules that are on", 1)

    assert (code, err) == (0, "")
    assert (
        shown
        == """\
50 % of all values are constrained by a schema (5 of 10)

type  documents  values  constrained  front matter  body  schema
page          2       9         55 %          57 %  50 %  schemas/page.schema.json
-             1       1          0 %                      none

documents that no schema judges: 1
  3.md  it has no front matter

in documents, and no schema speaks of it: 2
  page  frontmatter.b  2 documents  1.md:4:1
  page  sections       1 document   1.md:8:1

in documents and in a schema that accepts anything there: 1
  page  frontmatter.t  1 document  2.md:5:1

in a schema, and no document has it: 1
  page  frontmatter.u  schemas/page.schema.json:9:5"""
    )
    assert "rules that are off: 4\n  broken-link (by the configuration), mixed-field-syntax (by default)" in rules
    assert max(map(len, out.split("\n"))) <= 102


def test_long_lists_are_cut_unless_all_is_asked_for(corpus: Callable[[Files], Path], run: Command) -> None:
    keys = "".join(f"k{i:02}: {i}\n" for i in range(23))
    corpus({**GOOD, "1.md": f"---\ntype: page\na: 1\n{keys}---\n"})
    short, whole = run("coverage")[1], run("coverage", "--all")[1]

    assert "frontmatter.k09" in short
    assert "frontmatter.k10" not in short
    assert "  and 13 more; --all shows them\n" in short
    assert "frontmatter.k22" in whole
    assert "more; --all" not in whole


def test_the_record_lists_everything(corpus: Callable[[Files], Path], run: Command) -> None:
    corpus({**GOOD, "2.md": b"\xff", "3.md": "# T\n"})
    found = json.loads(run("coverage", "--output-format", "json")[1])
    [kind] = found["types"]

    assert [*found] == ["version", "documents", "values", "types", "untyped", "unchecked", "rules"]
    assert found["values"] == {"all": 4, "constrained": 2, "percent": 50}
    assert kind["unspoken"] == [
        {"place": "frontmatter.b", "documents": 1, "first": {"path": "1.md", "line": 4, "column": 1}}
    ]
    assert found["untyped"]["documents"] == [{"path": "3.md", "reason": "it has no front matter"}]
    assert [it["path"] for it in found["unchecked"]] == ["2.md"]
    assert [*found["rules"]] == ["off", "idle", "unasked"]


def test_check_ends_with_the_same_number(corpus: Callable[[Files], Path], run: Command) -> None:
    corpus({**GOOD, "2.md": "# T\n"})
    for args in ((), ("--select", "dates"), ("1.md",)):
        assert "1 of 2 documents judged by a schema, 50 % of all values constrained" in run("check", *args)[2]
