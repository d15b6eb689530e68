"""reglint's own keywords: their manuals, what they say of a schema that uses them wrongly, and how failures are told."""

import json
import sys
from typing import Any

import pytest
from jsonschema.validators import Draft202012Validator

from checking import judge
from examples import TODAY, run, spans
from reglint.config import Config, DocumentType
from reglint.diagnostic import Severity
from reglint.engine import Engine
from reglint.manual import examples
from reglint.rules import MANUALS
from reglint.schema import library, published, table
from reglint.schema.keyword import KEYWORDS
from reglint.schema.vocabulary import validations
from reglint.text import Text

CLAIMED = {"duplicate-value", "wrong-link-type", "missing-backlink", "link-cycle", "conflicting-facts-elsewhere"}
TOLD_BY_SCHEMAS = CLAIMED | {name for name, it in MANUALS.items() if it.group == "schema"}
COMPARED = {"conflicting-facts", "row-disagrees", "unlisted-value", "date-in-wrong-order"}
IN_LIST = {"in": "list.csv", "column": "name"}
INTRODUCTIONS = [
    pytest.param(it, beside, id=f"{name}-{i}-{it.role}")
    for name, keyword in KEYWORDS.items()
    for beside in [tuple(it for it in examples(keyword.introduction) if it.role in {"with", "schema"})]
    for i, it in enumerate(examples(keyword.introduction))
    if it.role in {"bad", "good"}
]


@pytest.mark.parametrize(("example", "beside"), INTRODUCTIONS)
def test_the_examples_in_the_introduction_of_a_keyword(example: Any, beside: Any) -> None:
    found = run(TOLD_BY_SCHEMAS, example, beside)

    assert spans(found) == example.marks
    assert bool(found) == (example.role == "bad")


@pytest.mark.parametrize("name", KEYWORDS)
def test_every_keyword_shows_itself_failing_in_examples_that_are_run(name: str) -> None:
    keyword = KEYWORDS[name]
    roles = [it.role for it in examples(keyword.text)]

    assert keyword.summary.endswith((".", ":"))
    assert {"schema", "bad", "good"} <= set(roles)
    assert f'"{name}"' in keyword.text or "formatMinimum" in keyword.text


def faults(schema: Any, *beside: Text) -> list[tuple[str, str]]:
    """What is wrong with a schema: the text that is marked, and the words."""
    text = Text("schemas/page.schema.json", json.dumps(schema, ensure_ascii=False))
    errors = library.load([text, *beside]).errors
    return [(text[it.span] if path == text.path else path, it.message) for path, it in errors]


LIST = Text("schemas/list.csv", 'name, country\nAFSA, Kazakhstan\n\n"A, B", Japan\n')


