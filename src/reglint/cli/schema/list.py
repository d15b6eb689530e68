"""`reglint schema list`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import click

from reglint import workspace
from reglint.cli import config_option, emit, tell
from reglint.document import parse
from reglint.guide.typed import Typed, typed
from reglint.report.escape import escaped
from reglint.spelling import counted
from reglint.workspace import Refused, Workspace


@click.command(name="list")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@config_option
def command(output_format: str, config: str | None) -> None:
    """List the document types: name, schema, number of documents, and what the schema says of them."""
    space = workspace.load([], config)
    if not space.config.types:
        raise Refused(f"there is no document type in {space.root}; `reglint init` proposes some")
    types = _types(space)
    if output_format == "json":
        emit([json.dumps({"version": 1, "types": [_as_json(it) for it in types]}, indent=2)])
    else:
        emit(escaped(it) for it in _table(types))


def _types(space: Workspace) -> list[Typed]:
    read = space.read(space.files().documents)
    for it in read.unchecked:
        tell(f"could not read {it.path}: {it.message}")
    docs = [parse(it) for it in read.texts]
    types = [typed(space.project, name, docs) for name in sorted(space.config.types)]
    if left := len(docs) - sum(len(it.docs) for it in types):
        tell(f"without a type: {counted(left, 'document')}; `reglint files` says why")
    return types


def _table(types: Sequence[Typed]) -> Iterator[str]:
    rows = [(it.kind.name, it.kind.schema, counted(len(it.docs), "document"), _about(it)) for it in types]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    for name, schema, count, about in rows:
        yield f"{name:{widths[0]}}  {schema:{widths[1]}}  {count:>{widths[2]}}  {about}".rstrip()


def _about(its: Typed) -> str:
    return " ".join(": ".join(filter(None, (its.title, its.description))).split())


def _as_json(its: Typed) -> dict[str, Any]:
    return {
        "type": its.kind.name,
        "title": its.title,
        "description": its.description,
        "schema": its.kind.schema,
        "applies_to": its.kind.applies_to,
        "files": list(its.kind.files),
        "documents": len(its.docs),
    }
