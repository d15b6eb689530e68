from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema import members
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
        yield members.refused(failure)
    elif failure.part.member == "section" and failure.keyword != "not":
        yield from members.unknown(failure)
