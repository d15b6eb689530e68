"""The links and headings of a document, kept by columns: a corpus may hold a million of them in memory.

A link as a tuple of its own takes some 400 bytes; here it takes about 60, since equal texts and places are shared.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from sys import intern
from typing import NamedTuple, TypeVar, overload

from reglint.diagnostic import Path
from reglint.text import Span

_Item = TypeVar("_Item")
_Value = TypeVar("_Value")


class LinkFact(NamedTuple):
    """A link to another file of the corpus, or into the same one (*target* is empty then).

    *subpath* holds the headings `A`, `B` of `#A#B`, or the one block id `^id`.
    """

    kind: str
    target: str
    subpath: tuple[str, ...]
    shown: str
    span: Span
    pointer: Path

    @property
    def is_path(self) -> bool:
        """Whether it is Markdown's, whose destination is a path and percent-encoded, and no wikilink."""
        return self.kind in {"markdown", "image"}

    @property
    def is_embed(self) -> bool:
        """Whether it shows what it leads to, which may be any file."""
        return self.kind in {"embed", "image"}


class HeadingFact(NamedTuple):
    """A heading as a link may name it: its rank, what a reader sees of it, and its source, where links may differ."""

    level: int
    text: str
    source: str


class _Columns(Sequence[_Item]):
    """Values that are made when they are asked for."""

    __slots__ = ()

    def item(self, at: int) -> _Item:
        """Return the value at index *at*, which is not negative."""
        raise NotImplementedError

    @overload
    def __getitem__(self, at: int) -> _Item: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[_Item, ...]: ...
    def __getitem__(self, at: int | slice) -> _Item | tuple[_Item, ...]:
        found = range(len(self))[at]
        return self.item(found) if isinstance(found, int) else tuple(map(self.item, found))

    def __iter__(self) -> Iterator[_Item]:
        return map(self.item, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


class LinkFacts(_Columns[LinkFact]):
    """The links of one document, in the order of their places."""

    __slots__ = ("_kinds", "_places", "_pointers", "_shown", "_subpaths", "_targets")

    def __init__(self, links: Iterable[LinkFact] = ()) -> None:
        them = sorted(links, key=lambda it: it.span)
        self._kinds = shared(tuple(it.kind for it in them))
        self._targets = tuple(intern(it.target) for it in them)
        self._subpaths = shared(tuple(it.subpath for it in them))
        self._shown = tuple(intern(it.shown) for it in them)
        self._places = array("I", (*(it.span.start for it in them), *(it.span.end for it in them)))
        self._pointers = shared(tuple(shared(it.pointer) for it in them))

    def __len__(self) -> int:
        return len(self._kinds)

    def item(self, at: int) -> LinkFact:
        """Return the link at index *at*."""
        return LinkFact(
            self._kinds[at],
            self._targets[at],
            self._subpaths[at],
            self._shown[at],
            Span(self._places[at], self._places[at + len(self)]),
            self._pointers[at],
        )

    def within(self, span: Span) -> Iterator[int]:
        """Yield the indexes of the links that lie within *span*."""
        count = len(self)  # as many starts, and then as many ends
        for at in range(*(bisect_left(self._places, it, 0, count) for it in span)):
            if self._places[at + count] <= span.end:
                yield at


class HeadingFacts(_Columns[HeadingFact]):
    """The headings of one document, in order; none holds a line ending."""

    __slots__ = ("_levels", "_sources", "_texts")

    def __init__(self, headings: Iterable[HeadingFact] = ()) -> None:
        them = tuple(headings)
        self._levels = bytes(it.level for it in them)
        self._texts = "\n".join(it.text for it in them)
        sources = "\n".join(it.source for it in them)
        self._sources = self._texts if sources == self._texts else sources

    def __len__(self) -> int:
        return len(self._levels)

    def item(self, at: int) -> HeadingFact:
        """Return the heading at index *at*; to go through all of them, iterate."""
        return HeadingFact(self._levels[at], self._texts.split("\n")[at], self._sources.split("\n")[at])

    def __iter__(self) -> Iterator[HeadingFact]:
        return map(HeadingFact, self._levels, self._texts.split("\n"), self._sources.split("\n"))


def shared(value: _Value) -> _Value:
    """Return one and the same object for equal values of one type: most documents say the same of a place.

    *value* is hashable, and holds no numbers that are equal and not of one type, such as 1 and True.
    """
    return _known(value)  # type: ignore[return-value]  # what came in


@lru_cache(maxsize=1 << 16, typed=True)
def _known(value: object) -> object:
    return value
