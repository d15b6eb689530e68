"""What a rule is: a generator function, its docstring, and a few facts. One file a rule, in `rules/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from reglint.diagnostic import Finding, Severity
from reglint.manual import CATEGORIES, GROUPS, Manual, parameters
from reglint.syntax.tree import Json

Scope = Literal["doc", "docs", "corpus", "graph", "failure", "mistake"]
REDUCING: tuple[Scope, ...] = ("docs", "corpus", "graph")
"""The scopes of rules that see the facts of documents instead of documents."""

Check = Callable[..., Iterator[Any]]
Test = Callable[..., bool]
Bound = Callable[[Any], Iterable[Any]]

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


class Rule(NamedTuple):
    """A rule. Its *scope* is the name of its first parameter.

    `doc` (map) sees one Document and yields Findings. `docs`, `corpus` and `graph` (reduce) see the Corpus of facts and
    yield pairs of path and Finding. `docs` goes through the documents one by one: what it finds in one hangs on its
    facts, on the surfaces of others, and on which of them link to it. For `corpus` it hangs on the surfaces of all
    alone, for `graph` on where their links lead as well. `failure` sees an Unchecked file, `mistake` a Mistake, and
    they yield Findings. A parameter `today` is given the date: what will hold only later is found now, and says since
    when. *options* are their defaults; where *needed* says no, there is nothing to find.
    """

    manual: Manual
    check: Check
    scope: Scope
    options: Mapping[str, Json]
    needed: Test | None = None

    @property
    def name(self) -> str:
        """The rule's name, in kebab-case."""
        return self.manual.name

    def run(self, subject: object, today: date, options: Mapping[str, Json]) -> Iterator[Any]:
        """Run the rule on what its scope asks for, whatever is needed."""
        found: Iterator[Any] = self._given(self.check, today, options)(subject)
        return found

    def bound(self, today: date, options: Mapping[str, Json]) -> Bound:
        """Return the rule as a function of its subject alone, which looks closer only where that is needed."""
        check = self._given(self.check, today, options)
        if self.needed is None:
            return check
        is_needed = self._given(self.needed, today, options)
        return lambda subject: check(subject) if is_needed(subject) else ()

    def _given(self, function: Callable[..., Any], today: date, options: Mapping[str, Json]) -> Callable[..., Any]:
        """Hand *function* the options that it names, and the date if it does."""
        offered = {"today": today, **self.options, **options}
        asked = {it: _as_value(offered[it]) for it in parameters(function)[1:]}
        return partial(function, **asked) if asked else function

    def option_schema(self) -> Json:
        """Return the JSON Schema of the rule's options, made from its keyword-only parameters."""
        hints = get_type_hints(self.check)
        return {name: {**_schema_of(hints[name]), "default": _as_json(it)} for name, it in self.options.items()}


def rule(
    *, group: str, category: str, severity: Severity, since: str
) -> Callable[[Callable[..., Iterator[Any]]], Callable[..., Iterator[Any]]]:
    """Register the function below as a rule; its name, manual, scope and options are read off it."""
    assert group in GROUPS, f"no group is named {group}"
    assert category in CATEGORIES, f"no category is named {category}"

    def register(check: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        name = _name(check)
        assert name not in RULES, f"two rules are named {name}"
        scope = parameters(check)[0]
        assert scope in get_args(Scope), f"{name} sees `{scope}`, which is no scope"
        manual = Manual(name, group, category, severity, since, check.__doc__ or "")
        RULES[name] = Rule(manual, check, scope, check.__kwdefaults__ or {})  # type: ignore[arg-type]  # asserted above
        return check

    return register


def needed_for(check: Check) -> Callable[[Test], Test]:
    """Let the function below say of most documents, at little cost, that the rule *check* finds nothing in them.

    It is given the document, and those of the rule's options that it names. Where it says no, the rule must be silent;
    where it says yes, the rule looks closer, and need not find anything.
    """

    def register(test: Test) -> Test:
        name = _name(check)
        RULES[name] = RULES[name]._replace(needed=test)
        return test

    return register


def _name(check: Check) -> str:
    return check.__name__.replace("_", "-")


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


def _as_value(value: Json) -> Json:
    return tuple(value) if isinstance(value, list) else value


def _as_json(value: Any) -> Json:
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value
