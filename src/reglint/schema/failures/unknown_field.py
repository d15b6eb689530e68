from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure
from reglint.schema.keyword import explains


@explains("additionalProperties", "unevaluatedProperties", "not", None, since="0.1")
def unknown_field(failure: Failure) -> Iterator[Finding]:
    """A key or a field is one that the schema does not know.

    Most often it is misspelt; the nearest name that the schema knows and the page lacks is suggested.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"type": {}, "status": {}}, "additionalProperties": false}}}
    ```

    ```md bad
    ---
    type: page
    «staus»: stable
    ---
    ```

    ```md good
    ---
    type: page
    status: stable
    ---
    ```
    """
    if failure.is_section_list or failure.is_section or (failure.keyword == "not" and not failure.is_refused):
        return
    if failure.is_refused:
        what = f"`{failure.path[-1]}`" if failure.path else "the whole page"
        yield failure.finding(f"{what} may not stand here", span=failure.doc.key(*(failure.path or ("title",))))
        return
    yield from failure.told_as_unknown()
