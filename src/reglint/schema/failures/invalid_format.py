from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure
from reglint.schema.formats import FORMATS
from reglint.schema.keyword import explains


@explains("format", since="0.1")
def invalid_format(failure: Failure) -> Iterator[Finding]:
    """A text is not what its `format` names: no date, no URL, no code of the standard.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"created": {"format": "date"}, "site": {"format": "url"}}}}}
    ```

    ```md bad
    ---
    type: page
    created: «2026-02-30»
    site: «www.example.org»
    ---
    ```

    ```md good
    ---
    type: page
    created: 2026-02-28
    site: https://www.example.org
    ---
    ```
    """
    expected = FORMATS[failure.argument].expected
    yield failure.finding(f"{failure.subject} is not {expected}")
