from collections.abc import Iterator, Mapping
from typing import Any

from reglint.lazy import regex
from reglint.schema.keyword import Description, Fault, Violation, also_describes, also_faults, keyword
from reglint.schema.wording import shown
from reglint.syntax.tree import Json

_PERCENTAGE = regex(r"(?P<number>[-+−]?\d+(?:[.,]\d+)?)\s?%")  # noqa: RUF001 - a minus sign is one too
_USUAL = 12
_META = {
    "type": "object",
    "properties": {
        "minimum": {"type": "number"},
        "maximum": {"type": "number"},
        "at": {"enum": ["whole", "leading"]},
    },
    "additionalProperties": False,
}


@keyword("percentage", group="scores", meta=_META, since="0.1")
def percentage(_: Any, bounds: Mapping[str, Json], value: Json, __: Mapping[str, Json]) -> Iterator[Violation]:
    """The text is a percentage such as `12%`, or with `"at": "leading"` begins with one.

    A plain number counts as so many per cent. Without `minimum` and `maximum` the bounds are 0 and 100.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {
      "share": {"percentage": {"minimum": 0, "maximum": 100}},
      "rate": {"percentage": {"at": "leading"}}
    }}}}
    ```

    ## malformed-percentage

    The text is no percentage where one was expected.

    ```md bad
    ---
    type: page
    share: «twelve»
    rate: «"No"»
    ---
    ```

    ```md good
    ---
    type: page
    share: 12.5 %
    rate: 10% individual income tax
    ---
    ```

    ## percentage-out-of-range

    The percentage is beyond its bounds.

    ```md bad
    ---
    type: page
    share: «104.5%»
    rate: «-3% of the gain»
    ---
    ```

    ```md good
    ---
    type: page
    share: 100%
    rate: 0%
    ---
    ```
    """
    number = _number(value, bounds)
    if number is None:
        where = "begin with a percentage" if bounds.get("at") == "leading" else "be a percentage"
        yield Violation("malformed-percentage", f"{shown(value)} should {where}, such as `12%`")
    elif isinstance(number, float):
        low, high = bounds.get("minimum", 0), bounds.get("maximum", 100)
        if not low <= number <= high:
            message = f"{number:.12g}% is out of range: between {low:g}% and {high:g}% was expected"
            yield Violation("percentage-out-of-range", message)


def _number(value: Json, bounds: Mapping[str, Json]) -> float | str | None:
    """Return the percentage; None for text that is none; the value's own type name where `type` has to speak."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return type(value).__name__
    if not isinstance(value, str):
        return float(value)
    text = value.strip()
    found = _PERCENTAGE.match(text) if bounds.get("at") == "leading" else _PERCENTAGE.fullmatch(text)
    return float(found["number"].replace(",", ".").replace("−", "-")) if found else None  # noqa: RUF001 - as above


@also_faults("percentage")
def reversed_bounds(bounds: Mapping[str, Json]) -> Iterator[Fault]:
    """No number is at least 9 and at most 1."""
    if {"minimum", "maximum"} <= bounds.keys() and bounds["minimum"] > bounds["maximum"]:
        yield ("minimum",), "`minimum` is more than `maximum`"


@also_describes("percentage")
def in_words(bounds: Mapping[str, Json]) -> Description:
    """Say the bounds, and where in the text the percentage stands."""
    low, high = bounds.get("minimum", 0), bounds.get("maximum", 100)
    example = f"{min(max(_USUAL, low), high):g}%"
    before = "text that begins with " if bounds.get("at") == "leading" else ""
    return Description(f"{before}a percentage from {low:g} to {high:g}, as in `{example}`", example, is_kind=True)
