"""What a rule finds, and what the user is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from reglint.text import Span

Path = tuple[str | int, ...]


class Severity(IntEnum):
    """How much a finding weighs; only errors fail a run by default."""

    info = 1
    warning = 2
    error = 3


class Note(NamedTuple):
    """A second place that explains the first; *path* may be another file."""

    path: str
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The least a rule has to say; the engine adds the rest.

    *pointer* is the place in the document's instance, where the rule knows it. A schema may say what a finding of its
    own weighs (*severity*; None: as much as its rule does) and which page explains it (*url*). *twin* is the pointer of
    a finding that says the same better; this one stands where that one is not told, or weighs less. *since* and *until*
    are the first and the last day on which it holds, as `2026-11-22`; empty: it does not depend on the day.
    """

    span: Span
    message: str
    help: str = ""
    notes: tuple[Note, ...] = ()
    pointer: Path | None = None
    severity: Severity | None = None
    url: str = ""
    twin: Path | None = None
    since: str = ""
    until: str = ""

    def holds_on(self, day: str) -> bool:
        """Tell whether it is to be told on *day*, as `2026-11-22`."""
        return self.since <= day and (not self.until or day <= self.until)


Located = tuple[str, Finding]
"""A finding of a rule that sees the whole corpus, with the path of the file it is in."""


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """A finding with its file, rule and severity. The order is total: path, span, rule, message."""

    path: str
    span: Span
    rule: str
    message: str
    severity: Severity = field(compare=False)
    finding: Finding = field(compare=False)


def without_twins(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Leave out the findings of one document whose twin is among them and weighs at least as much."""
    told = {it.finding.pointer: it.severity for it in sorted(found, key=lambda it: it.severity)}
    return [it for it in found if it.finding.twin is None or told.get(it.finding.twin, 0) < it.severity]


def json_pointer(path: Path) -> str:
    """Write *path* as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(it).replace("~", "~0").replace("/", "~1") for it in path)
