from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema import members
from reglint.schema.failure import Failure
from reglint.schema.keyword import explains


@explains("required", "dependentRequired", "dependencies", since="0.1")
def missing_section(failure: Failure) -> Iterator[Finding]:
    """A section that the schema requires is not there.

    It is reported at the page's title, or at the heading that it belongs below.

    ```json schema page
    {"properties": {"sections": {"required": ["Overview"], "properties": {"Overview": {}}}}}
    ```

    ```md bad
    ---
    type: page
    ---
    # «Kazakhstan»

    ## Tax
    ```

    ```md good
    ---
    type: page
    ---
    # Kazakhstan

    ## Overview
    ```
    """
    if failure.part.member == "section":
        yield from members.missing(failure)
