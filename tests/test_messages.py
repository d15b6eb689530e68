"""What is said of failures: the page that shows it, how it is worded, and which alternative it speaks of."""

import json
import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import messages
from checking import judge
from reglint.diagnostic import Finding
from reglint.document import parse
from reglint.schema import formats, library
from reglint.schema.judge import Schema
from reglint.schema.keyword import EXPLAINERS, KEYWORDS
from reglint.text import Text

PAGE = messages.PAGE.read_text(encoding="utf-8")
CASES = list(messages.cases(PAGE))
QUOTED = re.compile("`[^`]*`")
OF_PYTHON = re.compile(
    r"\b(?:True|False|None|dict|str|Sequence)\b|\[\]|\{\}|'\w*' is|required property|valid under|was unexpected"
    r"|Additional properties|should not be valid|does not match|is not of type|is not one of|non-unique|do(?:es)? not contain"
)


def is_well_worded(finding: Finding) -> bool:
    """One line, as short as people read, in our own words; the help may be a sentence of the schema's author."""
    bare = QUOTED.sub("``", "; ".join([finding.message, *(it.message for it in finding.notes)]))
    return (
        len(finding.message.encode()) <= 4096
        and len(finding.help.encode()) <= 4096
        and not re.search(r"[\n\r]", finding.message + finding.help)
        and (finding.message[0].islower() or finding.message[0] in "`-" or finding.message[0].isdecimal())
        and not finding.message.endswith(".")
        and not OF_PYTHON.search(bare)
    )


@pytest.mark.parametrize("case", CASES, ids=lambda it: it.name)
def test_the_page_shows_what_is_printed_and_it_is_well_worded(case: messages.Case) -> None:
    """`make snapshots` writes the page anew."""
    found = messages.found(case)

    assert messages.printed(found) == case.shown
    assert [it.message for it in found.diagnostics if not is_well_worded(it.finding)] == []


def test_cases_have_names_of_their_own_and_show_something() -> None:
    assert [it.name for it in CASES if it.shown == "(nothing)\n"] == []
    assert [name for name, number in Counter(it.name for it in CASES).items() if number > 1] == []
    assert len(CASES) > 200


def test_the_page_shows_every_rule_and_every_keyword_that_fails() -> None:
    printed = "".join(it.shown for it in CASES)
    given_ = "".join(text for it in CASES for text in it.files.values())

    assert messages.RULES - set(re.findall(r"^\w+\[([a-z-]+)\]", printed, re.MULTILINE)) == set()
    assert {*EXPLAINERS} - {"", *re.findall(r"`(\w+)` (?:asks for|refuses) it", printed)} == set()
    assert [it for it in KEYWORDS if f'"{it}"' not in given_] == []
    assert [it for it in formats.FORMATS if f'"format": "{it}"' not in given_] == []


NAMES = st.sampled_from("abc")
TEXTS = st.sampled_from(["", "a", "b", "law", "two\nlines", "é" * 3000, "NO", "85", "2026-06-01", "\x1b[31m\u202e"])
SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.5, 2.0, 1e300]) | TEXTS
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda it: st.lists(it, max_size=3) | st.dictionaries(NAMES, it, max_size=3), max_leaves=6
)
TYPES = st.sampled_from(["string", "integer", "number", "boolean", "null", "array", "object"])
LEAVES = {
    "type": TYPES | st.lists(TYPES, min_size=1, max_size=2, unique=True),
    "enum": st.lists(VALUES, min_size=1, max_size=3),
    "const": VALUES,
    "minimum": st.integers(-1, 2), "maximum": st.integers(-1, 2), "multipleOf": st.sampled_from([2, 0.01]),
    "exclusiveMinimum": st.integers(-1, 2), "exclusiveMaximum": st.integers(-1, 2),
    "minLength": st.integers(0, 2), "maxLength": st.integers(0, 2), "pattern": st.sampled_from(["^a", "[0-9]"]),
    "format": st.sampled_from(sorted(formats.FORMATS)), "description": st.sampled_from(["words", "A text.\nTwo lines.", "long " * 2000]),
    "minItems": st.integers(0, 2), "maxItems": st.integers(0, 2), "uniqueItems": st.booleans(),
    "minProperties": st.integers(0, 2), "maxProperties": st.integers(0, 2),
    "required": st.lists(NAMES, max_size=2, unique=True),
    "wikilink": st.just(value=True), "percentage": st.just({}), "score": st.just({"of": 10}), "quantity": st.just({"units": ["m"]}),
}  # fmt: skip


