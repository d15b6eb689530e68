"""`reglint check`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import click

from reglint import cache, disk, installation, replay, runner, workspace
from reglint.cli import (
    EXIT_CLEAN,
    EXIT_FINDINGS,
    EXIT_INTERRUPTED,
    EXIT_NOT_CHECKED,
    cache_folder,
    cache_option,
    config_option,
    emit,
    forget_printed,
    printed,
    show_refusal,
    tell,
)
from reglint.diagnostic import Diagnostic, Severity
from reglint.engine import Run
from reglint.recipe import Recipe
from reglint.replay import Witnesses
from reglint.report import FORMATS, renderer
from reglint.report.report import Report
from reglint.rules import MANUALS
from reglint.runner import Outcome, Request
from reglint.spelling import counted, suggestion
from reglint.text import Text
from reglint.workspace import Files, Refused, Workspace, is_below


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
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes check documents; by default as many as pay.",
)
@cache_option
@click.option("--no-cache", is_flag=True, envvar="REGLINT_NO_CACHE", help="Neither read nor write the cache.")
@click.option("--verify-cache", is_flag=True, help="Check without the cache too; exit 2 if that differs.")
@click.option("--watch", "-w", is_flag=True, help="Check again whenever something changes, until interrupted.")
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> None:
    """Check the documents of the corpus; PATHS narrow what is reported, not what links may lead to.

    Exits 0 when nothing was found, 1 with findings, 2 when something could not be checked.
    """
    asked = _Asked(**given)
    installation.collect_rarely()
    if asked.watch:
        _watch(asked)
        ctx.exit(EXIT_INTERRUPTED)
    ctx.exit(_check(asked))


class _Asked(NamedTuple):
    """What the command line says."""

    paths: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    output_format: str
    fail_on: str
    config: str | None
    now: datetime | None
    allow_empty: bool
    jobs: int | None
    cache_dir: str | None
    no_cache: bool
    verify_cache: bool
    watch: bool

    @property
    def today(self) -> date:
        return self.now.date() if self.now else disk.today()

    @property
    def cache(self) -> Path | None:
        return None if self.no_cache else cache_folder(self.cache_dir)


def _watch(asked: _Asked) -> None:
    """Check now and after each change; mistakes in the configuration are told, and waited for to be mended."""
    try:
        from reglint import watching
    except ModuleNotFoundError as error:
        raise Refused('`--watch` needs a package more: pip install "reglint[watch]"') from error
    root = workspace.located(asked.paths, asked.config).root
    for _ in watching.changes(root, asked.cache):
        if not root.is_dir():
            raise Refused(f"{root} is gone")
        disk.forget()
        forget_printed()
        try:
            _check(asked)
        except Refused as error:
            show_refusal(error)
        tell(f"watching {root}")


def _check(asked: _Asked) -> int:
    """Check once, print what was found, and return the exit code."""
    started = time.time_ns()
    key = _key()
    space = workspace.load(asked.paths, asked.config)
    only = space.within(asked.paths)
    request = Request(_recipe(space, asked), asked.jobs, asked.cache, started)
    files = space.files()
    run, troubles = _run(space, files, request, only, asked)
    diagnostics = tuple(it for it in run.diagnostics if is_below(it.path, only) or MANUALS[it.rule].group == "files")
    report = _report(diagnostics, space.texts(), run)
    emit(renderer(asked.output_format)(report))
    _summarise(report, run)
    code = _exit_code(diagnostics, run, asked.fail_on)
    if request.cache and key and code != EXIT_NOT_CHECKED and not troubles:
        named = (*asked.paths, *([asked.config] if asked.config else []))
        _remember(request.cache, key, runner.witnesses(space, files, named, started), code)
    return code


def _key() -> bytes:
    """Return what this command is remembered by; empty where it is not to be."""
    is_repeatable = replay.folder_for(sys.argv[1:], os.environ)
    return replay.key(sys.argv[1:], os.environ) if is_repeatable else b""


def _remember(folder: Path, key: bytes, witnesses: Witnesses | None, code: int) -> None:
    """Keep what was printed, to print it again as long as nothing changes."""
    if witnesses:
        with suppress(OSError, ValueError):
            cache.prepare(folder, replay.FOLDER)
            replay.keep(str(folder), key, witnesses, printed(), code)


def _recipe(space: Workspace, asked: _Asked) -> Recipe:
    """Put together what to check with. Raises Refused for an unknown rule, and where none is left."""
    unknown = [it for it in _split(*asked.select, *asked.ignore) if it not in _selectors()]
    if unknown:
        raise Refused(f"there is no rule, group or category `{unknown[0]}`{suggestion(unknown[0], _selectors())}")
    chosen = _names(_split(*asked.select)) if asked.select else None
    recipe = Recipe(space.configuration, space.schemas, chosen, _names(_split(*asked.ignore)), asked.today)
    narrowed = recipe.config(space.project)
    if not any(narrowed.is_on(name) for name, it in MANUALS.items() if it.group != "files"):
        raise Refused("no rule is left to run; see `--select`, `--ignore` and the configuration")
    return recipe


def _split(*values: str) -> list[str]:
    return [it.strip() for value in values for it in value.split(",") if it.strip()]


@lru_cache(maxsize=1)
def _selectors() -> Mapping[str, frozenset[str]]:
    """Each word that names rules: a rule's own name, its group, its category."""
    selectors: dict[str, frozenset[str]] = {}
    for name, manual in MANUALS.items():
        for word in (name, manual.group, manual.category):
            selectors[word] = selectors.get(word, frozenset()) | {name}
    return selectors


def _names(words: Iterable[str]) -> frozenset[str]:
    return frozenset(name for it in words for name in _selectors()[it])


def _run(space: Workspace, files: Files, request: Request, only: Sequence[str], asked: _Asked) -> Outcome:
    """Check every document of the corpus as one."""
    for it in files.linked_folders:
        tell(f"not followed: {it} is a link to a folder")
    for it in only:
        if not any(is_below(path, (it,)) for path in files.documents) and not asked.allow_empty:
            raise Refused(f"`{it}` holds no document of the corpus ({space.documents_are})")
    if not files.documents and not asked.allow_empty:
        raise Refused(f"there is no document in {space.root} ({space.documents_are})")
    outcome = runner.run(space, files, request)
    for it in outcome.troubles:
        tell(it)
    if asked.verify_cache and not runner.same(outcome.run, runner.run(space, files, request._replace(cache=None)).run):
        raise Refused("the cache says something else than the documents do; please report it, and run `reglint clean`")
    return outcome


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
