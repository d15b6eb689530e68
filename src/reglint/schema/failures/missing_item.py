from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure
from reglint.schema.keyword import explains


@explains("contains", "minContains", "maxContains", since="0.1")
def missing_item(failure: Failure) -> Iterator[Finding]:
    """A list lacks an item of a kind that the schema asks for, or holds too many of them.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"aliases": {
      "contains": {"format": "iso-3166-1-alpha-2", "description": "a country code of two letters"}}}}}}
    ```

    ```md bad
    ---
    type: page
    aliases: «[KAZ, Kazakhstan]»
    ---
    ```

    ```md good
    ---
    type: page
    aliases: [KZ, KAZ]
    ---
    ```
    """
    schema = failure.schema.get("contains", {})
    kind = schema.get("description", "the expected kind") if isinstance(schema, dict) else "the expected kind"
    if failure.keyword == "maxContains":
        yield failure.finding(f"more than {failure.argument} items are {kind}")
        return
    least = failure.schema.get("minContains", 1)
    yield failure.finding(f"no item is {kind}" if least == 1 else f"fewer than {least} items are {kind}")
