from collections.abc import Iterator
from posixpath import splitext

from reglint.corpus import Corpus, Resolved
from reglint.diagnostic import Located, Severity
from reglint.rule import rule


@rule(group="links", category="suspicious", severity=Severity.warning, since="0.1")
def case_mismatch_link(docs: Corpus, *, wikilinks: bool = False) -> Iterator[Located]:
    """The link finds its file only where case makes no difference.

    It works in Obsidian, and breaks on hosts and disks that tell `Tax.md` from `tax.md`. Markdown links and images are
    held to it where they name the file with its ending; without one, `tax/` is a page of a website, which has rules of
    its own for case. Wikilinks are followed without case by all that know them, and so are held to it only if the
    option `wikilinks` is set.

    ```md with Tax.md
    # Tax
    ```

    ```md bad
    See «[the tax page](tax.md)».
    ```

    ```md good
    See [the tax page](Tax.md), [the page of the site](tax/) and [[tax]].
    ```
    """
    for it in docs.resolved_as("other-case"):
        if _names_file(it) if it.link.is_path else wikilinks:
            yield it.found(
                f"`{it.link.target:.80}` is spelt `{it.outcome.target:.80}` on disk, which other hosts tell apart",
                help="write the name as the file has it",
            )


def _names_file(resolved: Resolved) -> bool:
    ending = splitext(resolved.outcome.target or "")[1].lower()
    return bool(ending) and resolved.link.target.lower().endswith(ending)
