from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure
from reglint.schema.keyword import explains
from reglint.spelling import counted


@explains("items", "additionalItems", "unevaluatedItems", since="0.1")
def unexpected_item(failure: Failure) -> Iterator[Finding]:
    """A list holds items beyond those that the schema lists.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"pair": {"prefixItems": [{}, {}], "items": false}}}}}
    ```

    ```md bad
    ---
    type: page
    pair: [a, b, «c»]
    ---
    ```

    ```md good
    ---
    type: page
    pair: [a, b]
    ---
    ```
    """
    known = failure.schema.get("prefixItems", ())
    if failure.keyword == "additionalItems":
        known = failure.schema["items"]
    if failure.keyword == "unevaluatedItems":
        yield failure.finding(f"{failure.part.name} holds items that the schema does not list")
        return
    path = (*failure.path, len(known))
    wanted = f"at most {len(known)} {'was' if len(known) == 1 else 'were'} expected" if known else "none was expected"
    yield failure.finding(f"{failure.part.name} has {counted(len(failure.value), 'item')}, where {wanted}", at=path)
