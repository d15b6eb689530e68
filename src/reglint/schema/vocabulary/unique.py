from collections.abc import Iterator

from reglint.facts import Unique, spelled
from reglint.schema.keyword import Description, Site, also_describes, keyword


@keyword("unique", group="identity", meta={"enum": ["document", "type", "corpus"]}, since="0.1")
def unique(site: Site, scope: str) -> Iterator[Unique]:
    """No other place that the same `unique` governs holds the same value.

    `document` looks within one document, `type` at all documents of the type, `corpus` at all documents. The rule
    `duplicate-value` reports what stands twice.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"code": {"unique": "type"}}}}}
    ```

    ```md with a.md
    ---
    type: page
    code: KZ
    ---
    ```

    ```md bad
    ---
    type: page
    code: «KZ»
    ---
    ```

    ```md good
    ---
    type: page
    code: KG
    ---
    ```
    """
    if site.value is not None and not isinstance(site.value, dict):
        yield Unique(scope, spelled(site.value), site.span, site.path, site.grounds)


@also_describes("unique")
def in_words(scope: str) -> Description:
    """Say where the value may not stand again."""
    where = {"document": "the document", "type": "the documents of this type", "corpus": "the corpus"}[scope]
    return Description(f"stands nowhere else in {where}")
