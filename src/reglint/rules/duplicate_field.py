from collections.abc import Iterator

from reglint.diagnostic import Finding, Note, Severity
from reglint.document import Document
from reglint.fields import RECORD_HEADERS, is_record
from reglint.hints import fields_by_name
from reglint.rule import needed_for, rule
from reglint.sections import Content
from reglint.syntax.blocks import Table
from reglint.text import Span


@rule(group="tables", category="correctness", severity=Severity.error, since="0.1")
def duplicate_field(
    doc: Document,
    *,
    headers: tuple[str, ...] = RECORD_HEADERS,
) -> Iterator[Finding]:
    """A field stands twice in one section.

    Only the first of the two is read; the second is lost to schemas and to every query. Any other two-column table may
    say what it likes in its first column as often as it likes, so the rule looks at those alone whose header is one of
    `headers` (compared without case). Two tables, or a table and a line, are held together in documents with a `type`.

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
    for field, content, first in doc.repeated_fields:
        if _is_name(field.name) and _is_meant_once(doc, content, first, headers):
            yield Finding(
                field.name_span,
                f"the field `{field.name[:80]}` stands twice in this section, and only the first one is read",
                help="keep one of the two, or name them differently",
                notes=(Note(doc.path, first, "first here"),),
            )


@needed_for(duplicate_field)
def _repeats_a_name(doc: Document) -> bool:
    return any(len(it) > 1 for it in fields_by_name(doc).values())


def _is_name(text: str) -> bool:
    """A blank or a dash continues the row above."""
    return any(it.isalnum() for it in text)


def _is_meant_once(doc: Document, content: Content, first: Span, headers: tuple[str, ...]) -> bool:
    """Two records in one section of a note may well be about two things; a typed page has one of each field."""
    if isinstance(content, Table) and not is_record(content, headers):
        return False
    is_in_one_table = isinstance(content, Table) and content.span.holds(first)
    return is_in_one_table or "type" in doc.frontmatter
