import re
from collections.abc import Iterator
from itertools import zip_longest

from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.rule import rule
from reglint.syntax.blocks import Heading
from reglint.text import Span

_BREAK = re.compile(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})\r?$", re.MULTILINE)
_DAY_OR_WEEK = re.compile(r"(?<![0-9])[0-9]{4}-?(?:[0-9]{2}-?[0-9]{2}|W[0-9]{2})(?![0-9])")
# As in `data-in-heading`, whose headings these are.
_DATUM = re.compile(r"(?!.*\b(?:[IVX]+|[A-Z]):)[^:0-9]+:[ \t]+\S.{0,39}(?<!\?)")


@rule(group="text", category="style", severity=Severity.warning, since="0.1")
def empty_section(doc: Document, *, allowed: tuple[str, ...] = ("unreleased",)) -> Iterator[Finding]:
    """A heading has nothing below it.

    The reader follows a heading and finds nothing; a schema that asks for the section is satisfied by its name alone.
    Headings of a lower rank are content, and so are code, images, HTML, comments and link definitions. A thematic break
    is not.

    Left alone are the title, headings that hold a link, those named in `allowed` (compared without case and
    punctuation), and pages whose headings wait to be filled: templates, slides, and the notes of a day or a week, such
    as `2026-06-01.md`. A heading `Name: value` belongs to `data-in-heading`.

    ```md bad
    ## «Tax»

    ## Licensing

    ### «Fees»

    ---

    ## «Enforcement»
    ```

    ```md good
    ## Licensing

    ### Fees

    None.

    ## Enforcement

    ![A map of the zones](zones.png)
    ```
    """
    if _waits_to_be_filled(doc):
        return
    headings = [it for it in doc.body.headings if not it.is_nested]
    for heading, follower in zip_longest(headings, headings[1:]):
        if _is_empty(doc, heading, follower) and not _may_be_empty(doc, heading, allowed):
            yield Finding(
                heading.span,
                f"the section `{heading.plain[:80]}` is empty",
                help="write what belongs below the heading, or take the heading out",
            )


def _waits_to_be_filled(doc: Document) -> bool:
    names = (doc.path, doc.get("title"), doc.get("frontmatter", "type"))
    is_template = any("template" in str(it).casefold() for it in names)
    return is_template or "marp" in doc.frontmatter or bool(_DAY_OR_WEEK.search(doc.name))


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


def _may_be_empty(doc: Document, heading: Heading, allowed: tuple[str, ...]) -> bool:
    name = heading.plain.strip("[] .:!").casefold()
    holds_link = any(heading.line.holds(it.span) for it in doc.body.links)
    is_allowed = not name or name in {it.casefold() for it in allowed}
    return is_allowed or holds_link or bool(_DATUM.fullmatch(heading.text))
