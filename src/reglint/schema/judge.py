"""Judge one document by its schema: findings for people, and claims about the rest of the corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from reglint.diagnostic import Finding, Note, Path, Severity
from reglint.document import Document
from reglint.facts import Claim
from reglint.schema import vocabulary  # noqa: F401 - importing it registers the keywords
from reglint.schema.failure import Background, Failure
from reglint.schema.keyword import MANUALS, Declared, Site, Violation
from reglint.schema.library import Library
from reglint.schema.node import Node
from reglint.schema.parts import part_of
from reglint.schema.related import Relating
from reglint.schema.spoken import SILENT, Spoken
from reglint.schema.telling import once, told
from reglint.schema.verdict import Verdict
from reglint.schema.walk import Visit, visits
from reglint.syntax.tree import Json
from reglint.text import Span

if TYPE_CHECKING:
    from jsonschema import ValidationError


class Judgement(NamedTuple):
    """What a schema says of a document: findings, each with its rule's name, and claims for the corpus.

    *spoken* is what speaks of the values, asking something of them or not.
    """

    findings: tuple[tuple[str, Finding], ...] = ()
    claims: tuple[Claim, ...] = ()
    spoken: Spoken = SILENT


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

    @cached_property
    def _verdict(self) -> Verdict:
        return self.library.verdict(self.path)

    @cached_property
    def _root(self) -> Node | None:
        return self.library.nodes(self._verdict).of(self._contents)

    @cached_property
    def _relating(self) -> Relating:
        return Relating(self._root, self.library.keywords, self.library.notes)

    @cached_property
    def _spoken(self) -> Spoken:
        return Spoken(self._root, self.base, asserts_formats=self.library.asserts_formats)

    @property
    def _contents(self) -> Json:
        return self.library.sources[self.path].contents

    def judge(self, doc: Document) -> Judgement:
        """Hold *doc* against the schema."""
        instance = doc.get(*self.base)
        found = _Found()
        if not self._verdict.is_surely_valid(self._contents, instance):
            self._explain(doc, instance, found)
        claims: list[Claim] = []
        for site, it in self._relating.said(doc, instance, self.base):
            if isinstance(it, Violation):
                found.add([_placed(site, it)])
            else:
                claims.append(it)
        return Judgement(tuple(found.findings.values()), tuple(claims), self._spoken)

    def _explain(self, doc: Document, instance: Json, found: _Found) -> None:
        """Find what is wrong with *instance*, in words."""
        seen = visits(self._root, instance, self.base)
        declared = _declared(seen)
        holders = {(it.path, id(it.schema)): it.holders for it in seen}
        background = self._background(doc)
        for error in once(self._validator.iter_errors(instance)):
            around = holders.get(((*self.base, *error.absolute_path), id(error.schema)), ())
            failure = Failure(background, error, self.base, declared, around)
            # Keys that some branch knows can still be refused, where that branch does not hold: never in silence.
            found.add(list(told(failure)) or told(replace(failure, declared=defaultdict(Declared))))

    def _background(self, doc: Document) -> Background:
        head = doc.at("title") if ("title",) in doc.places else doc.front.fence
        notes, target = self.library.notes, self.library.target
        return Background(doc.text, doc.places, head, partial(part_of, doc), self._errors, notes, target)

    def _errors(self, schema: Json, value: Json) -> Iterator[ValidationError]:
        yield from self._validator.evolve(schema=schema).iter_errors(value)


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


def _declared(seen: Iterable[Visit]) -> Mapping[Path, Declared]:
    declared: dict[Path, Declared] = defaultdict(Declared)
    for visit in seen:
        if isinstance(visit.value, dict):
            declared[visit.path].add(visit.schema)
    return declared


def _placed(site: Site, violation: Violation) -> tuple[str, Finding]:
    path = violation.at or (*site.path, *violation.within)
    span = site.doc.key(*path) if violation.at else site.doc.at(*path)
    if violation.part:
        span = violation.part.place(site.doc.text, span)
    related = tuple(Note(site.doc.path, site.doc.at(*at), words) for at, words in violation.related)
    finding = site.grounds.finding(span, violation.message, path, notes=related)
    return violation.rule, replace(finding, help=violation.help or finding.help)
