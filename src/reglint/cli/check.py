"""`reglint check`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache

import click

from reglint import disk, workspace
from reglint.cli import EXIT_CLEAN, EXIT_FINDINGS, EXIT_NOT_CHECKED, config_option, emit, tell
from reglint.config import Config, select
from reglint.diagnostic import Diagnostic, Severity
from reglint.engine import Run
from reglint.report import FORMATS, renderer
from reglint.report.report import Report
from reglint.rules import MANUALS
from reglint.spelling import counted, suggestion
from reglint.text import Text
from reglint.workspace import Refused, Workspace, is_below


@click.command(name="check")
@click.argument("paths", nargs=-1)
@click.option("--select", multiple=True, metavar="RULE", help="Run only these rules, groups or categories.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave these rules, groups or categories out.")
@click.option(
    "--output-format", type=click.Choice(FORMATS), default="text", envvar="REGLINT_OUTPUT_FORMAT", show_default=True
)
@click.option(
    "--fail-on",
    type=click.Choice([*(it.name for it in reversed(Severity)), "never"]),
    default=Severity.error.name,
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@config_option
@click.option(
    "--now", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Judge dates as on this day instead of today."
)
@click.option("--allow-empty", is_flag=True, help="Exit 0 where there is no document at all.")
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: click.Context,
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    output_format: str,
    fail_on: str,
    config: str | None,
    now: datetime | None,
    allow_empty: bool,
) -> None:
    """Check the documents of the corpus; PATHS narrow what is reported, not what links may lead to.

    Exits 0 when nothing was found, 1 with findings, 2 when something could not be checked.
    """
    space = workspace.load(paths, config)
    only = space.within(paths)
    run = _run(space, _selected(space.config, select, ignore), only, now.date() if now else disk.today(), allow_empty)
    diagnostics = tuple(it for it in run.diagnostics if is_below(it.path, only) or MANUALS[it.rule].group == "files")
    report = _report(diagnostics, space.texts(), run)
    emit(renderer(output_format)(report))
    _summarise(report, run)
    ctx.exit(_exit_code(diagnostics, run, fail_on))


def _selected(config: Config, chosen: Sequence[str], ignored: Sequence[str]) -> Config:
    unknown = [it for it in _split(*chosen, *ignored) if it not in _selectors()]
    if unknown:
        raise Refused(f"there is no rule, group or category `{unknown[0]}`{suggestion(unknown[0], _selectors())}")
    narrowed = select(config, _names(_split(*chosen)) if chosen else None, _names(_split(*ignored)))
    if not any(narrowed.is_on(name) for name, it in MANUALS.items() if it.group != "files"):
        raise Refused("no rule is left to run; see `--select`, `--ignore` and the configuration")
    return narrowed


def _split(*values: str) -> list[str]:
    return [it.strip() for value in values for it in value.split(",") if it.strip()]


@cache
def _selectors() -> Mapping[str, frozenset[str]]:
    """Each word that names rules: a rule's own name, its group, its category."""
    selectors: dict[str, frozenset[str]] = {}
    for name, manual in MANUALS.items():
        for word in (name, manual.group, manual.category):
            selectors[word] = selectors.get(word, frozenset()) | {name}
    return selectors


def _names(words: Iterable[str]) -> frozenset[str]:
    return frozenset(name for it in words for name in _selectors()[it])


def _run(space: Workspace, config: Config, only: Sequence[str], today: date, allow_empty: bool) -> Run:
    """Read every document of the corpus and check them as one."""
    files = space.files()
    for it in files.linked_folders:
        tell(f"not followed: {it} is a link to a folder")
    for it in only:
        if not any(is_below(path, (it,)) for path in files.documents) and not allow_empty:
            raise Refused(f"`{it}` holds no document of the corpus ({space.documents_are})")
    if not files.documents and not allow_empty:
        raise Refused(f"there is no document in {space.root} ({space.documents_are})")
    read = space.read(files.documents)
    return space.engine(today, config).lint(read.texts, read.unchecked, files.others)


def _report(diagnostics: tuple[Diagnostic, ...], text: Callable[[str], Text], run: Run) -> Report:
    groups = {name: it.group for name, it in MANUALS.items()}
    return Report(diagnostics, text, groups, run.documents, run.typed, len(run.unchecked))


def _summarise(report: Report, run: Run) -> None:
    """Say on stderr what was looked at, and what was not."""
    for it in run.unchecked:
        tell(f"could not check {it.path or 'the corpus'}: {it.message}")
    counts = [counted(report.counts[it.name], it.name) for it in reversed(Severity) if report.counts[it.name]]
    found = ", ".join(counts) or "no finding"
    share = f", {run.extent.percent} % of all values constrained" if run.typed and run.extent.values else ""
    tell(f"{found}; {run.typed} of {counted(run.documents, 'document')} judged by a schema{share}")


def _exit_code(diagnostics: Sequence[Diagnostic], run: Run, fail_on: str) -> int:
    if run.unchecked:
        return EXIT_NOT_CHECKED
    if fail_on != "never" and any(it.severity >= Severity[fail_on] for it in diagnostics):
        return EXIT_FINDINGS
    return EXIT_CLEAN
