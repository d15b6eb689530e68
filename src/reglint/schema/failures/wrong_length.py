from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure
from reglint.schema.keyword import explains

_UNITS = {"Length": "character", "Items": "item", "Properties": "key"}


@explains("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", since="0.1")
def wrong_length(failure: Failure) -> Iterator[Finding]:
    """A text, a list or a mapping is shorter or longer than the schema allows.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"title": {"maxLength": 10}, "tags": {"minItems": 1}}}}}
    ```

    ```md bad
    ---
    type: page
    title: «Crypto regulation»
    tags: «[]»
    ---
    ```

    ```md good
    ---
    type: page
    title: Regulation
    tags: [law]
    ---
    ```
    """
    bound, limit = failure.keyword[:3], failure.argument
    unit = _UNITS[failure.keyword[3:]] + ("" if limit == 1 else "s")
    wanted = f"at {'least' if bound == 'min' else 'most'} {limit} {unit} {'was' if limit == 1 else 'were'} expected"
    yield failure.finding(f"{len(failure.value)} {'is' if len(failure.value) == 1 else 'are'} here, where {wanted}")
