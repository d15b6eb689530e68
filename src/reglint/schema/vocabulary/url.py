from dataclasses import replace

from reglint.diagnostic import Finding
from reglint.schema.keyword import Description, also_describes, keyword


@keyword("url", group="schema", meta={"type": "string", "format": "url"}, since="0.1")
def url(finding: Finding, wanted: str, _: str) -> Finding:
    """Names the page that explains what the schema beside it asks for; a finding shows it.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {
      "status": {"enum": ["draft", "stable"], "url": "https://www.iso.org/standard/68345.html"}
    }}}}
    ```

    ```md bad
    ---
    type: page
    status: «done»
    ---
    ```

    ```md good
    ---
    type: page
    status: draft
    ---
    ```
    """
    return replace(finding, url=wanted)


@also_describes("url")
def in_words(wanted: str) -> Description:
    """Name the page."""
    return Description(f"see {wanted}")
