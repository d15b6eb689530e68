"""YAML 1.2 meaning, places by code point, budgets, and never an exception."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglint.syntax import events, yaml
from strategies import lines


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("NO", "NO"), ("yes", "yes"), ("on", "on"), ("true", True), ("False", False), ("~", None), ("null", None), ("", None),
        ("2026-06-01", "2026-06-01"), ("2026-02-30", "2026-02-30"), ("12:30:45", "12:30:45"), ("1_000", "1_000"),
        ("017", 17), ("0o17", 15), ("0x1F", 31), ("0b11", "0b11"), ("0b", "0b"), ("0x", "0x"), ("1e3", 1000.0), ("1.10", 1.1), (".5", 0.5), ("-0", 0),
        (".nan", ".nan"), (".inf", ".inf"), ("-.INF", "-.INF"), ("1e999", "1e999"), ("9" * 5000, "9" * 5000), ("+", "+"), (".", "."), ("1.", 1.0),
        ('"85"', "85"), ("'it''s'", "it's"), ("[a\nb]", ["a b"]), ("[a\tb]", ["a\tb"]), ("!!int foo", "foo"), ("!!str 1", "1"), ("!x y", "y"), ("!!python/object:os.system x", "x"),
        ('"\\ud83d\\ude00"', "😀"), ('"\\u00e9"', "é"), ("a\tb", "a\tb"), ('"a:\tb"', "a:\tb"), ("x # y", "x"), ("[[x]]", [["x"]]), ("[a, {b: 1}]", ["a", {"b": 1}]),
        ("|\n  a\n  b\n", "a\nb\n"), (">-\n  a\n  b\n", "a b"), ('"a\u2028b"', "a\u2028b"),
    ],
)  # fmt: skip
def test_values(source: str, value: Any) -> None:
    """The core schema of YAML 1.2, and only what JSON can hold."""
    tree = yaml.read(f"k: {source}")

    assert tree == yaml.read(f"k: {source}", quick=False)
    assert tree.errors == ()
    assert tree.value == {"k": value}
    assert type(tree.value["k"]) is type(value)


@pytest.mark.parametrize(
    ("source", "path", "text"),
    [
        ("a: b", ("a",), "b"),
        ("a: 'b c' # d", ("a",), "'b c'"),
        ("a:\n- 😀x\n- y\n", ("a", 1), "y"),
        ("a:\n  - b: 1\n    c: 2\n\nd: 3", ("a", 0), "b: 1\n    c: 2"),
        ("a: |\n  one\n  two\n\n\nb: 1", ("a",), "|\n  one\n  two"),
        ("a:\nb: 1", ("a",), ""),
        ("a: {b: [1, 2]}", ("a", "b"), "[1, 2]"),
        ('a: "x\u2028y"\nb: z', ("b",), "z"),
        ("a: &n v\nb: *n", ("b",), "*n"),
        ("a:\t b\t\nc: d", ("c",), "d"),
    ],
)
def test_places(source: str, path: tuple[str | int, ...], text: str) -> None:
    tree = yaml.read(source)
    span = tree.at(*path)

    assert yaml.read(source, quick=False).at(*path) == span
    assert tree.errors == ()
    assert source[span.start : span.end] == text


@pytest.mark.parametrize("quick", [True, False])
def test_a_missing_value_stands_where_its_nearest_ancestor_does(quick: bool) -> None:
    tree = yaml.read("a:\n- b: c\n- d\n", quick=quick)

    assert tree.at("a", 0, "x", 1) == tree.at("a", 0) == (5, 9)
    assert tree.at("a", 1, "x") == tree.at("a", 1) == (12, 13)
    assert tree.at("a", -1) == tree.at("a", 2) == tree.at("a", "b") == tree.at("a") == (3, 13)
    assert tree.key("a", 0, "b") == (5, 6)
    assert tree.key("a", 0) == tree.at("a", 0)
    assert tree.at("x") == tree.at() == (0, 14)


@pytest.mark.parametrize("quick", [True, False])
def test_scalars_without_quotes_are_noted(quick: bool) -> None:
    tree = yaml.read("on: a\nb: NO\nc: [1, '2', d, 2026-01-01]\ne:\n'3': 4 # 5\nf: no way\n", quick=quick)

    assert [it.span for it in tree.plain if it.is_key] == [(0, 2), (6, 7), (12, 13), (39, 40), (53, 54)]
    assert [it.path for it in tree.plain if not it.is_key] == [
        ("on",),
        ("b",),
        ("c", 0),
        ("c", 2),
        ("c", 3),
        ("e",),
        ("3",),
        ("f",),
    ]


def test_an_empty_value_stands_behind_its_colon() -> None:
    assert yaml.read("a:\n\n\nb: 1").at("a") == (2, 2)


@pytest.mark.parametrize(
    ("source", "at", "words"),
    [
        ("a: \x07", 3, "U+0007"),
        ("a: [", 4, "expected the node content"),
        ("a: b: c", 4, "mapping values are not allowed"),
        ("a: *x", 3, "no anchor"),
        ("&a [*a]", 4, "no anchor"),
        ("? [1]\n: 2", 2, "a key is a list"),
        ("a: 1\n---\nb: 2", 5, "second YAML document"),
        ('a: "\\ud83d"', 3, "surrogate"),
        ("\t- x", 0, "cannot start any token"),
        ("[" * 100, 64, "nested"),
        ("[" * 30_000, 0, "brackets"),
        ("a: " + "x" * (1 << 20), 0, "longer"),
        ("- x\n" * 20_000, 4 * 9_999 + 2, "more values"),
    ],
)
def test_errors(source: str, at: int, words: str) -> None:
    tree = yaml.read(source)

    assert tree.value is None
    assert words in tree.errors[0].message
    assert tree.errors[0].span.start == at


def test_an_alias_bomb_is_refused_within_the_budget() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{after}: &{after} [{', '.join(['*' + before] * 10)}]\n"
        for before, after in zip("abcdefg", "bcdefgh", strict=True)
    )
    tree = yaml.read(bomb)

    assert "more values" in tree.errors[0].message
    assert len(tree.places) <= events.MAX_NODES


def test_the_first_of_two_equal_keys_wins_and_the_second_is_noted() -> None:
    tree = yaml.read("a: 1\nb: 2\na: {c: 3}\n1: x\n'1': y")

    assert tree.value == {"a": 1, "b": 2, "1": "x"}
    assert [(it.name, it.span.start, it.first.start) for it in tree.duplicates] == [("a", 10, 0), ("1", 25, 20)]
    assert ("a", "c") not in tree.places


@given(st.lists(lines, max_size=10).map("\n".join))
@settings(max_examples=400, deadline=None)
def test_never_raises(source: str) -> None:
    tree = yaml.read(source)

    assert all(0 <= it.value.start <= it.value.end <= len(source) for it in tree.places.values())
    assert not tree.errors or tree.value is None
