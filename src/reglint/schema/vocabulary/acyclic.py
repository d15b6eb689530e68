from collections.abc import Iterator

from reglint.facts import Acyclic
from reglint.schema.keyword import Description, Site, also_describes, keyword
from reglint.syntax.tree import Json


@keyword("acyclic", group="links", meta={"const": True}, since="0.1")
def acyclic(site: Site, _: Json) -> Iterator[Acyclic]:
    """Whoever follows the wikilinks of this field from document to document never comes back to one.

    The field is a place without its positions in lists: `part_of` of one type and `part_of` of another are the same
    field, whichever schema speaks of them; `part_of` and `follows` are two. A link counts where a schema asks it to.
    The rule `link-cycle` reports a way that comes back over other documents, `self-link` a document that names itself.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"part_of": {"acyclic": true}}}}}
    ```

    ```md with part.md
    ---
    type: page
    part_of: "[[example]]"
    ---
    ```

    ```md bad
    ---
    type: page
    part_of: ["«[[part]]»"]
    ---
    ```

    ```md good
    ---
    type: page
    part_of: ["[[whole]]"]
    ---
    See [[part]].
    ```
    """
    yield Acyclic(site.span, site.path, site.grounds)


@also_describes("acyclic")
def in_words(_: Json) -> Description:
    """Say that the links form no circle."""
    return Description("whoever follows these links never comes back to this document")
