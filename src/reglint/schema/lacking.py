"""Which members a value lacks that its schema requires."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from reglint.diagnostic import Path
from reglint.schema.library import Library
from reglint.syntax.tree import Json

if TYPE_CHECKING:
    from jsonschema import ValidationError

_REQUIRING = frozenset({"required", "dependentRequired", "dependencies"})


def lacking(library: Library, path: str, value: Json) -> Iterator[Path]:
    """Yield the path of each member that the schema file at *path* requires of *value*, or of what is in it.

    Of alternatives that all fail, the first counts that allows a value of this type.
    """
    yield from _lacking(library.validator(path).iter_errors(value))


def _lacking(errors: Iterable[ValidationError]) -> Iterator[Path]:
    for error in errors:
        value: Json = error.instance
        wanted: Json = error.validator_value if error.validator in _REQUIRING else ()
        if isinstance(wanted, dict):
            named = (it for name, it in wanted.items() if name in value and isinstance(it, list))
            wanted = [name for it in named for name in it]
        yield from ((*error.absolute_path, name) for name in wanted if name not in value)
        if error.validator in {"anyOf", "oneOf"}:
            yield from _lacking(_first_branch(error))


def _first_branch(error: ValidationError) -> list[ValidationError]:
    branches = [list(them) for _, them in groupby(error.context or (), key=lambda it: it.relative_schema_path[0])]
    fitting = (it for it in branches if not any(e.validator == "type" and not e.relative_path for e in it))
    return next(fitting, [])
