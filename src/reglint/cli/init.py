"""`reglint init`."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from reglint import configfile, disk, project
from reglint.cli import EXIT_CLEAN, EXIT_NOT_CHECKED, emit, tell
from reglint.config import matches
from reglint.document import Document, parse
from reglint.inference import configuration, kinds, snippets
from reglint.inference.drafts import Typed, drafts
from reglint.inference.kinds import Grouping
from reglint.spelling import counted
from reglint.text import Text
from reglint.workspace import Files, Refused, Workspace

_CONFIGURATION = configfile.FILE_NAMES[0]
_WAYS = {"type": "the key `type` of the front matter", "folder": "the folder", "prefix": "how the file name begins"}


class New(NamedTuple):
    """A file to write at *path* below *folder*; *is_part*: where there is one already, this belongs into it."""

    folder: Path
    path: str
    content: str
    is_part: bool = False


@click.command(name="init")
@click.argument("folder", default=".")
@click.option("--by", type=click.Choice(kinds.BY), help="What tells the type of a document, instead of what fits best.")
@click.option("--infer", is_flag=True, help="Draft a schema for each type, too.")
@click.option("--pre-commit", is_flag=True, help="Add a hook for pre-commit, too.")
@click.option("--ci", is_flag=True, help="Add a workflow for GitHub Actions, too.")
@click.option("--dry-run", is_flag=True, help="Write nothing: print what would be written.")
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: click.Context, folder: str, by: str | None, infer: bool, pre_commit: bool, ci: bool, dry_run: bool
) -> None:
    """Look at the documents in FOLDER (default: here), propose their types, and write `reglint.toml`.

    Nothing is overwritten: where there is a file for the hook or the workflow, its part is printed for pasting.
    """
    root = Path(folder).resolve()
    if not root.is_dir():
        raise Refused(f"there is no folder `{folder}`")
    extras = list(_extras(root, pre_commit=pre_commit, ci=ci))
    code = EXIT_CLEAN
    new: list[New] = []
    if infer or not extras or not _configuration(root):
        space = _space(root)
        new, code = _proposed(space, by, infer=infer)
    for it in [*new, *extras]:
        (_show if dry_run else _write)(it)
    if new and not dry_run:
        _tell_next(folder, infer=infer, extras=bool(extras))
    ctx.exit(code)


def _extras(root: Path, *, pre_commit: bool, ci: bool) -> Iterator[New]:
    """Yield the files that belong to the repository and not to the corpus."""
    home = next((it for it in (root, *root.parents) if (it / ".git").exists()), root)
    run = "reglint check" if home == root else f"reglint check {shlex.quote(root.relative_to(home).as_posix())}"
    wanted = [snippets.pre_commit(run)] if pre_commit else []
    wanted += [snippets.workflow(run)] if ci else []
    yield from (New(home, it.path, it.content, is_part=True) for it in wanted)


def _configuration(root: Path) -> str | None:
    """Return the name of the configuration file in *root* itself; one above it holds for another corpus."""
    try:
        place = disk.locate([str(root)])
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"the configuration could not be read: {error}") from error
    if place.configuration and place.root != root:
        tell(
            f"note: {place.root / place.configuration.path} governs this folder until it has a configuration of its own"
        )
    return place.configuration.path if place.configuration and place.root == root else None


def _space(root: Path) -> Workspace:
    """Return the folder as it is without a configuration. Raises Refused where it has one."""
    if name := _configuration(root):
        raise Refused(f"{root / name} is there already; `reglint schema infer` drafts the schemas of its types")
    schemas = [it for it in disk.schemas(root, (), project.SCHEMA_FOLDER) if isinstance(it, Text)]
    return Workspace(root, None, tuple(schemas), project.load(None, schemas))


def _proposed(space: Workspace, by: str | None, *, infer: bool) -> tuple[list[New], int]:
    """Return the configuration, and the schemas where they are wanted, and tell what was found."""
    files = space.files()
    read = space.read(files.documents)
    for it in read.unchecked:
        tell(f"could not read {it.path}: {it.message}")
    docs = [parse(it) for it in read.texts]
    if not docs:
        raise Refused(f"there is no document in {space.root} ({space.documents_are})")
    excluded = configuration.apart(docs)
    corpus = [it for it in docs if not matches(it.path, tuple(excluded))]
    grouping = kinds.grouping(corpus, by)
    _tell_found(corpus, grouping, excluded)
    text = configuration.text_of(grouping, excluded, infer=infer)
    new = [New(space.root, _CONFIGURATION, text)]
    if infer:
        new += _schemas(space, files, corpus, text)
    return new, EXIT_NOT_CHECKED if read.unchecked else EXIT_CLEAN


def _tell_found(corpus: Sequence[Document], grouping: Grouping, excluded: Mapping[str, int]) -> None:
    types = counted(len(grouping.types), "type")
    tell(f"{counted(len(corpus), 'document')}, {types} by {_WAYS[grouping.by]}")
    for name, paths in grouping.types.items():
        tell(f"  {name}: {counted(len(paths), 'document')}")
    typed = {path for paths in grouping.types.values() for path in paths}
    if left := [it for it in corpus if it.path not in typed]:
        reasons = Counter(map(kinds.why_untyped, left)).most_common() if grouping.by == "type" else []
        why = ", ".join(f"{number} with {it}" for it, number in reasons)
        tell(f"without a type: {counted(len(left), 'document')}{f' ({why})' if why else ''}")
    for glob, number in excluded.items():
        tell(f"excluded: {glob}, {counted(number, 'document')}")


def _schemas(space: Workspace, files: Files, corpus: Sequence[Document], text: str) -> Iterator[New]:
    """Draft the schemas as `reglint schema infer` does with the new configuration."""
    config = project.load(Text(_CONFIGURATION, text), space.schemas).config
    typed = [Typed(it, kinds.type_of(it, config)) for it in corpus]
    others = sorted({*files.documents, *files.others}.difference(it.path for it in corpus))
    chosen = {it.type for it in typed if it.type}
    with_schema = {name for name, it in config.types.items() if it.schema in space.project.library.sources}
    for it in drafts(typed, others, config, with_schema | chosen, chosen - with_schema):
        yield New(space.root, it.path, it.content)


def _show(new: New) -> None:
    emit([f"==> {new.path} <==", *new.content.removesuffix("\n").split("\n"), ""])


def _write(new: New) -> None:
    try:
        is_written = disk.write(new.folder, new.path, new.content)
    except OSError as error:
        raise Refused(f"{new.path} could not be written: {error}") from error
    if is_written:
        tell(f"wrote {new.path}")
    elif new.is_part:
        tell(f"{new.path} is there already; this belongs into it:")
        emit(new.content.removesuffix("\n").split("\n"))
    else:
        tell(f"{new.path} is there already, and was left as it is")


def _tell_next(folder: str, *, infer: bool, extras: bool) -> None:
    """Name the next steps, each with the folder where it is another one."""
    where = "" if folder == "." else f" {shlex.quote(folder)}"
    steps = {f"reglint check{where}": "checks the documents"}
    if not infer:
        steps = {f"reglint schema infer --write{where}": "drafts a schema for each type", **steps}
    if not extras:
        steps[f"reglint init --pre-commit --ci{where}"] = "has them checked before each commit, and on GitHub"
    tell("next:")
    width = max(map(len, steps))
    for step, does in steps.items():
        tell(f"  {step:{width}}  {does}")
