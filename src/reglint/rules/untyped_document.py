from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Severity
from reglint.facts import Facts
from reglint.rule import rule
from reglint.spelling import listed, suggestion
from reglint.text import Span


@rule(group="config", category="correctness", severity=Severity.error, since="0.1")
def untyped_document(docs: Corpus) -> Iterator[Located]:
    """No schema looks at the document, as its type is not said or not known.

    Without this, a slip in `type:` would make every check of the schema pass. A page without any front matter is no
    record and is left alone, and so is a corpus without schemas. Pages that are not records can be left out by
    `exclude`, or get a type by their path.

    ```json schema country
    {}
    ```

    ```md bad
    ---
    type: «contry»
    ---
    ```

    ```md bad
    «»---
    status: stable
    ---
    ```

    ```md good
    ---
    type: country
    ---
    ```

    ```md good
    # A page without front matter
    ```
    """
    names = [it.name for it in docs.types]
    for facts in docs if names else ():
        if facts.front == "read" and facts.type is None:
            yield facts.path, _finding(facts, names)


def _finding(facts: Facts, names: list[str]) -> Finding:
    known = f"known types: {listed(names)}"
    if facts.declared is None:
        return Finding(Span(0, 0), "nothing says what type this document is", help=f"add the key `type`; {known}")
    name, span, pointer = facts.declared
    if name in names:
        message = f"documents of the type `{name:.60}` are known by their path, and this path is not among them"
        return Finding(
            span, message, help=f"move the file, or add its path to `files` of `{name:.60}`", pointer=pointer
        )
    message = f"there is no schema for the type `{name:.60}`{suggestion(name, names)}"
    return Finding(span, message, help=known, pointer=pointer)