@pytest.mark.parametrize(
    ("schema", "marked", "words"),
    [
        ({"lookup": {"in": "lst.csv", "column": "name"}}, '"lst.csv"', "there is no file `schemas/lst.csv`; did you mean `schemas/list.csv`?"),
        ({"lookup": {"in": "list.csv", "column": "nme"}}, '"nme"', "has no column `nme`; did you mean `name`?"),
        ({"lookup": {"in": "list.csv", "column": "name", "agrees": {"land": "/name"}}}, '"/name"', "no column `land`"),
        ({"lookup": {"in": "list.txt", "column": "name"}}, '"list.txt"', "is not in the form that was expected"),
        ({"validations": [{"rule": "self.a <"}]}, '"self.a <"', "syntax error: mismatched input '<EOF>' (column 9 of the expression)"),
        ({"validations": [{"rule": "true"}, {"rule": "slf.a"}]}, '"slf.a"', "undeclared reference to 'slf.a' (column 4 of the expression)"),
        ({"validations": [{"rule": "nofunc(self)"}]}, '"nofunc(self)"', "undeclared reference to 'nofunc'"),
        ({"validations": [{"rule": "1 + 2"}]}, '"1 + 2"', "gives a value of the type int, where true or false was expected"),
        ({"validations": [{"rul": "true"}]}, '"rul"', "did you mean `rule`?"),
        ({"formatMinimum": "2024-13-01"}, '"2024-13-01"', "`2024-13-01` is no limit, where a date, a year or a version was expected"),
        ({"formatExclusiveMaximum": "abc1"}, '"abc1"', "`abc1` is no limit"),
        ({"severity": "fatal"}, '"fatal"', "is not allowed here"),
        ({"errorMessage": 1}, "1", "where text or keys with values were expected"),
        ({"errorMessage": {"properties": {"a": "x"}}}, '{"a": "x"}', "words for `properties` stand beside each of them"),
        ({"url": "wiki/page"}, '"wiki/page"', "is not a web address"),
        ({"inverse": False}, "false", "is not allowed here"),
        ({"inverse": "countries"}, '"countries"', "is not a JSON Pointer"),
        ({"sameAs": {"via": "1/a"}}, '"sameAs"', "`sameAs` lacks the key `at`"),
        ({"score": {"of": 100, "bands": {"Low": [0, 33], "High": [40, 100]}}}, "[40, 100]", "the bands leave a gap between 33 and 40"),
        ({"score": {"of": 100, "bands": {"Low": [0, 50], "High": [50, 100]}}}, "[50, 100]", "the bands `Low` and `High` overlap"),
        ({"score": {"of": 100, "bands": {"Low": [1, 50], "High": [51, 99]}}}, "[1, 50]", "the bands leave a gap between 0 and 1"),
        ({"score": {"of": 10, "bands": {"Low": [9, 5], "High": [6, 10]}}}, "[9, 5]", "the band `Low` ends before it begins"),
        ({"errorMesage": "x"}, '"errorMesage"', "did you mean `errorMessage`?"),
        ({"serverity": "info"}, '"serverity"', "did you mean `severity`?"),
    ],
)  # fmt: skip
def test_mistakes_in_the_value_of_a_keyword_stand_at_their_place(schema: Any, marked: str, words: str) -> None:
    found = faults({"properties": {"name": schema}}, LIST)

    assert any(text == marked and words in message for text, message in found), found


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "the table is empty"),
        ("a,a\n", "two columns are named `a`"),
        ("a,b\n1\n", "the row has 1 cell, where the header has 2"),
        ('a\n"x\n', "this is not read as CSV"),
    ],
)
def test_mistakes_in_a_table(content: str, words: str) -> None:
    path = "schemas/list.csv"

    assert [words in message for place, message in faults({}, Text(path, content)) if place == path] == [True]


def test_tables_are_among_the_files_that_a_schema_leads_to() -> None:
    schema = Text(
        "schemas/a/page.schema.json", '{"properties": {"name": {"lookup": {"in": "../list.csv", "column": "name"}}}}'
    )

    assert list(library.references(schema)) == ["schemas/list.csv"]
    assert library.load([schema, LIST]).errors == ()
    assert list(library.references(LIST)) == []


def test_lookup_decides_alternatives() -> None:
    schema = {"properties": {"a": {"anyOf": [{"lookup": {"in": "list.csv", "column": "name"}}, {"const": "Unknown"}]}}}
    texts = [Text("schemas/page.schema.json", json.dumps({"properties": {"frontmatter": schema}})), LIST]
    config = Config(types={"page": DocumentType("page", texts[0].path)})
    documents = [
        Text(f"{i}.md", f"---\ntype: page\na: '{it}'\n---\n") for i, it in enumerate(["A, B", "Unknown", "FINMA"])
    ]
    run = Engine(config, library.load(texts), TODAY).lint(documents)

    assert [(it.path, it.rule) for it in run.diagnostics] == [("2.md", "unlisted-value")]


def test_the_author_s_words_severity_and_page_hold_for_what_the_schema_refers_to() -> None:
    """`$ref` and `allOf` lead to parts that speak of the same value; the outermost has the last word."""
    code = {"pattern": "^[A-Z]{2}$", "errorMessage": "inner", "severity": "info"}
    schema = {
        "properties": {
            "a": {"$ref": "#/properties/frontmatter/$defs/code", "errorMessage": "outer", "url": "https://w3.org/"}
        },
        "$defs": {"code": code},
    }
    [(rule, finding)] = judge("a: x", schema).findings

    assert (rule, finding.message, finding.severity, finding.url) == (
        "pattern-mismatch",
        "outer",
        Severity.info,
        "https://w3.org/",
    )
    assert finding.help == "it should match `^[A-Z]{2}$`"


@pytest.mark.parametrize(
    ("frontmatter", "schema", "told"),
    [
        ("a: {}", {"properties": {"a": {"severity": "info", "properties": {}, "required": ["b"]}}}, [("missing-field", Severity.info)]),
        ("a: {b: 1}", {"properties": {"a": {"severity": "info", "properties": {"b": {"type": "string"}}}}}, [("wrong-type", None)]),
        ("a: 1", {"validations": [{"rule": "self.a == 2", "severity": "warning"}], "severity": "info"}, [("failed-validation", Severity.warning)]),
        ("a: 1", {"validations": [{"rule": "self.a == 2"}], "severity": "info"}, [("failed-validation", Severity.info)]),
    ],
)  # fmt: skip
def test_severity_holds_for_the_value_and_not_for_its_members(frontmatter: str, schema: Any, told: Any) -> None:
    assert [(rule, it.severity) for rule, it in judge(frontmatter, schema).findings] == told


