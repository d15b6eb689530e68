from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure, shown
from reglint.schema.keyword import explains

_WORDS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
}


@explains(*_WORDS, since="0.1")
def value_out_of_range(failure: Failure) -> Iterator[Finding]:
    """A number is beyond the bounds that the schema sets.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"score": {"minimum": 0, "maximum": 100}}}}}
    ```

    ```md bad
    ---
    type: page
    score: «104.5»
    ---
    ```

    ```md good
    ---
    type: page
    score: 100
    ---
    ```
    """
    wanted = _WORDS[failure.keyword].format(failure.argument)
    yield failure.finding(f"{shown(failure.value)} is out of range: {wanted} was expected")
