"""`reglint schema keyword`."""

from __future__ import annotations

import click

from reglint.rules import MANUALS  # importing the rules registers the keywords, too
from reglint.schema.keyword import KEYWORDS
from reglint.spelling import suggestion
from reglint.workspace import Refused


@click.command(name="keyword")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Show the manual of the keyword NAME of reglint's vocabulary; without a NAME, list them all."""
    if name is None:
        for it in sorted(KEYWORDS.values(), key=lambda it: it.name):
            click.echo(f"{it.name:24} {it.summary}")
    elif name in KEYWORDS:
        click.echo(f"# {name}\n\n{KEYWORDS[name].text.strip()}")
    else:
        near = suggestion(name, KEYWORDS) or (f"; for the rule, see `reglint rule {name}`" if name in MANUALS else "")
        raise Refused(f"there is no keyword `{name}`{near}")
