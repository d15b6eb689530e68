from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure
from reglint.schema.keyword import explains

_WORDS = {
    "minimum": "too small: at least {} was expected",
    "maximum": "too large: at most {} was expected",
    "exclusiveMinimum": "too small: more than {} was expected",
    "exclusiveMaximum": "too large: less than {} was expected",
    "multipleOf": "not a multiple of {}",
}


@explains(*_WORDS, since="0.1")
def value_out_of_range(failure: Failure) -> Iterator[Finding]:
    """A number is beyond the bounds that the schema sets, or between the steps that it allows.

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
    yield failure.finding(f"{failure.subject} is {_WORDS[failure.keyword].format(failure.argument)}")
