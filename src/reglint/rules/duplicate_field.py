from collections.abc import Iterator

from reglint.diagnostic import Finding, Note, Severity
from reglint.document import Document
from reglint.fields import RECORD_HEADERS, is_record
from reglint.rule import rule
from reglint.text import Span


@rule(group="tables", category="correctness", severity=Severity.error, since="0.1")
def duplicate_field(
    doc: Document,
    *,
    headers: tuple[str, ...] = RECORD_HEADERS,
) -> Iterator[Finding]:
    """A field stands twice in one table of fields.

    Only the first of the two is read; the second is lost to schemas and to every query. Any other two-column table may
    say what it likes in its first column as often as it likes, so the rule looks at those alone whose header is one of
    `headers` (compared without case).

    ```md bad
    | Field | Value |
    | --- | --- |
    | Status | Legal |
    | Currency | KZT |
    | «Status» | Restricted |
    ```

    ```md good
    | Year | Event |
    | --- | --- |
    | 2024 | The rules take effect |
    | 2024 | The first licence is issued |
    ```
    """
    for table in doc.body.tables:
        if not is_record(table, headers):
            continue
        first: dict[str, Span] = {}
        for name, *_ in (row.cells for row in table.rows):
            if first.setdefault(name.text, name.span) != name.span and _is_name(name.text):
                yield Finding(
                    name.span,
                    f"the field `{name.text[:80]}` stands twice in this table, and only the first one is read",
                    help="keep one of the two, or name them differently",
                    notes=(Note(doc.path, first[name.text], "first here"),),
                )


def _is_name(text: str) -> bool:
    """A blank or a dash continues the row above."""
    return any(it.isalnum() for it in text)
