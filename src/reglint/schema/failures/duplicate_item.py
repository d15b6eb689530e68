from collections.abc import Iterator

from reglint.diagnostic import Finding, Note
from reglint.schema.failure import Failure, shown
from reglint.schema.keyword import explains


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
    items = failure.value
    for i, item in enumerate(items):
        first = next(j for j, it in enumerate(items) if it == item and isinstance(it, bool) == isinstance(item, bool))
        if first < i:
            path = (*failure.path, i)
            found = failure.finding(f"{shown(item)} stands twice", span=failure.doc.at(*path), pointer=path)
            note = Note(failure.doc.path, failure.doc.at(*failure.path, first), "first here")
            yield Finding(found.span, found.message, found.help, (note, *found.notes), pointer=found.pointer)
