from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema import members
from reglint.schema.failure import Failure
from reglint.schema.keyword import explains


@explains("additionalProperties", "unevaluatedProperties", "not", None, since="0.1")
def unknown_field(failure: Failure) -> Iterator[Finding]:
    """A key or a field is one that the schema does not know.

    Most often it is misspelt; the nearest name that the schema knows and the page lacks is suggested.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"type": {}, "status": {}}, "additionalProperties": false}}}
    ```

    ```md bad
    ---
    type: page
    «staus»: stable
    ---
    ```

    ```md good
    ---
    type: page
    status: stable
    ---
    ```
    """
    if failure.is_refused and not failure.is_section:
        yield members.refused(failure)
    elif not failure.is_refused and failure.keyword != "not" and failure.part.member != "section":
        yield from members.unknown(failure)
