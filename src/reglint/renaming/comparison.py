"""Which links lead elsewhere in the corpus as it will be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reglint.columns import LinkFact
from reglint.corpus import Corpus
from reglint.edits import Edit, places_after, shifted
from reglint.facts import Facts
from reglint.renaming.intent import Rename
from reglint.renaming.leads import Lead, lead
from reglint.renaming.simulation import Edits, Simulation, links
from reglint.resolution import Outcome
from reglint.text import Span


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


def compared(simulation: Simulation, after: Corpus, edits: Edits) -> Iterator[Pair | Reread]:
    """Yield every link whose lead may have changed."""
    rename = simulation.rename
    changed = {rename.new, *map(rename.moved, edits)}
    for path, facts in simulation.before.documents.items():
        source = after.documents[rename.moved(path)]
        mine = edits.get(path, ())
        olds, outcomes = _outside(facts, simulation.outcomes(path), [it.span for it in mine])
        places = places_after(mine)
        news = [it for it in links(source) if not _is_held(it.span, places)]
        if len(olds) != len(news) or not all(_is_same(*it, mine) for it in zip(olds, news, strict=True)):
            yield Reread(path, mine[0].span if mine else Span(0, 0))
            continue
        for old, new, outcome in zip(olds, news, outcomes, strict=True):
            found = after.resolver.resolve(source, new)
            is_same = path != rename.old and found == outcome and changed.isdisjoint({found.target, *found.candidates})
            if not is_same:
                yield _pair(simulation, after, facts, source, old, new, (outcome, found))


def _is_same(old: LinkFact, new: LinkFact, edits: Sequence[Edit]) -> bool:
    """Where quotes hide the exact place of a link in front matter, it has that of the whole value."""
    place = shifted(old.span, edits)
    return old.kind == new.kind and (place.holds(new.span) or new.span.holds(place))


def _outside(facts: Facts, outcomes: Sequence[Outcome], edited: Sequence[Span]) -> tuple[list[LinkFact], list[Outcome]]:
    """Leave out the links that a new heading replaces."""
    kept = [it for it in zip(links(facts), outcomes, strict=True) if not _is_held(it[0].span, edited)]
    return [it for it, _ in kept], [it for _, it in kept]


def _is_held(span: Span, by: Sequence[Span]) -> bool:
    return any(it.holds(span) for it in by)


def _pair(  # noqa: PLR0913, PLR0917 - two of everything
    simulation: Simulation,
    after: Corpus,
    facts: Facts,
    source: Facts,
    old: LinkFact,
    new: LinkFact,
    outcomes: tuple[Outcome, Outcome],
) -> Pair:
    was = lead(simulation.before, facts, old, outcomes[0])
    wanted = was._replace(paths=tuple(sorted(map(simulation.rename.moved, was.paths))))
    now = lead(after, source, new, outcomes[1])
    return Pair(facts.path, source, old, new, wanted, now, _is_unclear(simulation.before, simulation.rename, was, old))


def _is_unclear(before: Corpus, rename: Rename, was: Lead, link: LinkFact) -> bool:
    """Tell whether a link may mean what is renamed, or something else."""
    if was.kind != "ambiguous" or rename.old not in was.paths:
        return False
    named = before.resolver.headings(before.documents[rename.old], link) if link.subpath else ()
    return rename.heading is None or rename.heading in named
