from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.rule import needed_for, rule
from reglint.sections import datum


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
    for heading in doc.empty_headings:
        if found := datum(heading):
            name, value = found[0][:60], found[1]
            yield Finding(
                heading.line,
                f"the heading holds the value `{value}`, and nothing stands below it",
                help=f"name the section alone, and write `**{name}:** {value}` or a row of a table below the heading",
            )


@needed_for(data_in_heading)
def _has_empty_sections(doc: Document) -> bool:
    return bool(doc.empty_headings)
