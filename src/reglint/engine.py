"""Run rules over documents (map) and over their facts (reduce). Pure: no files, no printing, no clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple, get_args

from reglint.config import Config
from reglint.corpus import Corpus, TypeFact
from reglint.diagnostic import Diagnostic, Finding, without_twins
from reglint.document import Document, parse
from reglint.facts import Facts
from reglint.rule import REDUCING, RULES, Bound, Rule, Scope, Unchecked
from reglint.schema.judge import Judgement, Schema
from reglint.schema.library import Library
from reglint.schema.reach import Extent, Value, extent_of, values
from reglint.text import Text


class Examined(NamedTuple):
    """One document, what its schema says of it, and what others may know of it; *crashes*: what broke down."""

    doc: Document
    judgement: Judgement
    facts: Facts
    crashes: tuple[Unchecked, ...] = ()

    @property
    def values(self) -> tuple[Value, ...]:
        """Every value of the document, and whether its schema asks something of it."""
        return values(self.doc.instance, self.judgement.spoken, self.facts.type)

    @property
    def extent(self) -> Extent:
        """How many values there are, and of how many of them its schema asks something."""
        return extent_of(self.doc.instance, self.judgement.spoken, self.facts.type)


class Told(NamedTuple):
    """What a run tells of one document: diagnostics, how far its schema reaches if it has one, and what broke down."""

    diagnostics: tuple[Diagnostic, ...]
    is_typed: bool
    extent: Extent
    crashes: tuple[Unchecked, ...] = ()

    def on(self, day: str) -> Told:
        """Return it without what does not hold on *day*, as `2026-11-22`."""
        if all(it.finding.holds_on(day) for it in self.diagnostics):
            return self
        return self._replace(diagnostics=tuple(it for it in self.diagnostics if it.finding.holds_on(day)))


class Checked(NamedTuple):
    """What the map makes of one document: what others may know of it, and what there is to tell."""

    facts: Facts
    told: Told

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found in the document."""
        return self.told.diagnostics


class Reduced(NamedTuple):
    """What the reduce made of all facts together: diagnostics, and what broke down."""

    diagnostics: Sequence[Diagnostic]
    crashes: Sequence[Unchecked]


class Run(NamedTuple):
    """What a run found, and how much it looked at. *unchecked* files make it fail whatever was found."""

    diagnostics: tuple[Diagnostic, ...]
    documents: int
    typed: int
    extent: Extent
    unchecked: tuple[Unchecked, ...]


