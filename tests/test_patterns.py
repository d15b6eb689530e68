"""Users' regular expressions: those of ECMA-262, in linear time."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checking import judge
from reglint import patterns


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("^a$", "a", True),
        ("^a$", "a\n", False),  # unlike Python's
        (r"^\d+$", "٣", False),
        (r"^\w+$", "é", False),
        (r"^\p{L}+$", "é日", True),
        (r"^\p{Letter}+$", "π", True),
        (r"^\P{Letter}+$", "π", False),
        (r"^\p{Script=Greek}$", "π", True),
        (r"^\p{gc=Lu}$", "Π", True),
        (r"^\u00e9$", "é", True),
        (r"^\u{1F600}$", "😀", True),
        (r"^\uD83D\uDE00$", "😀", True),
        (r"^\\u00e9$", "\\u00e9", True),
        (r"^\$ref\/x$", "$ref/x", True),
        ("b", "abc", True),
        ("^.$", "\ud800", True),  # a lone surrogate, which JSON can hold
    ],
)
def test_patterns_mean_what_they_do_in_json_schema(pattern: str, text: str, matches: bool) -> None:
    assert patterns.search(pattern, text) is matches


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(?=a)", "looks ahead or behind"),
        ("(?<!a)b", "looks ahead or behind"),
        (r"(a)\1", "refers back"),
        (r"(?<n>a)\k<n>", "refers back"),
        ("(", "is not a regular expression"),
        ("[b-a]", "is not a regular expression"),
        ("(a{1000}){1000}", "is not a regular expression"),
        ("\ud800", "is not a regular expression"),
    ],
)
def test_what_is_no_linear_pattern_says_why(pattern: str, words: str) -> None:
    assert words in str(patterns.fault(pattern))


@given(st.text(max_size=40))
def test_any_text_is_a_pattern_or_says_why_not(text: str) -> None:
    if patterns.fault(text) is None:
        patterns.search(text, text)


@pytest.mark.parametrize(
    "schema",
    [
        {"pattern": "^(a+)+$"},
        {"propertyNames": {"pattern": "^(a+)+$"}},
        {"patternProperties": {"^(a+)+$": {}}},
        {"patternProperties": {"^(a+)+$": {}}, "additionalProperties": False},
        {"allOf": [{"patternProperties": {"^(a+)+$": {}}}], "unevaluatedProperties": False},
        {"agrees": {"with": "/name", "as": {"page": "^(a+)+$"}}},
    ],
    ids=lambda it: next(iter(it)),
)
def test_no_keyword_takes_exponential_time(schema: dict[str, object]) -> None:
    """With Python's `re` each of these runs for longer than the universe is old."""
    evil = "a" * 80 + "!"
    value = evil if {"pattern", "agrees"} & schema.keys() else {evil: 1}

    judge(json.dumps({"key": value}), {"properties": {"key": schema}})
