from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.lazy import regex
from reglint.rule import needed_for, rule
from reglint.sections import datum
from reglint.syntax.blocks import Heading

_DAY_OR_WEEK = regex(r"(?<![0-9])[0-9]{4}-?(?:[0-9]{2}-?[0-9]{2}|W[0-9]{2})(?![0-9])")


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
    for heading in doc.empty_headings:
        if not _may_be_empty(heading, allowed):
            yield Finding(
                heading.span,
                f"the section `{heading.plain[:80]}` is empty",
                help="write what belongs below the heading, or take the heading out",
            )


@needed_for(empty_section)
def _has_empty_sections(doc: Document) -> bool:
    return bool(doc.empty_headings)


def _waits_to_be_filled(doc: Document) -> bool:
    return doc.is_template or "marp" in doc.frontmatter or bool(_DAY_OR_WEEK.search(doc.name))


def _may_be_empty(heading: Heading, allowed: tuple[str, ...]) -> bool:
    """A heading that holds a datum is `data-in-heading`, and not this as well."""
    name = heading.plain.strip("[] .:!").casefold()
    return not name or name in {it.casefold() for it in allowed} or datum(heading) is not None
