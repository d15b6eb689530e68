from collections.abc import Iterator

from reglint import dates
from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.rule import needed_for, rule


@rule(group="dates", category="pedantic", severity=Severity.warning, since="0.1")
def stale_document(doc: Document, *, updated: str = "updated", months: int = 12) -> Iterator[Finding]:
    """The document was last updated longer ago than documents of its kind may be.

    How long that is depends on what a document is about, so this rule is off until it is asked for. Set `months` for
    the whole corpus, or for some folders with an override.

    ```md bad
    ---
    updated: «2025-11-21»
    ---
    ```

    ```md good
    ---
    updated: 2025-11-22
    ---
    ```
    """
    moment = dates.read(doc.get("frontmatter", updated))
    if moment and (since := dates.days_after(dates.months_after(moment.last, months), 1)):
        yield Finding(
            doc.at("frontmatter", updated),
            f"the document was last updated on {moment.last}, more than {months} months ago",
            help=f"check that it still holds, and set `{updated}` to the day on which you did",
            since=since,
        )


@needed_for(stale_document)
def _has_the_key(doc: Document, updated: str) -> bool:
    return updated in doc.frontmatter
