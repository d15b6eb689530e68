from collections.abc import Iterator
from dataclasses import replace

from reglint.diagnostic import Finding, Note
from reglint.schema.failure import Failure
from reglint.schema.keyword import explains
from reglint.schema.wording import shown
from reglint.syntax.tree import canonical


@explains("uniqueItems", since="0.1")
def duplicate_item(failure: Failure) -> Iterator[Finding]:
    """A list whose items should differ holds one twice.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"tags": {"uniqueItems": true}}}}}
    ```

    ```md bad
    ---
    type: page
    tags: [law, tax, «law»]
    ---
    ```

    ```md good
    ---
    type: page
    tags: [law, tax]
    ---
    ```
    """
    first: dict[str, int] = {}
    for i, item in enumerate(failure.value):
        at = first.setdefault(canonical(item), i)
        if at < i:
            path = (*failure.path, i)
            same = f"item {i + 1} is the same as item {at + 1}"
            is_long = isinstance(item, dict | list)
            message = same if is_long else f"{shown(item)} stands in the list already, as item {at + 1}"
            found = failure.finding(message, at=path)
            note = Note(failure.background.text.path, failure.background.at((*failure.path, at)), "first here")
            yield replace(found, notes=(note, *found.notes))
