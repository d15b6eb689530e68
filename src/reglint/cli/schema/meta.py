"""`reglint schema meta`."""

from __future__ import annotations

import json

import click

from reglint import rules  # noqa: F401 - importing the rules registers the keywords, too
from reglint.schema import published


@click.command(name="meta")
def command() -> None:
    """Print the meta-schema of reglint's vocabulary, for editors that complete and check schema files."""
    click.echo(json.dumps(published.meta_schema(), indent=2, ensure_ascii=False))
