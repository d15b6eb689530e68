from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Located, Note, Severity
from reglint.rule import rule
from reglint.spelling import listed
from reglint.text import Span

_NOTED = 9  # of thousands that may have the name README


@rule(group="links", category="suspicious", severity=Severity.warning, since="0.1")
def ambiguous_link(docs: Corpus) -> Iterator[Located]:
    """The link fits several documents equally well.

    The document in the same folder comes first, and then the one with the shortest path. Where two paths are equally
    short, it depends on the tool which of them the link leads to.

    ```md with east/tax.md
    # Tax in the east
    ```

    ```md with west/tax.md
    # Tax in the west
    ```

    ```md bad
    See «[[tax]]».
    ```

    ```md good
    See [[east/tax]].
    ```
    """
    for it in docs.resolved_as("ambiguous"):
        several = it.outcome.candidates
        yield it.found(
            f"`{it.link.target}` fits {len(several)} documents: {listed(several[:5])}",
            help="put as much of the path before the name as tells them apart",
            notes=tuple(Note(path, Span(0, 0), "this one fits") for path in several[:_NOTED]),
        )
