"""The facts of all documents at one moment, and what can be asked across them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from posixpath import basename
from types import MappingProxyType
from typing import NamedTuple, TypeVar
from urllib.parse import quote

from reglint.columns import LinkFact
from reglint.diagnostic import Finding, Located, Note, Path
from reglint.document import document_name
from reglint.facts import Claim, Facts
from reglint.folding import fold_heading, fold_name, in_link
from reglint.paths import relative
from reglint.resolution import Kind, Links, Outcome, Resolver
from reglint.spelling import Names, suggested
from reglint.text import Span

_Claim = TypeVar("_Claim", bound=Claim)


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

    def found(self, message: str, help: str = "", notes: tuple[Note, ...] = ()) -> Located:
        """Return the finding that says *message* of the link."""
        return self.source.path, Finding(self.link.span, message, help, notes, self.link.pointer)


_SAFE = "/!$&'()*+,;=:@~"  # what may stand in a path of a URL, besides letters and digits

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

    def claims(self, kind: type[_Claim]) -> Iterator[tuple[Facts, _Claim]]:
        """Yield every claim of one *kind*, with the document that makes it."""
        return ((facts, it) for facts in self for it in facts.claims if isinstance(it, kind))

    def root_of(self, path: str) -> str:
        """Return the root that the document at *path* belongs to; documents of two roots do not know each other."""
        return self.resolver.root_of(path)

    @cached_property
    def outcomes(self) -> Mapping[str, tuple[Outcome, ...]]:
        """Where the links of each document lead, in their order; resolved once for all the rules that ask."""
        resolve = self.resolver.resolve
        outcomes = {it.path: tuple(resolve(it, link) for link in it.links) for it in self}
        self.resolver.forget()
        return outcomes

    @property
    def resolved(self) -> Iterator[Resolved]:
        """Every link of every document, and where it leads."""
        return (it for facts in self for it in self.resolved_from(facts))

    def resolved_from(self, facts: Facts) -> Iterator[Resolved]:
        """Yield the links of one document, and where each leads."""
        return (Resolved(facts, *it) for it in zip(facts.links, self.outcomes[facts.path], strict=True))

    def resolved_where(self, is_wanted: Callable[[str, Outcome], bool]) -> Iterator[Resolved]:
        """Yield the links that *is_wanted* says yes to, by the document's path and the outcome.

        Of a million links few are wanted, and only these are made.
        """
        for path, outcomes in self.outcomes.items():
            for i, outcome in enumerate(outcomes):
                if is_wanted(path, outcome):
                    yield Resolved(self.documents[path], self.documents[path].links[i], outcome)

    def resolved_as(self, *kinds: Kind) -> Iterator[Resolved]:
        """Yield the links whose outcome is of one of *kinds*."""
        return self.resolved_where(lambda _, outcome: outcome.kind in kinds)

    def claimed(self, facts: Facts, span: Span, pointer: Path) -> Iterator[Resolved]:
        """Yield the links of *facts* that a claim about the value at *pointer* (*span*) speaks of, also in its prose.

        A claim about a text of several paragraphs does not speak of the table between them.
        """
        is_shown_twice = bool({"tables", "links"} & set(pointer))

        def is_meant(link: LinkFact) -> bool:
            return is_shown_twice or link.pointer[: len(pointer)] == pointer

        for i in facts.links.within(span):
            if is_meant(facts.links[i]):
                yield Resolved(facts, facts.links[i], self.outcomes[facts.path][i])
        for i in facts.mentions.within(span):
            if is_meant(facts.mentions[i]):
                yield Resolved(facts, facts.mentions[i], self.resolver.resolve(facts, facts.mentions[i]))

    def suggestion(self, source: Facts, link: LinkFact) -> str:
        """Return "; did you mean `…`?" with what is named like the target of *link*, as *source* would link to it.

        What can be embedded is any file, what can be linked to a document.
        """
        names, name = (self.file_names, basename) if link.is_embed else (self.names, document_name)
        found = names.nearest(name(link.target))
        if found and link.is_path:
            return suggested(quote(relative(self._named(found), source.path), safe=_SAFE))
        if found and fold_name(found) == fold_name(name(link.target)):
            return f"; what has that name is `{self._named(found)}`"
        return suggested(found)

    def _named(self, name: str) -> str:
        """Return the path of the first document or file of that name, which there is."""
        documents = self.by_name.get(fold_name(name))
        return documents[0].path if documents else self._file_paths[name]

    @cached_property
    def _file_paths(self) -> Mapping[str, str]:
        """The first path of each name of other files."""
        return {basename(it): it for it in sorted(self.files, reverse=True)}

    @cached_property
    def names(self) -> Names:
        """The names of all documents, to suggest one of."""
        return Names(it.name for it in self)

    @cached_property
    def file_names(self) -> Names:
        """The names of all documents and other files, to suggest one of."""
        return Names([*(it.name for it in self), *(basename(it) for it in sorted(self.files))])

    def suggestion_within(self, path: str, subpath: Sequence[str]) -> str:
        """Return "; did you mean `…`?" with the heading of the document at *path* like *subpath*, or its block `^id`.

        A heading that has a `#` itself is meant where the parts together are like it.
        """
        headings, blocks = self._names_within(path)
        if subpath[-1].startswith("^"):
            return blocks.suggestion(subpath[-1])
        whole = in_link("#".join(subpath))
        near = headings.nearest(whole)
        is_whole = near is not None and fold_heading(near) == fold_heading(whole)
        return suggested(near if is_whole else headings.nearest(subpath[-1]))

    @cached_property
    def _names_within(self) -> Callable[[str], tuple[Names, Names]]:
        return lru_cache(maxsize=1 << 10)(self._find_names_within)

    def _find_names_within(self, path: str) -> tuple[Names, Names]:
        document = self.documents[path]
        headings = (name for it in document.headings if (name := in_link(it.text)))
        return Names(headings), Names(f"^{it}" for it in sorted(document.blocks))

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Facts, ...]]:
        """Documents by the folded form of their name."""
        named: dict[str, list[Facts]] = defaultdict(list)
        for it in self:
            named[fold_name(it.name)].append(it)
        return {name: tuple(them) for name, them in named.items()}
