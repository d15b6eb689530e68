"""What texts have in common: a format, an obvious shape such as a slug, or words around the one part that varies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import product
from string import ascii_uppercase

from reglint.inference.columns import Column
from reglint.inference.probe import holds
from reglint.inference.support import FEW, SOME
from reglint.lazy import regex
from reglint.schema.formats import FORMATS
from reglint.syntax.tree import Json

_FORMATS = ("date", "date-time", "time", "year-month", "url", "email", "uuid")
_CODES = {2: ("iso-3166-1-alpha-2",), 3: ("iso-4217", "iso-3166-1-alpha-3")}
_YEARS = range(1000, 2101)
_LUCK = 0.001  # how likely letters at random may be to fit

_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
NAMES = (
    "^[a-z0-9]+(-[a-z0-9]+)*$",
    "^[a-z0-9]+(_[a-z0-9]+)*$",
    "^[A-Z0-9]+([-_][A-Z0-9]+)*$",
    "^(/[a-z0-9._~-]+)+/?$",
)
"""The shapes of names that tell documents apart: slugs, codes, paths on a site."""
_SHAPES = ("^[0-9]+$", r"^v?[0-9]+(\.[0-9]+)+$", *NAMES, r"^\[.+\]\(https?://\S+\)$")
_HOLES = (_DATE, "[0-9]+", "[a-z0-9]+(-[a-z0-9]+)*", ".+", r"[\s\S]+")
_VARYING = regex(rf"(?P<date>{_DATE})|[0-9]+")
_SPECIAL = regex(r"[\\.^$|?*+()\[\]{}]")
_LEAST_LETTERS = 4
_LONGEST = 120


def literal(text: str) -> str:
    """Return the regular expression for *text* itself."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def format_of(column: Column) -> dict[str, Json] | None:
    """Return the `format` that all texts have; one that letters could have by chance needs more of them."""
    if column.support < FEW:
        return None
    for name in _FORMATS:
        if all(map(FORMATS[name].accepts, column.texts)):
            return {"format": name}
    if column.support >= SOME and all(FORMATS["year"].accepts(it) and int(it) in _YEARS for it in column.texts):
        return {"format": "year"}
    code = code_of(column.texts)
    return {"format": code} if code else None


def code_of(texts: Sequence[str]) -> str | None:
    """Return the format of published codes that all *texts* are in, when that is no accident."""
    lengths = {len(it) for it in texts}
    names = _CODES.get(lengths.pop(), ()) if len(lengths) == 1 else ()
    for name in names:
        if all(map(FORMATS[name].accepts, texts)) and _chance(name, len(texts[0])) ** len(set(texts)) < _LUCK:
            return name
    return None


@cache
def _chance(name: str, length: int) -> float:
    """How likely letters at random are to be a code."""
    words = ["".join(it) for it in product(ascii_uppercase, repeat=length)]
    return sum(map(FORMATS[name].accepts, words)) / len(words)


def pattern_of(column: Column) -> dict[str, Json] | None:
    """Return a `pattern` for a shape that all texts have, or for the words around what varies in them."""
    if column.support < SOME:
        return None
    varied = len(column.texts) >= SOME
    candidates = [*(_SHAPES if varied else ()), _masked(column.texts), *(_surrounded(column.texts) if varied else ())]
    found = ({"pattern": it} for it in candidates if it and len(it) <= _LONGEST)
    return next((it for it in found if holds(it, column.texts)), None)


def _masked(texts: Sequence[str]) -> str | None:
    """Return the pattern of texts that differ in their numbers and dates only."""
    forms = {_VARYING.sub(lambda it: "\0" if it["date"] else "\1", text) for text in texts}
    form = forms.pop() if len(forms) == 1 else ""
    if not {"\0", "\1"} & set(form):
        return None
    return f"^{literal(form)}$".replace("\0", _DATE).replace("\1", "[0-9]+")


def _surrounded(texts: Sequence[str]) -> list[str]:
    """Return patterns of texts that begin and end with the same words, from the narrowest to the widest."""
    before = re.sub(r"[^\W_]+$", "", _common(texts))
    after = re.sub(r"^[^\W_]+", "", _common([it[: len(before) - 1 : -1] if before else it[::-1] for it in texts])[::-1])
    letters = sum(it.isalnum() for it in before + after)
    if letters < _LEAST_LETTERS or min(map(len, texts)) <= len(before) + len(after):
        return []
    return [f"^{literal(before)}{hole}{literal(after)}$" for hole in _HOLES]


def _common(texts: Sequence[str]) -> str:
    """Return what all texts begin with."""
    first, last = min(texts), max(texts)
    same = 0
    while same < len(first) and first[same] == last[same]:
        same += 1
    return first[:same]
