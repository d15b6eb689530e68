"""tomllib says what TOML means; the scan has a place for all of it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglint.syntax import toml

SAMPLE = (Path(__file__).parent / "data/sample.toml").read_text(encoding="utf-8")


def paths(value: Any, at: tuple[Any, ...] = ()) -> set[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {at}.union(*(paths(it, (*at, key)) for key, it in items))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_value_has_a_place(newline: str) -> None:
    source = SAMPLE.replace("\n", newline)
    tree = toml.read(source)

    assert tree.errors == ()
    assert paths(tree.value) <= tree.places.keys()
    for path, text in {
        ("title",): '"é"',
        ("quoted key", "lit.eral"): "1",
        ("list", 2, 0): "3",
        ("list", 3, "b", "c"): "true",
        ("day",): "2026-06-01",
        ("raw",): "'''it's'''",
        ("table", "inner", "x"): "-1.5e3",
        ("array", 1, "sub", "m"): "3",
    }.items():
        assert source[slice(*tree.at(*path))] == text


def test_dates_and_infinities_stay_text() -> None:
    value = toml.read(SAMPLE).value

    assert (value["day"], value["odd"]) == ("2026-06-01", "inf")


def test_keys_of_headers_are_marked_one_by_one() -> None:
    assert [SAMPLE[slice(*toml.read(SAMPLE).key(*it))] for it in (("table",), ("table", "inner"))] == ["table", "inner"]


@pytest.mark.parametrize(
    ("source", "at"), [("a = ", 4), ("a = 1\nb = = 2", 10), ("a = 1\na = 2", 11), ("[a\nb = 1", 2)]
)
def test_errors_have_a_place(source: str, at: int) -> None:
    [error] = toml.read(source).errors

    assert error.message.startswith("invalid TOML: ")
    assert error.span.start == at


_PIECES = ["a = 1", "b.c = 'x'", "[t]", "[[u]]", "u2 = [1, [2], {k = 3}]", 'd = "]#"', "e = 1979-05-27T07:32:00Z", "# c", "", '"q r" = """\nx"""', "[t.v]", "{", "]"]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=6)), max_size=8).map("\n".join))
@settings(max_examples=400, deadline=None)
def test_the_scan_agrees_with_tomllib(source: str) -> None:
    tree = toml.read(source)

    try:
        value = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        assert tree.errors
    else:
        assert paths(value) <= tree.places.keys()
