from collections.abc import Iterator

from reglint import dates
from reglint.diagnostic import Finding, Note, Severity
from reglint.document import Document
from reglint.rule import needed_for, rule


@rule(group="dates", category="correctness", severity=Severity.error, since="0.1")
def created_after_updated(doc: Document, *, created: str = "created", updated: str = "updated") -> Iterator[Finding]:
    """The document claims to have been updated before it was created.

    One of the two dates is wrong, so neither freshness nor history can be trusted. Dates that can be read in two ways,
    such as `01/06/2026`, are left alone here.

    ```md bad
    ---
    created: 2026-06-01
    updated: «2026-04-02»
    ---
    ```

    ```md good
    ---
    created: 2026-04-02
    updated: 2026-06-01
    ---
    ```
    """
    first = dates.read(doc.get("frontmatter", created))
    last = dates.read(doc.get("frontmatter", updated))
    if first and last and dates.is_before(last, first):
        yield Finding(
            doc.at("frontmatter", updated),
            f"`{updated}` is before `{created}`, which is {doc.get('frontmatter', created)}",
            help=f"one of the two is wrong, or they were swapped: `{updated}` is the day of the last change",
            notes=(Note(doc.path, doc.at("frontmatter", created), "created here"),),
        )


@needed_for(created_after_updated)
def _is_before(doc: Document, created: str, updated: str) -> bool:
    first, last = (dates.read(doc.frontmatter.get(it)) for it in (created, updated))
    return bool(first and last and dates.is_before(last, first))
