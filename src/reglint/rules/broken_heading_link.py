from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Severity
from reglint.rule import rule
from reglint.spelling import Names


@rule(group="links", category="correctness", severity=Severity.error, since="0.1")
def broken_heading_link(corpus: Corpus) -> Iterator[Located]:
    """The document exists, but has no heading of that name.

    `[[Note#A#B]]` is the heading B somewhere below the heading A. Headings compare without markup, punctuation, blanks
    and case, as Obsidian does.

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
    headings: dict[str, Names] = {}
    for source, link, outcome in corpus.resolved:
        if outcome.kind == "no-heading" and outcome.target:
            target = corpus.documents[outcome.target]
            if target.path not in headings:
                headings[target.path] = Names(it.text for it in target.headings if it.text)
            near = headings[target.path].suggestion(link.subpath[-1])
            yield (
                source.path,
                Finding(
                    link.span,
                    f"`{target.path}` has no heading `{'#'.join(link.subpath)}`{near}",
                    pointer=link.pointer,
                ),
            )