def schemas(**others: Any) -> Any:
    """Schemas of the keywords that all drafts have, and of *others*; each of a few of them."""

    def nested(inner: Any) -> Any:
        some = st.lists(inner, min_size=1, max_size=3)
        members = st.dictionaries(NAMES, inner, max_size=3)
        lists = st.dictionaries(NAMES, st.lists(NAMES, max_size=2, unique=True), max_size=2)
        return _few_of({
            **LEAVES, **dict.fromkeys(("items", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else"), inner),
            **dict.fromkeys(("allOf", "anyOf", "oneOf"), some), "properties": members, "patternProperties": members,
            **{name: {"one": inner, "some": some, "members": members, "lists": lists}[kind] for name, kind in others.items()},
        })  # fmt: skip

    return st.recursive(st.sampled_from([True, False]) | _few_of(LEAVES), nested, max_leaves=12)


def _few_of(keywords: dict[str, Any]) -> Any:
    names = st.lists(st.sampled_from(sorted(keywords)), max_size=4, unique=True)
    return names.flatmap(lambda them: st.fixed_dictionaries({it: keywords[it] for it in them}))


@pytest.mark.parametrize(
    ("draft", "schemas_of_draft"),
    [
        ("https://json-schema.org/draft/2020-12/schema", schemas(
            prefixItems="some", unevaluatedItems="one", unevaluatedProperties="one", dependentSchemas="members", dependentRequired="lists")),
        ("http://json-schema.org/draft-07/schema#", schemas(items="some", additionalItems="one", dependencies="members")),
        ("http://json-schema.org/draft-07/schema#", schemas(dependencies="lists")),
    ],
)  # fmt: skip
@given(data=st.data(), values=st.lists(VALUES, min_size=4, max_size=4))
@settings(max_examples=80, deadline=None)
def test_every_failure_is_told_and_well_worded_and_nothing_else_is(
    draft: str, schemas_of_draft: Any, data: st.DataObject, values: list[Any]
) -> None:
    schema = {"$schema": draft, "properties": {"frontmatter": {"properties": {"v": data.draw(schemas_of_draft)}}}}
    loaded = library.load([Text("s.json", json.dumps(schema))])
    assume(not loaded.errors)
    for value in values:
        doc = parse(Text("a.md", json.dumps({"v": value}, indent=0) + "\n"))
        assert doc.frontmatter == {"v": value}
        findings = [it for _, it in Schema("x", "s.json", loaded).judge(doc).findings]

        assert bool(findings) == (not loaded.validator("s.json").is_valid(dict(doc.instance)))
        assert [it.message for it in findings if not is_well_worded(it)] == []
        assert all(0 <= it.span.start <= it.span.end <= len(doc.text.content) for it in findings)


KIND_A = {"properties": {"kind": {"const": "a"}, "n": {"type": "integer"}}, "required": ["kind"]}
KIND_B = {"properties": {"kind": {"const": "b"}, "m": {"minimum": 3}}, "required": ["kind", "m"]}


@pytest.mark.parametrize(
    ("alternatives", "value", "told"),
    [
        # A key that has one value in each alternative chooses, whatever else is wrong, and however much.
        ([KIND_A, KIND_B], "{kind: b, m: 1, n: x}", [("value-out-of-range", "1", "too small")]),
        ([KIND_A, KIND_B], "{kind: b, n: x}", [("missing-field", "v", "lacks the key `m`")]),
        ([KIND_B, KIND_A], "{n: x, kind: a}", [("wrong-type", "x", "`x` is text")]),
        ([KIND_A, {**KIND_B, "additionalProperties": False}], "{kind: b, m: 3, o: 1}", [("unknown-field", "o", "unknown key")]),
        ([KIND_A, KIND_B], "{kind: c, m: 1}", [("value-not-allowed", "c", "`c` is not allowed here")]),
        ([KIND_A, KIND_B], "{kind: [a], m: 1}", [("value-not-allowed", "[a]", "where `a` or `b` was expected")]),
        ([KIND_A, KIND_B], "{m: 3}", [("missing-field", "v", "lacks the key `kind`")]),
        ([{"allOf": [KIND_A]}, {"$ref": "#/$defs/b"}], "{kind: b}", [("missing-field", "v", "lacks the key `m`")]),
        ([{"properties": {"on": {"const": 1}, "x": {"type": "string"}}}, {"properties": {"on": {"const": True}, "x": {"type": "array"}}}],
            "{on: true, x: 5}", [("wrong-type", "5", "where a list was expected")]),
        # The one that has a single value comes before the one that has several.
        ([{"properties": {"s": {"enum": ["x", "y"]}, "kind": {"const": "a"}}}, {"properties": {"s": {"enum": ["y", "z"]}, "kind": {"const": "b"}}}],
            "{kind: a, s: z}", [("value-not-allowed", "z", "`z` is not allowed here")]),
        # Two keys choose together.
        ([{"properties": {"k": {"const": "a"}, "v": {"const": 1}, "n": {"type": "null"}}}, {"properties": {"k": {"const": "a"}, "v": {"const": 2}, "n": {"type": "boolean"}}},
            {"properties": {"k": {"const": "b"}}}], "{k: a, v: 2, n: x}", [("wrong-type", "x", "`true` or `false` was expected")]),
        # The type, down to single values, which have one too.
        ([{"enum": ["a", "b"]}, {"type": "array", "maxItems": 1}], "[a, b]", [("wrong-length", "[a, b]", "2 items")]),
        ([{"const": None}, {"type": "string", "pattern": "^x"}], "y", [("pattern-mismatch", "y", "not in the form")]),
        ([{"type": "string"}, {"type": "array", "items": {"type": "string"}}], "[[7]]", [("wrong-type", "[7]", "a list stands here")]),
        ([{"type": "string"}, {"type": ["array", "null"]}], "7", [("wrong-type", "7", "where text, a list or nothing was expected")]),
        ([False, {"type": "string"}], "7", [("wrong-type", "7", "where text was expected")]),
        ([{"const": "a"}, {"enum": ["b", "c"]}, {"const": "d"}], "7", [("value-not-allowed", "7", "where `a`, `b`, `c` or `d` was expected")]),
        ([{"const": "a"}, {"type": "array"}], "7", [("value-not-allowed", "7", "where `a` was expected")]),
        # The deepest, then the fewest errors, then the first.
        ([{"required": ["p"]}, {"properties": {"q": {"properties": {"r": {"type": "integer"}}}}}], "{q: {r: x}}", [("wrong-type", "x", "`x` is text")]),
        ([{"required": ["p", "q"]}, {"required": ["r"]}], "{s: 1}", [("missing-field", "v", "lacks the key `r`")]),
        ([{"maximum": 1}, {"multipleOf": 10}], "7", [("value-out-of-range", "7", "too large: at most 1")]),
        ([{"not": {"required": []}}, {"not": {"required": ["s", "t"]}, "required": ["t"]}], "{s: 1, t: 1}", [("value-not-allowed", "{s: 1, t: 1}", "ruled out")]),
        # Alternatives within alternatives.
        ([{"anyOf": [{"const": "a"}, {"const": "b"}]}, {"const": "c"}], "d", [("value-not-allowed", "d", "`d` is not allowed here")]),
        ([{"anyOf": [KIND_A, KIND_B]}, {"type": "string"}], "{kind: b}", [("missing-field", "v", "lacks the key `m`")]),
        ([{"type": "array", "items": {"anyOf": [{"type": "integer"}, {"const": "x"}]}}, {"const": "all"}], "[1, y]", [("value-not-allowed", "y", "`y` is not allowed here")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
def test_the_alternative_that_was_meant_is_told(keyword: str, alternatives: Any, value: str, told: Any) -> None:
    schema = {"properties": {"v": {keyword: alternatives}}}
    whole = {"$defs": {"b": KIND_B}, "properties": {"frontmatter": schema}}
    loaded = library.load([Text("s.json", json.dumps(whole))])
    doc = parse(Text("a.md", f"---\nv: {value}\n---\n"))
    found = Schema("x", "s.json", loaded).judge(doc).findings

    assert loaded.errors == ()
    assert [(rule, doc.text[it.span]) for rule, it in found] == [(rule, marked) for rule, marked, _ in told]
    assert [it.message for (_, it), (*_, words) in zip(found, told, strict=True) if words not in it.message] == []


def test_allowed_values_of_all_alternatives_are_told_the_nearest_first() -> None:
    alternatives = [{"properties": {"kind": {"const": f"kind-{i}"}, "n": {"type": "null"}}} for i in range(20)]
    [(_, finding)] = judge("v: {kind: kin-17, n: x}", {"properties": {"v": {"oneOf": alternatives}}}).findings

    assert finding.message == "`kin-17` is not allowed here; did you mean `kind-17`?"
    assert finding.help.startswith("`kind-17`, `kind-0`, `kind-1`, ")
    assert finding.help.endswith("or one of 8 more was expected")
    assert [it.message for it in finding.notes] == ["`oneOf` asks for it"]


def test_other_alternatives_that_may_have_been_meant_are_notes() -> None:
    schema = {"properties": {"v": {"anyOf": [{"percentage": {}}, {"const": "None"}, {"type": "array"}]}}}
    [(_, finding)] = judge("v: twelve", schema).findings

    assert [it.message for it in finding.notes] == [
        "`percentage` asks for it",
        "another alternative: `twelve` is not allowed here (`None` was expected)",
    ]
