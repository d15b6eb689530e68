from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Severity
from reglint.rule import rule
from reglint.text import Span


@rule(group="frontmatter", category="correctness", severity=Severity.error, since="0.1")
def missing_frontmatter(docs: Corpus) -> Iterator[Located]:
    """The document has no front matter.

    In a corpus with document types the front matter says what a document is. One without it belongs to no type, so no
    schema looks at it and nothing in it is checked. Front matter counts only from the very first line of a file: a
    blank line before `---` hides it from every tool.

    A document whose path decides its type is left to its schema, and where no types are declared nothing is missing.

    ```json schema country
    {"type": "object"}
    ```

    ```md bad
    «»# Kazakhstan
    ```

    ```md good
    ---
    type: country
    ---

    # Kazakhstan
    ```
    """
    if not docs.types:
        return
    for it in docs:
        if it.front == "none" and it.type is None:
            finding = Finding(
                Span(0, 0),
                "the document has no front matter, so it belongs to no type",
                help="begin the file with a line `---`, its keys (`type: …` among them), and another line `---`",
                pointer=("frontmatter",),
            )
            yield it.path, finding
