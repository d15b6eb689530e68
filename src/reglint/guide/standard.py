"""What the keywords of JSON Schema itself ask of a value, in words for whoever writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from reglint.lazy import regex
from reglint.schema.formats import FORMATS
from reglint.schema.keyword import Description
from reglint.schema.shape import Shape
from reglint.schema.wording import choices, shown
from reglint.spelling import counted, listed
from reglint.syntax.tree import Json

_QUOTED = regex(r"`([^`]+)`")
_EXAMPLES = {"email": "name@iso.org", "regex": "^[a-z]+$"}  # the other formats show one in their own words
_UNITS = {"Length": "character", "Items": "item", "Properties": "member"}


def described(shape: Shape) -> Iterator[Description]:
    """Yield what the schemas that always hold at *shape* ask, but for types, lists of values, members and branches."""
    for keyword, words in _WORDS.items():
        yield from (words(it) for it in shape.all_said(keyword))
    for unit, noun in _UNITS.items():
        yield from map(Description, _counts(shape.all_said(f"min{unit}"), shape.all_said(f"max{unit}"), noun))
    if True in shape.all_said("uniqueItems"):
        yield Description("each only once")
    if True in shape.all_said("deprecated"):
        yield Description("deprecated")


def _counts(least: list[int], most: list[int], noun: str) -> Iterator[str]:
    low, high = max(least, default=0), min(most, default=None)
    if low == high:
        yield f"exactly {counted(low, noun)}"
    elif low == 1 and noun == "character":
        yield "not empty"
    elif low:
        yield f"at least {counted(low, noun)}"
    if high is not None and high != low:
        yield f"at most {counted(high, noun)}"


def _format(name: str) -> Description:
    if name not in FORMATS:
        return Description(f"in the format `{name}`")
    expected = FORMATS[name].expected
    quoted = _QUOTED.search(expected)
    return Description(expected, quoted[1] if quoted else _EXAMPLES.get(name), is_kind=True)


def _ruled_out(schema: Json) -> Description:
    """Say the simple things that `not` is used for."""
    value = schema if isinstance(schema, dict) else {}
    if "pattern" in value:
        return Description(f"that does not match `{value['pattern']}`")
    if "required" in value:
        names = " and ".join(f"`{it}`" for it in value["required"])
        return Description(f"without {names}" if len(value["required"]) == 1 else f"{names} may not stand together")
    allowed = value.get("enum", [value["const"]] if "const" in value else [])
    return Description(f"not {choices(allowed).words}" if allowed else str(value.get("description", "")))


def _names(schema: Json) -> Description:
    value = schema if isinstance(schema, dict) else {}
    allowed = f" {listed(value['enum'])}" if "enum" in value else ""
    return Description(f"each name is one that matches `{value['pattern']}`" if "pattern" in value else allowed.strip())


def _worded(words: str) -> Callable[[Json], Description]:
    return lambda value: Description(words.format(shown(value)[1:-1]))


_WORDS: Mapping[str, Callable[[Json], Description]] = {
    "format": _format,
    "pattern": lambda it: Description(f"that matches `{it}`"),
    "minimum": _worded("at least {}"),
    "exclusiveMinimum": _worded("more than {}"),
    "maximum": _worded("at most {}"),
    "exclusiveMaximum": _worded("less than {}"),
    "multipleOf": _worded("a multiple of {}"),
    "not": _ruled_out,
    "propertyNames": _names,
    "default": _worded("by default `{}`"),
}
