"""The facts of all documents at one moment, and what can be asked across them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from posixpath import basename
from types import MappingProxyType
from typing import NamedTuple

from reglint.diagnostic import Path
from reglint.facts import Facts, LinkFact
from reglint.resolution import Links, Outcome, Resolver, fold_name
from reglint.spelling import Names
from reglint.text import Span


class Glob(NamedTuple):
    """A pattern of the configuration, where it stands there, and whether any file matches it."""

    pattern: str
    path: str
    span: Span
    is_matched: bool


class TypeFact(NamedTuple):
    """A document type that has a schema: its name and the schema file."""

    name: str
    schema: str


class Resolved(NamedTuple):
    """A link, the document that it stands in, and where it leads."""

    source: Facts
    link: LinkFact
    outcome: Outcome


# The folders of a language or a version: `en`, `pt-BR`, `v2.1`.
_VARIANT = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?|v?\d+(?:\.\d+)*")


def page_of(path: str) -> str:
    """Return *path* without the folders of a language or a version, in which a page has its counterparts."""
    return "/".join(it for it in fold_name(path).split("/") if not _VARIANT.fullmatch(it))


@dataclass(frozen=True)
class Corpus:
    """All facts by path, the other files that links may embed, and what the configuration declares."""

    documents: Mapping[str, Facts]
    files: frozenset[str] = frozenset()
    types: tuple[TypeFact, ...] = ()
    globs: tuple[Glob, ...] = ()
    links: Links = field(default_factory=Links)

    @classmethod
    def of(cls, facts: Iterable[Facts], files: Iterable[str] = (), links: Links | None = None) -> Corpus:
        """Put the facts of all documents together."""
        documents = MappingProxyType({it.path: it for it in sorted(facts, key=lambda it: it.path)})
        return cls(documents, frozenset(files), links=links or Links())

    def replace(self, facts: Facts) -> Corpus:
        """Return the corpus as it is after one document changed."""
        return replace(self, documents=MappingProxyType({**self.documents, facts.path: facts}))

    def __iter__(self) -> Iterator[Facts]:
        return iter(self.documents.values())

    @cached_property
    def resolver(self) -> Resolver:
        """Where links lead in this corpus."""
        return Resolver(self.documents, self.files, self.links)

    @cached_property
    def resolved(self) -> tuple[Resolved, ...]:
        """Every link of every document, resolved once for all the rules that ask."""
        return tuple(Resolved(it, link, self.resolver.resolve(it, link)) for it in self for link in it.links)

    @cached_property
    def resolved_from(self) -> Mapping[str, tuple[Resolved, ...]]:
        """The resolved links of each document."""
        grouped: dict[str, list[Resolved]] = defaultdict(list)
        for it in self.resolved:
            grouped[it.source.path].append(it)
        return {path: tuple(them) for path, them in grouped.items()}

    def claimed(self, facts: Facts, span: Span, pointer: Path) -> Iterator[Resolved]:
        """Yield the links of *facts* that a claim at *pointer* (within *span*) speaks of, those of prose included.

        A claim about a text of several paragraphs does not speak of the table between them.
        """
        mentioned = (Resolved(facts, it, self.resolver.resolve(facts, it)) for it in facts.mentions)
        is_shown_twice = bool({"tables", "links"} & set(pointer))
        for resolved in (*self.resolved_from.get(facts.path, ()), *mentioned):
            link = resolved.link
            if span.holds(link.span) if is_shown_twice else link.pointer[: len(pointer)] == pointer:
                yield resolved

    @cached_property
    def names(self) -> Names:
        """The names of all documents, to suggest one of."""
        return Names(it.name for it in self)

    @cached_property
    def file_names(self) -> Names:
        """The names of all documents and other files, to suggest one of."""
        return Names([*(it.name for it in self), *(basename(it) for it in sorted(self.files))])

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Facts, ...]]:
        """Documents by the folded form of their name."""
        named: dict[str, list[Facts]] = defaultdict(list)
        for it in self:
            named[fold_name(it.name)].append(it)
        return {name: tuple(them) for name, them in named.items()}
