import re
from collections.abc import Iterator

from reglint.diagnostic import Finding, Note, Severity
from reglint.document import Document
from reglint.rule import rule
from reglint.syntax.blocks import Table
from reglint.text import Span

_FIELD_LINE = re.compile(r"\*\*(?P<name>[^*\n]+)(?::\*\*|\*\*:)[ \t]+(?P<value>.+)")


@rule(group="text", category="pedantic", severity=Severity.warning, since="0.1")
def mixed_field_syntax(
    doc: Document,
    *,
    headers: tuple[str, ...] = (
        "field | value",
        "key | value",
        "property | value",
        "attribute | value",
        "type | rate",
    ),
) -> Iterator[Finding]:
    """A field stands in a table in one place and in a line of its own in another.

    Both are read alike, but people who look for a field, and whoever edits the page next, have to know two ways of
    writing it. A table of fields is one whose header is one of `headers` (compared without case).

    ```md bad
    ## Mining

    | Field | Value |
    | --- | --- |
    | Status | Legal |

    ## Stablecoins

    **Status:** «regulated»
    ```

    ```md good
    ## Mining

    | Field | Value |
    | --- | --- |
    | Status | Legal |

    ## Stablecoins

    | Field | Value |
    | --- | --- |
    | Status | Regulated |

    **Scope:** fiat stablecoins
    ```
    """
    rows: dict[str, Span] = {}
    for table in doc.body.tables:
        if _header(table) in {it.casefold() for it in headers}:
            for row in table.rows:
                rows.setdefault(row.cells[0].text, row.cells[0].span)
    for name, value in _field_lines(doc):
        if name in rows:
            yield Finding(
                value,
                f"the field `{name[:80]}` stands in a line of its own here, and in a table elsewhere",
                help="write it in one way throughout the page",
                notes=(Note(doc.path, rows[name], "in a table here"),),
            )


def _header(table: Table) -> str:
    return " | ".join(it.text.strip("*_` ").casefold() for it in table.header.cells)


def _field_lines(doc: Document) -> Iterator[tuple[str, Span]]:
    """Yield name and place of the value of each line `**Name:** value` in blocks that hold nothing else."""
    for block in doc.body.blocks:
        if block.kind in {"paragraph", "item"}:
            lines = _lines(doc, block.span)
            found = [_FIELD_LINE.match(doc.text.content, *it) for it in lines]
            if all(found):
                yield from ((it["name"], doc.text.strip(Span(*it.span("value")))) for it in found if it)


def _lines(doc: Document, block: Span) -> Iterator[Span]:
    at = block.start
    for line in doc.text[block].split("\n"):
        yield Span(at, at + len(line))
        at += len(line) + 1
