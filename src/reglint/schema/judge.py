"""Judge one document by its schema: findings for people, and claims about the rest of the corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from jsonschema.exceptions import ValidationError

from reglint.diagnostic import Finding, Note, Path
from reglint.document import Document
from reglint.facts import Claim, Grounds
from reglint.schema import failures, vocabulary  # noqa: F401 - importing them registers them
from reglint.schema.failure import Failure, is_about_name
from reglint.schema.keyword import EXPLAINERS, KEYWORDS, Declared, Site, Violation
from reglint.schema.library import Library
from reglint.schema.walk import Visit, visits
from reglint.syntax.tree import Json
from reglint.text import Span

Holders = Mapping[tuple[Path, int], tuple[Mapping[str, Json], ...]]


class Judgement(NamedTuple):
    """What a schema says of a document: findings, each with its rule's name, and claims for the corpus."""

    findings: tuple[tuple[str, Finding], ...]
    claims: tuple[Claim, ...]


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
        failed = [
            self._failure(doc, error, declared, holders) for error in _once(self._validator.iter_errors(instance))
        ]
        for failure in failed:
            found.add(told(failure, declared))
        if not found.findings:
            # Keys that some branch knows can still be refused, where that branch does not hold: never in silence.
            for failure in failed:
                found.add(told(replace(failure, declared=Declared()), defaultdict(Declared)))
        claims: list[Claim] = []
        for it in self._related(doc, seen):
            if isinstance(it, tuple) and isinstance(it[1], Finding):
                found.add([it])
            else:
                claims.append(it)
        return Judgement(tuple(found.findings.values()), tuple(claims))

    def _failure(
        self, doc: Document, error: ValidationError, declared: Mapping[Path, Declared], holders: Holders
    ) -> Failure:
        path = (*self.base, *error.absolute_path)
        around = holders.get((path, id(error.schema)), ())
        if is_about_name(error):
            path = (*path, str(error.instance))
        return Failure(doc, error, path, self.library, declared[path], around)

    def _related(self, doc: Document, seen: tuple[Visit, ...]) -> Iterator[Any]:
        """What the keywords say that look beyond their own value."""
        for visit in seen:
            for name in (it for it in visit.schema if it in KEYWORDS):
                if relate := self.library.keywords[name].relate:
                    site = Site(doc, visit.path, visit.value, visit.schema, self._grounds(visit, name))
                    for found in relate(site, visit.schema[name]):
                        yield _placed(site, found) if isinstance(found, Violation) else found

    def _grounds(self, visit: Visit, keyword: str) -> Grounds:
        """Gather what the schemas around *keyword* say of how its failure is told."""
        [note] = self.library.notes(visit.schema, keyword, f"`{keyword}` asks for it")
        help_ = str(visit.schema.get("description", ""))
        told = amended(Finding(Span(0, 0), "", help_), keyword, (visit.schema, *visit.holders))
        return Grounds(note, told.help, told.message, told.severity, told.url)


class _Found:
    """Findings, each told once however many schemas ask for the same."""

    def __init__(self) -> None:
        self.findings: dict[tuple[str, Span, str], tuple[str, Finding]] = {}

    def add(self, found: Iterable[tuple[str, Finding]]) -> None:
        for rule, finding in found:
            self.findings.setdefault((rule, finding.span, finding.message), (rule, finding))


def _once(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """Jsonschema has one error for each missing key; one of them is enough to tell of all."""
    seen = set()
    for error in errors:
        key = (tuple(error.absolute_path), id(error.schema), error.validator)
        if error.validator not in {"required", "dependentRequired", "dependencies"} or key not in seen:
            yield error
        seen.add(key)


def _declared(seen: tuple[Visit, ...]) -> Mapping[Path, Declared]:
    declared: dict[Path, Declared] = defaultdict(Declared)
    for visit in seen:
        if isinstance(visit.value, dict):
            declared[visit.path].add(visit.schema)
    return declared


def _placed(site: Site, violation: Violation) -> tuple[str, Finding]:
    path = violation.at or site.path
    span = site.doc.key(*path) if violation.at else site.span
    related = tuple(Note(site.doc.path, site.doc.at(*at), words) for at, words in violation.related)
    finding = site.grounds.finding(span, violation.message, path, notes=related)
    return violation.rule, replace(finding, help=violation.help or finding.help)


def told(failure: Failure, declared: Mapping[Path, Declared]) -> Iterator[tuple[str, Finding]]:
    """Put one error of jsonschema into words, under the rule name that it is known by.

    Words of the schema's author about a choice between alternatives stand for all that the nearest of them misses.
    """
    for rule, finding in _told(failure, declared):
        final = amended(finding, failure.keyword, (failure.schema, *failure.holders))
        if final.message != finding.message and failure.keyword in {"anyOf", "oneOf"}:
            yield rule, replace(final, span=failure.doc.at(*failure.path), pointer=failure.path)
            return
        yield rule, final


def amended(finding: Finding, failed: str, schemas: Iterable[Mapping[str, Json]]) -> Finding:
    """Let each of *schemas* say how a failure of its keyword *failed* is told; the outermost has the last word."""
    for schema in schemas:
        for name in (it for it in schema if it in KEYWORDS):
            if tell := KEYWORDS[name].tell:
                finding = tell(finding, schema[name], failed)
    return finding


def _told(failure: Failure, declared: Mapping[Path, Declared]) -> Iterator[tuple[str, Finding]]:
    error = failure.error
    if isinstance(error, Violation):
        yield error.rule, replace(failure.finding(error.message, help=error.help), severity=error.severity)
    elif failure.keyword in {"anyOf", "oneOf"} and error.context:
        for branch in _best_branch(error):
            yield from told(failure.within(branch, declared), declared)
    else:
        for explainer in EXPLAINERS[failure.keyword]:
            for finding in explainer.explain(failure):
                yield explainer.manual.name, finding


def _best_branch(error: ValidationError) -> list[ValidationError]:
    """Choose the alternative that was meant.

    One whose `const` or `enum` fits is; then the one of the right type, then the one that fits down to the deepest
    place, then the one with the fewest errors, then the first.
    """
    branches: dict[int, list[ValidationError]] = defaultdict(list)
    for it in error.context or ():
        branches[int(it.schema_path[0])].append(it)
    return min(branches.values(), key=_mismatch)


def _mismatch(branch: list[ValidationError]) -> tuple[bool, bool, int, int]:
    discriminator = any(it.validator in {"const", "enum"} and it.path for it in branch)
    wrong_type = any(it.validator == "type" and not it.path for it in branch)
    return discriminator, wrong_type, -max(len(it.path) for it in branch), len(branch)
