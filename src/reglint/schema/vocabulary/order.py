from collections.abc import Iterator, Sequence

from reglint.schema.keyword import Site, Violation, keyword


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
    if not isinstance(site.value, dict):
        return
    rank = {name: i for i, name in enumerate(wanted)}
    last = ""
    for name in site.value:
        if name not in rank:
            continue
        if last and rank[name] < rank[last]:
            yield Violation(
                "wrong-order",
                f"`{name}` should stand before `{last}`",
                f"the order is: {', '.join(it for it in wanted if it in site.value)}",
                at=(*site.path, name),
                related=(((*site.path, last), "this one comes later"),),
            )
        else:
            last = name
