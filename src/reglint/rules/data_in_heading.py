import re
from collections.abc import Iterator
from itertools import zip_longest

from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.rule import rule
from reglint.syntax.blocks import Heading
from reglint.text import Span

_BREAK = re.compile(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})\r?$", re.MULTILINE)
# `Chapter 1: …`, `Part II: …`, `Appendix A: …` are titles; `What is it: …?` is a question.
_DATUM = re.compile(r"(?!.*\b(?:[IVX]+|[A-Z]):)(?P<name>[^:0-9]+):[ \t]+(?P<value>\S.{0,39}(?<!\?))")


@rule(group="text", category="suspicious", severity=Severity.warning, since="0.1")
def data_in_heading(doc: Document) -> Iterator[Finding]:
    """A heading holds a value, and nothing stands below it.

    A heading names what follows. Where it says `Name: value` and nothing follows, the value has become part of the
    outline: it cannot be linked to without naming it, and it is lost to whoever looks for a field of that name. A row
    of a table or a line `**Name:** value` is the place for it.

    Headings with text below them are ordinary whatever they say, as are those with a number or a link in them.

    ```md bad
    «## CBDC Status: launched»

    ## FAQ
    ```

    ```md good
    ## CBDC

    **Status:** launched

    ## Licensing: the two regulators

    One for the financial centre, one for the rest of the country.

    ## Chapter 1: Overview
    ```
    """
    headings = [it for it in doc.body.headings if not it.is_nested]
    for heading, follower in zip_longest(headings, headings[1:]):
        datum = _DATUM.fullmatch(heading.text)
        if datum and _is_empty(doc, heading, follower) and not _holds_link(doc, heading):
            name, value = datum["name"][:60], datum["value"]
            yield Finding(
                heading.line,
                f"the heading holds the value `{value}`, and nothing stands below it",
                help=f"name the section alone, and write `**{name}:** {value}` or a row of a table below the heading",
            )


def _is_empty(doc: Document, heading: Heading, follower: Heading | None) -> bool:
    if heading.level == 1 or (follower and follower.level > heading.level):
        return False
    content = doc.text[Span(heading.line.end, follower.line.start if follower else _end(doc))]
    return not _BREAK.sub("", content).strip(" \t\r\n")


def _end(doc: Document) -> int:
    """Return where the last section ends: at the one thematic break of a typed page, below which its footer stands."""
    breaks = [it.span.start for it in doc.body.blocks if it.kind == "rule"]
    last = doc.body.headings[-1].line.end
    has_footer = len(breaks) == 1 and breaks[0] > last and "type" in doc.frontmatter
    return breaks[0] if has_footer else len(doc.text.content)


def _holds_link(doc: Document, heading: Heading) -> bool:
    return any(heading.line.holds(it.span) for it in doc.body.links)
