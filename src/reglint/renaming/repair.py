"""The edits that let one link lead where it did."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain

from reglint.corpus import Corpus
from reglint.edits import Edit
from reglint.renaming.comparison import Pair
from reglint.renaming.leads import lead, reach_of
from reglint.renaming.simulation import Simulation
from reglint.renaming.sites import Site, rewritten, site
from reglint.renaming.subpaths import Named, subpaths
from reglint.renaming.targets import cased, targets
from reglint.subpath import is_path


def repaired(simulation: Simulation, after: Corpus, pair: Pair) -> Iterator[Edit]:
    """Yield what to write in the old text; nothing where no text is right, or its place cannot be told."""
    place = None if pair.is_unclear else site(simulation.old(pair.path), pair.old)
    if place is None:
        return
    if not pair.wanted.keeps_document(pair.now):
        yield from _target(simulation, after, pair, place)
    else:
        yield from _subpath(simulation, after, pair, place)


def _target(simulation: Simulation, after: Corpus, pair: Pair, place: Site) -> Iterator[Edit]:
    if place.target is None or not pair.wanted.is_definite:
        return
    [path] = pair.wanted.paths
    was, written = simulation.rename.before(path), pair.old.target
    reach = reach_of(simulation.before, pair.path, written, was)
    paths = dict.fromkeys((cased(written, was, path), path))
    like = partial(targets, written, reach, pair.source.path, is_destination=is_path(pair.old))
    for text in chain.from_iterable(map(like, paths)):
        if pair.wanted.keeps_document(lead(after, pair.source, pair.new._replace(target=text))):
            yield Edit(place.target, place.write(text))
            return


def _subpath(simulation: Simulation, after: Corpus, pair: Pair, place: Site) -> Iterator[Edit]:
    [path], at = pair.wanted.paths, pair.wanted.heading
    if at is None or not place.subpath:
        return
    document = simulation.before.documents[simulation.rename.before(path)]
    named = Named(pair.old.subpath, simulation.before.resolver.headings(document, pair.old))
    headings = (tuple(document.headings), tuple(after.documents[path].headings))
    for parts in subpaths(named, at, *headings, is_fragment=is_path(pair.old)):
        if all(parts) and pair.wanted.keeps(lead(after, pair.source, pair.new._replace(subpath=parts))):
            yield from rewritten(place, parts)
            return
