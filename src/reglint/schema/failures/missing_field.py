from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema import members
from reglint.schema.failure import Failure
from reglint.schema.keyword import explains


@explains("required", "dependentRequired", "dependencies", since="0.1")
def missing_field(failure: Failure) -> Iterator[Finding]:
    """A key or a field that the schema requires is not there.

    It is reported where it belongs: at the front matter, or at the heading of the section that lacks it. A key that is
    there but misspelt is one `unknown-field`, and not this as well.

    ```json schema page
    {"properties": {"frontmatter": {"required": ["status"], "properties": {"status": {}}}}}
    ```

    ```md bad
    «---»
    type: page
    ---
    ```

    ```md good
    ---
    type: page
    status: stable
    ---
    ```
    """
    if failure.part.member != "section":
        yield from members.missing(failure)
