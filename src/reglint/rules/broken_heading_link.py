from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Located, Severity
from reglint.rule import rule


@rule(group="links", category="correctness", severity=Severity.error, since="0.1")
def broken_heading_link(docs: Corpus) -> Iterator[Located]:
    """The document exists, but has no heading of that name.

    `[[Note#A#B]]` is the heading B somewhere below the heading A. Wikilinks name headings as in Obsidian: case makes no
    difference, and punctuation such as `: # ? ( )` counts as a blank, while a hyphen or an apostrophe counts as itself.
    A Markdown link may also have what a renderer makes of the heading, such as `#capital-gains`.

    ```md with tax.md
    # Tax

    ## Capital gains

    ### Rates
    ```

    ```md bad
    See «[[tax#Capital gain]]» and «[[tax#Rates#Capital gains]]».
    ```

    ```md good
    See [[tax#capital gains]], [[tax#Capital gains#Rates]] and [the rates](tax.md#rates).
    ```
    """
    for it in docs.resolved_as("no-heading"):
        near = docs.suggestion_within(str(it.outcome.target), it.link.subpath)
        yield it.found(f"`{it.outcome.target}` has no heading `{'#'.join(it.link.subpath)}`{near}")
