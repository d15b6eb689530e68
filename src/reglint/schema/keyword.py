"""What a keyword of reglint's vocabulary is, and how the failure of a standard one is told.

Both are functions in files of their own, `vocabulary/` and `failures/`; importing the file registers it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonschema.exceptions import ValidationError

from reglint.diagnostic import Finding, Note, Path, Severity
from reglint.document import Document
from reglint.facts import Claim
from reglint.manual import Manual
from reglint.syntax.tree import Json
from reglint.text import Span

if TYPE_CHECKING:
    from reglint.schema.failure import Failure

KEYWORDS: dict[str, Keyword] = {}
EXPLAINERS: dict[str, list[Explainer]] = {}
MANUALS: dict[str, Manual] = {}
"""Every rule name that a schema can report under."""


class Violation(ValidationError):
    """An error that already knows the rule it is reported under.

    *at* is the path of a member whose key is to be marked instead of the value; *related* are further places, each with
    its words.
    """

    def __init__(
        self,
        rule: str,
        message: str,
        help: str = "",
        *,
        at: Path | None = None,
        related: tuple[tuple[Path, str], ...] = (),
    ) -> None:
        super().__init__(message)
        self.rule = rule
        self.help = help
        self.at = at
        self.related = related


class Site(NamedTuple):
    """A value that a schema location applies to, for keywords that look beyond the value."""

    doc: Document
    path: Path
    value: Json
    schema: Mapping[str, Json]
    note: Note

    @property
    def help(self) -> str:
        """The schema's `description` of the value."""
        return str(self.schema.get("description", ""))

    @property
    def span(self) -> Span:
        """Where the value stands."""
        return self.doc.at(*self.path)


Check = Callable[[Any, Json, Json, Mapping[str, Json]], Iterator[Violation]]
Relate = Callable[[Site, Json], Iterator[Violation | Claim]]


@dataclass(frozen=True)
class Keyword:
    """A keyword of the vocabulary.

    *check* judges a value by itself, in the shape that jsonschema asks for, and so decides branches like any keyword.
    *relate* sees the whole document; it yields violations and claims about the corpus, and never decides a branch.
    """

    name: str
    text: str
    meta: Json
    check: Check | None
    relate: Relate | None
    fault: Callable[[Json], str | None] | None = None


@dataclass(frozen=True)
class Explainer:
    """Tells the failure of some standard keywords under one rule name."""

    manual: Manual
    keywords: tuple[str | None, ...]
    explain: Callable[[Failure], Iterator[Finding]]


_REPORT = re.compile(r"^## (?P<name>[a-z-]+)\n", re.MULTILINE)


def keyword(
    *names: str, group: str, meta: Json, since: str, severity: Severity = Severity.error
) -> Callable[[Callable[..., Iterator[Any]]], Callable[..., Iterator[Any]]]:
    """Register the function below as a keyword, or as several that differ in name only.

    A function whose first parameter is `site` relates, any other checks. *meta* is the JSON Schema of the keyword's
    value. The docstring is the manual: an introduction, then a part `## rule-name` for each rule that it reports under.
    """

    def register(function: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        relates = next(iter(inspect.signature(function).parameters)) == "site"
        text = inspect.getdoc(function) or ""
        _register_reports(text, group, severity, since)
        for name in names:
            assert name not in KEYWORDS, f"two keywords are named {name}"
            bound = _bound(function, name)
            KEYWORDS[name] = Keyword(name, text, meta, None if relates else bound, bound if relates else None)
        return function

    return register


def also_faults(name: str) -> Callable[[Callable[[Json], str | None]], Callable[[Json], str | None]]:
    """Let a keyword say what is wrong with its own value where its meta-schema cannot."""

    def register(fault: Callable[[Json], str | None]) -> Callable[[Json], str | None]:
        KEYWORDS[name] = replace(KEYWORDS[name], fault=fault)
        return fault

    return register


def also_relates(*names: str) -> Callable[[Callable[..., Iterator[Any]]], Callable[..., Iterator[Any]]]:
    """Let a keyword that checks a value by itself look beyond it too."""

    def register(relate: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        for name in names:
            KEYWORDS[name] = replace(KEYWORDS[name], relate=_bound(relate, name))
        return relate

    return register


def _bound(function: Callable[..., Iterator[Any]], name: str) -> Callable[..., Iterator[Any]]:
    """Tell a function that serves several keywords, and asks for their `name`, which one it is called for."""
    return partial(function, name=name) if "name" in inspect.signature(function).parameters else function


def _register_reports(text: str, group: str, severity: Severity, since: str) -> None:
    introduction, *parts = _REPORT.split(text)
    for name, part in zip(parts[::2], parts[1::2], strict=True):
        assert name not in MANUALS, f"two rules are named {name}"
        whole = f"{part.strip()}\n\n{introduction.strip()}\n"
        MANUALS[name] = Manual(name, group, "correctness", severity, since, whole)


def explains(
    *keywords: str | None, since: str, group: str = "schema", severity: Severity = Severity.error
) -> Callable[[Callable[[Failure], Iterator[Finding]]], Callable[[Failure], Iterator[Finding]]]:
    """Register a function as the words for a failure of *keywords* (None: the schema `false`), named as its rule."""

    def register(explain: Callable[[Failure], Iterator[Finding]]) -> Callable[[Failure], Iterator[Finding]]:
        name = explain.__name__.replace("_", "-")
        assert name not in MANUALS, f"two rules are named {name}"
        MANUALS[name] = Manual(name, group, "correctness", severity, since, inspect.getdoc(explain) or "")
        for it in keywords:
            EXPLAINERS.setdefault(it or "", []).append(Explainer(MANUALS[name], keywords, explain))
        return explain

    return register


class Declared:
    """The property names and patterns that the schemas of one object speak of; *is_closed*: others are refused."""

    def __init__(self) -> None:
        self.is_closed = False
        self.names: dict[str, None] = {}
        self.patterns: dict[str, None] = {}

    def add(self, schema: Mapping[str, Json]) -> None:
        """Take the names that *schema* declares."""
        self.is_closed |= False in (schema.get("additionalProperties"), schema.get("unevaluatedProperties"))
        self.names.update(dict.fromkeys(schema.get("properties", ())))
        self.patterns.update(dict.fromkeys(schema.get("patternProperties", ())))
