from collections.abc import Iterator, Mapping

from reglint import patterns
from reglint.facts import spelled
from reglint.pointer import resolved, shown
from reglint.schema import wording
from reglint.schema.keyword import Description, Site, Violation, also_describes, keyword
from reglint.syntax.tree import Json

_PATTERN = {"type": "string", "format": "regex"}
_NO_PATTERN = {
    "type": "object",
    "required": ["not"],
    "properties": {"not": _PATTERN},
    "additionalProperties": False,
}
_ONE = {
    "type": "object",
    "required": ["with"],
    "properties": {
        "with": {"type": "string", "format": "json-pointer"},
        "as": {"type": "object", "additionalProperties": {"anyOf": [_PATTERN, _NO_PATTERN]}},
    },
    "additionalProperties": False,
}
_META = {"anyOf": [_ONE, {"type": "array", "items": _ONE, "minItems": 1}]}


@keyword("agrees", group="facts", meta=_META, since="0.1")
def agrees(site: Site, wanted: Json) -> Iterator[Violation]:
    """The value says the same as another place of the document, which a JSON Pointer from its root names.

    Without `as` the two are equal. `as` maps what may stand over there (`Yes`, `true`, `1`) to a regular expression for
    this value, so that a sentence can agree with a `Yes`; `{"not": …}` holds one that this value must not match. Where
    there is nothing to compare with, nothing is said.

    ```json schema page
    {"properties": {"sections": {"properties": {"FAQ": {"properties": {"text": {
      "agrees": {"with": "/sections/Licensing/fields/Required", "as": {"Yes": "^Yes", "No": "^No"}}
    }}}}}}}
    ```

    ## conflicting-facts

    Two places of one document contradict each other.

    ```md bad
    ---
    type: page
    ---
    ## Licensing

    **Required:** No

    ## FAQ

    «Yes, every provider needs a licence.»
    ```

    ```md good
    ---
    type: page
    ---
    ## Licensing

    **Required:** Yes

    ## FAQ

    Yes, every provider needs a licence.
    ```
    """
    for one in wanted if isinstance(wanted, list) else [wanted]:
        path = resolved(site.doc, site.path, one["with"])
        other = None if path is None else site.doc.get(*path)
        if path and other is not None and not _agree(site.value, other, one.get("as")):
            place = " / ".join(str(it) for it in path if it not in {"frontmatter", "sections", "fields"})
            yield Violation(
                "conflicting-facts",
                f"this contradicts `{place}`, which says {wording.shown(other)}",
                related=((path, "the other place"),),
            )


def _agree(value: Json, other: Json, as_: Mapping[str, Json] | None) -> bool:
    if as_ is None:
        return wording.equal(value, other)
    wanted = as_.get(spelled(other))
    if wanted is None or not isinstance(value, str):
        return True
    return not patterns.search(wanted["not"], value) if isinstance(wanted, dict) else patterns.search(wanted, value)


@also_describes("agrees")
def in_words(wanted: Json) -> Description:
    """Say with which place the value agrees, and how."""
    return Description("; ".join(map(_words, wanted if isinstance(wanted, list) else [wanted])))


def _words(one: Mapping[str, Json]) -> str:
    how = [f"where that is `{value}`, this {_matches(it)}" for value, it in one.get("as", {}).items()]
    return f"agrees with {shown(one['with'])}" + (f": {', '.join(how)}" if how else "")


def _matches(pattern: Json) -> str:
    return f"does not match `{pattern['not']}`" if isinstance(pattern, dict) else f"matches `{pattern}`"
