from collections.abc import Iterator, Mapping
from dataclasses import replace

from reglint.diagnostic import Finding, Path
from reglint.schema.keyword import Fault, also_faults, keyword
from reglint.syntax.tree import Json

_WORDS = {"type": "string", "minLength": 1, "maxLength": 1000}
_META = {
    "anyOf": [
        _WORDS,
        {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"anyOf": [_WORDS, {"type": "object", "additionalProperties": _WORDS}]},
        },
    ]
}


@keyword("errorMessage", group="schema", meta=_META, since="0.1")
def error_message(finding: Finding, wanted: Json, failed: str) -> Finding:
    """Says in the author's own words what is wrong where the schema beside it fails.

    What reglint would have said, or its help, stands below.

    A text serves every failure of that subschema. An object has a text for each keyword that may fail, and `_` for all
    others, as ajv-errors knows them; behind `required` it may have one for each key that may be missing.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {
      "code": {
        "type": "string", "pattern": "^[A-Z]{2}$",
        "errorMessage": {"pattern": "a code has two capital letters, as in `KZ`", "_": "this is no country code"}
      }
    }}}}
    ```

    ```md bad
    ---
    type: page
    code: «kz»
    ---
    ```

    ```md good
    ---
    type: page
    code: KZ
    ---
    ```
    """
    words = _chosen(wanted, failed, finding.pointer or ("",)) if isinstance(wanted, dict) else wanted
    return replace(finding, message=words, help=finding.help or finding.message) if words else finding


def _chosen(wanted: Mapping[str, Json], failed: str, at: Path) -> str | None:
    words = wanted.get(failed)
    found = words.get(str(at[-1])) if isinstance(words, dict) else words
    return found or wanted.get("_")


@also_faults("errorMessage")
def for_members(wanted: Json) -> Iterator[Fault]:
    """Words for members would lose the places of what fails within them."""
    for name in ("properties", "items") if isinstance(wanted, dict) else ():
        if name in wanted:
            yield (
                (name,),
                f"words for `{name}` stand beside each of them, as the `errorMessage` of its own schema",
            )
