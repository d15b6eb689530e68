from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure, expected_types, shown, type_name
from reglint.schema.keyword import explains


@explains("type", since="0.1")
def wrong_type(failure: Failure) -> Iterator[Finding]:
    """A value is of another type than the schema asks for.

    YAML decides the type by the looks of a value: quotes make a text of anything, and `2026` without them is a number.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"score": {"type": "integer"}, "tags": {"type": "array"}}}}}
    ```

    ```md bad
    ---
    type: page
    score: «"85"»
    tags: «law»
    ---
    ```

    ```md good
    ---
    type: page
    score: 85
    tags: [law]
    ---
    ```
    """
    wanted = expected_types(failure.argument)
    yield failure.finding(f"{_found(failure)}, where {wanted} was expected")


def _found(failure: Failure) -> str:
    value, source = failure.value, failure.doc.text[failure.doc.at(*failure.path)]
    if isinstance(value, dict | list):
        return f"{type_name(value)} stands here"
    if value is None:
        return "nothing stands here" if not source else f"`{source}` means nothing in YAML"
    if isinstance(value, str) and source[:1] in {'"', "'"}:
        return f"{shown(value)} is quoted, so it is text"
    return f"{shown(source or value)} is {type_name(value)}"
