"""The command line: one command a file, found in this folder and imported when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from importlib import import_module
from io import TextIOWrapper
from pkgutil import iter_modules
from typing import Any

import click

from reglint import __version__

EXIT_CLEAN, EXIT_FINDINGS, EXIT_NOT_CHECKED = 0, 1, 2
"""0: nothing at or above --fail-on. 1: findings. 2: something kept us from checking; never 0 or 1 then."""
EXIT_INTERRUPTED = 130
"""As shells have it for SIGINT."""


class _Commands(click.Group):
    """A module `x` of this package holds the command `x` as its `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(it.name for it in iter_modules(__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reglint")
def cli() -> None:
    """Check a folder of typed Markdown documents: front matter, tables, links, dates, sources and scores."""


def main() -> None:
    """Run the command line. Whatever goes wrong in reglint itself is told on stderr and exits 2, never 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter must not end the run
    try:
        code = cli(prog_name="reglint", standalone_mode=False)
    except click.ClickException as error:
        error.show()
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
        for line in lines:
            click.echo(line)
    except BrokenPipeError:
        # The interpreter must not try to write the rest when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_NOT_CHECKED)


def _report_bug(error: Exception) -> None:
    frame: Any = error.__traceback__
    while frame.tb_next:
        frame = frame.tb_next
    place = f"{frame.tb_frame.f_globals.get('__name__')}:{frame.tb_lineno}"
    words = f"reglint {__version__} broke down: {type(error).__name__}: {error} (at {place})"
    click.echo(f"{words}\nThis is a fault of reglint, not of your documents; please report it.", err=True)