def test_each_missing_key_may_have_words_of_its_own() -> None:
    words = {"required": {"a": "say who"}, "type": "no mapping", "_": "something is missing"}
    told = judge("c: 1", {"required": ["a", "b"], "errorMessage": words}).findings

    assert [(it.message, it.pointer) for _, it in told] == [
        ("say who", ("frontmatter", "a")),
        ("something is missing", ("frontmatter", "b")),
    ]


def test_words_about_a_choice_stand_for_all_that_it_misses() -> None:
    branches = [{"properties": {"x": {"type": "integer"}, "y": {"type": "integer"}}}, {"maxProperties": 0}]
    schema = {"properties": {"a": {"anyOf": branches, "errorMessage": "a point has two whole numbers"}}}
    text = "---\na: {x: p, y: q}\n---\n"
    [(_, finding)] = judge("a: {x: p, y: q}", schema).findings

    assert finding.message == "a point has two whole numbers"
    assert text[finding.span.start : finding.span.end] == "{x: p, y: q}"


@pytest.mark.parametrize(
    ("value", "rule", "words"),
    [
        ("a: 1", "self.b == 1", '`self.b == 1` cannot be judged: Key not found in map: "b"'),
        ("a: 1", "self.a == 'x'", "`self.a == 'x'` is not true"),
        ("a: " + "9" * 30, "self.a > 1", "cannot be judged"),
        ('a: "\\ud800"', "self.a != ''", "cannot be judged"),
        ("a: [1, 2]", "self.a.map(it, it * 2)[9] == 1", "cannot be judged"),
    ],
)  # fmt: skip
def test_an_expression_that_cannot_be_judged_is_told_and_ends_nothing(value: str, rule: str, words: str) -> None:
    [(name, finding)] = judge(value, {"validations": [{"rule": rule}]}).findings

    assert name == "failed-validation"
    assert words in finding.message


def test_words_about_what_is_wrong_stand_only_where_that_is_known() -> None:
    rules = {"validations": [{"rule": "self.a > 10", "message": "too cheap"}]}

    assert [it.message for _, it in judge("a: 5", rules).findings] == ["too cheap"]
    assert "cannot be judged" in judge("a: '20'", rules).findings[0][1].message


def test_an_expression_has_a_budget() -> None:
    """Three loops over 200 values would be eight million steps."""
    frontmatter = f"a: {list(range(200))}"
    loops = "self.a.all(x, self.a.all(y, self.a.all(z, true)))"
    [(_, finding)] = judge(frontmatter, {"validations": [{"rule": loops}]}).findings

    assert "budget" in finding.message


def test_without_the_library_for_cel_the_schema_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cel_expr_python", None)
    validations.environment.cache_clear()
    validations.program.cache_clear()

    assert [message for _, message in faults({"validations": [{"rule": "self.new == 1"}]})] == [
        'the library for CEL is not there; install it by `pip install "reglint[cel]"`'
    ]


def test_the_meta_schema_is_sound_and_is_a_dialect_of_its_own() -> None:
    meta = published.meta_schema()
    Draft202012Validator.check_schema(meta)
    good = {"$schema": published.URI, "properties": {"a": {"score": {"of": 10}, "format": "bcp-47"}}}

    assert faults(good) == []
    assert faults({"$schema": published.URI, "properties": {"a": {"score": {}}}}) == [
        ('"score"', "`score` lacks the key `of`")
    ]


