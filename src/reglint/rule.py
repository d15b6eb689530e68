"""What a rule is: a generator function, its docstring, and a few facts. One file a rule, in `rules/`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from reglint.diagnostic import Finding, Severity
from reglint.manual import CATEGORIES, GROUPS, Manual
from reglint.syntax.tree import Json

Scope = Literal["doc", "corpus", "failure", "mistake"]
Check = Callable[..., Iterator[Any]]

RULES: dict[str, Rule] = {}
"""Every rule by its name, filled by the decorator."""


class Unchecked(NamedTuple):
    """A file that could not be checked, and why: *kind* is "encoding", "unreadable", "size" or "crash"."""

    path: str
    kind: str
    message: str


class Mistake(NamedTuple):
    """What is wrong with a file that a run needs besides documents: its configuration, a schema, a table of values."""

    path: str
    finding: Finding


@dataclass(frozen=True)
class Rule:
    """A rule. Its *scope* is the name of its first parameter.

    `doc` (map) sees one Document and yields Findings. `corpus` (reduce) sees the Corpus of facts and yields pairs of
    path and Finding. `failure` sees an Unchecked file, `mistake` a Mistake, and they yield Findings. A parameter
    `today` is given the date.
    """

    manual: Manual
    check: Check
    scope: Scope
    wants_today: bool
    options: Mapping[str, inspect.Parameter]

    @property
    def name(self) -> str:
        """The rule's name, in kebab-case."""
        return self.manual.name

    def run(self, subject: object, today: date, options: Mapping[str, Json]) -> Iterator[Any]:
        """Run the rule on what its scope asks for."""
        given = {name: tuple(it) if isinstance(it, list) else it for name, it in options.items()}
        return self.check(subject, today, **given) if self.wants_today else self.check(subject, **given)

    def option_schema(self) -> Json:
        """Return the JSON Schema of the rule's options, made from its keyword-only parameters."""
        hints = get_type_hints(self.check)
        return {name: {**_schema_of(hints[name]), "default": _as_json(it.default)} for name, it in self.options.items()}


def rule(
    *, group: str, category: str, severity: Severity, since: str
) -> Callable[[Callable[..., Iterator[Any]]], Callable[..., Iterator[Any]]]:
    """Register the function below as a rule; its name, manual, scope and options are read off it."""
    assert group in GROUPS, f"no group is named {group}"
    assert category in CATEGORIES, f"no category is named {category}"

    def register(check: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        name = check.__name__.replace("_", "-")
        assert name not in RULES, f"two rules are named {name}"
        parameters = inspect.signature(check).parameters
        scope = next(iter(parameters))
        assert scope in get_args(Scope), f"{name} sees `{scope}`, which is no scope"
        options = {key: it for key, it in parameters.items() if it.kind is it.KEYWORD_ONLY}
        manual = Manual(name, group, category, severity, since, inspect.getdoc(check) or "")
        RULES[name] = Rule(manual, check, scope, "today" in parameters, options)  # type: ignore[arg-type]  # asserted above
        return check

    return register


_SCALARS = {str: "string", float: "number", bool: "boolean"}


def _schema_of(hint: Any) -> dict[str, Json]:
    """`str`, `int`, `float`, `bool`, `tuple[str, ...]` and `Mapping[str, X]` are what an option can be."""
    if hint is int:
        return {"type": "integer", "minimum": 0, "maximum": 100_000}
    if hint in _SCALARS:
        return {"type": _SCALARS[hint]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _schema_of(get_args(hint)[0])}
    return {"type": "object", "additionalProperties": _schema_of(get_args(hint)[1])}


def _as_json(value: Any) -> Json:
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value
