"""`reglint rename`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from reglint import disk, workspace, writing
from reglint.cli import config_option, emit, tell
from reglint.corpus import Corpus
from reglint.document import parse
from reglint.facts import Facts
from reglint.lookup import Unclear
from reglint.patch import patch
from reglint.renaming.plan import Plan, Problem, plan
from reglint.renaming.request import Impossible, Rename, requested
from reglint.renaming.unread import unquoted, unreadable
from reglint.renaming.words import changed, notes, summary, told
from reglint.report.escape import escaped
from reglint.spelling import counted
from reglint.text import Text
from reglint.workspace import Files, Refused, Workspace
from reglint.writing import Change, WriteError

_MOST_REASONS = 20


@click.command(name="rename")
@click.argument("old")
@click.argument("new")
@click.option("--diff", "only_shows", is_flag=True, help="Write nothing: print what would change, as a patch.")
@config_option
def command(old: str, new: str, only_shows: bool, config: str | None) -> None:
    """Rename a document or a heading, so that every link to it follows.

    OLD is a path from the current folder, or a name as in a wikilink: the end of any path, without case, and without
    `.md`; one that several documents have is refused. `OLD#Heading` (or `OLD#A#B`, where several have the name) is a
    heading. NEW is a name, a path, or a folder with a trailing `/`; for a heading it is the new text.

    Links are edited in bodies, tables and front matter, and only where they would lead elsewhere; each is written as it
    was, a name as a name, a path as a path. HTML in documents and other files, such as canvases, are left alone. Unless
    every link leads where it did, nothing is written. The paths of a patch are those from the root: `patch -p1` takes
    it there.

    Exits 0 when all is done, 2 when it could not be.
    """
    space = workspace.load([], config)
    _refuse_part(space)
    files = space.files()
    texts = _texts(space, files)
    corpus = Corpus.of((Facts.of(parse(it)) for it in texts.values()), files.others, space.config.links)
    try:
        rename = requested(corpus, old, new, space.path_of, lambda it: space.within([it])[0])
        if rename is None:
            tell(f"nothing to do: `{old}` has that name already")
            return
        _refuse_place(space, files, rename)
        _refuse_problems([*unreadable(corpus, rename, texts.__getitem__)], texts)
        done = plan(corpus, rename, texts.__getitem__)
        _refuse_problems(done.problems, texts)
        _carry_out(space, done, texts, only_shows=only_shows)
    except (Impossible, Unclear, WriteError) as error:
        raise Refused(str(error)) from error
    for problem in unquoted(corpus, rename, texts.__getitem__):
        tell(f"note: {told(problem, texts.__getitem__)}")
    for it in notes(done, texts.__getitem__, space.config, (*filter(None, [space.configuration]), *space.schemas)):
        tell(f"note: {it}")
    tell(summary(done, is_written=not only_shows))


def _refuse_part(space: Workspace) -> None:
    """Raise Refused where links from outside of the folder would stay behind."""
    if space.configuration is None and (whole := disk.whole(space.root)):
        raise Refused(
            f"{space.root} is only a part of {whole}, whose links to it are not known; "
            "rename from there, or write a `reglint.toml` where the corpus begins"
        )


def _texts(space: Workspace, files: Files) -> Mapping[str, Text]:
    """Read all documents; the links of one that could not be read are not known. Raises Refused."""
    read = space.read(files.documents)
    for it in read.unchecked:
        tell(f"could not read {it.path}: {it.message}")
    if read.unchecked:
        raise Refused("nothing was written: a document that cannot be read may hold links; mend or exclude it")
    return {it.path: it for it in read.texts}


def _refuse_place(space: Workspace, files: Files, rename: Rename) -> None:
    """Raise Refused for a place that is taken, or where no link would find a document."""
    if not rename.is_move:
        return
    path, new = rename.new, space.root / rename.new
    # Where case makes no difference, a file is found by its new name before it has it.
    if disk.kind(new) is not None and not new.samefile(space.root / rename.old):
        raise Refused(f"{path} is there already; choose another name")
    if not space.config.is_document(path):
        raise Refused(f"{path} would be no document, and links to it would break; {space.documents_are}")
    if why := space.unseen(path, files):
        raise Refused(f"links to {path} would break, as it would never be checked: {why}")


def _refuse_problems(problems: Sequence[Problem], texts: Mapping[str, Text]) -> None:
    for it in problems[:_MOST_REASONS]:
        tell(told(it, texts.__getitem__))
    if problems:
        raise Refused(f"nothing was written: {counted(len(problems), 'place')} could not follow")


def _carry_out(space: Workspace, done: Plan, texts: Mapping[str, Text], *, only_shows: bool) -> None:
    """Write the files, or show the patch. Raises WriteError."""
    files = writing.prepared(space.root, (Change(*it) for it in done.changes(texts.__getitem__)))
    if only_shows:
        emit(patch(files))
    else:
        for it in writing.write(space.root, files):
            tell(f"note: {it}")
        emit(map(escaped, changed(done, texts.__getitem__)))
