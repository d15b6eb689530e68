from collections.abc import Iterator

from reglint.diagnostic import Finding
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
    if not failure.is_section_list:
        return
    parent = failure.path[:-1] or ("title",)
    for name, near in failure.told_as_missing():
        yield failure.finding(f"the section `{name}` is missing{near}", span=failure.doc.key(*parent))
