from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure, choices, shown
from reglint.schema.keyword import explains
from reglint.spelling import suggestion


@explains("enum", "const", "not", since="0.1")
def value_not_allowed(failure: Failure) -> Iterator[Finding]:
    """A value is none of those that the schema allows.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"status": {"enum": ["draft", "stable", "archived"]}}}}}
    ```

    ```md bad
    ---
    type: page
    status: «stabel»
    ---
    ```

    ```md good
    ---
    type: page
    status: stable
    ---
    ```
    """
    if failure.keyword == "not":
        yield failure.finding(f"{shown(failure.value)} is a value that the schema rules out")
        return
    allowed = failure.argument if failure.keyword == "enum" else [failure.argument]
    near = suggestion(str(failure.value), [it for it in allowed if isinstance(it, str)])
    wanted = f"{choices(allowed)} was expected"
    yield failure.finding(
        f"{shown(failure.value)} is not allowed here{near}",
        help=f"{wanted}: {failure.help}" if failure.help else wanted,
    )
