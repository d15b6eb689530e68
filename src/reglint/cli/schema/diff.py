"""`reglint schema diff`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import click

from reglint import disk, project, sides, workspace
from reglint.cli import EXIT_CLEAN, EXIT_FINDINGS, EXIT_NOT_CHECKED, config_option, emit, tell
from reglint.comparison import Change, compare
from reglint.diagnostic import Diagnostic, json_pointer
from reglint.document import Document, parse
from reglint.report.escape import escaped
from reglint.rule import Unchecked
from reglint.sides import Side
from reglint.spelling import counted
from reglint.text import Text
from reglint.workspace import Refused, Workspace

_VERDICTS = {
    (False, True): "would newly fail",
    (True, False): "would newly pass",
    (True, True): "would still fail",
    (False, False): "would still pass",
}


@click.command(name="diff")
@click.argument("old")
@click.argument("new", required=False)
@click.option("--type", "wanted", metavar="NAME", help="The document type that a schema file is for.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@config_option
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: click.Context, old: str, new: str | None, wanted: str | None, output_format: str, config: str | None
) -> None:
    """Tell which of today's documents would newly fail or pass when the schemas change from OLD to NEW.

    Each of the two is a schema file, a folder of schemas, or a revision of git such as `HEAD`, `main~3` or a tag, from
    which nothing is checked out; what exists as a path is one. A file stands for the schema of one type, a folder for
    `schemas`. Without NEW, the schemas are those of today.

    Exits 0 when no document would newly fail, 1 when one would, or would be judged by no schema any more, 2 when the
    two could not be compared.
    """
    space = workspace.survey((), config)
    spaces = [_with(space, it) for it in sides.of(space, (old, new), wanted)]
    changes, unchecked = _compared(spaces)
    text = space.texts()
    emit([_json(changes, text)] if output_format == "json" else _lines(changes, text))
    for it in unchecked:
        tell(f"could not check {it.path or 'the corpus'}: {it.message}")
    tell(_summary(changes))
    code = EXIT_FINDINGS if any(it.newly_fails or it.is_lost for it in changes) else EXIT_CLEAN
    ctx.exit(EXIT_NOT_CHECKED if unchecked else code)


def _with(space: Workspace, side: Side) -> Workspace:
    """Return the corpus with the schemas of one side, and without the configured types that have none among them."""
    loaded = project.load(space.configuration, side.texts)
    paths = {it.path for it in side.texts}
    mistakes = tuple((side.shown(path), it) for path, it in loaded.errors if path in paths)
    if mistakes:
        texts = {side.shown(it.path): it for it in side.texts}
        raise Refused(f"nothing was compared: the schemas of {side.name} have mistakes", mistakes, texts.__getitem__)
    types = {name: it for name, it in loaded.config.types.items() if it.schema in loaded.library.sources}
    return space._replace(project=loaded._replace(config=replace(loaded.config, types=types)))


def _compared(spaces: Sequence[Workspace]) -> tuple[tuple[Change, ...], list[Unchecked]]:
    """Judge today's documents by the schemas of both sides."""
    files = spaces[0].files()
    if not files.documents:
        raise Refused(f"there is no document in {spaces[0].root} ({spaces[0].documents_are})")
    read = spaces[0].read(files.documents)
    today = disk.today()
    old, new = (it.engine(today).lint(read.texts, read.unchecked, files.others) for it in spaces)
    docs = [parse(it) for it in read.texts]
    types = {doc.path: (_type_name(spaces[0], doc), _type_name(spaces[1], doc)) for doc in docs}
    return compare(old.diagnostics, new.diagnostics, types), list(dict.fromkeys((*old.unchecked, *new.unchecked)))


def _type_name(space: Workspace, doc: Document) -> str | None:
    kind = space.config.type_of(doc)
    return kind.name if kind else None


def _lines(changes: Iterable[Change], text: Callable[[str], Text]) -> Iterator[str]:
    """A head for each file, then its findings in the concise manner."""
    for i, it in enumerate(changes):
        if i:
            yield ""
        yield escaped(": ".join((it.path, *filter(None, [_headline(it)]))))
        signed = sorted([*((found, "+") for found in it.appeared), *((found, "-") for found in it.gone)])
        for found, sign in signed:
            at = text(found.path).position(found.span.start)
            words = f"{sign} {found.severity.name}[{found.rule}] {found.message}"
            yield escaped(f"{found.path}:{at.line}:{at.column}: {words}")


def _headline(change: Change) -> str:
    if not change.types:
        return ""
    old, new = (f"of the type `{it}`" if it else "of no type" for it in change.types)
    return _VERDICTS[change.failed] + (f"; it would be {new}, and was {old}" if change.is_retyped else "")


def _summary(changes: Sequence[Change]) -> str:
    failing, passing = (sum(getattr(it, name) for it in changes) for name in ("newly_fails", "newly_passes"))
    appeared, gone = sum(len(it.appeared) for it in changes), sum(len(it.gone) for it in changes)
    retyped = sum(it.is_retyped for it in changes)
    told = f"{counted(failing, 'document')} would newly fail, {passing} would newly pass"
    told += f"; {counted(appeared, 'new finding')}, {gone} gone"
    return told + (f"; {counted(retyped, 'document')} would change in type" if retyped else "")


def _json(changes: Sequence[Change], text: Callable[[str], Text]) -> str:
    """One object for machines. The contract: keys are added, none is ever changed."""
    value = {
        "version": 1,
        "newly_failing": [it.path for it in changes if it.newly_fails],
        "newly_passing": [it.path for it in changes if it.newly_passes],
        "retyped": [
            {"path": it.path, "old": it.types[0], "new": it.types[1]} for it in changes if it.types and it.is_retyped
        ],
        "appeared": [_finding(found, text) for it in changes for found in it.appeared],
        "gone": [_finding(found, text) for it in changes for found in it.gone],
    }
    return json.dumps(value, ensure_ascii=True, indent=2)


def _finding(it: Diagnostic, text: Callable[[str], Text]) -> dict[str, Any]:
    at = text(it.path).position(it.span.start)
    return {
        "path": it.path,
        "line": at.line,
        "column": at.column,
        "severity": it.severity.name,
        "rule": it.rule,
        "pointer": json_pointer(it.finding.pointer) if it.finding.pointer else None,
        "message": it.message,
        "help": it.finding.help or None,
    }
