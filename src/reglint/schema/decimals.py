"""`multipleOf` in decimal arithmetic: 19.99 is a multiple of 0.01, which binary floating point denies."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from jsonschema.exceptions import ValidationError

from reglint.syntax.tree import Json


def multiple_of(validator: Any, divisor: float, value: Json, _: Json) -> Iterator[ValidationError]:
    """Stand in for jsonschema's own function, whose shape this is."""
    if validator.is_type(value, "number") and not _divides(divisor, value):
        yield ValidationError(f"{value} is not a multiple of {divisor}")


def _divides(divisor: float, value: float) -> bool:
    try:
        return Decimal(repr(value)) % Decimal(repr(divisor)) == 0
    except InvalidOperation:  # a quotient of more digits than anybody writes
        return bool(value % divisor == 0)
