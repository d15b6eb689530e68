"""`reglint schema infer`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import click

from reglint import disk, workspace
from reglint.cli import EXIT_CLEAN, EXIT_FINDINGS, EXIT_NOT_CHECKED, config_option, emit, tell
from reglint.document import Document, parse
from reglint.engine import Run
from reglint.inference import kinds
from reglint.inference.drafts import Draft, Typed, drafts
from reglint.inference.refusals import Refusal, of_schemas, refusals
from reglint.spelling import counted
from reglint.workspace import Contents, Files, Refused, Workspace, is_below


@click.command(name="infer")
@click.argument("folder", required=False)
@click.option("--type", "wanted", metavar="NAME", help="Only this document type.")
@click.option("--by", type=click.Choice(kinds.BY), help="What tells the type, instead of the configuration.")
@click.option("--write", is_flag=True, help="Write the schema of each type that has none.")
@click.option("--force", is_flag=True, help="With --write: replace the schemas that exist.")
@click.option("--check", is_flag=True, help="Draft nothing: count the documents that the existing schemas refuse.")
@config_option
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: click.Context,
    folder: str | None,
    wanted: str | None,
    by: str | None,
    write: bool,
    force: bool,
    check: bool,
    config: str | None,
) -> None:
    """Draft a schema for each document type from its documents below FOLDER (default: the whole corpus).

    None of them fails the draft. Each `$comment` says what was inferred, and from how many documents. The schema of one
    type goes to stdout; --write makes files `schemas/<type>.schema.json` of all.

    Exits 0, or 2 when a file could not be read; with --check 1 when a schema refuses a document.
    """
    if check and (write or by):
        raise click.UsageError("--check looks at the schemas that exist, and takes neither --write nor --by")
    if force and not write:
        raise click.UsageError("--force goes with --write")
    paths = [folder] if folder else []
    space = workspace.load(paths, config) if check else workspace.survey(paths, config)
    files = space.files()
    read = space.read(files.documents)
    for it in read.unchecked:
        tell(f"could not read {it.path}: {it.message}")
    typed = _typed(space, read, space.within(paths), by)
    chosen = _chosen(typed, wanted, one=not (check or write))
    if check:
        run = space.engine(disk.today()).lint(read.texts, read.unchecked, files.others)
        code = _told(space, typed, chosen, run)
    else:
        if by in {"folder", "prefix"}:
            tell(f"note: `check` finds these types by what `reglint init --by {by}` writes into reglint.toml")
        made = _drafts(space, files, typed, chosen)
        code = _write(space, made, force=force) if write else _show(*made)
    ctx.exit(EXIT_NOT_CHECKED if read.unchecked else code)


def _typed(space: Workspace, read: Contents, only: Sequence[str], by: str | None) -> list[Typed]:
    """Give each document its type, and say how many have none."""
    docs = [parse(it) for it in read.texts]
    groups = kinds.grouping(docs, by) if by else None
    types = [groups.type_of.get(it.path) if groups else kinds.type_of(it, space.config) for it in docs]
    typed = [Typed(doc, kind, is_below(doc.path, only)) for doc, kind in zip(docs, types, strict=True)]
    samples = [it for it in typed if it.is_sample]
    if not samples:
        raise Refused(f"there is no document to look at ({space.documents_are})")
    if left := [it.doc for it in samples if it.type is None]:
        tell(f"left out: {counted(len(left), 'document')} without a type{'' if by else f' ({_reasons(left)})'}")
    if len(left) == len(samples):
        raise Refused("no document has a type; `--by folder` or `--by prefix` finds types by the files' names")
    return typed


def _reasons(docs: Iterable[Document]) -> str:
    return ", ".join(f"{number} with {why}" for why, number in Counter(map(kinds.why_untyped, docs)).most_common())


def _chosen(typed: Iterable[Typed], wanted: str | None, *, one: bool) -> frozenset[str]:
    """Return the types that were asked for, which has to be *one* where there is one stdout for them."""
    counts = Counter(it.type for it in typed if it.type and it.is_sample)
    listed = ", ".join(f"{name} ({number})" for name, number in sorted(counts.items()))
    if wanted and wanted not in counts:
        raise Refused(f"no document is of the type `{wanted}`; there are {listed}")
    if one and not wanted and len(counts) > 1:
        raise Refused(f"there are {len(counts)} types: {listed}; choose one by `--type NAME`, or `--write` them all")
    return frozenset([wanted] if wanted else counts)


def _drafts(space: Workspace, files: Files, typed: Sequence[Typed], chosen: frozenset[str]) -> list[Draft]:
    sources = space.project.library.sources
    with_schema = {name for name, it in space.config.types.items() if it.schema in sources}
    return list(drafts(typed, files.others, space.config, chosen | with_schema, chosen))


def _show(draft: Draft) -> int:
    emit(draft.content.removesuffix("\n").split("\n"))
    tell(f"{draft.type}: drafted from {counted(draft.documents, 'document')}")
    return EXIT_CLEAN


def _write(space: Workspace, made: Iterable[Draft], *, force: bool) -> int:
    """Write the schema files; what is there already stays."""
    written = 0
    for it in made:
        try:
            is_written = disk.write(space.root, it.path, it.content, force=force)
        except OSError as error:
            raise Refused(f"{it.path} could not be written: {error}") from error
        done = f"drafted from {counted(it.documents, 'document')}" if is_written else "left as it is, without --force"
        tell(f"{it.path}: {done}")
        written += is_written
    if not written:
        raise Refused("nothing was written, as every type has its schema")
    return EXIT_CLEAN


def _told(space: Workspace, typed: Iterable[Typed], chosen: frozenset[str], run: Run) -> int:
    """Tell for each type how many of its documents its schema refuses."""
    types = {it.doc.path: it.type for it in typed if it.type in chosen and it.is_sample}
    found = list(refusals(types, of_schemas(run.diagnostics, space.project.library.sources)))
    emit(_line(it, has_schema=it.type in space.config.types) for it in found)
    if run.unchecked:
        return EXIT_NOT_CHECKED
    return EXIT_FINDINGS if any(it.refused for it in found) else EXIT_CLEAN


def _line(refusal: Refusal, *, has_schema: bool) -> str:
    documents = counted(refusal.documents, "document")
    if not has_schema:
        return f"{refusal.type}: no schema yet for {documents}"
    rules = ", ".join(f"{rule} {number}" for rule, number in refusal.rules.items())
    return f"{refusal.type}: {refusal.refused} of {documents} would be refused" + (f" ({rules})" if rules else "")