class Engine:
    """The rules, schemas and date of one run. Its methods are the two halves of it, and both of them together.

    *day* is the date, as `2026-11-22`.
    """

    def __init__(self, config: Config, library: Library, today: date) -> None:
        self._config = config
        self._today = today
        self.day = today.isoformat()
        self._asked = library.asked
        self._rules = {scope: _scoped(scope) for scope in get_args(Scope)}
        self._bound = cache(self._find_bound)
        self._schemas = {
            it.name: Schema(it.name, it.schema, library, ("frontmatter",) if it.applies_to == "frontmatter" else ())
            for it in config.types.values()
        }

    def check_document(self, text: Text) -> Checked:
        """Judge one document by its schema and the rules that see documents."""
        facts, told = self.map(text)
        return Checked(facts, told.on(self.day))

    def map(self, text: Text) -> Checked:
        """Judge one document once and for all: what will hold only later, and what holds no longer later, say so."""
        examined = self.examine(text)
        doc, crashes = examined.doc, list(examined.crashes)
        diagnostics = [
            *self._ruled(doc, crashes),
            *without_twins(list(self._diagnostics(examined.judgement.findings, doc))),
        ]
        is_typed = examined.facts.type is not None
        return Checked(examined.facts, Told(tuple(sorted(diagnostics)), is_typed, examined.extent, tuple(crashes)))

    def examine(self, text: Text) -> Examined:
        """Judge one document by its schema alone."""
        crashes: list[Unchecked] = []
        doc = self._parsed(text, crashes)
        kind = self._config.type_of(doc)
        name = kind.name if kind else None
        judgement = self._judged(doc, self._schemas[name], crashes) if name else Judgement()
        facts = Facts.of(doc, name, judgement.claims, self._asked)
        return Examined(doc, judgement, facts, tuple(crashes))

    def _parsed(self, text: Text, crashes: list[Unchecked]) -> Document:
        """Parse; should that break down against its promise, the run goes on without what the document says."""
        try:
            return parse(text)
        except Exception as error:  # noqa: BLE001 - one document must not end the run
            crashes.append(_crash(text.path, "parse", error))
            return parse(Text(text.path, ""))

    def check_corpus(self, corpus: Corpus, scopes: Collection[Scope] = REDUCING) -> Reduced:
        """Reduce: hold the facts of all documents together, by the rules of these *scopes*."""
        diagnostics: list[Diagnostic] = []
        crashes: list[Unchecked] = []
        for rule in (it for scope in scopes for it in self._rules[scope] if self._config.is_on(it.name)):
            setting = self._config.settings[rule.name]
            try:
                for path, finding in rule.run(corpus, self._today, setting.options):
                    diagnostics += self._diagnostic(rule.name, path, finding)
            except Exception as error:  # noqa: BLE001 - one broken rule must not hide what the others find
                crashes.append(_crash("", rule.name, error))
        return Reduced(diagnostics, crashes)

    def check_again(
        self, corpus: Corpus, among: Collection[str], found: Iterable[Diagnostic], *, moved: bool
    ) -> Reduced:
        """Reduce after documents changed, and the surface of none: all else that was *found* before stays so.

        *among* are these documents and, if any of their links *moved*, all that they lead to now or led to before.
        """
        alone = self.check_corpus(corpus.narrowed(among), ["docs"])
        together = self.check_corpus(corpus, ["graph"]) if moved else Reduced((), ())
        same = {"docs", "corpus"} if moved else {"docs", "corpus", "graph"}
        scopes = ((it, RULES[it.rule].scope) for it in found)
        kept = [it for it, scope in scopes if scope in same and (scope != "docs" or it.path not in among)]
        diagnostics = [*kept, *alone.diagnostics, *together.diagnostics]
        return Reduced(diagnostics, [*alone.crashes, *together.crashes])

    def lint(self, texts: Iterable[Text], unchecked: Iterable[Unchecked] = (), files: Iterable[str] = ()) -> Run:
        """Map over *texts*, reduce their facts; *unchecked* are the files that could not be read."""
        checked = [self.map(it) for it in texts]
        corpus = self.corpus((it.facts for it in checked), files)
        return self.run([it.told for it in checked], self.check_corpus(corpus), unchecked)

    def run(self, told: Iterable[Told], reduced: Reduced, unchecked: Iterable[Unchecked] = ()) -> Run:
        """Put together what is to be *told* of each document, and of all of them."""
        told = [it.on(self.day) for it in told]
        failures = [*unchecked, *(it for each in told for it in each.crashes), *reduced.crashes]
        found = [*(it for each in told for it in each.diagnostics), *reduced.diagnostics, *self._failed(failures)]
        typed, reached = sum(it.is_typed for it in told), sum((it.extent for it in told), Extent())
        return Run(tuple(sorted(found)), len(told), typed, reached, tuple(failures))

    def corpus(self, facts: Iterable[Facts] | Mapping[str, Facts], files: Iterable[str]) -> Corpus:
        """Put the facts of all documents together with the other *files* and what the configuration declares."""
        corpus = Corpus.of(facts, files, self._config.links)
        types = tuple(TypeFact(it.name, it.schema) for it in self._config.types.values())
        return replace(corpus, types=types, globs=self._config.globs(corpus.files | corpus.documents.keys()))

    def _ruled(self, doc: Document, crashes: list[Unchecked]) -> Iterator[Diagnostic]:
        for name, run in self._bound(self._config.overriding(doc.path)):
            try:
                found = [(name, it) for it in run(doc)]
            except Exception as error:  # noqa: BLE001 - one broken rule must not hide what the others find
                crashes.append(_crash(doc.path, name, error))
            else:
                yield from self._diagnostics(found, doc)

    def _find_bound(self, overriding: tuple[int, ...]) -> tuple[tuple[str, Bound], ...]:
        """Return the rules that are on for the documents to which these overrides apply, ready to run."""
        settings = [(it, self._config.setting_under(it.name, overriding)) for it in self._rules["doc"]]
        return tuple((it.name, it.bound(self._today, own.options)) for it, own in settings if own.severity is not None)

    def _judged(self, doc: Document, schema: Schema, crashes: list[Unchecked]) -> Judgement:
        """Judge; when the front matter could not be read, say nothing of what it then seems to lack."""
        try:
            judgement = schema.judge(doc)
        except Exception as error:  # noqa: BLE001 - as above
            crashes.append(_crash(doc.path, schema.path, error))
            return Judgement()
        if not doc.front.tree.errors:
            return judgement
        kept = (it for it in judgement.findings if (it[1].pointer or ())[:1] != ("frontmatter",))
        return judgement._replace(findings=tuple(kept))

    def _failed(self, failures: Iterable[Unchecked]) -> Iterator[Diagnostic]:
        for failure in failures:
            for rule in self._rules["failure"]:
                for finding in rule.run(failure, self._today, {}):
                    yield from self._diagnostic(rule.name, failure.path, finding)

    def _diagnostics(self, found: Iterable[tuple[str, Finding]], doc: Document) -> Iterator[Diagnostic]:
        for rule, finding in found:
            pointer = doc.pointer(finding.span) if finding.pointer is None else finding.pointer
            yield from self._diagnostic(rule, doc.path, replace(finding, pointer=pointer))

    def _diagnostic(self, rule: str, path: str, finding: Finding) -> Iterator[Diagnostic]:
        severity = self._config.setting(rule, path).severity
        if severity is not None:
            yield Diagnostic(path, finding.span, rule, finding.message, finding.severity or severity, finding)


def _scoped(scope: Scope) -> tuple[Rule, ...]:
    return tuple(it for _, it in sorted(RULES.items()) if it.scope == scope)


def _crash(path: str, rule: str, error: Exception) -> Unchecked:
    return Unchecked(path, "crash", f"`{rule}` broke down: {type(error).__name__}: {error}")
