from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.rule import rule


@rule(group="frontmatter", category="correctness", severity=Severity.error, since="0.1")
def invalid_frontmatter(doc: Document) -> Iterator[Finding]:
    """The front matter cannot be read.

    It is not valid YAML, TOML or JSON, it is never closed, or it holds no keys at all. Whatever reads the document then
    knows nothing of it, and most tools say so nowhere. The finding stands where reading had to stop; the cause is often
    a little before it, such as a quote that nothing closes.

    ```md bad
    ---
    aliases: ["KZ", "KAZ"
    «s»tatus: stable
    ---
    ```

    ```md bad
    «---»
    type: country

    # Kazakhstan
    ```

    ```md bad
    «---»
    - type
    - country
    ---
    ```

    ```md good
    ---
    aliases: ["KZ", "KAZ"]
    status: stable
    ---
    ```

    A first line `---` that no key follows is a thematic break, as CommonMark has it.

    ```md good
    ---

    # Kazakhstan
    ```
    """
    yield from doc.front.tree.errors
