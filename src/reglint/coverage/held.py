"""What the documents of one type hold, and how far their schema reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reglint.coverage.places import Location, written
from reglint.diagnostic import Path
from reglint.document import Document
from reglint.schema.reach import Extent, Value, extent, general
from reglint.schema.spoken import Standing


class Gap(NamedTuple):
    """A place of which nothing is asked, in how many documents, and where the first of them has it."""

    place: Path
    documents: int
    first: Location


class Tally:
    """Counts values over documents, and gathers the outermost places of which nothing is asked."""

    def __init__(self) -> None:
        self.documents = 0
        self.frontmatter = Extent()
        self.body = Extent()
        self._gaps: dict[tuple[Standing, Path], Gap] = {}

    def add(self, doc: Document, values: Iterable[Value]) -> None:
        """Take in the values of one document."""
        held = list(values)
        self.documents += 1
        self.frontmatter += extent(it for it in held if it.path[0] == "frontmatter")
        self.body += extent(it for it in held if it.path[0] != "frontmatter")
        tops = {(it.standing, general(it.top)): it.top for _, it in reversed(held) if it.standing != "constrained"}
        for key, top in tops.items():
            known = self._gaps.get(key) or Gap(key[1], 0, Location.of(doc.text, doc.key(*top)))
            self._gaps[key] = known._replace(documents=known.documents + 1)

    @property
    def extent(self) -> Extent:
        """Front matter and body together."""
        return self.frontmatter + self.body

    def gaps(self, standing: Standing) -> tuple[Gap, ...]:
        """Return the places that stand so, those of most documents first."""
        found: Iterator[Gap] = (it for (kind, _), it in self._gaps.items() if kind == standing)
        return tuple(sorted(found, key=lambda it: (-it.documents, written(it.place))))
