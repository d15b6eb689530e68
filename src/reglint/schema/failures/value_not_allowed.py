from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure, choices, shown
from reglint.schema.keyword import explains
from reglint.spelling import listed, suggestion


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
        if not failure.is_refused:
            yield failure.finding(f"{_ruled_out(failure)} is ruled out by the schema")
        return
    allowed = failure.argument if failure.keyword == "enum" else [failure.argument]
    near = suggestion(str(failure.value), [it for it in allowed if isinstance(it, str)])
    wanted = f"{choices(allowed)} was expected"
    is_text = isinstance(failure.value, str) and any(failure.value == str(it) for it in allowed)
    what = "text, and as such not allowed" if is_text else "not allowed"
    yield failure.finding(
        f"{shown(failure.value)} is {what} here{near}",
        help=f"{wanted}: {failure.help}" if failure.help else wanted,
    )


def _ruled_out(failure: Failure) -> str:
    """Name the keys that may not stand together, or the value."""
    keys = failure.argument.get("required", ()) if isinstance(failure.argument, dict) else ()
    return listed(keys) if keys and isinstance(failure.value, dict) else shown(failure.value)
