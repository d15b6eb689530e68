"""`reglint schema show`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click

from reglint import disk, workspace
from reglint.cli import config_option, emit, tell
from reglint.document import Document, parse
from reglint.guide import page
from reglint.guide.entries import Entry, entries
from reglint.guide.example import example
from reglint.guide.page import Page
from reglint.guide.typed import Typed, typed
from reglint.report.escape import escaped
from reglint.workspace import Workspace

_LOOKED_AT = 50  # documents that may be the one to learn from


def _as_json(shown: Page) -> Iterator[str]:
    """The page as data. The contract: keys are added, none is ever changed."""
    about = {
        "version": 1,
        "type": shown.type,
        "title": shown.title,
        "description": shown.description,
        "schema": shown.schema,
        "files": list(shown.globs),
        "documents": shown.documents,
        "sample": shown.sample or None,
        "parts": [_entry(it) for it in shown.entries],
        "example": shown.example,
    }
    yield json.dumps(about, indent=2)


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "role": entry.role,
        "required": entry.is_required,
        "words": list(entry.words),
        "description": entry.help,
        "example": entry.example,
        "conditions": list(entry.conditions),
        "members": [_entry(it) for it in entry.members],
    }


_FORMATS: Mapping[str, Callable[[Page], Iterator[str]]] = {
    "text": page.text,
    "json": _as_json,
    "markdown": page.markdown,
}


@click.command(name="show")
@click.argument("name", metavar="TYPE")
@click.option("--output-format", type=click.Choice([*_FORMATS]), default="text", show_default=True)
@config_option
def command(name: str, output_format: str, config: str | None) -> None:
    """Show what a document of the type TYPE consists of, and what may stand in each part, for whoever writes one."""
    space = workspace.load([], config)
    space.type_named(name)
    read = space.read(space.files().documents)
    for it in read.unchecked:
        tell(f"could not read {it.path}: {it.message}")
    its = typed(space.project, name, map(parse, read.texts))
    emit(escaped(it) if output_format != "json" else it for it in _FORMATS[output_format](page_of(space, its)))


def page_of(space: Workspace, its: Typed) -> Page:
    """Return the page about a type."""
    clean = _clean(space, its)
    sample = clean or next(iter(its.docs), None)
    instance = sample.instance if sample else None
    return Page(
        its.kind.name,
        its.title,
        its.description,
        its.kind.schema,
        its.kind.files,
        len(its.docs),
        clean.path if clean else "",
        entries(its, instance),
        example(its, instance),
    )


def _clean(space: Workspace, its: Typed) -> Document | None:
    """Return a document in which nothing is wrong by itself."""
    engine = space.engine(disk.today())
    docs = its.docs[:_LOOKED_AT]
    return next((it for it in docs if not engine.check_document(it.text).diagnostics), None)
