"""What the part of a link behind `#` names in the document that the link leads to."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from reglint.facts import Facts
from reglint.folding import fold_heading, fold_loosely, fold_name
from reglint.lazy import regex

_NUMBERED = regex(r"(.+)[-_]([0-9]{1,6})")
_MADE = (":~:", "fn:", "fnref:", "user-content-")
_LINES = regex(r"L[0-9]+(?:C[0-9]+)?(?:-L[0-9]+(?:C[0-9]+)?)?")  # of the source, on GitHub


class _Index(NamedTuple):
    """The rank of each heading, and the headings of each form that a link may name them in, in order."""

    levels: Sequence[int]
    places: Mapping[str, Sequence[int]]


class Subpaths:
    """Finds headings and blocks in the documents of one corpus.

    *is_exact*: wikilinks name headings as Obsidian compares them, and not more loosely. The fragment of a Markdown link
    is looked for loosely, since each renderer makes its own ids of headings.
    """

    def __init__(self, documents: Mapping[str, Facts], *, is_exact: bool) -> None:
        self._documents = documents
        self._fold_wikilink = fold_heading if is_exact else fold_loosely
        # The same few documents are asked again and again; the indexes of all would not fit.
        self._headings = lru_cache(maxsize=1 << 11)(self._index)
        self._blocks = lru_cache(maxsize=1 << 11)(self._folded_blocks)

    def has_block(self, document: Facts, subpath: Sequence[str]) -> bool:
        """Tell whether *document* has the block that *subpath* names last; case makes no difference."""
        return fold_name(subpath[-1][1:]) in self._blocks(document.path)

    def has_heading(self, document: Facts, subpath: Sequence[str], *, is_path: bool) -> bool:
        """Tell whether *document* has the headings that *subpath* names, or an HTML id of that name."""
        found = self.headings(document, subpath, is_path=is_path)
        return bool(found) or (is_path and self._is_anchor(document, subpath[-1]))

    def headings(self, document: Facts, subpath: Sequence[str], *, is_path: bool) -> tuple[int, ...]:
        """Return the index of each heading that *subpath* names in *document*; none if one of them is missing.

        Each next heading is the first one further on that is deeper than the one before, as in Obsidian.
        """
        fold = fold_loosely if is_path else self._fold_wikilink
        index = self._headings(document.path, fold)
        found: list[int] = []
        for part in subpath:
            at = _next(index, _form(part, fold), found)
            if at is None:
                return ()
            found.append(at)
        return tuple(found)

    def _is_anchor(self, document: Facts, fragment: str) -> bool:
        """Tell whether *fragment* is an id as HTML has them: set by hand, numbered, or the page's top."""
        is_made = fragment.casefold() == "top" or fragment.startswith(_MADE) or _LINES.fullmatch(fragment)
        return fragment in document.anchors or bool(is_made) or self._is_numbered(document, fragment)

    def _is_numbered(self, document: Facts, fragment: str) -> bool:
        """Renderers number equal headings, from 1 or from 2, as in `rates-1` or `rates_2`."""
        found = _NUMBERED.fullmatch(fragment)
        places = self._headings(document.path, fold_loosely).places
        return found is not None and int(found[2]) <= len(places.get(_form(found[1], fold_loosely), ()))

    def _index(self, path: str, fold: Callable[[str], str]) -> _Index:
        places: dict[str, list[int]] = defaultdict(list)
        headings = self._documents[path].headings
        for i, heading in enumerate(headings):
            forms = {_form(heading.text, fold)}
            if heading.source != heading.text:
                forms.add(_form(heading.source, fold))
            for form in forms:
                places[form].append(i)
        return _Index(bytes(map(int, headings.levels)), dict(places))

    def _folded_blocks(self, path: str) -> frozenset[str]:
        return frozenset(map(fold_name, self._documents[path].blocks))


def _form(text: str, fold: Callable[[str], str]) -> str:
    """Fold *text*; one of which nothing is left then, such as an emoji, is only equal to itself."""
    return fold(text) or text.strip()


def _next(index: _Index, form: str, before: Sequence[int]) -> int | None:
    """Return the first heading of that *form* behind those *before*, and deeper than the last of them."""
    places = index.places.get(form, ())
    if not before:
        return places[0] if places else None
    level = index.levels[before[-1]]
    further = places[bisect_right(places, before[-1]) :]
    return next((it for it in further if index.levels[it] > level), None)
