from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure
from reglint.schema.keyword import explains


@explains("items", "additionalItems", "unevaluatedItems", since="0.1")
def unexpected_item(failure: Failure) -> Iterator[Finding]:
    """A list holds items beyond those that the schema lists.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"pair": {"prefixItems": [{}, {}], "items": false}}}}}
    ```

    ```md bad
    ---
    type: page
    pair: «[a, b, c]»
    ---
    ```

    ```md good
    ---
    type: page
    pair: [a, b]
    ---
    ```
    """
    known = len(failure.schema.get("prefixItems", ()))
    allowed = f"at most {known} were expected" if known else "none was expected beyond those that the schema lists"
    count = f"{len(failure.value)} item{'' if len(failure.value) == 1 else 's'}"
    yield failure.finding(f"the list holds {count}, where {allowed}")
