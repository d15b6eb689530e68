import math
from collections.abc import Iterator, Mapping
from typing import Any

from reglint.columns import shared
from reglint.facts import TypedLink
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
from reglint.spelling import listed
from reglint.syntax import wikilink as syntax
from reglint.syntax.tree import Json

_TYPES = {"type": "array", "items": {"type": "string"}, "minItems": 1}
_COUNT = {"type": "integer", "minimum": 0}
_META = {
    "anyOf": [
        {"const": True},
        {
            "type": "object",
            "properties": {"type": _TYPES, "min": _COUNT, "max": _COUNT},
            "additionalProperties": False,
        },
    ]
}


@keyword("wikilink", group="links", meta=_META, since="0.1")
def wikilink(_: Any, wanted: Json, value: Json, __: Mapping[str, Json]) -> Iterator[Violation]:
    """The text, or each text of the list together, holds wikilinks: at least `min` (1), at most `max` of them.

    `type` names the document types that they may lead to; that is judged against the corpus (`wrong-link-type`).

    ```json schema page
    {"properties": {"frontmatter": {"properties": {
      "region": {"wikilink": {"type": ["domain"], "min": 1, "max": 1}}
    }}}}
    ```

    ## missing-wikilink

    A value that has to link to another document holds too few wikilinks.

    ```md bad
    ---
    type: page
    region: «central asia»
    ---
    ```

    ```md good
    ---
    type: page
    region: "[[domain--central-asia|central asia]]"
    ---
    ```

    ## surplus-wikilink

    A value holds more wikilinks than it may.

    ```md bad
    ---
    type: page
    region: «"[[domain--central-asia]] or [[domain--europe]]"»
    ---
    ```

    ```md good
    ---
    type: page
    region: "[[domain--central-asia]]"
    ---
    ```
    """
    texts = _texts(value)
    if texts is None:
        return
    bounds = wanted if isinstance(wanted, dict) else {}
    least, most = bounds.get("min", 1), bounds.get("max")
    count = sum(map(syntax.count, texts))
    if count < least:
        some = "a wikilink was" if least == 1 else f"at least {least} wikilinks were"
        yield Violation("missing-wikilink", f"{some} expected here", "write it as `[[name of the document]]`")
    elif most is not None and count > most:
        yield Violation("surplus-wikilink", f"{count} wikilinks stand here, where at most {most} may")


def _texts(value: Json) -> list[str] | None:
    """Return the texts to look in; None where a value is none, which `type` and `unquoted-wikilink` speak of."""
    if isinstance(value, str | bool | int | float):
        return [str(value)]
    return value if isinstance(value, list) and all(isinstance(it, str) for it in value) else None


@also_faults("wikilink")
def reversed_bounds(wanted: Json) -> Iterator[Fault]:
    """No number of links is at least 2 and at most 1."""
    if isinstance(wanted, dict) and wanted.get("min", 0) > wanted.get("max", math.inf):
        yield ("min",), "`min` is more than `max`"


@also_relates("wikilink")
def typed(site: Site, wanted: Json) -> Iterator[TypedLink]:
    """Claim the types of the targets."""
    if isinstance(wanted, dict) and "type" in wanted:
        yield TypedLink(site.span, site.path, shared(tuple(wanted["type"])), site.grounds)


@also_describes("wikilink")
def in_words(wanted: Json) -> Description:
    """Say how many links, and where they lead."""
    bounds = wanted if isinstance(wanted, dict) else {}
    least, most = bounds.get("min", 1), bounds.get("max")
    to = f" to a document of the type {listed(bounds['type'])}" if "type" in bounds else ""
    if (least, most) == (0, None):
        return Description(f"wikilinks lead{to}" if to else "may hold wikilinks")
    example = ", ".join(["[[name of the document]]"] * least) or None
    return Description(f"{_counted(least, most)}{to}", example, is_kind=least > 0)


def _counted(least: int, most: int | None) -> str:
    if least == most:
        return "one wikilink" if least == 1 else f"{least} wikilinks"
    return f"{least} or more wikilinks" if most is None else f"{least} to {most} wikilinks"
