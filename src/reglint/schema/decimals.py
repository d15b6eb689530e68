"""`multipleOf` in decimal arithmetic: 19.99 is a multiple of 0.01, which binary floating point denies."""

from __future__ import annotations

from reglint.syntax.tree import Json


def is_multiple(divisor: float, value: Json) -> bool:
    """Tell whether *value* is a multiple of *divisor*, or no number."""
    return isinstance(value, bool) or not isinstance(value, int | float) or _divides(divisor, value)


def _divides(divisor: float, value: float) -> bool:
    from decimal import Decimal, InvalidOperation

    try:
        return Decimal(repr(value)) % Decimal(repr(divisor)) == 0
    except InvalidOperation:  # a quotient of more digits than anybody writes
        return bool(value % divisor == 0)
