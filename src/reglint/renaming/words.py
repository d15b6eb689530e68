"""What a user is told of a rename: what changes, what was left alone, and a summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reglint.config import Config
from reglint.document import parse
from reglint.edits import Shift
from reglint.renaming.plan import Plan, Problem
from reglint.renaming.request import Rename
from reglint.spelling import counted
from reglint.text import Text

Read = Callable[[str], Text]
"""Returns a document as it is."""


def told(problem: Problem, text: Read) -> str:
    """Return what is to be said, behind its place."""
    at = text(problem.path).position(problem.span.start)
    return f"{problem.path}:{at.line}:{at.column}: {problem.message}"


def changed(plan: Plan, text: Read) -> Iterator[str]:
    """Yield what has changed, at the places where it now stands."""
    if plan.rename.is_move:
        yield f"{plan.rename.old} → {plan.rename.new}"
    for old, new in plan.changes(text):
        edits = plan.edits.get(old.path, ())
        for edit, place in zip(edits, Shift(edits).places, strict=True):
            at = new.position(place.start)
            yield f"{new.path}:{at.line}:{at.column}: {old[edit.span]} → {edit.text}"


def notes(plan: Plan, text: Read, config: Config, others: Iterable[Text]) -> Iterator[str]:
    """Yield what may surprise; *others* are files that may name the document, and are not edited."""
    rename = plan.rename
    if rename.is_risky:
        yield f"`{rename.new}` holds a character that Obsidian or some systems allow in no name of a file"
    yield from (told(it, text) for it in plan.gained)
    if rename.is_move:
        yield from _names_left(rename, others)
        yield from _type_changes(rename, text(rename.old).content, config)


def _names_left(rename: Rename, others: Iterable[Text]) -> Iterator[str]:
    for it in others:
        if (at := it.content.find(rename.old)) >= 0:
            place = it.position(at)
            yield f"{it.path}:{place.line}:{place.column} names `{rename.old}`, and was left as it is"


def _type_changes(rename: Rename, content: str, config: Config) -> Iterator[str]:
    types = [config.type_of(parse(Text(path, content))) for path in (rename.old, rename.new)]
    was, now = (f"of the type `{it.name}`" if it else "of no type" for it in types)
    if was != now:
        yield f"{rename.old} was {was}, and {rename.new} is {now}"


def summary(plan: Plan, *, is_written: bool) -> str:
    """Return what has been done, or would be, in one sentence."""
    rename, ending = plan.rename, "" if is_written else "; nothing was written"
    target = rename.new if rename.heading is None else f"{rename.new}#{rename.text}"
    if not plan.followers and not plan.others:
        still = "still leads" if is_written else "would still lead"
        return f"no link had to change: what leads there {still} to {target}{ending}"
    links, documents = len(plan.followers), len({path for path, _ in plan.followers})
    lead = f"now {'leads' if links == 1 else 'lead'}" if is_written else "would lead"
    others = f"; {counted(len(plan.others), 'other link')} rewritten to lead where they did" if plan.others else ""
    return f"{counted(links, 'link')} in {counted(documents, 'document')} {lead} to {target}{others}{ending}"
