import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reglint.lazy import regex
from reglint.schema.keyword import Description, Fault, Violation, also_describes, also_faults, keyword
from reglint.schema.wording import shown
from reglint.spelling import listed
from reglint.syntax.tree import Json

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_QUANTITY = regex(
    rf"(?P<before>[^\d\s+-]*)\s?(?P<low>-?{_NUMBER})(?:\s?[-–]\s?(?P<high>{_NUMBER}))?\s?(?P<after>\D*)"  # noqa: RUF001 - a range may be written with a dash
)
_USUAL = 3
_META = {
    "type": "object",
    "required": ["units"],
    "properties": {
        "units": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "minimum": {"type": "number"},
        "maximum": {"type": "number"},
    },
    "additionalProperties": False,
}


@keyword("quantity", group="scores", meta=_META, since="0.1")
def quantity(_: Any, wanted: Mapping[str, Json], value: Json, __: Mapping[str, Json]) -> Iterator[Violation]:
    """The text is a number, or a range of two, with a unit out of a list: `$0.042/kWh`, `3-6 months`.

    What stands before and behind the number makes the unit together, so `$0.042/kWh` has the unit `$/kWh`.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {
      "power": {"quantity": {"units": ["$/kWh"], "minimum": 0, "maximum": 10}},
      "duration": {"quantity": {"units": ["month", "months"]}}
    }}}}
    ```

    ## malformed-quantity

    The text is no number with a unit, or a range that runs backwards.

    ```md bad
    ---
    type: page
    power: «cheap»
    duration: «6-3 months»
    ---
    ```

    ```md good
    ---
    type: page
    power: $0.042/kWh
    duration: 3-6 months
    ---
    ```

    ## wrong-unit

    The number has no unit, or one that the schema does not list.

    ```md bad
    ---
    type: page
    power: «$0.042»
    duration: «90 days»
    ---
    ```

    ```md good
    ---
    type: page
    power: $0.042/kWh
    duration: 3 months
    ---
    ```

    ## quantity-out-of-range

    The number is beyond its bounds.

    ```md bad
    ---
    type: page
    power: «$42/kWh»
    ---
    ```

    ```md good
    ---
    type: page
    power: $0.042/kWh
    ---
    ```
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return
    found = _QUANTITY.fullmatch(str(value).strip())
    units = wanted["units"]
    if not found:
        yield Violation("malformed-quantity", f"{shown(value)} is no number with a unit", f"units: {listed(units)}")
        return
    low, high = (float(it.replace(",", "")) for it in (found["low"], found["high"] or found["low"]))
    unit = found["before"] + found["after"].strip()
    if low > high:
        yield Violation("malformed-quantity", f"the range {shown(value)} runs backwards: {low:g} is more than {high:g}")
    elif unit not in units:
        wrong = f"has the unit `{unit}`" if unit else "has no unit"
        yield Violation("wrong-unit", f"{shown(value)} {wrong}, where {listed(units)} was expected")
    else:
        yield from _bounded(low, high, wanted)


def _bounded(low: float, high: float, wanted: Mapping[str, Json]) -> Iterator[Violation]:
    minimum, maximum = wanted.get("minimum"), wanted.get("maximum")
    if minimum is not None and low < minimum:
        yield Violation("quantity-out-of-range", f"{low:g} is below {minimum:g}, the least that was expected")
    if maximum is not None and high > maximum:
        yield Violation("quantity-out-of-range", f"{high:g} is above {maximum:g}, the most that was expected")


@also_faults("quantity")
def reversed_bounds(bounds: Mapping[str, Json]) -> Iterator[Fault]:
    """No number is at least 9 and at most 1."""
    if {"minimum", "maximum"} <= bounds.keys() and bounds["minimum"] > bounds["maximum"]:
        yield ("minimum",), "`minimum` is more than `maximum`"


@also_describes("quantity")
def in_words(wanted: Mapping[str, Json]) -> Description:
    """Say the units and the bounds."""
    low, high = wanted.get("minimum"), wanted.get("maximum")
    bounds = [f"at {end} {it:g}" for end, it in (("least", low), ("most", high)) if it is not None]
    example = _written(_USUAL if _is_between(_USUAL, low, high) else _middle(low, high), _usual(wanted["units"]))
    words = f"a number, or a range of two, with the unit {listed(wanted['units'])}, as in `{example}`"
    return Description("; ".join([words, *bounds]), example, is_kind=True)


def _usual(units: Sequence[str]) -> str:
    """Return `months` out of `month` and `months`."""
    return next((it for it in units if it.endswith("s") and it.removesuffix("s") in units), units[0])


def _is_between(number: float, low: float | None, high: float | None) -> bool:
    return (low is None or low <= number) and (high is None or number <= high)


def _middle(low: float | None, high: float | None) -> float:
    known = [it for it in (low, high) if it is not None]
    return sum(known) / len(known)


def _written(number: float, unit: str) -> str:
    """Write a currency's sign before the number, all other units behind it."""
    is_money = unicodedata.category(unit[:1] or " ") == "Sc"
    return f"{unit[0]}{number:g}{unit[1:]}" if is_money else f"{number:g} {unit}".strip()
