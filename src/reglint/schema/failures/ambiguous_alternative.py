from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure, shown
from reglint.schema.keyword import explains


@explains("oneOf", "anyOf", since="0.1")
def ambiguous_alternative(failure: Failure) -> Iterator[Finding]:
    """A value fits several alternatives of a `oneOf`, of which exactly one should hold.

    A value that fits none is reported by what the nearest alternative misses.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"size": {"oneOf": [{"minimum": 3}, {"maximum": 5}]}}}}}
    ```

    ```md bad
    ---
    type: page
    size: «4»
    ---
    ```

    ```md good
    ---
    type: page
    size: 6
    ---
    ```
    """
    yield failure.finding(f"{shown(failure.value)} fits more than one alternative, where exactly one should hold")
