"""The command line: one command a file, found in this folder and imported when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click

from reglint import __version__, replay
from reglint.diagnostic import Diagnostic, Located
from reglint.report import renderer
from reglint.report.escape import escaped
from reglint.report.report import Report
from reglint.rule import RULES, Mistake
from reglint.workspace import Refused

EXIT_CLEAN, EXIT_FINDINGS, EXIT_NOT_CHECKED = 0, 1, 2
"""0: nothing at or above --fail-on. 1: findings. 2: something kept us from checking; never 0 or 1 then."""
EXIT_INTERRUPTED = 130
"""As shells have it for SIGINT."""

_BLOCK = 50  # lines
_PRINTED = f"{__name__}.printed"

config_option = click.option(
    "--config", metavar="FILE", envvar="REGLINT_CONFIG", help="The configuration; its folder is the root."
)
"""Every command that reads a corpus takes it."""

cache_option = click.option(
    "--cache-dir", metavar="DIR", envvar="REGLINT_CACHE_DIR", help="The folder for what is kept between runs."
)
"""Every command that knows of the cache takes it."""


class Commands(click.Group):
    """The commands of a package: its module `x` holds the command `x` as its `command`."""

    def __init__(self, *args: Any, package: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._package = package

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(it.name for it in iter_modules(sys.modules[self._package].__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{self._package}.{cmd_name}").command
        return command


@click.group(cls=Commands, package=__name__, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reglint")
def cli() -> None:
    """Check a folder of typed Markdown documents: front matter, tables, links, dates, sources and scores."""


def main() -> None:
    """Run the command line. Whatever goes wrong in reglint itself is told on stderr and exits 2, never 1."""
    try:
        code = cli(prog_name="reglint", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = EXIT_NOT_CHECKED
    except Refused as error:
        show_refusal(error)
        code = EXIT_NOT_CHECKED
    except (click.Abort, KeyboardInterrupt):
        code = EXIT_INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the one place where everything ends
        _report_bug(error)
        code = EXIT_NOT_CHECKED
    sys.exit(code)


def emit(lines: Iterable[str]) -> None:
    """Write lines to stdout; a pipe that was closed early ends the run without a word."""
    try:
        for text in _blocks(lines):
            _note(text, is_error=False)
            click.echo(text, nl=False)
    except BrokenPipeError:
        # The interpreter must not try to write the rest when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_NOT_CHECKED)


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    """Join lines to texts that a pipe takes whole: of longer ones Python may lose the rest if the pipe is closed."""
    block: list[str] = []
    for i, line in enumerate(lines, 1):
        block.append(f"{line}\n")
        if i % _BLOCK == 0:
            yield "".join(block)
            block.clear()
    if block:
        yield "".join(block)


def tell(words: str) -> None:
    """Write one line to stderr, where everything stands that is no result."""
    text = f"{escaped(words)}\n"
    _note(text, is_error=True)
    click.echo(text, nl=False, err=True)


def _note(text: str, *, is_error: bool) -> None:
    if context := click.get_current_context(silent=True):
        context.meta.setdefault(_PRINTED, []).append((is_error, text))


def printed() -> list[replay.Printed]:
    """Return what the command that runs has printed so far."""
    return list(click.get_current_context().meta.get(_PRINTED, ()))


def forget_printed() -> None:
    """Forget what the command that runs has printed."""
    click.get_current_context().meta.pop(_PRINTED, None)


def cache_folder(named: str | None) -> Path | None:
    """Return the folder of the cache, which a user may have *named*; None where this user has none."""
    folder = named or replay.default_folder(os.environ)
    return Path(folder).absolute() if folder else None


def mistakes(found: Iterable[Located]) -> tuple[Diagnostic, ...]:
    """Return mistakes of the configuration and of schemas as findings, under the rule names that they are known by."""
    rules = [it for it in RULES.values() if it.scope == "mistake"]
    named = (
        Diagnostic(path, it.span, rule.name, it.message, rule.manual.severity, it)
        for path, mistake in found
        for rule in rules
        for it in rule.run(Mistake(path, mistake), date.min, {})
    )
    return tuple(sorted(named))


def show_refusal(refused: Refused) -> None:
    """Print mistakes of the configuration and of schemas like any other finding, and the reason, on stderr."""
    if refused.mistakes and refused.text:
        for line in renderer("text")(Report(mistakes(refused.mistakes), refused.text, {}, 0, 0, 0)):
            click.echo(line, err=True)
    tell(f"error: {refused}")


def _report_bug(error: Exception) -> None:
    frame: Any = error.__traceback__
    while frame.tb_next:
        frame = frame.tb_next
    place = f"{frame.tb_frame.f_globals.get('__name__')}:{frame.tb_lineno}"
    words = f"reglint {__version__} broke down: {type(error).__name__}: {error} (at {place})"
    click.echo(f"{words}\nThis is a fault of reglint, not of your documents; please report it.", err=True)
