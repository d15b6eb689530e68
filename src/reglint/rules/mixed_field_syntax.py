from collections.abc import Iterator

from reglint.diagnostic import Finding, Note, Severity
from reglint.document import Document
from reglint.fields import RECORD_HEADERS, is_record, lines
from reglint.rule import needed_for, rule
from reglint.text import Span


@rule(group="text", category="pedantic", severity=Severity.warning, since="0.1")
def mixed_field_syntax(
    doc: Document,
    *,
    headers: tuple[str, ...] = RECORD_HEADERS,
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
        if is_record(table, headers):
            for row in table.rows:
                rows.setdefault(row.cells[0].text, row.cells[0].span)
    for name, _, _, span in (field for block in doc.body.blocks for field in lines(block)):
        if name in rows:
            yield Finding(
                span,
                f"the field `{name[:80]}` stands in a line of its own here, and in a table elsewhere",
                help="write it in one way throughout the page",
                notes=(Note(doc.path, rows[name], "in a table here"),),
            )


@needed_for(mixed_field_syntax)
def _has_both(doc: Document) -> bool:
    return bool(doc.body.tables) and any(it.text.startswith("**") for it in doc.body.blocks)
