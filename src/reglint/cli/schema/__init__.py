"""`reglint schema`: one command a file."""

from __future__ import annotations

import click

from reglint.cli import Commands


@click.group(name="schema", cls=Commands, package=__name__)
def command() -> None:
    """Write, check, read and compare the schemas of document types."""
