"""Where a link leads, as far as a rename has to keep it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from posixpath import dirname, join, normpath, splitext
from typing import Literal, NamedTuple

from reglint.columns import HeadingFact, LinkFact
from reglint.corpus import Corpus
from reglint.facts import Facts
from reglint.folding import fold_name
from reglint.resolution import Kind, Outcome
from reglint.slugs import slugs

Reach = Literal["tail", "root", "relative"]
"""How a target is to be read: as the end of a path, from the root, or from the folder of its document."""
_RANKS: dict[Reach, int] = {"tail": 0, "root": 1, "relative": 2}
_NOWHERE: frozenset[Kind] = frozenset({"no-document", "no-file"})
_UNCERTAIN: frozenset[Kind] = _NOWHERE | {"ambiguous"}
_UNFINISHED: frozenset[Kind] = frozenset({"alias", "no-heading", "no-block"})


class Lead(NamedTuple):
    """*paths*: the target, or all that an ambiguous link fits. *heading* is an index among those of the target."""

    kind: Kind
    paths: tuple[str, ...]
    heading: int | None
    reach: Reach
    differs_in_case: bool

    @property
    def is_definite(self) -> bool:
        """Whether there is one document or file at the end."""
        return len(self.paths) == 1 and self.kind not in _UNCERTAIN

    def keeps_document(self, now: Lead) -> bool:
        """Tell whether a link that led here leads to the same document *now*, by a path that holds as widely."""
        is_there = now.kind not in _UNCERTAIN and not (now.kind == "alias" != self.kind)
        is_spelt = self.differs_in_case or not now.differs_in_case or self.kind == "alias"
        return is_there and is_spelt and self.paths == now.paths and _RANKS[now.reach] >= _RANKS[self.reach]

    def keeps(self, now: Lead) -> bool:
        """Tell whether a link that led here leads to the same place *now*; one that led nowhere may lead anywhere."""
        if self.kind in _NOWHERE:
            return True
        if self.kind == "ambiguous":
            return (self.kind, self.paths) == (now.kind, now.paths)
        is_better = now.kind == "document" and self.kind in _UNFINISHED
        is_same = now.kind == self.kind and now.heading == self.heading
        return self.keeps_document(now) and (is_same or is_better)


class HeadingIds(NamedTuple):
    """The headings of a document, the id that GitHub makes of each, and the index of each id."""

    headings: tuple[HeadingFact, ...]
    ids: tuple[str, ...]
    at: Mapping[str, int]

    @classmethod
    def of(cls, headings: Iterable[HeadingFact]) -> HeadingIds:
        """Read the headings of one document; where two have one id, it is that of the first."""
        them = tuple(headings)
        ids = slugs(them)
        return cls(them, ids, {it: i for i, it in reversed(list(enumerate(ids)))})


class Leads:
    """Tells where the links of one *corpus* lead."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.headings = cache(lambda path: HeadingIds.of(corpus.documents[path].headings))

    def of(self, source: Facts, link: LinkFact, outcome: Outcome | None = None) -> Lead:
        """Return where *link*, which stands in *source*, leads; *outcome* is what the resolver says of it."""
        kind, target, candidates, differs = outcome or self.corpus.resolver.resolve(source, link)
        if kind == "ambiguous":
            return Lead(kind, tuple(sorted(candidates)), None, "tail", differs)
        if target is None:
            paths = (_elsewhere(source, link),) if kind == "elsewhere" else ()
            return Lead(kind, paths, None, "tail", differs)
        reach: Reach = self.reach(source.path, link.target, target) if link.is_path else "tail"
        return Lead(kind, (target,), self._heading(target, link), reach, differs)

    def reach(self, source: str, written: str, target: str) -> Reach:
        """Return the narrowest way to read the text *written* in the document at *source* as the path *target*."""
        known = {fold_name(target), fold_name(splitext(target)[0])}
        if not written or fold_name(normpath(join(dirname(source), written))) in known:
            return "relative"
        roots = ("", *self.corpus.links.roots)
        is_from_root = any(fold_name(normpath(join(root, written.lstrip("/")))) in known for root in roots)
        return "root" if is_from_root else "tail"

    def _heading(self, target: str, link: LinkFact) -> int | None:
        document = self.corpus.documents.get(target)
        if document is None or not link.subpath or link.subpath[-1].startswith("^"):
            return None
        if found := self.corpus.resolver.headings(document, link):
            return found[-1]
        return self.headings(target).at.get(link.subpath[-1]) if link.is_path else None


def _elsewhere(source: Facts, link: LinkFact) -> str:
    """A folder, or what lies out of the root; what begins with `/` or has a colon is so from anywhere."""
    written = link.target
    return written if written.startswith("/") or ":" in written else normpath(join(dirname(source.path), written))
