from collections.abc import Iterator, Sequence

from reglint.diagnostic import Path
from reglint.schema.keyword import Description, Site, Violation, also_describes, keyword
from reglint.schema.wording import shown


@keyword(
    "order",
    group="schema",
    meta={"type": "array", "items": {"type": "string"}, "minItems": 2, "uniqueItems": True},
    since="0.1",
)
def order(site: Site, wanted: Sequence[str]) -> Iterator[Violation]:
    """Keys, sections or rows stand in this order. Ones that the list does not name may stand anywhere.

    ```json schema page
    {"properties": {"sections": {"order": ["Overview", "Tax", "Licensing"]}}}
    ```

    ## wrong-order

    A key, section or row stands before one that should precede it.

    ```md bad
    ---
    type: page
    ---
    ## Overview

    ## Licensing

    ## «Tax»
    ```

    ```md good
    ---
    type: page
    ---
    ## Overview

    ## Notes

    ## Licensing
    ```
    """
    rank = {name: i for i, name in enumerate(wanted)}
    last, last_path = "", site.path
    for name, path in _names(site):
        if name not in rank:
            continue
        if last and rank[name] < rank[last]:
            yield Violation(
                "wrong-order",
                f"{shown(name)} should stand before {shown(last)}",
                f"the order is: {', '.join(it for it in wanted if it in site.value)}",
                at=path,
                related=((last_path, "this one comes later"),),
            )
        else:
            last, last_path = name, path


def _names(site: Site) -> Iterator[tuple[str, Path]]:
    """Yield the keys of a mapping, or the texts of a list such as `outline`, and where they are."""
    if isinstance(site.value, dict):
        yield from ((name, (*site.path, name)) for name in site.value)
    elif isinstance(site.value, list):
        yield from ((it, (*site.path, i)) for i, it in enumerate(site.value) if isinstance(it, str))


@also_describes("order")
def in_words(wanted: Sequence[str]) -> Description:
    """Say the order."""
    return Description(f"in this order: {', '.join(f'`{it}`' for it in wanted)}")
