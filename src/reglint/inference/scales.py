"""Numbers in texts: scores with their bands, percentages, quantities with their units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from math import floor

from reglint.inference.columns import Column
from reglint.inference.probe import holds
from reglint.inference.support import SOME
from reglint.lazy import regex
from reglint.syntax.tree import Json

_SCORE = regex(r"\s*(?P<number>-?[\d.]+)\s*/\s*(?P<of>[\d.]+)(?:\s*\((?P<label>[^()]*)\))?\s*")
_NUMBERS = regex(r"-?\d[\d,.]*(?:\s?[-–]\s?\d[\d,.]*)?")  # noqa: RUF001 - a range may be written with a dash
_CURRENCY = regex(r"[$€£¥₸₽₹]|[A-Z]{3}")
_MOST_UNITS = 4
_LONGEST_UNIT = 12


def score(column: Column) -> dict[str, Json] | None:
    """Return `score` where all texts are scores of one scale, with bands where their labels tell them."""
    found = [_SCORE.fullmatch(it) for it in column.texts]
    scales = {it["of"] if it else "" for it in found}
    if len(scales) != 1 or not (of := _number(scales.pop())):
        return None
    scale: dict[str, Json] = {"of": of}
    labelled = [(_number(it["number"]) or 0, (it["label"] or "").strip()) for it in found if it]
    if column.support >= SOME and (bands := _bands(labelled, of)):
        banded = {"score": {**scale, "bands": bands}}
        if holds(banded, column.texts):
            return banded
    return {"score": scale} if holds({"score": scale}, column.texts) else None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() else number


def _bands(labelled: list[tuple[float, str]], of: float) -> Mapping[str, Json] | None:
    """Return the range of each label, from 0 to the end of the scale; None where their scores mix."""
    seen: dict[str, list[float]] = defaultdict(list)
    for number, label in sorted(labelled):
        seen[label].append(number)
    gaps = [(lower[-1], upper[0]) for lower, upper in pairwise(seen.values())]
    if len(seen) < 2 or "" in seen or any(low >= high for low, high in gaps):  # noqa: PLR2004 - one label parts nothing
        return None
    ends = [_boundary(low, high, of * (i + 1) / len(seen)) for i, (low, high) in enumerate(gaps)]
    starts = [0, *(it + 1 for it in ends)]
    return {label: [start, end] for label, start, end in zip(seen, starts, [*ends, of], strict=True)}


def _boundary(low: float, high: float, equal: float) -> int:
    """Return where a band ends between two scores: where equal bands would, else at the last ten, else halfway."""
    first, last = floor(low) if low == floor(low) else floor(low) + 1, floor(high - 1) if high >= 1 else 0
    candidates = (floor(equal), floor(last / 10) * 10, (first + last) // 2)
    return next((it for it in candidates if first <= it <= last), first)


def percentage(column: Column) -> dict[str, Json] | None:
    """Return `percentage` where all texts are one from 0 to 100, or begin with one."""
    bounds: dict[str, Json] = {"minimum": 0, "maximum": 100}
    forms = ({"percentage": bounds}, {"percentage": {**bounds, "at": "leading"}})
    return next((it for it in forms if holds(it, column.texts)), None)


def quantity(column: Column) -> dict[str, Json] | None:
    """Return `quantity` where all texts are numbers with one of a few units that recur."""
    units: dict[str, set[str]] = defaultdict(set)
    for text, holders in column.holders.items():
        units[_unit(text)] |= holders
    named = {"quantity": {"units": list(units)}}
    is_known = len(units) <= _MOST_UNITS and all(_is_unit(unit, them) for unit, them in units.items())
    return named if is_known and column.support >= SOME and holds(named, column.texts) else None


def _unit(text: str) -> str:
    """Return what stands around the number; nothing where it is part of a name, such as `v2`."""
    before, *after = (it.strip() for it in _NUMBERS.split(text.strip(), maxsplit=1))
    return before + "".join(after) if not before or _CURRENCY.fullmatch(before) else ""


def _is_unit(unit: str, holders: set[str]) -> bool:
    """A unit is short, and more than one document uses it."""
    return 0 < len(unit) <= _LONGEST_UNIT and len(holders) > 1
