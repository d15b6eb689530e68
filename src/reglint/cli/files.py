"""`reglint files`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from reglint import disk, git, workspace
from reglint.cli import EXIT_CLEAN, EXIT_NOT_CHECKED, config_option, emit
from reglint.provenance import Applied, Provenance, Reason, of_document, of_other
from reglint.report.escape import escaped
from reglint.text import Text
from reglint.workspace import Refused, Workspace

Texts = Callable[[str], Text]


@click.command(name="files")
@click.argument("paths", nargs=-1)
@click.option(
    "--why", metavar="FILE", help="Explain one file: is it a document, of which type, judged by which schema?"
)
@click.option("--all", "every", is_flag=True, help="List files that are no documents too, but for what git ignores.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@config_option
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: click.Context, paths: tuple[str, ...], why: str | None, every: bool, output_format: str, config: str | None
) -> None:
    """List the documents of the corpus, each with its type and its schema, or with the reason why it has none.

    Exits 0, or 2 when a document could not be read.
    """
    if why and (paths or every):
        raise click.UsageError("--why explains one file, and takes neither PATHS nor --all")
    space = workspace.load([why] if why else paths, config)
    found = [_explained(space, why)] if why else _listed(space, paths, every=every)
    text = space.texts()
    if output_format == "json":
        files = [_as_json(it, text) for it in found]
        head = {"version": 1, "root": str(space.root), "configuration": _configuration(space) or None}
        emit([json.dumps({**head, **(files[0] if why else {"files": files})}, indent=2)])
    else:
        emit(escaped(it) for it in (_page(space, found[0], text) if why else _table(found)))
    ctx.exit(EXIT_CLEAN if all(it.is_read for it in found) else EXIT_NOT_CHECKED)


def _listed(space: Workspace, paths: Sequence[str], *, every: bool) -> list[Provenance]:
    files = space.files()
    documents = set(files.documents)
    listed = sorted([*files.documents, *files.others]) if every else files.documents
    chosen = space.chosen(listed, paths, "file" if every else f"document of the corpus ({space.documents_are})")
    return [_document(space, it) if it in documents else of_other(space.config, it) for it in chosen]


def _explained(space: Workspace, file: str) -> Provenance:
    if Path(file).is_dir():
        raise Refused(f"`{file}` is a folder; `reglint files {file}` lists what is in it")
    try:
        [path] = space.within([file])
    except Refused as outside:
        return Provenance(file, is_document=False, document_reason=Reason(str(outside)))
    files = space.files()
    if path in files.documents:
        return _document(space, path)
    return of_other(space.config, path, files.linked_folders, "" if path in files.others else _ignored(space, path))


def _ignored(space: Workspace, path: str) -> str:
    by = git.ignoring(space.root, path)
    return f"git ignores it: {by}" if by else "git ignores it"


def _document(space: Workspace, path: str) -> Provenance:
    return of_document(space.config, _configuration(space), path, disk.read(space.root, path))


def _configuration(space: Workspace) -> str:
    return space.configuration.path if space.configuration else ""


def _table(found: Sequence[Provenance]) -> Iterator[str]:
    """One line a file: its path, its type, and its schema or what there is instead."""
    rows = [(it.path, it.type.name if it.type else "-", _outcome(it)) for it in found]
    path_width, type_width = (max(len(row[i]) for row in rows) for i in (0, 1))
    for path, name, outcome in rows:
        yield f"{path:{path_width}}  {name:{type_width}}  {outcome}"


def _outcome(it: Provenance) -> str:
    return it.type.schema if it.type else (it.type_reason or it.document_reason).words


def _page(space: Workspace, it: Provenance, text: Texts) -> Iterator[str]:
    """What `--why` says of one file, a line for each question."""
    yield it.path
    yield f"document       {'yes' if it.is_document else 'no'}: {_told(it.document_reason, text)}"
    if it.type_reason:
        yield f"type           {it.type.name if it.type else 'none'}: {_told(it.type_reason, text)}"
    if it.type and it.schema_reason:
        part = ", applied to the front matter alone" if it.type.applies_to == "frontmatter" else ""
        yield f"schema         {it.type.schema}: {_told(it.schema_reason, text)}{part}"
    if space.configuration:
        yield f"configuration  {space.root / space.configuration.path}"
    else:
        yield f"configuration  none, and the root is {space.root}"
    for applied in it.overrides:
        rules = ", ".join(f"{name} {level}" for name, level in _levels(applied).items())
        yield f"override       {_told(_pattern(applied), text)} sets {rules}"


def _told(reason: Reason, text: Texts) -> str:
    place = _place(reason, text)
    return f"{reason.words} ({place['path']}:{place['line']}:{place['column']})" if place else reason.words


def _place(reason: Reason, text: Texts) -> dict[str, Any] | None:
    if not reason.file:
        return None
    at = text(reason.file).position(reason.span.start)
    return {"path": reason.file, "line": at.line, "column": at.column}


def _pattern(applied: Applied) -> Reason:
    return Reason(f"`{applied.by.pattern}`", applied.by.file, applied.by.span)


def _levels(applied: Applied) -> dict[str, str]:
    return {name: it.severity.name if it.severity else "off" for name, it in applied.settings.items()}


def _as_json(it: Provenance, text: Texts) -> dict[str, Any]:
    """What is known of one file. The contract: keys are added, none is ever changed."""
    overrides = (
        {"pattern": applied.by.pattern, "rules": _levels(applied), "place": _place(_pattern(applied), text)}
        for applied in it.overrides
    )
    return {
        "path": it.path,
        "document": it.is_document,
        "document_reason": _reason_as_json(it.document_reason, text),
        "type": it.type.name if it.type else None,
        "type_reason": _reason_as_json(it.type_reason, text),
        "schema": it.type.schema if it.type else None,
        "schema_reason": _reason_as_json(it.schema_reason, text),
        "applies_to": it.type.applies_to if it.type else None,
        "overrides": list(overrides),
    }


def _reason_as_json(reason: Reason | None, text: Texts) -> dict[str, Any] | None:
    return {"message": reason.words, "place": _place(reason, text)} if reason else None
