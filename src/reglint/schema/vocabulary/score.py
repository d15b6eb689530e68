import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from reglint.lazy import regex
from reglint.schema.keyword import Description, Fault, Violation, also_describes, also_faults, keyword
from reglint.schema.wording import shown
from reglint.spelling import listed, suggestion
from reglint.syntax.tree import Json

_SCORE = regex(r"(?P<number>-?\d+(?:\.\d+)?)\s*/\s*(?P<of>\d+(?:\.\d+)?)(?:\s*\((?P<label>[^()]*)\))?")
_META = {
    "type": "object",
    "required": ["of"],
    "properties": {
        "of": {"type": "number", "exclusiveMinimum": 0},
        "bands": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {
                "type": "array",
                "items": {"type": "number"},
                "minItems": 2,
                "maxItems": 2,
            },
        },
    },
    "additionalProperties": False,
}


@keyword("score", group="scores", meta=_META, since="0.1")
def score(_: Any, scale: Mapping[str, Json], value: Json, __: Mapping[str, Json]) -> Iterator[Violation]:
    """The text is a score on a scale, such as `25/100`, with the label of its band where the scale has bands.

    A plain number is held against the scale too. `bands` gives the first and the last score of each label.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {
      "risk": {"score": {"of": 100, "bands": {"Low Risk": [0, 33], "Medium Risk": [34, 66], "High Risk": [67, 100]}}}
    }}}}
    ```

    ## malformed-score

    The text is not written as a score of its scale.

    ```md bad
    ---
    type: page
    risk: «25 of 100»
    ---
    ```

    ```md good
    ---
    type: page
    risk: 25/100 (Low Risk)
    ---
    ```

    ## score-out-of-range

    The score is below zero, or above what its scale ends with.

    ```md bad
    ---
    type: page
    risk: «125/100 (High Risk)»
    ---
    ```

    ```md good
    ---
    type: page
    risk: 100/100 (High Risk)
    ---
    ```

    ## score-band-mismatch

    The label says another band than the number does.

    ```md bad
    ---
    type: page
    risk: «82/100 (Low Risk)»
    ---
    ```

    ```md good
    ---
    type: page
    risk: 82/100 (High Risk)
    ---
    ```
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield from _range(float(value), scale)
    elif isinstance(value, str):
        yield from _text(value.strip(), scale)


def _text(value: str, scale: Mapping[str, Json]) -> Iterator[Violation]:
    found = _SCORE.fullmatch(value)
    bands = scale.get("bands", {})
    example = f"`25/{scale['of']} ({next(iter(bands))})`" if bands else f"`25/{scale['of']}`"
    if not found or float(found["of"]) != scale["of"]:
        yield Violation(
            "malformed-score", f"{shown(value)} is not a score out of {scale['of']}", f"write it like {example}"
        )
        return
    number = float(found["number"])
    outside = list(_range(number, scale))
    yield from outside or _label(number, found, bands)


def _range(number: float, scale: Mapping[str, Json]) -> Iterator[Violation]:
    if not 0 <= number <= scale["of"]:
        message = f"the score {number:.12g} is outside its scale, which goes from 0 to {scale['of']}"
        yield Violation("score-out-of-range", message)


def _label(number: float, found: re.Match[str], bands: Mapping[str, Json]) -> Iterator[Violation]:
    label = (found["label"] or "").strip()
    due = _band(number, bands)
    if due is None or label == due:
        return
    low, high = bands[due]
    if not label:
        yield Violation("malformed-score", f"{shown(found[0])} lacks its label `{due}`", f"write `{found[0]} ({due})`")
    elif label in bands:
        message = f"`{label}` is not the band of {number:g}: {low:g} to {high:g} is `{due}`"
        yield Violation("score-band-mismatch", message, "one of the two is wrong: the number, or its label")
    else:
        message = f"{shown(label)} is not a label of this scale{suggestion(label, bands)}"
        yield Violation("malformed-score", message, f"its labels are {listed(bands)}")


def _band(number: float, bands: Mapping[str, Json]) -> str | None:
    """Return the label whose band begins last at or below *number*; 33.5 belongs to 0-33 where the next is 34-66."""
    reached = [(low, label) for label, (low, _) in bands.items() if low <= number]
    return max(reached)[1] if reached else None


@also_faults("score")
def uncovered(scale: Mapping[str, Json]) -> Iterator[Fault]:
    """Bands cover the scale from 0 to its end, without overlap and without room for a whole number between two."""
    bands = sorted(scale.get("bands", {}).items(), key=lambda it: it[1])
    for label, (low, high) in bands:
        if low > high:
            yield ("bands", label), f"the band `{label}` ends before it begins"
    for (one, (_, high)), (other, (low, _)) in pairwise(bands):
        if low <= high:
            yield ("bands", other), f"the bands `{one}` and `{other}` overlap"
        elif low - high > 1:
            yield ("bands", other), f"the bands leave a gap between {high:g} and {low:g}"
    if bands and bands[0][1][0] > 0:
        yield ("bands", bands[0][0]), f"the bands leave a gap between 0 and {bands[0][1][0]:g}"
    if bands and bands[-1][1][1] < scale["of"]:
        yield ("bands", bands[-1][0]), f"the bands leave a gap between {bands[-1][1][1]:g} and {scale['of']:g}"


@also_describes("score")
def in_words(scale: Mapping[str, Json]) -> Description:
    """Say what the scale is, and which scores each label stands for."""
    number = int(scale["of"] / 4)
    label = _band(number, scale.get("bands", {}))
    example = f"{number}/{scale['of']:.12g}" + (f" ({label})" if label else "")
    bands = ", ".join(f"{name} {low:g} to {high:g}" for name, (low, high) in scale.get("bands", {}).items())
    words = f"a score out of {scale['of']:.12g}, as in `{example}`"
    return Description(f"{words}: {bands}" if bands else words, example, is_kind=True)
