"""What the part of a link behind `#` names in the document that the link leads to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from reglint.columns import HeadingFact, LinkFact
from reglint.facts import Facts
from reglint.folding import fold_heading, fold_loosely, fold_name

_NUMBERED = re.compile(r"(.+)-[0-9]+")
_MADE = (":~:", "fn:", "fnref:", "user-content-")


class _Folded(NamedTuple):
    """A heading's rank, and the forms in which a link may name it."""

    level: int
    forms: frozenset[str]


class Subpaths:
    """Finds headings and blocks. *is_exact*: wikilinks name headings as Obsidian compares them, and not more loosely.

    The fragment of a Markdown link is looked for loosely, since each renderer makes its own ids of headings.
    """

    def __init__(self, *, is_exact: bool) -> None:
        self._fold_wikilink = fold_heading if is_exact else fold_loosely
        # The same few documents are asked for their headings again and again; those of all would not fit.
        self._folded = lru_cache(maxsize=1 << 12)(_folded)

    def has_block(self, document: Facts, link: LinkFact) -> bool:
        """Tell whether *document* has the block that *link* names last; case makes no difference."""
        return fold_name(link.subpath[-1][1:]) in {fold_name(it) for it in document.blocks}

    def has_heading(self, document: Facts, link: LinkFact) -> bool:
        """Tell whether *document* has the headings that *link* names, or an HTML id of that name."""
        return bool(self.headings(document, link)) or (is_path(link) and self._is_anchor(document, link))

    def headings(self, document: Facts, link: LinkFact) -> tuple[int, ...]:
        """Return the index of each heading that *link* names in *document*; none if one of them is missing."""
        return self._chain(document, link.subpath, fold_loosely if is_path(link) else self._fold_wikilink)

    def _chain(self, document: Facts, subpath: Sequence[str], fold: Callable[[str], str]) -> tuple[int, ...]:
        """Each next heading is the first one further on that is deeper than the one before, as in Obsidian."""
        wanted = [fold(it) for it in subpath]
        found: list[int] = []
        level = 0
        for i, heading in enumerate(self._folded(document.headings, fold)):
            if heading.level > level and wanted[len(found)] in heading.forms:
                found.append(i)
                level = heading.level
                if len(found) == len(wanted):
                    return tuple(found)
        return ()

    def _is_anchor(self, document: Facts, link: LinkFact) -> bool:
        """Tell whether a fragment is an id as HTML has them: set by hand, numbered, or the page's top."""
        fragment = link.subpath[-1]
        numbered = _NUMBERED.fullmatch(fragment)
        is_repeated = bool(numbered and self._chain(document, (numbered[1],), fold_loosely))
        is_made = fragment.casefold() == "top" or fragment.startswith(_MADE)
        return fragment in document.anchors or is_made or is_repeated


def is_path(link: LinkFact) -> bool:
    """Tell whether *link* is Markdown's, whose destination is a path and percent-encoded."""
    return link.kind in {"markdown", "image"}


def _folded(headings: Sequence[HeadingFact], fold: Callable[[str], str]) -> tuple[_Folded, ...]:
    return tuple(_Folded(it.level, frozenset({fold(it.text), fold(it.source)})) for it in headings)
