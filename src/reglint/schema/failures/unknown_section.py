from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure
from reglint.schema.keyword import explains


@explains("additionalProperties", "unevaluatedProperties", "not", since="0.1")
def unknown_section(failure: Failure) -> Iterator[Finding]:
    """A section is one that the schema does not know.

    ```json schema page
    {"properties": {"sections": {"properties": {"Overview": {}, "Tax": {}}, "additionalProperties": false}}}
    ```

    ```md bad
    ---
    type: page
    ---
    ## «Overveiw»
    ```

    ```md good
    ---
    type: page
    ---
    ## Overview
    ```
    """
    if failure.is_section and failure.is_refused:
        yield failure.finding(
            f"the section `{failure.path[-1]}` may not stand here", span=failure.doc.key(*failure.path)
        )
    if not failure.is_section_list or failure.keyword == "not":
        return
    yield from failure.told_as_unknown()
