"""`reglint coverage`."""

from __future__ import annotations

import json

import click

from reglint import disk, workspace
from reglint.cli import EXIT_CLEAN, EXIT_FINDINGS, EXIT_NOT_CHECKED, config_option, emit, tell
from reglint.coverage.page import page
from reglint.coverage.record import record
from reglint.coverage.survey import Coverage, survey
from reglint.report.escape import escaped
from reglint.spelling import counted


@click.command(name="coverage")
@click.option(
    "--fail-under",
    type=click.IntRange(0, 100),
    metavar="N",
    help="Exit 1 when less than N % of all values are constrained.",
)
@click.option("--all", "is_whole", is_flag=True, help="Show long lists to their end.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@config_option
@click.pass_context
def command(ctx: click.Context, fail_under: int | None, is_whole: bool, output_format: str, config: str | None) -> None:
    """Tell what a green run enforces: which values a schema constrains, what no schema speaks of, which rules idle.

    Values are those of the front matter, titles, fields, table columns, and the prose of each section, each counted
    once a document however many items or rows it has. One is constrained when a schema asks something of it beyond
    naming it; for prose it is enough to be required. Documents that no schema judges count with all of their values:
    leave out by `exclude` what is meant to be no record, such as a README.

    Exits 0, 1 below --fail-under, 2 when a document could not be read.
    """
    space = workspace.load([], config)
    files = space.files()
    read = space.read(space.chosen(files.documents, [], f"document ({space.documents_are})"))
    found = survey(space.config, space.project.library, read.texts, read.unchecked, files.others, disk.today())
    for it in found.unchecked:
        tell(f"could not check {it.path}: {it.message}")
    emit(
        [json.dumps(record(found), indent=2)]
        if output_format == "json"
        else map(escaped, page(found, is_whole=is_whole))
    )
    ctx.exit(EXIT_NOT_CHECKED if found.unchecked else _exit_code(found, fail_under or 0))


def _exit_code(found: Coverage, wanted: int) -> int:
    percent = found.extent.percent
    if percent >= wanted:
        return EXIT_CLEAN
    missing = counted(wanted - percent, "percentage point")
    tell(f"error: {percent} % of all values are constrained, {missing} below the {wanted} % of --fail-under")
    return EXIT_FINDINGS
