"""`reglint check`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path

import click

from reglint import disk, project
from reglint.cli import EXIT_CLEAN, EXIT_FINDINGS, EXIT_NOT_CHECKED, emit
from reglint.config import Config, select
from reglint.diagnostic import Diagnostic, Located, Severity
from reglint.engine import Engine, Run
from reglint.project import Project
from reglint.report import FORMATS, renderer
from reglint.report.escape import escaped
from reglint.report.report import Report
from reglint.rule import Unchecked
from reglint.rules import MANUALS
from reglint.spelling import suggestion
from reglint.text import Text


class Refused(click.ClickException):
    """Why nothing was checked; exits 2."""

    exit_code = EXIT_NOT_CHECKED

    def show(self, file: object = None) -> None:  # noqa: ARG002 - click's signature
        """Print the reason on stderr, in one line."""
        click.echo(f"error: {escaped(self.message)}", err=True)


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
@click.option("--config", metavar="FILE", envvar="REGLINT_CONFIG", help="The configuration; its folder is the root.")
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
    place, loaded = _load(paths, config)
    chosen = _selected(loaded.config, select, ignore)
    only = _within(place.root, paths)
    run = _run(place.root, loaded._replace(config=chosen), only, now.date() if now else disk.today(), allow_empty)
    texts = _texts(place)
    diagnostics = tuple(it for it in run.diagnostics if _is_wanted(it.path, only) or MANUALS[it.rule].group == "files")
    report = _report(diagnostics, texts, run)
    emit(renderer(output_format)(report))
    _summarise(report, run)
    ctx.exit(_exit_code(diagnostics, run, fail_on))


def _load(paths: Sequence[str], config: str | None) -> tuple[disk.Place, Project]:
    """Find and read the configuration and the schemas; any mistake in them ends the run."""
    try:
        place = disk.locate(paths, config)
    except disk.MissingPath as error:
        raise Refused(f"there is no file or folder `{error}`") from error
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"the configuration or a named path could not be read: {error}") from error
    named = project.load(place.configuration, ()).config.types.values()
    read = tuple(disk.schemas(place.root, [it.schema for it in named], project.SCHEMA_FOLDER))
    unread = [it for it in read if isinstance(it, Unchecked)]
    if unread:
        raise Refused("; ".join(f"{it.path}: {it.message}" for it in unread))
    loaded = project.load(place.configuration, [it for it in read if isinstance(it, Text)])
    if loaded.errors:
        _show(loaded.errors, _texts(place))
        raise Refused("nothing was checked: the configuration or a schema has mistakes")
    return place, loaded


def _show(errors: Iterable[Located], text: Callable[[str], Text]) -> None:
    """Print mistakes of the configuration like any other finding, but on stderr."""
    found = (Diagnostic(path, it.span, "configuration", it.message, Severity.error, it) for path, it in errors)
    report = Report(tuple(sorted(found)), text, {}, 0, 0, 0)
    for line in renderer("text")(report):
        click.echo(line, err=True)


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


def _within(root: Path, paths: Sequence[str]) -> tuple[str, ...]:
    try:
        return disk.relative(root, paths)
    except ValueError as error:
        raise Refused(f"`{error}` lies outside of the root, which is {root}") from error


def _run(root: Path, loaded: Project, only: Sequence[str], today: date, allow_empty: bool) -> Run:
    """Read every document of the corpus and check them as one."""
    try:
        paths = disk.files(root)
    except (OSError, ValueError) as error:
        raise Refused(f"the files below {root} could not be listed: {error}") from error
    for it in paths.linked_folders:
        click.echo(escaped(f"not followed: {it} is a link to a folder"), err=True)
    documents = [it for it in paths.visible if loaded.config.is_document(it)]
    for it in only:
        if not any(_is_wanted(path, (it,)) for path in documents) and not allow_empty:
            raise Refused(f"`{it}` holds no document of the corpus ({_described(loaded.config)})")
    if not documents and not allow_empty:
        raise Refused(f"there is no document in {root} ({_described(loaded.config)})")
    read = [disk.read(root, it) for it in documents]
    texts = [it for it in read if isinstance(it, Text)]
    unchecked = [it for it in read if isinstance(it, Unchecked)]
    others = sorted({*paths.visible, *paths.hidden}.difference(documents))
    return Engine(loaded.config, loaded.library, today).lint(texts, unchecked, others)


def _described(config: Config) -> str:
    """Return which files count as documents, for whoever finds that none does."""
    without = f", without {', '.join(config.exclude)}" if config.exclude else ""
    return f"documents are {', '.join(config.include)}{without}, and not what git ignores"


def _is_wanted(path: str, only: Sequence[str]) -> bool:
    return not only or any(it in {".", path} or path.startswith(f"{it}/") for it in only)


def _texts(place: disk.Place) -> Callable[[str], Text]:
    """Return the function that reads a file again to show a line of it; a file that is gone shows nothing."""

    @cache
    def text(path: str) -> Text:
        if place.configuration and path == place.configuration.path:
            return place.configuration
        read = disk.read(place.root, path)
        return read if isinstance(read, Text) else Text(path, "")

    return text


def _report(diagnostics: tuple[Diagnostic, ...], text: Callable[[str], Text], run: Run) -> Report:
    groups = {name: it.group for name, it in MANUALS.items()}
    return Report(diagnostics, text, groups, run.documents, run.typed, len(run.unchecked))


def _summarise(report: Report, run: Run) -> None:
    """Say on stderr what was looked at, and what was not."""
    for it in run.unchecked:
        click.echo(escaped(f"could not check {it.path or 'the corpus'}: {it.message}"), err=True)
    counted = [_counted(report.counts[it.name], it.name) for it in reversed(Severity) if report.counts[it.name]]
    found = ", ".join(counted) or "no finding"
    click.echo(f"{found}; {run.typed} of {_counted(run.documents, 'document')} judged by a schema", err=True)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _exit_code(diagnostics: Sequence[Diagnostic], run: Run, fail_on: str) -> int:
    if run.unchecked:
        return EXIT_NOT_CHECKED
    if fail_on != "never" and any(it.severity >= Severity[fail_on] for it in diagnostics):
        return EXIT_FINDINGS
    return EXIT_CLEAN
