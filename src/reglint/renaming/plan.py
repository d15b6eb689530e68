"""Which edits a rename takes: found by trying it out, and held by reading the outcome again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reglint.corpus import Corpus
from reglint.edits import Edit, Overlap, applied, ordered
from reglint.lazy import regex
from reglint.renaming.changes import Pair, Reread, compared
from reglint.renaming.leads import Leads
from reglint.renaming.repair import Repair
from reglint.renaming.request import Rename
from reglint.renaming.sameness import is_same
from reglint.renaming.simulation import Edits, Simulation
from reglint.spelling import listed
from reglint.text import Span, Text

_ROUNDS = 8
Written = tuple[str, Span]
"""The document and the place of an edit."""
_HEADING_TAIL = regex(r"(?:[ \t]*\{#[^{}]*\}|[ \t]+\^[A-Za-z0-9-]+)*[ \t]*\Z")


class Problem(NamedTuple):
    """What is to be said of a place of the texts as they are."""

    path: str
    span: Span
    message: str


class Plan(NamedTuple):
    """*edits* of each document by its old path; with *problems*, nothing may be written.

    *followers* are the edits of links to what is renamed, *others* those of links that would have led elsewhere
    without them, *gained* the links that led nowhere and will lead somewhere.
    """

    rename: Rename
    edits: Edits
    followers: frozenset[Written]
    others: frozenset[Written]
    problems: tuple[Problem, ...]
    gained: tuple[Problem, ...]

    def changes(self, text: Callable[[str], Text]) -> Iterator[tuple[Text, Text]]:
        """Yield each document that changes, as it is and as it shall be; *text* returns it as it is."""
        for path in sorted({*self.edits, self.rename.old}):
            old = text(path)
            yield old, Text(self.rename.moved(path), applied(old.content, self.edits.get(path, ())))


def plan(before: Corpus, rename: Rename, text: Callable[[str], Text]) -> Plan:
    """Plan *rename* in the corpus *before*; *text* returns the text of one of its documents."""
    simulation = Simulation(before, rename, text)
    own = _heading(simulation)
    edits: dict[Written, tuple[Edit, Pair | None]] = {at: (edit, None) for at, edit in own.items()}
    for _ in range(_ROUNDS):
        try:
            arranged = _arranged({at: edit for at, (edit, _) in edits.items()})
        except Overlap as overlap:
            words = "two links would be written here in two ways"
            return Plan(rename, {}, frozenset(), frozenset(), (Problem(rename.old, overlap.span, words),), ())
        after = Leads(simulation.after(arranged))
        found = list(compared(simulation, after, arranged))
        wrong = [it for it in found if isinstance(it, Reread) or not it.is_right]
        more = _repaired(simulation, after, wrong)
        if all(edits.get(at, ())[:1] == (edit,) for at, (edit, _) in more.items()):
            break
        edits.update(more)
    misread = tuple(_misread(simulation, arranged))
    problems = misread or tuple(_problem(it, simulation) for it in wrong)
    gained = tuple(_gained(it) for it in found if isinstance(it, Pair) and it.is_gained)
    followers = frozenset(at for at, (_, pair) in edits.items() if pair and pair.follows(rename))
    rest = frozenset(at for at, (_, pair) in edits.items() if pair) - followers
    return Plan(rename, arranged, followers, rest, problems, gained)


def _repaired(
    simulation: Simulation, after: Leads, wrong: Sequence[Pair | Reread]
) -> dict[Written, tuple[Edit, Pair | None]]:
    pairs = (it for it in wrong if isinstance(it, Pair))
    repair = Repair(simulation, after)
    return {(it.path, edit.span): (edit, it) for it in pairs for edit in repair.edits(it)}


def _heading(simulation: Simulation) -> Mapping[Written, Edit]:
    """Return the edit of the heading itself; the id behind it stays."""
    path, _, at, text = simulation.rename
    if at is None:
        return {}
    heading = simulation.old(path).body.headings[at]
    tail = _HEADING_TAIL.search(heading.text)
    assert tail, "a tail may be empty"
    span = Span(heading.span.start, heading.span.start + tail.start())
    return {(path, span): Edit(span, text)}


def _arranged(edits: Mapping[Written, Edit]) -> Edits:
    """Return the edits of each document, in order. Raises Overlap."""
    by_path: dict[str, list[Edit]] = defaultdict(list)
    for (path, _), edit in edits.items():
        by_path[path].append(edit)
    return {path: ordered(by_path[path]) for path in sorted(by_path)}


def _misread(simulation: Simulation, edits: Edits) -> Iterator[Problem]:
    for path, them in edits.items():
        if not is_same(simulation.old(path), simulation.new(path, them), them):
            words = f"with {listed(it.text for it in them)} here, the document would be read differently"
            yield Problem(path, them[0].span, words)


def _problem(wrong: Pair | Reread, simulation: Simulation) -> Problem:
    if isinstance(wrong, Reread):
        return Problem(wrong.path, wrong.span, "with the new text here, the document's links would be other ones")
    paths = listed(map(simulation.rename.before, wrong.wanted.paths))
    if wrong.is_unclear:
        words = f"this link may lead to {paths}; name one of them by its path first"
        return Problem(wrong.path, wrong.old.span, words)
    leads = paths + (" at that heading" if wrong.wanted.heading is not None else "")
    why = "no text in its place would do so afterwards"
    if simulation.sites(wrong.path).of(wrong.old) is None:
        why = "its target is spelt in a way that cannot be edited; write it without escapes, on one line"
    return Problem(wrong.path, wrong.old.span, f"this link leads to {leads}, and {why}")


def _gained(pair: Pair) -> Problem:
    return Problem(pair.path, pair.old.span, f"this link led nowhere, and now leads to {listed(pair.now.paths)}")
