from collections.abc import Iterator
from datetime import date

from reglint import dates
from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.rule import needed_for, rule


@rule(group="dates", category="correctness", severity=Severity.error, since="0.1")
def future_date(
    doc: Document,
    today: date,
    *,
    keys: tuple[str, ...] = (
        "created",
        "updated",
        "modified",
        "date_created",
        "date_modified",
        "last_updated",
        "last_modified",
        "last_reviewed",
        "lastmod",
    ),
) -> Iterator[Finding]:
    """A date that speaks of the past is still to come.

    Nobody can have written or changed a page tomorrow. Only the `keys` that say what has happened are looked at; a
    `date`, `published` or `review_by` may well lie ahead.

    ```md bad
    ---
    created: 2026-04-02
    updated: «2062-06-01»
    ---
    ```

    ```md good
    ---
    updated: 2026-06-01
    review_by: 2062-06-01
    ---
    ```
    """
    for key in keys:
        written = doc.get("frontmatter", key)
        moment = dates.read(written)
        if moment and moment.first > today:
            yield Finding(
                doc.at("frontmatter", key),
                f"`{key}` lies in the future: {written}",
                help=f"`{key}` says what has happened; write the day on which it did",
                until=dates.days_after(moment.first, -1),
            )


@needed_for(future_date)
def _lies_ahead(doc: Document, today: date, keys: tuple[str, ...]) -> bool:
    moments = (dates.read(doc.frontmatter[it]) for it in keys if it in doc.frontmatter)
    return any(it and it.first > today for it in moments)
