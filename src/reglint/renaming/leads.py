"""Where a link leads, as far as a rename has to keep it."""

from __future__ import annotations

from posixpath import dirname, join, normpath, splitext
from typing import Literal, NamedTuple

from reglint.columns import LinkFact
from reglint.corpus import Corpus
from reglint.facts import Facts
from reglint.folding import fold_name
from reglint.renaming.slugs import numbered
from reglint.resolution import Outcome
from reglint.subpath import is_path

Reach = Literal["tail", "root", "relative"]
"""How a target is to be read: as the end of a path, from the root, or from the folder of its document."""
_RANKS: dict[Reach, int] = {"tail": 0, "root": 1, "relative": 2}
_NOWHERE = frozenset({"no-document", "no-file"})
_UNCERTAIN = _NOWHERE | {"ambiguous"}
_UNFINISHED = frozenset({"alias", "no-heading", "no-block"})


class Lead(NamedTuple):
    """*paths*: the target, or all that an ambiguous link fits. *heading* is an index among those of the target."""

    kind: str
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


def lead(corpus: Corpus, source: Facts, link: LinkFact, outcome: Outcome | None = None) -> Lead:
    """Return where *link*, which stands in *source*, leads in *corpus*; *outcome* is what its resolver says."""
    kind, target, candidates, differs = outcome or corpus.resolver.resolve(source, link)
    if kind == "ambiguous":
        return Lead(kind, tuple(sorted(candidates)), None, "tail", differs)
    if target is None:
        paths = (_elsewhere(source, link),) if kind == "elsewhere" else ()
        return Lead(kind, paths, None, "tail", differs)
    reach: Reach = reach_of(corpus, source.path, link.target, target) if is_path(link) else "tail"
    return Lead(kind, (target,), _heading(corpus, target, link), reach, differs)


def reach_of(corpus: Corpus, source: str, written: str, target: str) -> Reach:
    """Return the narrowest way to read the text *written* in the document at *source* as the path *target*."""
    known = {fold_name(target), fold_name(splitext(target)[0])}
    if not written or fold_name(normpath(join(dirname(source), written))) in known:
        return "relative"
    roots = ("", *corpus.links.roots)
    is_from_root = any(fold_name(normpath(join(root, written.lstrip("/")))) in known for root in roots)
    return "root" if is_from_root else "tail"


def _elsewhere(source: Facts, link: LinkFact) -> str:
    """A folder, or what lies out of the root; what begins with `/` or has a colon is so from anywhere."""
    written = link.target
    return written if written.startswith("/") or ":" in written else normpath(join(dirname(source.path), written))


def _heading(corpus: Corpus, target: str, link: LinkFact) -> int | None:
    document = corpus.documents.get(target)
    if document is None or not link.subpath or link.subpath[-1].startswith("^"):
        return None
    if found := corpus.resolver.headings(document, link):
        return found[-1]
    return numbered(document.headings, link.subpath[-1]) if is_path(link) else None
