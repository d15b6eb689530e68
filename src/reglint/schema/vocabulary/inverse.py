from collections.abc import Iterator

from reglint.facts import Backlink
from reglint.pointer import misplaced, shown, steps
from reglint.schema.keyword import Description, Fault, Site, also_describes, also_faults, keyword
from reglint.syntax.tree import Json

_META = {"if": {"type": "string"}, "then": {"format": "json-pointer", "minLength": 1}, "else": {"const": True}}


@keyword("inverse", group="links", meta=_META, since="0.1")
def inverse(site: Site, wanted: Json) -> Iterator[Backlink]:
    """The documents that the value links to link back, anywhere (`true`) or in the place that a JSON Pointer names.

    The pointer counts from the root of the other document: `/frontmatter/countries`, `/sections/Pages`. The rule
    `missing-backlink` reports what does not.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"part_of": {"inverse": true}}}}}
    ```

    ```md with whole.md
    ---
    type: page
    ---
    ```

    ```md bad
    ---
    type: page
    part_of: "«[[whole]]»"
    ---
    ```

    ```md good
    ---
    type: page
    ---
    ```
    """
    field = tuple(steps(wanted[1:])) if isinstance(wanted, str) else ()
    yield Backlink(site.span, site.path, field, site.grounds)


@also_faults("inverse")
def unknown_part(wanted: Json) -> Iterator[Fault]:
    """A document has the part that the pointer begins with."""
    if isinstance(wanted, str) and (why := misplaced(wanted)):
        yield (), why


@also_describes("inverse")
def in_words(wanted: Json) -> Description:
    """Say who links back, and where."""
    return Description(
        "the document behind the link links back" + (f" in {shown(wanted)}" if wanted is not True else "")
    )
