from dataclasses import replace

from reglint.diagnostic import Finding, Severity
from reglint.schema.keyword import keyword


@keyword("severity", group="schema", meta={"enum": [it.name for it in Severity]}, since="0.1")
def severity(finding: Finding, wanted: str, _: str) -> Finding:
    """Says how much a failure of the schema beside it weighs: `error`, `warning` or `info`.

    It holds for that subschema and what it refers to at the same value, not for the members of the value. A rule that
    the configuration turns off stays off, and what a `validations` entry says of itself stays as it is.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"tags": {"maxItems": 2, "severity": "warning"}}}}}
    ```

    ```md bad
    ---
    type: page
    tags: «[law, tax, mining]»
    ---
    ```

    ```md good
    ---
    type: page
    tags: [law, tax]
    ---
    ```
    """
    return finding if finding.severity else replace(finding, severity=Severity[wanted])
