from collections.abc import Iterator, Mapping

from reglint.facts import SameFact, said
from reglint.pointer import POINTER, POINTER_IS, misplaced, resolved, shown
from reglint.schema.keyword import Description, Fault, Site, also_asks, also_describes, also_faults, keyword
from reglint.syntax.tree import Json

_META = {
    "type": "object",
    "required": ["via", "at"],
    "properties": {
        "via": {"type": "string", "pattern": POINTER, "description": POINTER_IS},
        "at": {"type": "string", "format": "json-pointer", "minLength": 1},
    },
    "additionalProperties": False,
}


@keyword("sameAs", group="facts", meta=_META, since="0.1")
def same_as(site: Site, wanted: Mapping[str, str]) -> Iterator[SameFact]:
    """The value equals a field of the document that a link of this one leads to: a fact that stands on two pages.

    `via` is a JSON Pointer to the place of this document that holds the link (`1/Region`: one level up and there
    `Region`; `/frontmatter/region` from the root), `at` one to the field of the other document. Where there is no link,
    or nothing over there, nothing is said. Two lists are equal when each
    item stands in the other, in any order. The rule `conflicting-facts-elsewhere` reports what differs.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {
      "currency": {"sameAs": {"via": "1/country", "at": "/frontmatter/currency"}}
    }}}}
    ```

    ```md with japan.md
    ---
    type: page
    currency: JPY
    ---
    ```

    ```md bad
    ---
    type: page
    country: "[[japan]]"
    currency: «CNY»
    ---
    ```

    ```md good
    ---
    type: page
    country: "[[japan]]"
    currency: JPY
    ---
    ```
    """
    via = resolved(site.doc, site.path, wanted["via"])
    if via and site.value is not None:
        yield SameFact(said(site.value), site.span, site.path, via, site.doc.at(*via), wanted["at"], site.grounds)


@also_faults("sameAs")
def unknown_part(wanted: Mapping[str, str]) -> Iterator[Fault]:
    """A document has the part that each pointer begins with."""
    yield from (((name,), why) for name, pointer in wanted.items() if (why := misplaced(pointer)))


@also_asks("sameAs")
def other_field(wanted: Mapping[str, Json]) -> str:
    """Ask the other documents for the field."""
    return str(wanted["at"])


@also_describes("sameAs")
def in_words(wanted: Mapping[str, str]) -> Description:
    """Say which two places are the same."""
    return Description(f"the same as {shown(wanted['at'])} of the document that {shown(wanted['via'])} links to")
