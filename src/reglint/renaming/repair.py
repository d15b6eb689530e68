"""The edits that let one link lead where it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reglint.edits import Edit
from reglint.renaming.changes import Pair
from reglint.renaming.leads import Leads
from reglint.renaming.simulation import Simulation
from reglint.renaming.sites import Site
from reglint.renaming.spellings import Chain, headings_in_link, paths_in_link
from reglint.text import Span


class Repair:
    """Finds edits for links that would lead elsewhere; *after* is where they lead by now."""

    def __init__(self, simulation: Simulation, after: Leads) -> None:
        self._simulation = simulation
        self._after = after

    def edits(self, pair: Pair) -> Iterator[Edit]:
        """Yield what to write in the old text; nothing where no text is right, or its place cannot be told."""
        site = None if pair.is_unclear else self._simulation.sites(pair.path).of(pair.old)
        if site is None:
            return
        if not pair.wanted.keeps_document(pair.now):
            yield from self._target(pair, site)
        else:
            yield from self._subpath(pair, site)

    def _target(self, pair: Pair, site: Site) -> Iterator[Edit]:
        if site.target is None or not pair.wanted.is_definite:
            return
        [path] = pair.wanted.paths
        was, written = self._simulation.rename.before(path), pair.old.target
        reach = self._simulation.leads.reach(pair.path, written, was)
        root = self._simulation.before.root_of(pair.path)
        for text in paths_in_link(written, reach, pair.source.path, path, root, is_destination=pair.old.is_path):
            if pair.wanted.keeps_document(self._after.of(pair.source, pair.new._replace(target=text))):
                yield Edit(site.target, site.write(text))
                return

    def _subpath(self, pair: Pair, site: Site) -> Iterator[Edit]:
        [path], at = pair.wanted.paths, pair.wanted.heading
        if at is None or not site.subpath:
            return
        simulation, was = self._simulation, self._simulation.rename.before(path)
        written = Chain(
            pair.old.subpath, simulation.before.resolver.headings(simulation.before.documents[was], pair.old)
        )
        headings = simulation.leads.headings(was), self._after.headings(path)
        for parts in headings_in_link(written, at, *headings, is_fragment=pair.old.is_path):
            if all(parts) and pair.wanted.keeps(self._after.of(pair.source, pair.new._replace(subpath=parts))):
                yield from _rewritten(site, pair.old.subpath, parts)
                return


def _rewritten(site: Site, old: Sequence[str], parts: Sequence[str]) -> list[Edit]:
    """Return the edits by which *parts* stand behind `#`; where they are as many as the *old*, only what differs."""
    if len(parts) == len(site.subpath) == len(old):
        three = zip(site.subpath, old, parts, strict=True)
        return [Edit(span, site.write(it)) for span, was, it in three if was != it]
    whole = Span(site.subpath[0].start, site.subpath[-1].end)
    return [Edit(whole, "#".join(map(site.write, parts)))]
