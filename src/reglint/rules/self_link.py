from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Severity
from reglint.rule import rule


@rule(group="links", category="suspicious", severity=Severity.warning, since="0.1")
def self_link(corpus: Corpus) -> Iterator[Located]:
    """The document links to itself as a whole.

    In prose the link leads nowhere; in a field such as `compile_into` it is a loop. Links to a heading or a block of
    the same document are left alone.

    ```md bad
    ---
    compile_into: ["«[[example]]»"]
    ---
    ```

    ```md good
    ---
    compile_into: ["[[other]]"]
    ---
    ## Tax

    See [[#Tax]] and [[example#Tax]].
    ```
    """
    for source, link, outcome in corpus.resolved:
        if outcome.target == source.path and link.target and not link.subpath and link.kind != "embed":
            yield (
                source.path,
                Finding(
                    link.span,
                    f"the document links to itself, as `{link.target}`",
                    help="link to the document that was meant, or take the link out",
                    pointer=link.pointer,
                ),
            )
