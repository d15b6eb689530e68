from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure
from reglint.schema.keyword import explains
from reglint.schema.wording import shown


@explains("pattern", since="0.1")
def pattern_mismatch(failure: Failure) -> Iterator[Finding]:
    """A text, or the name of a key, does not have the form that the schema's regular expression describes.

    Give the schema a `description`: it is shown as help, and is easier to read than the expression.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"tags": {"items": {
      "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "description": "tags are written in kebab-case"}}}}}}
    ```

    ```md bad
    ---
    type: page
    tags: [crypto-regulation, «central_asia»]
    ---
    ```

    ```md good
    ---
    type: page
    tags: [crypto-regulation, central-asia]
    ---
    ```
    """
    help_ = "" if failure.description else f"it should match {shown(failure.argument)}"
    yield failure.finding(f"{failure.subject} is not in the form that was expected", help_)
