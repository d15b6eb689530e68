from collections.abc import Iterator

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure
from reglint.schema.keyword import explains

_ARTICLE = {"fields": "table of fields", "tables": "table", "items": "list", "quotes": "block quote", "text": "text"}


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
    if failure.is_section_list:
        return
    for name, near in failure.told_as_missing():
        wanted = f"the page lacks its `{name}`" if not failure.path else f"the {failure.noun} `{name}` is missing"
        if failure.noun == "part" and failure.path:
            wanted = f"{_owner(failure)} lacks its {_ARTICLE.get(name, f'`{name}`')}"
        yield failure.finding(wanted + near, span=failure.doc.key(*(failure.path or ("title",))))


def _owner(failure: Failure) -> str:
    last = failure.path[-1]
    return f"item {last + 1} of the list" if isinstance(last, int) else f"`{last}`"
