"""The links and headings of a document, kept by columns: a corpus may hold a million of them in memory.

What decides where a link leads is at hand; what only a finding tells of it may be a JSON text that nobody has read yet.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from sys import intern
from typing import NamedTuple, TypeVar, overload

from reglint.diagnostic import Path
from reglint.text import Span

_Item = TypeVar("_Item")
_Value = TypeVar("_Value")

LETTERS = {"wikilink": "w", "embed": "e", "markdown": "m", "image": "i"}
"""The letter that stands for each kind of link in a column of kinds."""
PATHS = frozenset("mi")
"""The letters of links whose destination is a path."""
EMBEDS = frozenset("ei")
"""The letters of links that show what they lead to."""
_KINDS = {letter: intern(kind) for kind, letter in LETTERS.items()}
_SPAN = attrgetter("span")
_FEW = 40  # headings, that it is quicker to go through than to index
_WRITE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


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

    def columns(self) -> tuple[object, ...]:
        """Return what the values are made of, as JSON can hold it."""
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
        return isinstance(other, type(self)) and self.columns() == other.columns()

    def __hash__(self) -> int:
        return hash(self.columns())


class _Details(NamedTuple):
    """What is told of links: the text that each shows, where it begins and ends, and its pointer."""

    shown: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    pointers: Sequence[Path]


class LinkFacts(_Columns[LinkFact]):
    """The links of one document, in the order of their places.

    *kinds* is a text with a letter for each link, *targets* and *subpaths* are as in `LinkFact`; there are no subpaths
    at all if no link has one.
    """

    __slots__ = ("_details", "kinds", "subpaths", "targets")

    def __init__(
        self,
        kinds: str = "",
        targets: Iterable[str] = (),
        subpaths: tuple[tuple[str, ...], ...] = (),
        details: str | _Details = "",
    ) -> None:
        self.kinds = intern(kinds)
        self.targets = tuple(map(intern, targets))
        self.subpaths = subpaths
        self._details = details

    @classmethod
    def of(cls, links: Iterable[LinkFact]) -> LinkFacts:
        """Take *links*, in any order, apart."""
        them = sorted(links, key=_SPAN)
        if not them:
            return cls()
        kinds, targets, subpaths, shown, spans, pointers = zip(*them, strict=True)
        details = _Details(
            tuple(map(intern, shown)),
            array("I", [it[0] for it in spans]),
            array("I", [it[1] for it in spans]),
            tuple(map(shared, pointers)),
        )
        return cls("".join([LETTERS[it] for it in kinds]), targets, subpaths if any(subpaths) else (), details)

    def columns(self) -> tuple[object, ...]:
        """Return what the links are made of, as JSON can hold it."""
        details = self._details
        if not isinstance(details, str):
            details = _WRITE((details.shown, list(details.starts), list(details.ends), details.pointers))
        return self.kinds, self.targets, self.subpaths, details

    @classmethod
    def from_columns(cls, columns: tuple[str, Sequence[str], Sequence[Sequence[str]], str]) -> LinkFacts:
        """Put the links together again that `columns` took apart."""
        kinds, targets, subpaths, details = columns
        return cls(kinds, targets, tuple(map(tuple, subpaths)), details)

    def __len__(self) -> int:
        return len(self.kinds)

    @property
    def are_wikilinks(self) -> bool:
        """Whether no destination is a path."""
        return "m" not in self.kinds and "i" not in self.kinds

    def item(self, at: int) -> LinkFact:
        """Return the link at index *at*."""
        it = self._told
        return LinkFact(
            _KINDS[self.kinds[at]],
            self.targets[at],
            self.subpaths[at] if self.subpaths else (),
            it.shown[at],
            Span(it.starts[at], it.ends[at]),
            it.pointers[at],
        )

    @property
    def pointers(self) -> Sequence[Path]:
        """The pointer of each link."""
        return self._told.pointers if self.kinds else ()

    @property
    def _told(self) -> _Details:
        return _read(self._details) if isinstance(self._details, str) else self._details

    def within(self, span: Span) -> Iterator[int]:
        """Yield the indexes of the links that lie within *span*."""
        if self.kinds:
            it = self._told
            yield from (at for at in range(*(bisect_left(it.starts, end) for end in span)) if it.ends[at] <= span.end)

    def about(self, span: Span, pointer: Path) -> Iterator[int]:
        """Yield the indexes of the links within *span* that are part of the value at *pointer*.

        A value of several paragraphs does not hold the table between them; what `tables` and `links` show are fields.
        """
        is_shown_twice = "tables" in pointer or "links" in pointer
        pointers = self.pointers
        return (at for at in self.within(span) if is_shown_twice or pointers[at][: len(pointer)] == pointer)


@lru_cache(maxsize=1 << 8)
def _read(details: str) -> _Details:
    shown, starts, ends, pointers = json.loads(details)
    return _Details(shown, starts, ends, [tuple(it) for it in pointers])


class HeadingFacts(_Columns[HeadingFact]):
    """The headings of one document, in order; none holds a line ending.

    *levels* is a text with a digit for each heading, *texts* and *sources* hold a line for each.
    """

    __slots__ = ("levels", "sources", "texts")

    def __init__(self, levels: str = "", texts: str = "", sources: str | None = None) -> None:
        self.levels = intern(levels)
        self.texts = texts
        self.sources = texts if sources is None or sources == texts else sources

    @classmethod
    def of(cls, headings: Iterable[HeadingFact]) -> HeadingFacts:
        """Take *headings* apart."""
        them = tuple(headings)
        lines = ("\n".join([it.text for it in them]), "\n".join([it.source for it in them]))
        return cls("".join([str(it.level) for it in them]), *lines)

    def columns(self) -> tuple[object, ...]:
        """Return what the headings are made of, as JSON can hold it; no sources where they are equal to the texts."""
        return self.levels, self.texts, None if self.sources is self.texts else self.sources

    @classmethod
    def from_columns(cls, columns: tuple[str, str, str | None]) -> HeadingFacts:
        """Put the headings together again that `columns` took apart."""
        return cls(*columns)

    @property
    def have_title(self) -> bool:
        """Whether the first is of the first level, and no other; some write all their sections in it."""
        return self.levels.startswith("1") and self.levels.count("1") == 1

    def has(self, subpath: Sequence[str]) -> bool:
        """Tell whether one of a few headings reads just as *subpath*; False may also mean that they are many."""
        is_short = len(subpath) == 1 and len(self.levels) < _FEW
        return is_short and subpath[0] in self.texts.split("\n") and not subpath[0].startswith("^")

    def __len__(self) -> int:
        return len(self.levels)

    def item(self, at: int) -> HeadingFact:
        """Return the heading at index *at*; to go through all of them, iterate."""
        return HeadingFact(int(self.levels[at]), self.texts.split("\n")[at], self.sources.split("\n")[at])

    def __iter__(self) -> Iterator[HeadingFact]:
        return map(HeadingFact, map(int, self.levels), self.texts.split("\n"), self.sources.split("\n"))


def shared(value: _Value) -> _Value:
    """Return one and the same object for equal values of one type: most documents say the same of a place.

    *value* is hashable, and holds no numbers that are equal and not of one type, such as 1 and True.
    """
    return _known(value)  # type: ignore[return-value]  # what came in


@lru_cache(maxsize=1 << 16, typed=True)
def _known(value: object) -> object:
    return value
