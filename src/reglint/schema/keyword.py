"""What a keyword of reglint's vocabulary is, and how the failure of a standard one is told.

Both are functions in files of their own, `vocabulary/` and `failures/`; importing the file registers it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from functools import partial
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, NamedTuple

from reglint.columns import shared
from reglint.diagnostic import Finding, Path, Severity
from reglint.document import Document
from reglint.facts import Claim, Grounds
from reglint.lazy import regex
from reglint.manual import Manual, parameters
from reglint.schema.excerpt import Excerpt
from reglint.schema.table import Table
from reglint.syntax.tree import Json
from reglint.text import Span

if TYPE_CHECKING:
    from reglint.schema.failure import Failure

KEYWORDS: dict[str, Keyword] = {}
EXPLAINERS: dict[str, list[Explainer]] = {}
MANUALS: dict[str, Manual] = {}
"""Every rule name that a schema can report under."""


@dataclass(frozen=True)
class Violation:
    """What a keyword has against a value, and the rule that it is reported under.

    *within* is the path from the value to the one that is wrong, *part* the part of its text that is, *at* the path in
    the document of a member whose key is to be marked instead of the value; *related* are further places, each with its
    words.
    """

    rule: str
    message: str
    help: str = ""
    _: KW_ONLY
    at: Path | None = None
    within: Path = ()
    part: Excerpt | None = None
    related: tuple[tuple[Path, str], ...] = ()
    severity: Severity | None = None


class Site(NamedTuple):
    """A value that a schema location applies to, for keywords that look beyond the value."""

    doc: Document
    path: Path
    value: Json
    schema: Mapping[str, Json]
    grounds: Grounds

    @property
    def span(self) -> Span:
        """Where the value stands."""
        return shared(self.doc.at(*self.path))


Check = Callable[..., Iterator[Violation]]
Relate = Callable[[Site, Json], Iterator[Violation | Claim]]
Tell = Callable[[Finding, Json, str], Finding]
Fault = tuple[Path, str]
"""What is wrong with a keyword's value: the path within it, and why."""


class Description(NamedTuple):
    """What a keyword asks of a value, for whoever writes one.

    *words* follow the name of the value and a colon, or, where *is_kind* is false, what kind of value it is and a
    semicolon. *example* keeps the keyword; None: there is none.
    """

    words: str
    example: Json = None
    is_kind: bool = False


_REPORT = regex(r"^## (?P<name>[a-z-]+)\n", re.MULTILINE)


class Keyword(NamedTuple):
    """A keyword of the vocabulary.

    *check* judges a value by itself, in the shape that jsonschema asks for, and so decides branches like any keyword.
    *relate* sees the whole document; it yields violations and claims about the corpus, and never decides a branch.
    *tell* changes how the failures of the schema that it stands in are told. *files* are the members of the keyword's
    value that name files, *fault* yields what its meta-schema cannot see, *asks* returns the JSON Pointer that it wants
    to see of other documents, *describe* says what the keyword asks for.
    """

    name: str
    text: str
    meta: Json
    files: tuple[str, ...] = ()
    check: Check | None = None
    relate: Relate | None = None
    tell: Tell | None = None
    fault: Callable[..., Iterator[Fault]] | None = None
    asks: Callable[[Json], str] | None = None
    describe: Callable[..., Description] | None = None

    @property
    def summary(self) -> str:
        """The first paragraph of the manual, on one line."""
        return " ".join(self.text.partition("\n\n")[0].split())

    @property
    def introduction(self) -> str:
        """The manual without the parts on the rules that the keyword reports under."""
        return _REPORT.split(self.text)[0].strip()

    @property
    def reports(self) -> tuple[str, ...]:
        """The rule names that it reports under."""
        return tuple(_REPORT.findall(self.text))

    def faults(self, value: Json) -> Iterator[Fault]:
        """Yield what is wrong with the keyword's own *value* beyond its meta-schema."""
        if self.fault:
            yield from self.fault(value)

    def given(self, tables: Mapping[str, Table]) -> Keyword:
        """Return the keyword with *tables* handed to whichever of its functions asks for them."""
        functions = {"check": self.check, "relate": self.relate, "fault": self.fault, "describe": self.describe}
        given: dict[str, Any] = {name: it and _given(it, tables=tables) for name, it in functions.items()}
        return self._replace(**given)


