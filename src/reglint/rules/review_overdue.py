from collections.abc import Iterator

from reglint import dates
from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.rule import needed_for, rule


@rule(group="dates", category="suspicious", severity=Severity.warning, since="0.1")
def review_overdue(
    doc: Document, *, keys: tuple[str, ...] = ("review_by", "next_review", "review_due")
) -> Iterator[Finding]:
    """The day by which the document was to be reviewed has passed.

    The document itself says until when it can be relied on. A month or a year has passed when its last day has, and a
    day when it has passed everywhere on Earth.

    ```md bad
    ---
    review_by: «2026-06-01»
    ---
    ```

    ```md good
    ---
    review_by: 2026-11-22
    next_review: 2027
    ---
    ```
    """
    for key in keys:
        moment = dates.read(doc.get("frontmatter", key))
        # The day is the latest that it is anywhere, so that the one before has not passed everywhere.
        if moment and (since := dates.days_after(moment.last, 2)):
            yield Finding(
                doc.at("frontmatter", key),
                f"the review was due by {moment.last}, which has passed",
                help=f"review the document, and set `{key}` to the day of the next review",
                since=since,
            )


@needed_for(review_overdue)
def _has_a_key(doc: Document, keys: tuple[str, ...]) -> bool:
    return not doc.frontmatter.keys().isdisjoint(keys)
