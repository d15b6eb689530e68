from collections.abc import Iterator
from dataclasses import replace

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure
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
    fitting = [it for it in failure.argument if failure.background.fits(it, failure.value)]
    notes = [
        note
        for it in fitting
        if isinstance(it, dict)
        for note in failure.background.notes(it, next(iter(it), ""), "it fits this one")
    ]
    found = failure.finding(f"{failure.subject} fits {len(fitting)} alternatives, where exactly one should hold")
    yield replace(found, notes=(*found.notes, *notes))
