from collections.abc import Iterator
from typing import Any

from reglint import dates
from reglint.lazy import regex
from reglint.pointer import POINTER, POINTER_IS, resolved, shown
from reglint.schema.keyword import (
    Description,
    Fault,
    Site,
    Violation,
    also_describes,
    also_faults,
    also_relates,
    keyword,
)
from reglint.syntax.tree import Json

_META = {
    "anyOf": [
        {"type": "string", "pattern": "[0-9]", "description": "a limit is a date, a year or a version"},
        {
            "type": "object",
            "required": ["$data"],
            "properties": {"$data": {"type": "string", "pattern": POINTER, "description": POINTER_IS}},
            "additionalProperties": False,
        },
    ]
}
_VERSION = regex(r"v?[0-9]{1,18}(?:\.[0-9]{1,18})*")
_NAMES = ("formatMinimum", "formatMaximum", "formatExclusiveMinimum", "formatExclusiveMaximum")


@keyword(*_NAMES, group="dates", meta=_META, since="0.1")
def format_limits(_: Any, limit: Json, value: Json, __: Json, *, name: str) -> Iterator[Violation]:
    """A date, year or version is not before `formatMinimum`, nor after `formatMaximum`.

    `formatExclusiveMinimum` and `formatExclusiveMaximum` refuse the limit itself too. The limit is a text, or another
    value of the document: `{"$data": "1/updated"}` is a relative JSON Pointer, one level up and there `updated`;
    `{"$data": "/frontmatter/updated"}` counts from the document's root.

    ```json schema law
    {"properties": {"frontmatter": {"properties": {
      "effective": {"format": "date", "formatMaximum": {"$data": "1/repealed"}},
      "adopted": {"format": "date", "formatMinimum": "2009-01-03"}
    }}}}
    ```

    ## date-in-wrong-order

    Two dates of the document contradict the order that the schema gives them.

    ```md bad
    ---
    type: law
    effective: «2026-06-01»
    repealed: 2024-01-01
    ---
    ```

    ```md good
    ---
    type: law
    effective: 2024-01-01
    repealed: 2026-06-01
    ---
    ```

    ## date-out-of-range

    A date is before or after the limit that the schema sets.

    ```md bad
    ---
    type: law
    adopted: «1999-01-01»
    ---
    ```

    ```md good
    ---
    type: law
    adopted: 2009-01-03
    ---
    ```
    """
    if isinstance(limit, str) and (wrong := _wrong(name, value, limit)):
        yield Violation("date-out-of-range", f"{value} is {wrong} {limit}, the limit here")


@also_relates(*_NAMES)
def with_data(site: Site, limit: Json, *, name: str) -> Iterator[Violation]:
    """Hold the value against another one of the document."""
    path = resolved(site.doc, site.path, limit["$data"]) if isinstance(limit, dict) else None
    other = site.doc.get(*path) if path else None
    if path and other is not None and (wrong := _wrong(name, site.value, other)):
        yield Violation(
            "date-in-wrong-order",
            f"{site.value} is {wrong} `{path[-1]}`, which is {other}",
            related=((path, "the other date"),),
        )


def no_limit(limit: Json) -> Iterator[Fault]:
    """A limit that is neither a date nor a version would check nothing."""
    if isinstance(limit, str) and dates.read(limit) is None and not _VERSION.fullmatch(limit):
        yield (), f"`{limit:.80}` is no limit, where a date, a year or a version was expected"


for _name in _NAMES:
    also_faults(_name)(no_limit)


def _wrong(name: str, value: Json, limit: Json) -> str | None:
    """Say how *value* misses *limit*; None when it keeps it, or when the two cannot be compared."""
    below, above, equal = _compared(value, limit)
    is_minimum = name.endswith("inimum")
    if (below and is_minimum) or (above and not is_minimum):
        return "before" if is_minimum else "after"
    return "not " + ("after" if is_minimum else "before") if equal and "Exclusive" in name else None


def _compared(value: Json, limit: Json) -> tuple[bool, bool, bool]:
    """Return whether *value* is certainly below, above, equal to *limit*."""
    one, two = dates.read(value), dates.read(limit)
    if one and two:
        return dates.is_before(one, two), dates.is_before(two, one), one == two
    versions = [
        [int(n) for n in it.lstrip("v").split(".")] for it in (str(value), str(limit)) if _VERSION.fullmatch(it)
    ]
    if len(versions) < 2:  # noqa: PLR2004 - both have to be versions
        return False, False, False
    return versions[0] < versions[1], versions[0] > versions[1], versions[0] == versions[1]


@also_describes(*_NAMES)
def in_words(limit: Json, *, name: str) -> Description:
    """Say the limit, which is an example too where it may be reached."""
    other = shown(limit["$data"]) if isinstance(limit, dict) else f"`{limit}`"
    before, after = ("before", "after") if "Exclusive" in name else ("not after", "not before")
    words = f"{after if name.endswith('inimum') else before} {other}"
    return Description(words, None if isinstance(limit, dict) or "Exclusive" in name else limit)
