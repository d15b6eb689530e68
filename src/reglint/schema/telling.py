"""Every failure under the rule name that it is known by, in words for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from reglint.diagnostic import Finding, Note
from reglint.schema import failures  # noqa: F401 - importing them registers them
from reglint.schema.failure import CHOICES, Failure, with_description
from reglint.schema.keyword import EXPLAINERS, KEYWORDS, Violation
from reglint.schema.members import unknown_names
from reglint.schema.wording import cut
from reglint.syntax.tree import Json

if TYPE_CHECKING:
    from jsonschema import ValidationError

_MOST = 3  # alternatives that are told besides the one that was meant
_LONGEST = 240  # code points that are told of each


def told(failure: Failure) -> Iterator[tuple[str, Finding]]:
    """Put one error of jsonschema into words.

    Words of the schema's author about a choice between alternatives stand for all that the nearest of them misses.
    """
    for rule, finding in _told(failure):
        final = amended(finding, failure.keyword, (failure.schema, *failure.holders))
        if final.message != cut(finding.message) and failure.keyword in CHOICES:
            span = failure.background.at(failure.path)
            yield rule, replace(final, span=span, pointer=failure.path, notes=failure.notes)
            return
        yield rule, final


def amended(finding: Finding, failed: str, schemas: Iterable[Mapping[str, Json]]) -> Finding:
    """Let each of *schemas* say how a failure of its keyword *failed* is told; the outermost has the last word.

    Whatever it says is cut to one line of at most 4 kB.
    """
    for schema in schemas:
        for name in (it for it in schema if it in KEYWORDS):
            if tell := KEYWORDS[name].tell:
                finding = tell(finding, schema[name], failed)
    return replace(finding, message=cut(finding.message), help=cut(finding.help))


def once(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """Jsonschema has one error for each missing key; one of them is enough to tell of all."""
    seen = set()
    for error in errors:
        key = (tuple(error.absolute_path), id(error.schema), error.validator)
        if error.validator not in {"required", "dependentRequired", "dependencies"} or key not in seen:
            yield error
        seen.add(key)


def _told(failure: Failure) -> Iterator[tuple[str, Finding]]:
    error = failure.error
    if violation := getattr(error, "violation", None):
        yield violation.rule, _violated(failure, violation)
    elif failure.keyword in CHOICES and error.context:
        yield from _chosen(failure)
    elif failure.keyword == "unevaluatedProperties" and isinstance(failure.argument, dict):
        for name in unknown_names(failure):
            for inner in failure.background.errors(failure.argument, failure.value[name]):
                yield from told(failure.of_member(inner, name))
    else:
        for explainer in EXPLAINERS[failure.keyword]:
            for finding in explainer.explain(failure):
                yield explainer.manual.name, finding


def _violated(failure: Failure, violation: Violation) -> Finding:
    background, part = failure.background, violation.part
    span = part.place(background.text, background.at(failure.path)) if part else None
    return replace(failure.finding(violation.message, violation.help, span=span), severity=violation.severity)


def _chosen(failure: Failure) -> Iterator[tuple[str, Finding]]:
    """Tell what the alternative that was meant misses; its first finding has a note on each that may be meant too."""
    from reglint.schema.branches import choose  # jsonschema, which is imported where something has failed

    chosen = choose(failure.error, failure.background.target)
    others = tuple(_alternatives(failure, chosen.others[:_MOST]))
    for error in once(chosen.errors):
        for rule, finding in told(failure.within(error)):
            yield rule, replace(finding, notes=(*finding.notes, *others))
            others = ()


def _alternatives(failure: Failure, others: Iterable[list[ValidationError]]) -> Iterator[Note]:
    """Say what each of *others* misses first, at the line of the schema that asks for it."""
    for errors in others:
        findings = (finding for error in errors for _, finding in told(failure.within(error)))
        finding = next((it for it in findings if it.notes), None)
        if finding:
            words = with_description(finding.message, "" if errors[0].validator == "type" else finding.help)
            yield finding.notes[-1]._replace(message=f"another alternative: {cut(words, _LONGEST)}")
