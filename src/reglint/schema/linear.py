"""jsonschema's own keywords, with patterns matched in linear time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import FunctionType, SimpleNamespace
from typing import Any

from jsonschema.exceptions import ValidationError

from reglint import patterns

_LINEAR = SimpleNamespace(search=patterns.search)


def with_linear_patterns(keywords: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return copies of jsonschema's *keywords* that match patterns with ours instead of the module `re`.

    The library looks `re` up among the globals of its functions. Copies with globals of their own leave the library as
    it is for everybody else in the process.
    """
    spaces: dict[str, dict[str, Any]] = {}

    def space(names: dict[str, Any]) -> dict[str, Any]:
        own = names["__name__"]
        if own not in spaces:
            spaces[own] = {**names, "re": _LINEAR}
            spaces[own].update({name: copy(it) for name, it in names.items() if _is_jsonschema(it)})
        return spaces[own]

    def copy(function: FunctionType) -> FunctionType:
        made = FunctionType(
            function.__code__,
            space(function.__globals__),
            function.__name__,
            function.__defaults__,
            function.__closure__,
        )
        made.__kwdefaults__ = function.__kwdefaults__
        return made

    copies: dict[str, Callable[..., Any]] = {
        name: copy(it) for name, it in keywords.items() if isinstance(it, FunctionType)
    }
    if "unevaluatedProperties" in copies:
        copies["unevaluatedProperties"] = _naming_members(copies["unevaluatedProperties"])
    return copies


def _naming_members(unevaluated: Any) -> Callable[..., Iterator[ValidationError]]:
    """Let an error have the refused keys as its `members`; jsonschema has them in the words of its message only."""
    evaluated = unevaluated.__globals__["find_evaluated_property_keys_by_schema"]

    def named(validator: Any, argument: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        for error in unevaluated(validator, argument, instance, schema):
            known = evaluated(validator, instance, schema)
            wanted = validator.evolve(schema=argument)
            error.members = tuple(it for it in instance if it not in known and not wanted.is_valid(instance[it]))
            yield error

    return named


def _is_jsonschema(value: object) -> bool:
    return isinstance(value, FunctionType) and value.__module__.startswith("jsonschema.")
