from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Located, Severity
from reglint.rule import rule


@rule(group="links", category="correctness", severity=Severity.error, since="0.1")
def broken_block_link(docs: Corpus) -> Iterator[Located]:
    """The document exists, but no block in it has that id.

    A block gets its id by `^id` at its end, or on a line of its own behind it.

    ```md with tax.md
    Gains are taxed at 10 %. ^gains
    ```

    ```md bad
    See «[[tax#^gain]]».
    ```

    ```md good
    See [[tax#^gains]].
    ```
    """
    for it in docs.resolved_as("no-block"):
        near = docs.suggestion_within(str(it.outcome.target), it.link.subpath)
        yield it.found(f"`{it.outcome.target}` has no block `{it.link.subpath[-1]}`{near}")
