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
        ("^.{1,2000}$", "é" * 2000, True),
        ("^.{1,2000}$", "a" * 2001, False),
        ("^a{2000,}$", "a" * 1999, False),
        ("^a{2000,}$", "a" * 2000, True),
        (r"^[\p{L}\p{N} ]{1,500}$", "é 1", True),
        (r"^\s+$", "\ufeff\u2028\v\u3000\xa0 ", True),
        (r"^\S$", "\u3000", False),
        (r"^[x\s]$", "\u3000", True),
        (r"^[^\s]$", "\u3000", False),
        (r"^[\S]+$", "é😀", True),
        (r"^[\S]$", "\u3000", False),
        ("^[^]$", "\n", True),
        ("[]", "a", False),
        ("^.$", "\u2028", False),
        ("^.$", "\r", False),
        (r"^\cJ[\cI]$", "\n\t", True),
        ("^[[:]$", ":", True),
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
        ("(a{1000}){1000}", "repeats more than 1,000 times, which cannot be matched in bounded memory"),
        ("(ab){1,2000}", "repeats more than 1,000 times"),
        (r"[\p{L}]{1,100000}", "is too large, so that it cannot be matched in bounded memory"),
        ("a{5,2}", "at least 5 and at most 2 times"),
        (r"\Aa", r"`\A` is no part of ECMA-262"),
        (r"a\z", r"`\z` is no part of ECMA-262"),
        (r"\C", r"`\C` is no part of ECMA-262"),
        (r"\Qa\E", r"`\Q` is no part of ECMA-262"),
        (r"\pL", r"`\p` is no part of ECMA-262"),
        ("(?s)a", "`(?s` is no part of ECMA-262"),
        ("(?P<n>a)", "`(?P` is no part of ECMA-262"),
        ("[[:alpha:]]", "`[[:alpha:]` is no part of ECMA-262"),
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
