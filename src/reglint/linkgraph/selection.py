"""Which links are asked for: those in a document, those that lead to one, those that are broken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from reglint.columns import LinkFact
from reglint.corpus import Corpus, Resolved
from reglint.resolution import BROKEN
from reglint.text import Span


class Selection(NamedTuple):
    """The links asked for: *source* and *target* are paths from the root or None, *heading* is one of the target.

    *heading* is as in a link: the headings `A`, `B` of `#A#B`, and none for all of the document.
    """

    source: str | None = None
    target: str | None = None
    heading: tuple[str, ...] = ()
    is_broken: bool = False


def selected(corpus: Corpus, wanted: Selection, unread: Collection[str] = ()) -> Iterator[Resolved]:
    """Yield the links of *corpus* that are *wanted*, document by document.

    A link that may lead to the target counts as well: one by an alias, and one that fits several documents. The
    documents at the paths *unread* stand in the corpus without what is in them: no heading or block is missing there.
    """
    place = heading_place(corpus, wanted)
    for it in _benefit_of_doubt(corpus.resolved, unread) if unread else corpus.resolved:
        outcome = it.outcome
        if wanted.source not in {None, it.source.path}:
            continue
        if wanted.target is not None and wanted.target not in {outcome.target, *outcome.candidates}:
            continue
        if wanted.is_broken and outcome.kind not in BROKEN:
            continue
        if not wanted.heading or _place(corpus, wanted.target, it.link) == place:
            yield it


def _benefit_of_doubt(links: Iterable[Resolved], unread: Collection[str]) -> Iterator[Resolved]:
    for it in links:
        is_unknown = it.outcome.target in unread and it.outcome.kind in {"no-heading", "no-block"}
        yield it._replace(outcome=it.outcome._replace(kind="document")) if is_unknown else it


def heading_place(corpus: Corpus, wanted: Selection) -> int | None:
    """Return the index of the heading that is *wanted*; None if the target has none of that name."""
    return _place(corpus, wanted.target, LinkFact("wikilink", "", wanted.heading, "", Span(0, 0), ()))


def _place(corpus: Corpus, path: str | None, link: LinkFact) -> int | None:
    document = corpus.documents.get(path or "")
    found = corpus.resolver.headings(document, link) if document and link.subpath else ()
    return found[-1] if found else None
