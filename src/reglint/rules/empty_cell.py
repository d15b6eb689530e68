from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.fields import RECORD_HEADERS, is_record
from reglint.rule import needed_for, rule
from reglint.syntax.blocks import Cell, Row

_BOLD = ("**", "__")


@rule(group="tables", category="style", severity=Severity.warning, since="0.1")
def empty_cell(
    doc: Document,
    *,
    headers: tuple[str, ...] = RECORD_HEADERS,
) -> Iterator[Finding]:
    """A field has a name and no value.

    A reader cannot tell whether the value is unknown, does not exist or was forgotten. The rule looks at tables of
    fields alone, which are those whose header is one of `headers` (compared without case); elsewhere a blank cell is
    as good as any. A bold name without a value, among others that are not bold, is a heading within the table.

    ```md bad
    | Field | Value |
    | --- | --- |
    | Status | Legal |
    | Currency |«» |
    ```

    ```md good
    | Field | Value |
    | --- | --- |
    | **Money** | |
    | Currency | not known |

    | Country | Since | Until |
    | --- | --- | --- |
    | Kazakhstan | 2024 | |
    ```
    """
    for table in doc.body.tables:
        if is_record(table, headers):
            are_bold = all(_is_bold(row.cells[0]) for row in table.rows)
            for row in table.rows:
                if _lacks_value(row) and _is_bold(row.cells[0]) <= are_bold:
                    yield _finding(doc, row)


@needed_for(empty_cell)
def _has_blanks(doc: Document) -> bool:
    return any(not row.texts[-1] for table in doc.body.tables for row in table.rows)


def _finding(doc: Document, row: Row) -> Finding:
    name, value = row.cells
    return Finding(
        value.span,
        f"the field `{name.text[:80]}` has no value",
        help="write the value, or say that it is not known or does not apply",
        pointer=doc.pointer(name.span),
    )


def _is_bold(cell: Cell) -> bool:
    return cell.text.startswith(_BOLD) and cell.text.endswith(_BOLD)


def _lacks_value(row: Row) -> bool:
    """A row that is all blank keeps others apart; one that is too short has a rule of its own."""
    name, value = row.cells
    return row.width == len(row.cells) and any(it.isalnum() for it in name.text) and not value.text
