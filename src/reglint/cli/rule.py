"""`reglint rule`."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from reglint.manual import Manual
from reglint.rule import RULES
from reglint.rules import MANUALS
from reglint.schema.keyword import KEYWORDS
from reglint.spelling import suggestion
from reglint.workspace import Refused


@click.command(name="rule")
@click.argument("name", required=False)
@click.option("--all", "every", is_flag=True, help="The manuals of all rules.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(name: str | None, every: bool, output_format: str) -> None:
    """Show the manual of the rule NAME; without a NAME, list all rules."""
    if name and name not in MANUALS:
        keyword = f"; for the keyword, see `reglint schema keyword {name}`" if name in KEYWORDS else ""
        raise Refused(f"there is no rule `{name}`{keyword or suggestion(name, MANUALS)}")
    chosen = [MANUALS[name]] if name else list(MANUALS.values())
    if output_format == "json":
        click.echo(json.dumps([_as_json(it) for it in chosen], indent=2, ensure_ascii=True))
    elif name or every:
        click.echo("\n\n".join("\n".join(_page(it)) for it in chosen))
    else:
        for it in chosen:
            click.echo(f"{it.name:26} {it.group:12} {_level(it):8} {it.summary}")


def _level(manual: Manual) -> str:
    return manual.severity.name if manual.enabled else "off"


def _page(manual: Manual) -> Iterator[str]:
    yield f"# {manual.name}"
    yield ""
    yield f"group {manual.group}, {manual.category}, {_level(manual)} by default, since {manual.since}"
    yield ""
    yield manual.text.strip()
    options = RULES[manual.name].option_schema() if manual.name in RULES else {}
    if options:
        yield ""
        yield "Options:"
        for name, it in options.items():
            yield f"  {name} ({it['type']}) = {json.dumps(it['default'], ensure_ascii=False)}"


def _as_json(manual: Manual) -> dict[str, object]:
    return {
        "name": manual.name,
        "group": manual.group,
        "category": manual.category,
        "severity": manual.severity.name,
        "enabled": manual.enabled,
        "since": manual.since,
        "summary": manual.summary,
        "manual": manual.text,
        "options": RULES[manual.name].option_schema() if manual.name in RULES else {},
    }
