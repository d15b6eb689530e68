from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure
from reglint.schema.keyword import explains
from reglint.spelling import counted


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
    number, limit = len(failure.value), failure.argument
    noun = "character" if isinstance(failure.value, str) else failure.member
    has = f"has {counted(number, noun)}" if number else f"has no {noun}" if failure.part.member != "key" else "is empty"
    bound = "at least" if failure.keyword.startswith("min") else "at most"
    wanted = f"{bound} {limit if number else counted(limit, noun)} {'was' if limit == 1 else 'were'} expected"
    owner = failure.subject if failure.is_name else failure.part.name
    span = failure.gap if failure.keyword == "minProperties" else None
    yield failure.finding(f"{owner} {has}, where {wanted}", span=span)
