"""Runs the examples of a manual as one small corpus each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from reglint.config import Config, DocumentType, Setting, default_settings
from reglint.diagnostic import Diagnostic
from reglint.engine import Engine
from reglint.manual import Example, Manual
from reglint.rules import MANUALS
from reglint.schema import library, table
from reglint.text import Span, Text

TODAY = date(2026, 11, 22)


class Case(NamedTuple):
    """One `bad` or `good` example, and the neighbours and schemas of all of them."""

    manual: Manual
    example: Example
    beside: tuple[Example, ...]


def cases(manual: Manual, examples: Sequence[Example]) -> Iterator[Case]:
    """Yield a case for each example to run; a `with` or `schema` serves all of the manual's examples."""
    beside = tuple(it for it in examples if it.role in {"with", "schema"})
    for it in examples:
        if it.role in {"bad", "good"}:
            yield Case(manual, it, beside)


def run(rules: Collection[str], example: Example, beside: Sequence[Example]) -> list[Diagnostic]:
    """Run some rules over the example and its neighbours; return what they find in the example."""
    schemas = {it.name: Text(f"schemas/{it.name}.schema.json", it.content) for it in beside if it.role == "schema"}
    tables = [Text(it.name, it.content) for it in beside if it.name.endswith(table.ENDING)]
    loaded = library.load([*schemas.values(), *tables])
    assert not loaded.errors, loaded.errors
    types = {name: DocumentType(name, it.path) for name, it in schemas.items()}
    off = {name: it._replace(severity=None) for name, it in default_settings().items()}
    on = {it: Setting(MANUALS[it].severity, default_settings()[it].options) for it in rules}
    config = replace(Config(), types=types, settings={**off, **on})
    others = [it for it in beside if it.role == "with" and it.name != example.name]
    documents = [Text(it.name, it.content) for it in (*others, example) if it.name.endswith(".md")]
    files = [it.name for it in others if not it.name.endswith(".md")]
    found = Engine(config, loaded, TODAY).lint(documents, (), files)
    assert not found.unchecked, found.unchecked
    return [it for it in found.diagnostics if it.path == example.name]


def spans(diagnostics: Sequence[Diagnostic]) -> tuple[Span, ...]:
    """Return where the diagnostics stand."""
    return tuple(it.span for it in diagnostics)
