"""Judge one document by its schema: findings for people, and claims about the rest of the corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, NamedTuple

from jsonschema.exceptions import ValidationError

from reglint.columns import shared
from reglint.diagnostic import Finding, Note, Path, Severity
from reglint.document import Document
from reglint.facts import Claim, Grounds
from reglint.schema import vocabulary  # noqa: F401 - importing it registers the keywords
from reglint.schema.failure import Background, Failure
from reglint.schema.keyword import KEYWORDS, MANUALS, Declared, Site, Violation
from reglint.schema.library import Library
from reglint.schema.parts import part_of
from reglint.schema.telling import amended, once, told
from reglint.schema.walk import Visit, visits
from reglint.syntax.tree import Json
from reglint.text import Span

Holders = Mapping[tuple[Path, int], tuple[Mapping[str, Json], ...]]


class Judgement(NamedTuple):
    """What a schema says of a document: findings, each with its rule's name, and claims for the corpus.

    *seen* is each value with each subschema that applies to it.
    """

    findings: tuple[tuple[str, Finding], ...] = ()
    claims: tuple[Claim, ...] = ()
    seen: tuple[Visit, ...] = ()


@dataclass(frozen=True, eq=False)
class Schema:
    """The schema of one document type. *base* is the part of the instance that it speaks of."""

    type: str
    path: str
    library: Library
    base: Path = ()

    @cached_property
    def _validator(self) -> Any:
        return self.library.validator(self.path)

    def judge(self, doc: Document) -> Judgement:
        """Hold *doc* against the schema."""
        instance = doc.get(*self.base)
        seen = tuple(visits(self.library, self._validator, instance, self.base))
        declared = _declared(seen)
        holders = {(it.path, id(it.schema)): it.holders for it in seen}
        found = _Found()
        background = self._background(doc)
        errors = once(self._validator.iter_errors(instance))
        failed = [self._failure(background, error, declared, holders) for error in errors]
        for failure in failed:
            # Keys that some branch knows can still be refused, where that branch does not hold: never in silence.
            found.add(list(told(failure)) or told(replace(failure, declared=defaultdict(Declared))))
        claims: list[Claim] = []
        for it in self._related(doc, seen):
            if isinstance(it, tuple) and isinstance(it[1], Finding):
                found.add([it])
            else:
                claims.append(it)
        return Judgement(tuple(found.findings.values()), tuple(claims), seen)

    def _background(self, doc: Document) -> Background:
        head = doc.at("title") if ("title",) in doc.places else doc.front.fence
        notes, target = self.library.notes, self.library.target
        return Background(doc.text, doc.places, head, partial(part_of, doc), self._errors, notes, target)

    def _errors(self, schema: Json, value: Json) -> Iterator[ValidationError]:
        yield from self._validator.evolve(schema=schema).iter_errors(value)

    def _failure(
        self, background: Background, error: ValidationError, declared: Mapping[Path, Declared], holders: Holders
    ) -> Failure:
        around = holders.get(((*self.base, *error.absolute_path), id(error.schema)), ())
        return Failure(background, error, self.base, declared, around)

    def _related(self, doc: Document, seen: tuple[Visit, ...]) -> Iterator[Any]:
        """What the keywords say that look beyond their own value."""
        for visit in (it for it in seen if not it.is_condition):
            for name in (it for it in visit.schema if it in KEYWORDS):
                if relate := self.library.keywords[name].relate:
                    site = Site(doc, shared(visit.path), visit.value, visit.schema, self._grounds(visit, name))
                    for found in relate(site, visit.schema[name]):
                        yield _placed(site, found) if isinstance(found, Violation) else found

    def _grounds(self, visit: Visit, keyword: str) -> Grounds:
        """Gather what the schemas around *keyword* say of how its failure is told."""
        [note] = self.library.notes(visit.schema, keyword, f"`{keyword}` asks for it")
        help_ = str(visit.schema.get("description", ""))
        told = amended(Finding(Span(0, 0), "", help_), keyword, (visit.schema, *visit.holders))
        return shared(Grounds(note, told.help, told.message, told.severity, told.url))


class _Found:
    """Findings, each told once however many schemas ask for the same, and as what weighs most."""

    def __init__(self) -> None:
        self.findings: dict[tuple[str, Span, str], tuple[str, Finding]] = {}

    def add(self, found: Iterable[tuple[str, Finding]]) -> None:
        for rule, finding in found:
            key = (rule, finding.span, finding.message)
            known = self.findings.get(key)
            if known is None or _weight(rule, finding) > _weight(rule, known[1]):
                self.findings[key] = (rule, finding)


def _weight(rule: str, finding: Finding) -> Severity:
    return finding.severity or MANUALS[rule].severity


def _declared(seen: tuple[Visit, ...]) -> Mapping[Path, Declared]:
    declared: dict[Path, Declared] = defaultdict(Declared)
    for visit in seen:
        if isinstance(visit.value, dict):
            declared[visit.path].add(visit.schema)
    return declared


def _placed(site: Site, violation: Violation) -> tuple[str, Finding]:
    path = violation.at or (*site.path, *violation.path)
    span = site.doc.key(*path) if violation.at else site.doc.at(*path)
    if violation.part:
        span = violation.part.place(site.doc.text, span)
    related = tuple(Note(site.doc.path, site.doc.at(*at), words) for at, words in violation.related)
    finding = site.grounds.finding(span, violation.message, path, notes=related)
    return violation.rule, replace(finding, help=violation.help or finding.help)
