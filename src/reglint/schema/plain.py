"""Judge a value that is no document, such as the configuration, by a schema of our own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator

from reglint.diagnostic import Path
from reglint.syntax.tree import Json


class Fault(NamedTuple):
    """What a keyword has against a value: *argument* is what stands behind the keyword, *siblings* the schema."""

    path: Path
    keyword: str
    argument: Any
    siblings: Any
    value: Json
    message: str


def faults(schema: Json, value: Json) -> Sequence[Fault]:
    """Return what *schema* (2020-12) has against *value*, ordered by place."""
    found = (
        Fault(tuple(it.absolute_path), str(it.validator), it.validator_value, it.schema, it.instance, it.message)
        for it in Draft202012Validator(schema).iter_errors(value)
    )
    return sorted(found, key=lambda it: [str(step) for step in it.path])
