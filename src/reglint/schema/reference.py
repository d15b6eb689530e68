"""jsonschema with our keywords, formats and patterns: the reference, which explains what the fast engine refuses.

Its import takes longer than checking a few documents, so it is imported where something has to be explained.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jsonschema
from jsonschema.exceptions import ValidationError
from jsonschema.validators import Draft7Validator, Draft202012Validator
from jsonschema_specifications import REGISTRY as PUBLISHED
from referencing import Registry, Specification
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT7, DRAFT202012

from reglint.schema import decimals, formats
from reglint.schema.dialect import Dialect
from reglint.schema.keyword import Check, Keyword, Violation
from reglint.schema.linear import with_linear_patterns
from reglint.syntax.tree import Json


class Refusal(ValidationError):
    """A violation, as jsonschema hands it on."""

    def __init__(self, violation: Violation) -> None:
        super().__init__(violation.message, path=violation.within)
        self.violation = violation


def _subschemas(contents: Json) -> Iterator[Json]:
    """Yield the subschemas of a Draft-07 schema; referencing takes the lists among `dependencies` for schemas."""
    known = contents if isinstance(contents, dict) else {}
    if isinstance(known.get("dependencies"), dict):
        schemas = {name: it for name, it in known["dependencies"].items() if isinstance(it, dict)}
        known = {**known, "dependencies": schemas}
    yield from DRAFT7.subresources_of(known)


_DRAFT7 = Specification(  # type: ignore[call-arg]  # mypy does not see the arguments of a class made by attrs
    name=DRAFT7.name,
    id_of=DRAFT7.id_of,
    subresources_of=_subschemas,
    maybe_in_subresource=DRAFT7.maybe_in_subresource,
    anchors_in=lambda _, contents: DRAFT7.anchors_in(contents),
)


def _specification(dialect: Dialect) -> Specification[Any]:
    return _DRAFT7 if dialect.is_draft_07 else DRAFT202012


def _base(dialect: Dialect) -> Any:
    return Draft7Validator if dialect.is_draft_07 else Draft202012Validator


def registry(resources: Mapping[str, tuple[Json, Dialect]]) -> Registry[Json]:
    """Return everything that a `$ref` may lead to: *resources* by URI, and the published meta-schemas."""
    found: Registry[Json] = PUBLISHED.with_resources(
        (uri, _specification(dialect).create_resource(contents)) for uri, (contents, dialect) in resources.items()
    )
    return found.crawl()


def published(ref: str) -> Json:
    """Return what *ref* leads to in a published meta-schema. Raises LookupError."""
    try:
        return PUBLISHED.resolver().lookup(ref).contents
    except (Unresolvable, TypeError, ValueError) as error:
        raise LookupError(ref) from error


def of_form(dialect: Dialect) -> Any:
    """Return the validator of schemas in *dialect*."""
    base = _base(dialect)
    meta = base.META_SCHEMA if dialect.meta is None else dialect.meta
    resource = _specification(dialect).create_resource(meta)
    return base(meta, registry=PUBLISHED.with_resource(dialect.uri, resource))


def plain(schema: Json) -> Any:
    """Return the validator for a *schema* of 2020-12 without keywords of ours, whose formats are asserted."""
    return Draft202012Validator(schema, format_checker=checker())


def validator_class(dialect: Dialect, keywords: Mapping[str, Keyword]) -> Any:
    """Return jsonschema's class for *dialect* with *keywords* besides its own."""
    base = _base(dialect)
    checks = with_linear_patterns(base.VALIDATORS)
    checks |= {"multipleOf": _multiple_of, **{name: _refusing(it.check) for name, it in keywords.items() if it.check}}
    checks |= dict.fromkeys(dialect.ignored, _nothing)
    return jsonschema.validators.extend(base, checks)  # type: ignore[no-untyped-call]  # its stub has no types


def checker() -> jsonschema.FormatChecker:
    """Return the format checker that jsonschema is to use: ours, and only ours."""
    found = jsonschema.FormatChecker(formats=())
    for name in formats.FORMATS:
        found.checks(name)(formats.accepting(name))
    return found


def _refusing(check: Check) -> Callable[..., Iterator[Refusal]]:
    """Return *check* as jsonschema calls it."""

    def refuse(validator: Any, wanted: Json, value: Json, schema: Json) -> Iterator[Refusal]:
        yield from map(Refusal, check(validator, wanted, value, schema))

    return refuse


def _multiple_of(_: Any, divisor: float, value: Json, __: Json) -> Iterator[ValidationError]:
    if not decimals.is_multiple(divisor, value):
        yield ValidationError(f"{value} is not a multiple of {divisor}")


def _nothing(*_: object) -> Iterator[ValidationError]:
    """Say nothing, as a keyword does that no vocabulary defines."""
    yield from ()
