"""All values that the documents of one type have at one place, list items and rows as one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from reglint.diagnostic import Path
from reglint.document import Document
from reglint.syntax.tree import Json
from reglint.text import Span


class Link(NamedTuple):
    """A link of a document, and the type of the document that it leads to.

    *type* is None where no schema may ask for one, *leads* tells whether there is a document; a mention is a wikilink
    within prose of the front matter.
    """

    pointer: Path
    span: Span
    type: str | None
    leads: bool
    is_mention: bool


@dataclass(frozen=True, eq=False)
class Source:
    """A document that a schema is drafted from, with its links."""

    doc: Document
    links: tuple[Link, ...] = ()


class Seen(NamedTuple):
    """One value, and where it stands."""

    source: Source
    path: Path
    value: Json

    @property
    def is_whole(self) -> bool:
        """Whether all of the value could be read; front matter with a mistake in it may lack the rest."""
        return self.path[:1] != ("frontmatter",) or not self.source.doc.front.tree.errors

    def members(self) -> Iterator[tuple[str | int, Seen]]:
        """Yield what is in a mapping or list, with its key or number."""
        items: Iterable[tuple[str | int, Json]] = ()
        if isinstance(self.value, dict):
            items = self.value.items()
        elif isinstance(self.value, list):
            items = enumerate(self.value)
        yield from ((step, Seen(self.source, (*self.path, step), it)) for step, it in items)


@dataclass(frozen=True, eq=False)
class Column:
    """What was seen at one place of *total* documents, and *everywhere*: at the same place in documents of any type."""

    seen: tuple[Seen, ...]
    total: int
    everywhere: Column | None = None

    @cached_property
    def support(self) -> int:
        """The number of documents that have a value here."""
        return len(documents(self.seen))

    @cached_property
    def values(self) -> tuple[Json, ...]:
        """The values, in the order of documents."""
        return tuple(it.value for it in self.seen)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The different texts among the values, in the order of documents."""
        return tuple(dict.fromkeys(it for it in self.values if isinstance(it, str)))

    @cached_property
    def is_text(self) -> bool:
        """Whether every value is a text."""
        return bool(self.seen) and all(isinstance(it, str) for it in self.values)

    @cached_property
    def holders(self) -> Mapping[str, frozenset[str]]:
        """The paths of the documents that hold each text."""
        held: dict[str, set[str]] = defaultdict(set)
        for it in self.seen:
            if isinstance(it.value, str):
                held[it.value].add(it.source.doc.path)
        return {text: frozenset(paths) for text, paths in held.items()}

    def only(self, kind: type) -> Column:
        """Return the values of one Python type."""
        return self.of(it for it in self.seen if isinstance(it.value, kind))

    def of(self, seen: Iterable[Seen]) -> Column:
        """Return a column of other values of the same documents."""
        return replace(self, seen=tuple(seen))

    @cached_property
    def members(self) -> Mapping[str, Column]:
        """The column of each key of the mappings."""
        grouped: dict[str, list[Seen]] = defaultdict(list)
        for mapping in self.only(dict).seen:
            for key, it in mapping.members():
                grouped[str(key)].append(it)
        beyond = self.everywhere.members if self.everywhere else {}
        return {key: replace(self.of(them), everywhere=beyond.get(key)) for key, them in grouped.items()}

    @cached_property
    def items(self) -> Column:
        """The items of all lists."""
        items = self.of(it for each in self.only(list).seen for _, it in each.members())
        return replace(items, everywhere=self.everywhere.items if self.everywhere else None)


def documents(seen: Iterable[Seen]) -> frozenset[str]:
    """Return the paths of the documents that hold these values."""
    return frozenset(it.source.doc.path for it in seen)
