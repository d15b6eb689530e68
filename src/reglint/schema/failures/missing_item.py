from collections.abc import Iterator
from dataclasses import replace

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure
from reglint.schema.gist import whole
from reglint.schema.keyword import explains
from reglint.spelling import counted
from reglint.syntax.tree import Json


@explains("contains", "minContains", "maxContains", since="0.1")
def missing_item(failure: Failure) -> Iterator[Finding]:
    """A list lacks an item of a kind that the schema asks for, or holds too many of them.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"aliases": {
      "contains": {"format": "iso-3166-1-alpha-2", "description": "a country code of two letters"}}}}}}
    ```

    ```md bad
    ---
    type: page
    aliases: «[KAZ, Kazakhstan]»
    ---
    ```

    ```md good
    ---
    type: page
    aliases: [KZ, KAZ]
    ---
    ```
    """
    wanted = failure.schema["contains"]
    fitting = [i for i, it in enumerate(failure.value) if failure.background.fits(wanted, it)]
    has = f"{failure.part.name} has {counted(len(fitting), 'item') if fitting else 'no item'}"
    found = failure.finding(f"{has} {_what(wanted, len(fitting))}{_bound(failure, len(fitting))}")
    if failure.keyword == "maxContains":
        surplus = (*failure.path, fitting[failure.argument])
        found = replace(found, span=failure.background.at(surplus), pointer=surplus)
    yield replace(found, help=str(wanted.get("description", found.help))) if isinstance(wanted, dict) else found


def _what(wanted: Json, number: int) -> str:
    said = whole(wanted)
    if not said:
        return "of the kind that the schema asks for"
    return (
        said.words.removeprefix("text ")
        if "pattern" in wanted
        else f"that {'are' if number > 1 else 'is'} {said.words}"
    )


def _bound(failure: Failure, number: int) -> str:
    if failure.keyword == "maxContains":
        return f", where at most {failure.argument} {'was' if failure.argument == 1 else 'were'} expected"
    least = failure.schema.get("minContains", 1)
    return f", where at least {least} were expected" if least > 1 or number else ""
