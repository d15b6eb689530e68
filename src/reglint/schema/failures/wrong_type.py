from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure
from reglint.schema.keyword import explains
from reglint.schema.wording import expected_types
from reglint.schema.written import reading, remedy


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
    types = [failure.argument] if isinstance(failure.argument, str) else failure.argument
    value, language = failure.value, failure.part.language
    found = reading(value, failure.written, language)
    help_ = remedy(value, failure.written, language, types)
    yield failure.finding(f"{found}, where {expected_types(types).expected}", help_)
