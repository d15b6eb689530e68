"""Whether values keep subschemas, by jsonschema-rs where that is installed: yes or no, without a word of why.

Where it is missing, or could see a schema or a value differently than we do, jsonschema is asked, which gives the same
answer a hundred times as slowly. No value is NaN or infinite, which the two would not see alike: readers of front
matter and of schemas keep such a number as the text that stands in the file, or refuse it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from reglint.schema.bundle import OURS, Bundle, Unsure
from reglint.syntax.tree import Json

Valid = Callable[[Json], bool]


@cache
def _supplier() -> Any:
    try:
        import jsonschema_rs
    except ImportError:
        return None
    return jsonschema_rs


def is_fast() -> bool:
    """Tell whether the fast engine is installed."""
    return _supplier() is not None


def of_schemas(dialect: str) -> Valid:
    """Return what tells whether a schema is well-formed in a published *dialect*; never, where nobody can tell fast."""
    rs = _supplier()
    if not rs:
        return lambda _: False
    known = {"draft-07": rs.Draft7Validator, "2020-12": rs.Draft202012Validator}
    draft = next(it for name, it in known.items() if name in dialect)
    is_valid: Valid = draft({"$ref": dialect}, pattern_options=rs.RegexOptions(), validate_formats=False).is_valid
    return lambda value: bool(_asked(is_valid, value))


def _asked(is_valid: Valid, value: Json) -> bool | None:
    try:
        return is_valid(value)
    except Exception:  # noqa: BLE001 - a value that the engine has no form for, such as half of a surrogate pair
        return None


class Verdict:
    """Decides by the schemas of one *bundle*; None: never. *asked* returns jsonschema's answer about a subschema."""

    def __init__(self, bundle: Bundle | None, asked: Callable[[Json, Json], bool]) -> None:
        self._bundle = bundle
        self._asked = asked
        self._compiled: dict[int, Valid | None] = {}

    def is_surely_valid(self, schema: Json, value: Json) -> bool:
        """Tell whether *value* keeps *schema* for certain; False where it does not, or nothing is certain."""
        return bool(self._decided(schema, value))

    def accepts(self, schema: Json, value: Json) -> bool:
        """Tell whether *value* keeps *schema*."""
        decided = self._decided(schema, value)
        return self._asked(schema, value) if decided is None else decided

    def is_sure(self, schema: Json) -> bool:
        """Tell whether the fast engine reads *schema* as jsonschema does."""
        return self._valid(schema) is not None

    def _decided(self, schema: Json, value: Json) -> bool | None:
        """Return the fast verdict; None where there is none."""
        is_valid = self._valid(schema)
        return _asked(is_valid, value) if is_valid else None

    def _valid(self, schema: Json) -> Valid | None:
        key = id(schema)
        if key not in self._compiled:
            self._compiled[key] = (lambda _: schema) if isinstance(schema, bool) else self._compile(schema)
        return self._compiled[key]

    def _compile(self, schema: Json) -> Valid | None:
        rs = _supplier() if self._bundle else None
        if not rs or not self._bundle:
            return None
        draft = rs.Draft7Validator if self._bundle.source.is_draft_07 else rs.Draft202012Validator
        try:
            return _compiled(draft, self._bundle.of(schema), self._bundle, rs.RegexOptions())
        except (Unsure, ValueError, RecursionError):
            return None


def _compiled(draft: Any, schema: Json, bundle: Bundle, options: Any) -> Valid:
    class Ours:
        """What jsonschema-rs asks of our predicates."""

        def __init__(self, _: Json, numbers: list[int], __: object) -> None:
            self.predicates = [bundle.predicates[it] for it in numbers]

        def validate(self, value: Json) -> None:
            for accepts in self.predicates:
                if not accepts(value):
                    raise ValueError

    compiled = draft(schema, keywords={OURS: Ours}, pattern_options=options, validate_formats=False, offline=True)
    is_valid: Valid = compiled.is_valid
    return is_valid
