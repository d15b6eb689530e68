from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.rule import rule
from reglint.text import Span


@rule(group="tables", category="correctness", severity=Severity.error, since="0.1")
def unescaped_pipe(doc: Document) -> Iterator[Finding]:
    r"""The `|` of a wikilink ends the cell of the table that it stands in.

    A table row is cut into cells before anything in it is read. The link falls apart into two cells, the second half
    pushes what follows out of the table, and GitHub, Obsidian and every other renderer of such tables show neither the
    link nor the lost cell. A `\` before the pipe keeps the link whole.

    ```md bad
    | Field | Value |
    | --- | --- |
    | Regulator | [[entity--afsa«|»AFSA]], NBK |
    ```

    ```md good
    | Field | Value |
    | --- | --- |
    | Regulator | [[entity--afsa\|AFSA]], NBK |
    ```

    Outside of tables the pipe stands alone.

    ```md good
    The regulator is the [[entity--afsa|AFSA]].
    ```
    """
    for table in doc.body.tables:
        for pipe in table.pipes:
            link, escaped = _link_around(doc, pipe)
            yield Finding(
                pipe,
                f"the `|` in `{_short(link)}` ends the table cell and breaks the link",
                help=f"write `{_short(escaped)}`",
            )


def _link_around(doc: Document, pipe: Span) -> tuple[str, str]:
    """Return the link as it is and as it should be."""
    content = doc.text.content
    start = content.rfind("[[", 0, pipe.start)
    end = content.find("]]", pipe.end) + 2
    return content[start:end], content[start : pipe.start] + r"\|" + content[pipe.end : end]


def _short(link: str) -> str:
    return f"{link[:77]}…]]" if len(link) > 80 else link  # noqa: PLR2004 - what fits a message
