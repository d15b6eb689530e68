"""One line of a list of links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from reglint.columns import LinkFact
from reglint.corpus import Resolved
from reglint.resolution import Outcome
from reglint.text import Position, Text


class Entry(NamedTuple):
    """A link in the document at *path*, from *start* to *end* (exclusive), as it is *written* there."""

    path: str
    start: Position
    end: Position
    written: str
    link: LinkFact
    outcome: Outcome


def entries(links: Iterable[Resolved], text: Callable[[str], Text]) -> Iterator[Entry]:
    """Yield an entry for each of *links*, which come document by document; *text* is asked once for each of these."""
    for path, group in groupby(links, key=lambda it: it.source.path):
        content = text(path)
        for it in group:
            link = it.link
            start, end = content.position(link.span.start), content.position(link.span.end)
            yield Entry(path, start, end, content[link.span], link, it.outcome)
