from collections.abc import Iterator, Mapping, Sequence

from reglint.diagnostic import Finding
from reglint.schema.failure import Failure
from reglint.schema.gist import clauses, whole
from reglint.schema.keyword import explains
from reglint.schema.wording import choices, is_like, shown, type_name, type_of
from reglint.schema.written import reading, remedy
from reglint.spelling import nearest
from reglint.syntax.tree import Json


@explains("enum", "const", "not", since="0.1")
def value_not_allowed(failure: Failure) -> Iterator[Finding]:
    """A value is none of those that the schema allows.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"status": {"enum": ["draft", "stable", "archived"]}}}}}
    ```

    ```md bad
    ---
    type: page
    status: «stabel»
    ---
    ```

    ```md good
    ---
    type: page
    status: stable
    ---
    ```
    """
    if failure.keyword != "not":
        yield _told(failure, failure.argument if failure.keyword == "enum" else [failure.argument])
    elif not failure.is_refused:
        yield _ruled_out(failure, failure.argument if isinstance(failure.argument, dict) else {})


def _told(failure: Failure, allowed: Sequence[Json]) -> Finding:
    value, written, language = failure.value, failure.written, failure.part.language
    near = nearest(value, [it for it in allowed if isinstance(it, str)]) if isinstance(value, str) else None
    wanted = choices(allowed, near).expected
    same = next((it for it in allowed if shown(it) == shown(value) and type_of(it) != type_of(value)), None)
    if same is not None and value is not None:
        message = f"{reading(value, written, language)}, where {type_name(same)} was expected"
        return failure.finding(message, remedy(value, written, language, [type_of(same)]) or wanted)
    if value is None or isinstance(value, dict | list) or not is_like(value, allowed):
        return failure.finding(f"{reading(value, written, language)}, where {wanted}")
    meant = f"; did you mean `{near}`?" if near else ""
    return failure.finding(f"{failure.subject} is not allowed here{meant}", wanted)


def _ruled_out(failure: Failure, schema: Mapping[str, Json]) -> Finding:
    """Name the keys that may not stand together, or what the value may not be."""
    if schema.keys() == {"required"} and schema["required"] and isinstance(failure.value, dict):
        return _together(failure, schema["required"])
    said = whole(schema)
    if said and not {"const", "enum"}.isdisjoint(schema):
        return failure.finding(f"{failure.subject} is not allowed here", f"anything but {said.words} is allowed")
    where = " and ".join(clauses(schema))
    help_ = f"{said.words} may not stand here" if said else f"it is ruled out where {where}" if where else ""
    return failure.finding(f"{failure.subject} is ruled out by the schema", help_)


def _together(failure: Failure, keys: Sequence[str]) -> Finding:
    """Mark the last of keys that exclude each other, or the only one."""
    last = max(((*failure.path, it) for it in keys), key=failure.background.key)
    named = " and ".join(map(shown, keys))
    message = f"{named} may not stand together" if keys[1:] else f"the {failure.part.member} {named} may not stand here"
    return failure.finding(message, at=last, span=failure.background.key(last))
