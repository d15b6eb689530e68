"""`reglint new`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime

import click

from reglint import disk, workspace
from reglint.cli import config_option, emit, tell
from reglint.config import matches
from reglint.diagnostic import Diagnostic
from reglint.document import document_name, parse
from reglint.engine import Engine
from reglint.guide.habits import habits
from reglint.guide.naming import is_at_home, is_nameable, path_of, title_of
from reglint.guide.plan import Plan
from reglint.guide.skeleton import Skeleton, Subject, skeleton
from reglint.guide.tasks import Task, tasks
from reglint.guide.typed import Typed, typed
from reglint.spelling import counted, listed
from reglint.text import Text
from reglint.workspace import Contents, Files, Refused, Workspace


@click.command(name="new")
@click.argument("type_name", metavar="TYPE")
@click.argument("name")
@click.option("--all", "every", is_flag=True, help="Write what is optional, too.")
@click.option("--stdout", is_flag=True, help="Write no file: print what it would hold.")
@config_option
@click.option("--now", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Date it on this day instead of today.")
def command(  # noqa: PLR0913, PLR0917 - one for each option
    type_name: str, name: str, every: bool, stdout: bool, config: str | None, now: datetime | None
) -> None:
    """Write a new document of the type TYPE, with `TODO` wherever its author has to write.

    NAME is a path, or the name of a file that goes beside the others of its type and is prefixed as they are. What is
    to be filled in is listed on stderr; stdout has the path of the file. Nothing is overwritten.
    """
    space = workspace.load([], config)
    space.type_named(type_name)
    files = space.files()
    read = space.read(files.documents)
    for it in read.unchecked:
        tell(f"could not read {it.path}: {it.message}")
    subject = _subject(space, typed(space.project, type_name, map(parse, read.texts)), name)
    _refuse_unseen(space, subject.path, files)
    day = (now or datetime.now().astimezone()).date()
    plan = Plan(today=day.isoformat(), every=every)
    done = _written(space.engine(day), subject, plan, read, files.others)
    if stdout:
        emit(done.text.content.removesuffix("\n").split("\n"))
    else:
        _write(space, subject.path, done.text.content)
    _tell_tasks(_shown(space, subject.path), tasks(subject.type, done), done.text)


def _subject(space: Workspace, its: Typed, name: str) -> Subject:
    """Say where the document goes. Raises Refused for a place where it would be none of its type, or is one already."""
    customs = habits(its.kind.name, its.docs)
    if not is_nameable(name):
        wanted = "a name has a letter or a digit, no control character, and is UTF-8"
        raise Refused(f"`{name}` is no name for a file: {wanted}")
    if "/" in name or os.sep in name:
        [path] = space.within([name])
        path += "" if path.endswith(customs.ending) else customs.ending
    else:
        path = path_of(name, its.kind, space.config, customs)
    if not is_at_home(path, its.kind, space.config):
        globs = listed([*its.kind.files, *space.config.include])
        raise Refused(f"{path} would be no document of the type `{its.kind.name}`; the files of those match {globs}")
    if disk.kind(space.root / path):
        raise Refused(f"{path} is there already")
    names_type = not matches(path, its.kind.files)
    if names_type and its.kind.files:
        tell(f"note: {path} does not match {listed(its.kind.files)}, so its front matter names the type")
    return Subject(its, path, title_of(document_name(name), customs), customs, names_type)


def _refuse_unseen(space: Workspace, path: str, files: Files) -> None:
    """Raise Refused where no command would find a document at *path*."""
    if why := space.unseen(path, files):
        raise Refused(f"{path} would never be checked: {why}")


def _written(engine: Engine, subject: Subject, plan: Plan, read: Contents, others: Sequence[str]) -> Skeleton:
    """Settle the document by itself, and then among all *others*, which costs as much as a whole check."""
    alone = skeleton(subject, plan, lambda text: engine.check_document(text).diagnostics)

    def among_all(text: Text) -> Sequence[Diagnostic]:
        return engine.lint([*read.texts, text], read.unchecked, others).diagnostics

    return skeleton(subject, alone.plan, among_all)


def _write(space: Workspace, path: str, content: str) -> None:
    try:
        is_written = disk.write(space.root, path, content)
    except (OSError, UnicodeEncodeError) as error:
        raise Refused(f"{path} could not be written: {error}") from error
    if not is_written:
        raise Refused(f"{path} is there already")
    emit([_shown(space, path)])


def _shown(space: Workspace, path: str) -> str:
    """Return *path* as a shell knows it here."""
    return os.path.relpath(space.root / path)


def _tell_tasks(path: str, found: Sequence[Task], text: Text) -> None:
    tell(f"{counted(len(found), 'place')} to fill in" if found else "nothing is left to fill in")
    for it in found:
        at = text.position(it.span.start)
        tell(f"{path}:{at.line}:{at.column}: {it.words}")
