"""`reglint rename`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import click

from reglint import disk, workspace, writing
from reglint.cli import config_option, emit, tell
from reglint.corpus import Corpus
from reglint.document import parse
from reglint.edits import applied, places_after
from reglint.facts import Facts
from reglint.patch import patch
from reglint.renaming.destination import destination, heading_text, is_risky, taken
from reglint.renaming.intent import Impossible, Problem, Rename
from reglint.renaming.plan import Plan, plan
from reglint.renaming.subject import Subject, subject
from reglint.report.escape import escaped
from reglint.spelling import counted
from reglint.syntax.markup import without_id
from reglint.text import Text
from reglint.workspace import Files, Refused, Workspace
from reglint.writing import Change, NotWritten

_MOST_REASONS = 20


@click.command(name="rename")
@click.argument("old")
@click.argument("new")
@click.option("--diff", "only_shows", is_flag=True, help="Write nothing: print what would change, as a patch.")
@config_option
def command(old: str, new: str, only_shows: bool, config: str | None) -> None:
    """Rename a document or a heading, so that every link to it follows.

    OLD is a path, or a name as in a wikilink; `OLD#Heading` (or `OLD#A#B`, where several have the name) is a heading.
    NEW is a name, a path, or a folder with a trailing `/`; for a heading it is the new text.

    Links are edited in bodies, tables and front matter, and only where they would lead elsewhere; each is written as it
    was, a name as a name, a path as a path. Other files, such as canvases, are left alone. Unless every link leads
    where it did, nothing is written. The paths of a patch are those from the root: `patch -p1` takes it there.

    Exits 0 when all is done, 2 when it could not be.
    """
    space = workspace.load([], config)
    files = space.files()
    texts = _texts(space, files)
    corpus = Corpus.of((Facts.of(parse(it)) for it in texts.values()), files.others, space.config.links)
    try:
        rename = _rename(space, files, corpus, old, new)
        if rename is None:
            tell(f"nothing to do: `{old}` has that name already")
            return
        done = plan(corpus, rename, texts.__getitem__)
        _refuse_problems(done, texts)
        _carry_out(space, done, texts, only_shows=only_shows)
    except (Impossible, NotWritten) as error:
        raise Refused(str(error)) from error
    _tell_notes(space, done, texts)
    tell(_summary(done, only_shows=only_shows))


def _texts(space: Workspace, files: Files) -> Mapping[str, Text]:
    """Read all documents; the links of one that could not be read are not known. Raises Refused."""
    read = space.read(files.documents)
    for it in read.unchecked:
        tell(f"could not read {it.path}: {it.message}")
    if read.unchecked:
        raise Refused("nothing was written: a document that cannot be read may hold links; mend or exclude it")
    return {it.path: it for it in read.texts}


def _rename(space: Workspace, files: Files, corpus: Corpus, old: str, new: str) -> Rename | None:
    """Return what the user means; None: it is so already. Raises Impossible, and Refused for a path outside."""
    here = _here(space)
    found = subject(corpus, old, here, partial(_within, space))
    if found.heading is not None:
        return _of_heading(corpus, found, found.heading, new)
    path = destination(found.path, new, lambda it: space.within([it])[0])
    if path == found.path:
        return None
    _refuse_place(space, files, path, found.path)
    return Rename(found.path, path)


def _of_heading(corpus: Corpus, found: Subject, at: int, new: str) -> Rename | None:
    text = heading_text(new)
    is_same = without_id(corpus.documents[found.path].headings[at].source) == text
    return None if is_same else Rename(found.path, found.path, at, text)


def _here(space: Workspace) -> str:
    """Return the current folder as a path from the root, which it may lie outside of."""
    try:
        [folder] = space.within(["."])
    except Refused:
        return ""
    return "" if folder == "." else folder


def _within(space: Workspace, path: str) -> str | None:
    try:
        return space.within([path])[0]
    except (Refused, ValueError):
        return None


def _refuse_place(space: Workspace, files: Files, path: str, old: str) -> None:
    """Raise Impossible or Refused for a place that is taken, or where no link would find a document."""
    existing = taken(path, old, [*files.documents, *files.others])
    is_there = disk.kind(space.root / path) is not None and not _is_same(space.root, path, old)
    if existing or is_there:
        raise Impossible(f"{existing or path} is there already; choose another name")
    if not space.config.is_document(path):
        raise Impossible(f"{path} would be no document, and links to it would break; {space.documents_are}")
    if why := space.unseen(path, files):
        raise Impossible(f"links to {path} would break, as it would never be checked: {why}")
    if is_risky(path):
        tell(f"note: `{path}` holds a character that Obsidian or some systems allow in no name of a file")


def _is_same(root: Path, path: str, old: str) -> bool:
    """Where case makes no difference, a file is found by its new name before it has it."""
    return (root / path).samefile(root / old)


def _refuse_problems(done: Plan, texts: Mapping[str, Text]) -> None:
    for it in done.problems[:_MOST_REASONS]:
        tell(f"{_place(it, texts)}: {it.message}")
    if done.problems:
        raise Refused(f"nothing was written: {counted(len(done.problems), 'place')} could not follow")


def _place(it: Problem, texts: Mapping[str, Text]) -> str:
    at = texts[it.path].position(it.span.start)
    return f"{it.path}:{at.line}:{at.column}"


def _carry_out(space: Workspace, done: Plan, texts: Mapping[str, Text], *, only_shows: bool) -> None:
    """Write the files, or show the patch. Raises NotWritten."""
    files = writing.prepared(space.root, _changes(done, texts))
    if only_shows:
        emit(patch(files))
    else:
        writing.write(space.root, files)
        emit(map(escaped, _lines(done, texts)))


def _changes(done: Plan, texts: Mapping[str, Text]) -> Iterator[Change]:
    for path in sorted({*done.edits, done.rename.old}):
        content = applied(texts[path].content, done.edits.get(path, ()))
        yield Change(texts[path], Text(done.rename.moved(path), content))


def _lines(done: Plan, texts: Mapping[str, Text]) -> Iterator[str]:
    """What has changed, at the places where it now stands."""
    if done.rename.old != done.rename.new:
        yield f"{done.rename.old} → {done.rename.new}"
    for change in _changes(done, texts):
        edits = done.edits.get(change.old.path, ())
        for edit, place in zip(edits, places_after(edits), strict=True):
            at = change.new.position(place.start)
            yield f"{change.new.path}:{at.line}:{at.column}: {change.old[edit.span]} → {edit.text}"


def _tell_notes(space: Workspace, done: Plan, texts: Mapping[str, Text]) -> None:
    for it in done.gained:
        tell(f"note: {_place(it, texts)}: {it.message}")
    old, new = done.rename.old, done.rename.new
    if old == new:
        return
    for text in (*filter(None, [space.configuration]), *space.schemas):
        if (at := text.content.find(old)) >= 0:
            place = text.position(at)
            tell(f"note: {text.path}:{place.line}:{place.column} names `{old}`, and was left as it is")
    kinds = [space.config.type_of(parse(Text(path, texts[old].content))) for path in (old, new)]
    was, now = (f"of the type `{it.name}`" if it else "of no type" for it in kinds)
    if was != now:
        tell(f"note: {old} was {was}, and {new} is {now}")


def _summary(done: Plan, *, only_shows: bool) -> str:
    rename = done.rename
    target = rename.new if rename.heading is None else f"{rename.new}#{rename.text}"
    documents = {path for path, _ in done.followers}
    if not done.followers and not done.others:
        still = "would still lead" if only_shows else "still leads"
        return f"no link had to change: what leads there {still} to {target}" + (
            "; nothing was written" if only_shows else ""
        )
    told = f"{counted(len(done.followers), 'link')} in {counted(len(documents), 'document')}"
    leads = "leads" if len(done.followers) == 1 else "lead"
    told += f" would {leads.removesuffix('s')} to {target}" if only_shows else f" now {leads} to {target}"
    told += f"; {counted(len(done.others), 'other link')} rewritten to lead where they did" if done.others else ""
    return told + ("; nothing was written" if only_shows else "")