class Explainer(NamedTuple):
    """Tells the failure of some standard keywords under one rule name."""

    manual: Manual
    keywords: tuple[str | None, ...]
    explain: Callable[[Failure], Iterator[Finding]]


def keyword(
    *names: str,
    group: str,
    meta: Json,
    since: str,
    severity: Severity = Severity.error,
    files: tuple[str, ...] = (),
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register the function below as a keyword, or as several that differ in name only.

    A function whose first parameter is `site` relates, `finding` tells, any other checks; one that asks for `tables` is
    given the CSV files of the library. *meta* is the JSON Schema of the keyword's value, *files* the members of it that
    name files. The docstring is the manual: an introduction, then a part `## rule-name` for each rule that it reports
    under.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        first, *_ = parameters(function)
        text = cleandoc(function.__doc__ or "")
        _register_reports(text, group, severity, since)
        for name in names:
            assert name not in KEYWORDS, f"two keywords are named {name}"
            bound: Any = _given(function, name=name)
            role = {"site": "relate", "finding": "tell"}.get(first, "check")
            functions: dict[str, Any] = {role: bound}
            KEYWORDS[name] = Keyword(name, text, meta, files)._replace(**functions)
        return function

    return register


def also_faults(name: str) -> Callable[[Callable[..., Iterator[Fault]]], Callable[..., Iterator[Fault]]]:
    """Let a keyword say what is wrong with its own value where its meta-schema cannot."""

    def register(fault: Callable[..., Iterator[Fault]]) -> Callable[..., Iterator[Fault]]:
        KEYWORDS[name] = KEYWORDS[name]._replace(fault=fault)
        return fault

    return register


def also_asks(name: str) -> Callable[[Callable[[Json], str]], Callable[[Json], str]]:
    """Let a keyword name a place of other documents, which then becomes one of their facts."""

    def register(asks: Callable[[Json], str]) -> Callable[[Json], str]:
        KEYWORDS[name] = KEYWORDS[name]._replace(asks=asks)
        return asks

    return register


def also_describes(*names: str) -> Callable[[Callable[..., Description]], Callable[..., Description]]:
    """Let a keyword say in words what its value asks of whoever writes a document."""

    def register(describe: Callable[..., Description]) -> Callable[..., Description]:
        for name in names:
            KEYWORDS[name] = KEYWORDS[name]._replace(describe=_given(describe, name=name))
        return describe

    return register


def also_relates(*names: str) -> Callable[[Callable[..., Iterator[Any]]], Callable[..., Iterator[Any]]]:
    """Let a keyword that checks a value by itself look beyond it too."""

    def register(relate: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        for name in names:
            KEYWORDS[name] = KEYWORDS[name]._replace(relate=_given(relate, name=name))
        return relate

    return register


def _given(function: Callable[..., Any], **offered: object) -> Callable[..., Any]:
    """Hand a function what it asks for by name: which of its keywords it is called for, the tables."""
    asked = {key: it for key, it in offered.items() if key in parameters(function)}
    return partial(function, **asked) if asked else function


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
        MANUALS[name] = Manual(name, group, "correctness", severity, since, cleandoc(explain.__doc__ or ""))
        for it in keywords:
            EXPLAINERS.setdefault(it or "", []).append(Explainer(MANUALS[name], keywords, explain))
        return explain

    return register


class Declared:
    """The properties and patterns that the schemas of one object speak of; *is_closed*: others are refused.

    *names* gives for each property the first schema that speaks of it.
    """

    def __init__(self) -> None:
        self.is_closed = False
        self.names: dict[str, Json] = {}
        self.patterns: dict[str, None] = {}

    def add(self, schema: Mapping[str, Json]) -> None:
        """Take the names that *schema* declares."""
        self.is_closed |= False in (schema.get("additionalProperties"), schema.get("unevaluatedProperties"))
        for name, it in schema.get("properties", {}).items():
            self.names.setdefault(name, it)
        self.patterns.update(dict.fromkeys(schema.get("patternProperties", ())))
