from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Severity
from reglint.rule import rule


@rule(group="identity", category="correctness", severity=Severity.error, since="0.1")
def name_mismatch(docs: Corpus) -> Iterator[Located]:
    """The file's name says another type than the document does.

    A name `country--kazakhstan` begins with the type, so that links show what they lead to. Only names of the form
    `<type>--<slug>` are looked at, and only where both types are known by their schemas.

    ```json schema country
    {}
    ```

    ```json schema domain
    {}
    ```

    ```md bad country--kazakhstan.md
    ---
    type: «domain»
    ---
    ```

    ```md good country--kazakhstan.md
    ---
    type: country
    ---
    ```

    ```md good notes--kazakhstan.md
    ---
    type: country
    ---
    ```
    """
    types = {it.name for it in docs.types}
    for facts in docs:
        named, separator, _ = facts.name.partition("--")
        declared = facts.declared
        if separator and declared and {named, declared.text} <= types and named != declared.text:
            yield (
                facts.path,
                Finding(
                    declared.span,
                    f"the file is named as a `{named}`, but its type is `{declared.text}`",
                    help=f"write `type: {named}`, or rename the file to `{declared.text}--…`",
                    pointer=declared.pointer,
                ),
            )
