from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.lazy import regex
from reglint.rule import needed_for, rule
from reglint.syntax import wikilink
from reglint.syntax.blocks import Row
from reglint.text import Span

# Block ids, attribute lists and captions, which some tools want right below a table.
_BELONGS_TO_TABLE = regex(r"\^[\w-]+$|\{.*\}$|\[.*\]$|: |Table: |%%")


@rule(group="tables", category="suspicious", severity=Severity.warning, since="0.1")
def ragged_row(doc: Document) -> Iterator[Finding]:
    r"""A table row has more or fewer cells than the header.

    What is too much is not shown at all, and what is missing leaves the last columns blank. Often a `|` that belongs to
    the text of a cell, or to code in it, was taken for the end of the cell: it needs a `\` before it there too. A line
    of text right below a table becomes a row of it as well, for want of a blank line.

    An unescaped pipe inside a wikilink has its own rule and does not count here.

    ```md bad
    | Tax | Rate | Since |
    | --- | --- | --- |
    | Income | 10% | 2024 | «until 2026» |
    «| Mining | 15% |»
    ```

    ```md bad
    | Expression | Meaning |
    | --- | --- |
    | `a | b` | «either» |

    | Tax | Rate |
    | --- | --- |
    | Income | 10% |
    «All rates are those of 2026.»
    ```

    ```md good
    | Expression | Meaning |
    | --- | --- |
    | `a \| b` | either |
    | [[entity--afsa|AFSA]] | a regulator |
    | blank | |
    ```
    """
    for table in doc.body.tables:
        columns = len(table.header.cells)
        is_open = not doc.text[table.header.span].endswith("|")
        for row in table.rows:
            if row.width != columns == table.header.width and not (is_open and _ends_blank(doc, row, columns)):
                yield from _judged(doc, row, columns)


@needed_for(ragged_row)
def _is_ragged(doc: Document) -> bool:
    return any(row.width != len(table.header.texts) for table in doc.body.tables for row in table.rows)


def _ends_blank(doc: Document, row: Row, columns: int) -> bool:
    """Where the table's rows have no pipe at their end, one that has leaves the last cell blank."""
    return row.width == columns - 1 and doc.text[row.span].endswith("|")


def _judged(doc: Document, row: Row, columns: int) -> Iterator[Finding]:
    source = doc.text[row.span]
    if "|" in source:
        wants = f"the row has {_cells(row.width)}, where the header has {columns}"
        advice = r"write `\|` for a pipe that belongs to a cell, or take the surplus out"
        missing = "add the missing cells; one may be blank"
        yield Finding(_surplus(doc, row, columns), wants, help=advice if row.width > columns else missing)
    elif not _BELONGS_TO_TABLE.match(source):
        yield Finding(
            row.span,
            "this line becomes a row of the table above it, since no blank line stands between them",
            help="put a blank line before it",
        )


def _surplus(doc: Document, row: Row, columns: int) -> Span:
    """Return where the cells that are too many stand, or the row where none has any text."""
    if row.width < columns:
        return row.span
    source = doc.text[row.span]
    start = wikilink.cell_ends(source)[columns - 1] + 1
    surplus = Span(start, len(source.rstrip("| \t"))).shift(row.span.start)
    return doc.text.strip(surplus) if surplus.start < surplus.end else row.span


def _cells(number: int) -> str:
    return "1 cell" if number == 1 else f"{number} cells"
