"""Which links lead elsewhere once something is renamed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reglint.columns import LinkFact
from reglint.corpus import Corpus
from reglint.edits import Edit, Shift
from reglint.facts import Facts
from reglint.renaming.leads import Lead, Leads
from reglint.renaming.request import Rename
from reglint.renaming.simulation import Edits, Simulation, links
from reglint.resolution import Outcome
from reglint.text import Span, is_within


class Pair(NamedTuple):
    """A link before and after: *wanted* is where it led, by the paths of afterwards, *now* where it leads then."""

    path: str
    source: Facts
    old: LinkFact
    new: LinkFact
    wanted: Lead
    now: Lead
    is_unclear: bool

    @property
    def is_right(self) -> bool:
        """Whether the link needs no edit, and nobody has to be asked about it."""
        return self.wanted.keeps(self.now) and not self.is_unclear

    def follows(self, rename: Rename) -> bool:
        """Tell whether the link leads to what is renamed."""
        is_heading = rename.heading is None or self.wanted.heading == rename.heading
        return self.wanted.paths == (rename.new,) and is_heading

    @property
    def is_gained(self) -> bool:
        """Whether the link led nowhere and now leads somewhere."""
        return self.now.kind in {"document", "file"} and self.wanted.kind in {
            "no-document",
            "no-file",
            "no-heading",
            "no-block",
        }


class Reread(NamedTuple):
    """A document whose links are other ones with *edits*: their text would be read as something else."""

    path: str
    span: Span


class _Link(NamedTuple):
    """One link before and after, and what the resolvers say of it."""

    old: LinkFact
    new: LinkFact
    was: Outcome
    now: Outcome


def compared(simulation: Simulation, after: Leads, edits: Edits) -> Iterator[Pair | Reread]:
    """Yield every link whose lead may have changed, where *after* are the leads with *edits*."""
    rename = simulation.rename
    changed = {rename.new, *map(rename.moved, edits)}
    for path, facts in simulation.before.documents.items():
        mine, source = edits.get(path, ()), after.corpus.documents[rename.moved(path)]
        both = _both(facts, source, simulation.outcomes(path), mine)
        if both is None:
            yield Reread(path, mine[0].span if mine else Span(0, 0))
            continue
        for old, new, was in both:
            it = _Link(old, new, was, after.corpus.resolver.resolve(source, new))
            is_same = path != rename.old and it.now == was and changed.isdisjoint({it.now.target, *it.now.candidates})
            if not is_same:
                yield _pair(simulation, after, path, it)


def _both(
    before: Facts, after: Facts, outcomes: Sequence[Outcome], edits: Sequence[Edit]
) -> list[tuple[LinkFact, LinkFact, Outcome]] | None:
    """Return the links of a document before and after, without those that a new heading replaces.

    None: they are not the same ones.
    """
    shift, edited = Shift(edits), [it.span for it in edits]
    places = shift.places
    olds = [it for it in zip(links(before), outcomes, strict=True) if not is_within(it[0].span, edited)]
    news = [it for it in links(after) if not is_within(it.span, places)]
    if len(olds) != len(news):
        return None
    both = [(old, new, outcome) for (old, outcome), new in zip(olds, news, strict=True)]
    return both if all(_is_same(old, new, shift) for old, new, _ in both) else None


def _is_same(old: LinkFact, new: LinkFact, shift: Shift) -> bool:
    """Where quotes hide the exact place of a link in front matter, it has that of the whole value."""
    place = shift.moved(old.span)
    return old.kind == new.kind and (place.holds(new.span) or new.span.holds(place))


def _pair(simulation: Simulation, after: Leads, path: str, it: _Link) -> Pair:
    rename = simulation.rename
    source = after.corpus.documents[rename.moved(path)]
    was = simulation.leads.of(simulation.before.documents[path], it.old, it.was)
    wanted = was._replace(paths=tuple(sorted(map(rename.moved, was.paths))))
    now = after.of(source, it.new, it.now)
    return Pair(path, source, it.old, it.new, wanted, now, _is_unclear(simulation.before, rename, was, it.old))


def _is_unclear(before: Corpus, rename: Rename, was: Lead, link: LinkFact) -> bool:
    """Tell whether a link may mean what is renamed, or something else."""
    if was.kind != "ambiguous" or rename.old not in was.paths:
        return False
    named = before.resolver.headings(before.documents[rename.old], link) if link.subpath else ()
    return rename.heading is None or rename.heading in named
