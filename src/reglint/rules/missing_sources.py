from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.rule import needed_for, rule
from reglint.syntax.tree import Json


@rule(group="sources", category="suspicious", severity=Severity.warning, since="0.1")
def missing_sources(
    doc: Document, *, key: str = "sources", drafts: tuple[str, ...] = ("draft", "stub", "wip", "template")
) -> Iterator[Finding]:
    """The document has a place for its sources, and names none there.

    Nobody can check what it says. A document whose `status` is one of the `drafts` may name its sources later. Whether
    documents of a type need the key at all is for their schema to say.

    ```md bad
    ---
    status: stable
    «sources»: []
    ---
    ```

    ```md good
    ---
    status: draft
    sources: []
    ---
    ```
    """
    status = doc.get("frontmatter", "status")
    is_draft = isinstance(status, str) and status.casefold() in drafts
    if key in doc.frontmatter and not is_draft and _is_empty(doc.get("frontmatter", key)):
        yield Finding(
            doc.key("frontmatter", key),
            f"`{key}` is empty: nothing supports what the document says",
            help="name at least one source, or set `status: draft` until there is one",
        )


@needed_for(missing_sources)
def _has_empty_place(doc: Document, key: str) -> bool:
    return key in doc.frontmatter and _is_empty(doc.frontmatter[key])


def _is_empty(value: Json) -> bool:
    if isinstance(value, dict):
        return all(map(_is_empty, value.values()))
    return all(map(_is_empty, value)) if isinstance(value, list) else value is None or value == ""
