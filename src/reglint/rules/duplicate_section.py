from collections.abc import Iterator

from reglint.diagnostic import Finding, Note, Severity
from reglint.document import Document
from reglint.rule import rule


@rule(group="text", category="suspicious", severity=Severity.warning, since="0.1")
def duplicate_section(doc: Document) -> Iterator[Finding]:
    """Two sections of one name stand under the same parent.

    The sections of a typed document are known by their names. Only the first of two counts, so a schema never sees what
    the second one says, and a link to the name always leads to the first. The same name under two different parents is
    fine, and documents that name no `type` in their front matter may repeat any heading.

    ```md bad
    ---
    type: country
    ---

    ## Tax

    Gains are taxed at 10%.

    ## «Tax»

    Gains are not taxed.
    ```

    ```md good
    ---
    type: country
    ---

    ## Tax

    ### Sources

    The tax code.

    ## Licensing

    ### Sources

    The rules of the centre.
    ```
    """
    if doc.get("frontmatter", "type") is None:
        return
    for heading, first in doc.repeated:
        if heading.text:
            yield Finding(
                heading.span,
                f"the section `{heading.plain[:80]}` stands twice here, and only the first one is read",
                help="join the two, or give them different names",
                notes=(Note(doc.path, first.span, "first here"),),
            )
