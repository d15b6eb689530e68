"""`reglint schema check`."""

from __future__ import annotations

from pathlib import Path

import click

from reglint import disk, project, workspace
from reglint.cli import EXIT_CLEAN, EXIT_FINDINGS, config_option, emit, mistakes, tell
from reglint.report import FORMATS, renderer
from reglint.report.report import Report
from reglint.rules import MANUALS
from reglint.spelling import counted
from reglint.workspace import Refused, is_below


@click.command(name="check")
@click.argument("paths", nargs=-1)
@click.option(
    "--output-format", type=click.Choice(FORMATS), default="text", envvar="REGLINT_OUTPUT_FORMAT", show_default=True
)
@config_option
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], output_format: str, config: str | None) -> None:
    """Find the mistakes of schema files: of all that the corpus has, or of those that PATHS name.

    Whatever would keep `reglint check` from checking is found: a misspelt keyword, a `$ref` to nowhere, a pattern that
    cannot be matched in linear time, and the like.

    Exits 0 when there is none, 1 with mistakes, 2 when there is no schema or one could not be read.
    """
    missing = next((it for it in paths if not disk.kind(Path(it))), None)
    if missing:
        raise Refused(f"there is no file or folder `{missing}`")
    space = workspace.survey([_corpus_of(it) for it in paths], config, paths)
    chosen = space.chosen(sorted(space.schema_files), paths, "schema")
    only = space.within(paths)
    found = mistakes(it for it in space.project.errors if is_below(it[0], only))
    emit(
        renderer(output_format)(
            Report(found, space.texts(), {name: it.group for name, it in MANUALS.items()}, len(chosen), len(chosen), 0)
        )
    )
    files = len({it.path for it in found})
    tell(
        f"{counted(len(found), 'mistake')} in {counted(files, 'file')}; {counted(len(chosen), 'schema')} looked at"
        if found
        else f"{counted(len(chosen), 'schema')}, no mistake"
    )
    ctx.exit(EXIT_FINDINGS if found else EXIT_CLEAN)


def _corpus_of(path: str) -> str:
    """Return the folder that a schema's own folder `schemas` stands in: the schemas beside it count, too."""
    whole = Path(path).absolute()
    steps = whole.parts
    if project.SCHEMA_FOLDER not in steps:
        return path
    return str(Path(*steps[: len(steps) - 1 - steps[::-1].index(project.SCHEMA_FOLDER)]))
