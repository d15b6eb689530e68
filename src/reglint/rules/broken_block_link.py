from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Severity
from reglint.rule import rule
from reglint.spelling import Names


@rule(group="links", category="correctness", severity=Severity.error, since="0.1")
def broken_block_link(corpus: Corpus) -> Iterator[Located]:
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
    blocks: dict[str, Names] = {}
    for source, link, outcome in corpus.resolved:
        if outcome.kind == "no-block" and outcome.target:
            target = corpus.documents[outcome.target]
            if target.path not in blocks:
                blocks[target.path] = Names(f"^{it}" for it in sorted(target.blocks))
            near = blocks[target.path].suggestion(link.subpath[-1])
            yield (
                source.path,
                Finding(
                    link.span,
                    f"`{target.path}` has no block `{link.subpath[-1]}`{near}",
                    pointer=link.pointer,
                ),
            )
