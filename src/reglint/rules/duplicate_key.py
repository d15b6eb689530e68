from collections.abc import Iterator

from reglint.diagnostic import Finding, Note, Severity
from reglint.document import Document
from reglint.rule import rule


@rule(group="frontmatter", category="correctness", severity=Severity.error, since="0.1")
def duplicate_key(doc: Document) -> Iterator[Finding]:
    """A key stands twice in one mapping of the front matter.

    Only one of the two values counts, and tools disagree on which: PyYAML keeps the last one without a word, other
    readers keep the first or refuse the whole front matter. The same key in two different mappings is no duplicate.

    ```md bad
    ---
    status: draft
    tags: [law]
    «status»: stable
    ---
    ```

    ```md good
    ---
    status: stable
    sources:
      - name: Astana Financial Services Authority
        type: official
      - name: Freedom House
        type: secondary
    ---
    ```
    """
    for it in doc.front.tree.duplicates:
        yield Finding(
            it.span,
            f"the key `{_short(it.name)}` stands twice in the same mapping, and readers differ in which one they keep",
            help="keep one of the two, or join their values",
            notes=(Note(doc.path, it.first, "first here"),),
        )


def _short(name: str) -> str:
    return f"{name[:59]}…" if len(name) > 60 else name  # noqa: PLR2004 - what fits a message
