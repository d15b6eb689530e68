from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Severity
from reglint.rule import rule


@rule(group="links", category="suspicious", severity=Severity.warning, since="0.1")
def case_mismatch_link(corpus: Corpus) -> Iterator[Located]:
    """The link finds its document only where case makes no difference.

    It works in Obsidian, and breaks on hosts and disks that tell `Tax.md` from `tax.md`. Markdown links and images are
    held to it everywhere; wikilinks, which most tools follow without case, only in a corpus that has schemas.

    ```md with Tax.md
    # Tax
    ```

    ```md bad
    See «[the tax page](tax.md)».
    ```

    ```md good
    See [the tax page](Tax.md) and [[tax]].
    ```
    """
    for source, link, outcome in corpus.resolved:
        is_followed_by_all = link.kind in {"wikilink", "embed"} and not corpus.types
        if outcome.differs_in_case and outcome.target and not is_followed_by_all:
            yield (
                source.path,
                Finding(
                    link.span,
                    f"`{link.target}` is spelt `{outcome.target}` on disk, which other hosts tell apart",
                    help="write the name as the file has it",
                    pointer=link.pointer,
                ),
            )