@pytest.mark.parametrize(
    ("schema", "rule"),
    [
        ({"wikilink": {"type": ["page"]}}, "wrong-link-type"),
        ({"unique": "corpus"}, "duplicate-value"),
        ({"inverse": True}, "missing-backlink"),
        ({"sameAs": {"via": "0", "at": "/frontmatter/a"}}, "conflicting-facts-elsewhere"),
        ({"agrees": {"with": "/frontmatter/b"}}, "conflicting-facts"),
        ({"lookup": {"in": "list.csv", "column": "name", "agrees": {"country": "1/b"}}}, "row-disagrees"),
    ],
)
def test_the_author_s_words_hold_for_what_only_the_corpus_can_decide(schema: Any, rule: str) -> None:
    value = {**schema, "severity": "info", "errorMessage": "words", "url": "https://w3.org/"}
    page = {"properties": {"frontmatter": {"properties": {"a": value}}}}
    texts = [Text("schemas/page.schema.json", json.dumps(page)), Text("schemas/other.schema.json", "{}"), LIST]
    types = {name: DocumentType(name, f"schemas/{name}.schema.json") for name in ("page", "other")}
    head = "---\ntype: page\na: '[[other|AFSA]]'\nb: else\n---\n"
    documents = [Text("1.md", head), Text("2.md", head), Text("other.md", "---\ntype: other\na: x\n---\n")]
    found = Engine(Config(types=types), library.load(texts), TODAY).lint(documents).diagnostics

    told = {(it.rule, it.message, it.severity, it.finding.url) for it in found if it.rule == rule}
    assert told == {(rule, "words", Severity.info, "https://w3.org/")}


@pytest.mark.parametrize(
    ("front", "schema", "rules"),
    [
        ("a: Paid\nb: true", {"agrees": {"with": "/frontmatter/b", "as": {"true": "^Free"}}}, ["conflicting-facts"]),
        ("a: Free\nb: true", {"agrees": {"with": "/frontmatter/b", "as": {"true": "^Free"}}}, []),
        ("a: 1\nb: true", {"agrees": {"with": "/frontmatter/b"}}, ["conflicting-facts"]),
        ("a: 1\nb: 1.0", {"agrees": {"with": "/frontmatter/b"}}, []),
        ("a: AFSA\nb: [Japan]", {"lookup": {**IN_LIST, "agrees": {"country": "1/b"}}}, []),
        ("a: AFSA\nb: Peru", {"lookup": {**IN_LIST, "agrees": {"country": "1/b"}}}, ["row-disagrees"]),
        ("a: [AFSA, FINMA, AFSSA]", {"lookup": IN_LIST}, ["unlisted-value"] * 2),
        ("a: 1", {"formatMaximum": {"$data": "/frontmatter/type/²"}}, []),
        ("a: ['2025']", {"items": {"formatMaximum": {"$data": f"/frontmatter/a/{'9' * 5000}"}}}, []),
        ("a: ['2025']", {"items": {"formatMaximum": {"$data": "/frontmatter/a/²"}}}, []),
        ("a: [true, 1, true]", {"items": {"unique": "document"}}, ["duplicate-value"]),
        ("a: [[x, 1], [x, 1.0], [x]]", {"items": {"unique": "document"}}, ["duplicate-value"]),
        ("a: [x, y]", {"sameAs": {"via": "1/l", "at": "/frontmatter/b"}}, []),
        ("a: [x]", {"sameAs": {"via": "1/l", "at": "/frontmatter/b"}}, ["conflicting-facts-elsewhere"]),
        ("a: 'true'", {"sameAs": {"via": "1/l", "at": "/frontmatter/c"}}, []),
    ],
)
def test_values_compare_as_json_does_and_lists_item_by_item(front: str, schema: Any, rules: list[str]) -> None:
    page = Text("schemas/page.schema.json", json.dumps({"properties": {"frontmatter": {"properties": {"a": schema}}}}))
    config = Config(types={"page": DocumentType("page", page.path)})
    texts = [
        Text("a.md", f"---\ntype: page\nl: '[[b]]'\n{front}\n---\n"),
        Text("b.md", "---\ntype: page\nb: [y, x]\nc: true\n---\n"),
    ]
    read = library.load([page, Text(LIST.path, "name,country\nAFSA,Kazakhstan\nAFSA,Japan\n")])
    found = Engine(config, read, TODAY).lint(texts).diagnostics

    assert read.errors == ()
    assert [it.rule for it in found if it.rule in {*rules, *TOLD_BY_SCHEMAS, *COMPARED}] == rules


def test_a_miss_in_a_long_table_is_told_with_the_nearest_value() -> None:
    values = table.read(Text("list.csv", "name\n" + "".join(f"Regulator {it}\n" for it in range(3000)) + "FINMA\n"))

    assert values.suggestion("name", "FINMAA") == "; did you mean `FINMA`?"


@pytest.mark.parametrize("levels", ["9" * 5000, "01", "²"])
def test_a_pointer_counts_levels_in_few_digits(levels: str) -> None:
    assert faults({"properties": {"a": {"formatMinimum": {"$data": f"{levels}/b"}}}})
