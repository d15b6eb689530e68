from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.rule import rule
from reglint.spelling import listed
from reglint.text import Span


@rule(group="links", category="suspicious", severity=Severity.warning, since="0.1")
def ambiguous_link(corpus: Corpus) -> Iterator[Located]:
    """The link fits several documents equally well.

    Which of them it leads to depends on the tool, and may change when a file is added.

    ```md with europe/tax.md
    # Tax in Europe
    ```

    ```md with asia/tax.md
    # Tax in Asia
    ```

    ```md bad
    See «[[tax]]».
    ```

    ```md good
    See [[europe/tax]].
    ```
    """
    for source, link, outcome in corpus.resolved:
        if outcome.kind == "ambiguous":
            yield (
                source.path,
                Finding(
                    link.span,
                    f"`{link.target}` fits {len(outcome.candidates)} documents: {listed(outcome.candidates[:5])}",
                    help="put as much of the path before the name as tells them apart",
                    notes=tuple(Note(it, Span(0, 0), "this one fits") for it in outcome.candidates),
                    pointer=link.pointer,
                ),
            )
