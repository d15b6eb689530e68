from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.lazy import regex
from reglint.rule import needed_for, rule
from reglint.syntax import wikilink
from reglint.syntax.blocks import Block, Table
from reglint.text import Span

_LINE = regex(r"\|.+\|")
_DELIMITER = regex(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+")
_LEAST = 2


@rule(group="tables", category="suspicious", severity=Severity.warning, since="0.1")
def broken_table(doc: Document) -> Iterator[Finding]:
    """Lines that look like rows of a table are shown as plain text.

    A table ends at the first blank line, so rows behind one are no part of it. Rows without a line of dashes below the
    first of them, or with one that has another number of columns, make no table at all. In each case the reader sees
    the pipes.

    ```md bad
    | Field | Value |
    | --- | --- |
    | Status | Legal |

    «| Currency | KZT |»
    ```

    ```md bad
    «| Status | Legal |»
    | Currency | KZT |
    ```

    ```md bad
    «| Field | Value | Source |»
    | --- | --- |
    | Status | Legal | Law |
    ```

    ```md good
    | Field | Value |
    | --- | --- |
    | Status | Legal |
    | Currency | KZT |

    |x| is the absolute value of x, and
    |x| = |-x|
    ```
    """
    end, columns = -1, 0
    content: list[Table | Block] = [*doc.body.tables, *doc.body.blocks]
    for it in sorted(content, key=lambda it: it.span):
        if isinstance(it, Table):
            end, columns = it.span.end, len(it.header.cells)
        elif it.kind == "paragraph" and (widths := _widths(it)):
            is_behind = 0 <= end <= it.span.start and not doc.text[Span(end, it.span.start)].strip(" \t\r\n")
            if is_behind and set(widths) == {columns}:
                end = it.span.end
                yield _cut_off(it)
            elif len(widths) >= _LEAST:
                yield from _never_begun(it, widths)


@needed_for(broken_table)
def _begins_with_pipe(doc: Document) -> bool:
    return any(it.kind == "paragraph" and it.text.startswith("|") for it in doc.body.blocks)


def _widths(block: Block) -> list[int]:
    """Return how many cells each line has; none unless all lines look like rows."""
    lines = [it.strip(" \t\r") for it in block.text.split("\n")]
    return [len(wikilink.cell_ends(it)) for it in lines] if all(_LINE.fullmatch(it) for it in lines) else []


def _cut_off(block: Block) -> Finding:
    return Finding(
        _first_line(block),
        "a blank line cuts this row off from its table",
        help="take the blank line out, or give the rows behind it a header of their own",
    )


def _never_begun(block: Block, widths: list[int]) -> Iterator[Finding]:
    second = block.text.split("\n")[1].strip(" \t\r")
    if _DELIMITER.fullmatch(second):
        if widths[0] != widths[1]:
            yield Finding(
                _first_line(block),
                f"this is no table, as its header has {widths[0]} cells and the line of dashes below it {widths[1]}",
                help="give the line of dashes as many cells as the header has",
            )
    elif len(set(widths)) == 1 and widths[0] >= _LEAST:
        dashes = f"`|{' --- |' * widths[0]}`" if widths[0] < 10 else "a line of dashes"  # noqa: PLR2004 - fits a line
        yield Finding(
            _first_line(block),
            "these rows are no table, as no header with a line of dashes below it begins them",
            help=f"put {dashes} below the header",
        )


def _first_line(block: Block) -> Span:
    line = block.text.partition("\n")[0].rstrip(" \t\r")
    return Span(block.span.start, block.span.start + len(line))
