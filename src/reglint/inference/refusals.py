"""How many documents of each type their schema refuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from reglint.diagnostic import Diagnostic


class Refusal(NamedTuple):
    """What a schema does to the documents of its type: how many there are, are refused, and by which rules."""

    type: str
    documents: int
    refused: int
    rules: Mapping[str, int]


def of_schemas(diagnostics: Iterable[Diagnostic], schemas: Collection[str]) -> Iterator[Diagnostic]:
    """Yield the diagnostics that a line of one of the *schemas* asks for."""
    yield from (it for it in diagnostics if any(note.path in schemas for note in it.finding.notes))


def refusals(types: Mapping[str, str], diagnostics: Iterable[Diagnostic]) -> Iterator[Refusal]:
    """Yield what befalls each type, by name. *types* gives the type of each document, *diagnostics* are of schemas."""
    found = [it for it in diagnostics if it.path in types]
    for name, number in sorted(Counter(types.values()).items()):
        own = [it for it in found if types[it.path] == name]
        rules = sorted(Counter(it.rule for it in own).items(), key=lambda it: (-it[1], it[0]))
        yield Refusal(name, number, len({it.path for it in own}), dict(rules))
