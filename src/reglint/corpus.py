"""The facts of all documents at one moment, and what can be asked across them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from posixpath import basename
from typing import Literal, NamedTuple, TypeVar, cast
from urllib.parse import quote

from reglint.columns import LinkFact
from reglint.diagnostic import Finding, Located, Note
from reglint.document import document_name
from reglint.facts import Claim, Facts, LinkClaim
from reglint.folding import fold_heading, fold_name, in_link
from reglint.lazy import regex
from reglint.paths import relative
from reglint.resolution import BROKEN, Aliases, Broken, Links, Outcome, Resolver
from reglint.spelling import Names, suggested
from reglint.text import Span

_Claim = TypeVar("_Claim", bound=Claim)
_LinkClaim = TypeVar("_LinkClaim", bound=LinkClaim)


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
    """A link, the document that it stands in, and where it leads.

    *at* is the index of the link in its document; `~at` is that of a mention, a wikilink in prose of front matter.
    """

    source: Facts
    at: int
    outcome: Outcome

    @property
    def link(self) -> LinkFact:
        """The link, made when it is asked for."""
        return self.source.links[self.at] if self.at >= 0 else self.source.mentions[~self.at]

    def found(self, message: str, help: str = "", notes: tuple[Note, ...] = ()) -> Located:
        """Return the finding that says *message* of the link."""
        link = self.link
        return self.source.path, Finding(link.span, message, help, notes, link.pointer)


Trait = Broken | Literal["own", "other-case"]
"""What few links have: they are broken, lead to their own document, or spell a name in another case."""


class Led(NamedTuple):
    """Where the links of each document lead, and which links have which trait, as pairs of path and index."""

    outcomes: Mapping[str, tuple[Outcome, ...]]
    traits: Mapping[Trait, Sequence[tuple[str, int]]]


_SAFE = "/!$&'()*+,;=:@~"  # what may stand in a path of a URL, besides letters and digits

# The folders of a language or a version: `en`, `pt-BR`, `v2.1`.
_VARIANT = regex(r"[a-z]{2}(?:[-_][a-z]{2,4})?|v?\d+(?:\.\d+)*")


def page_of(path: str) -> str:
    """Return *path* without the folders of a language or a version, in which a page has its counterparts."""
    return "/".join(it for it in fold_name(path).split("/") if not _VARIANT.fullmatch(it))


@dataclass(frozen=True)
class Corpus:
    """All facts by path, the other files that links may embed, and what the configuration declares.

    *among* are the paths of the documents that are gone through, in order (None: of all); every other one can still be
    looked up. *aliases* are those of all documents, if they are known from before.
    """

    documents: Mapping[str, Facts]
    files: frozenset[str] = frozenset()
    types: tuple[TypeFact, ...] = ()
    globs: tuple[Glob, ...] = ()
    links: Links = field(default_factory=Links)
    among: tuple[str, ...] | None = None
    aliases: Aliases | None = None

    @classmethod
    def of(
        cls, facts: Iterable[Facts] | Mapping[str, Facts], files: Iterable[str] = (), links: Links | None = None
    ) -> Corpus:
        """Put the facts of all documents together; a mapping has them in order of paths."""
        if not isinstance(facts, Mapping):
            facts = {it.path: it for it in sorted(facts, key=lambda it: it.path)}
        return cls(facts, frozenset(files), links=links or Links())

    def replace(self, facts: Facts) -> Corpus:
        """Return the corpus as it is after one document changed."""
        return replace(self, documents={**self.documents, facts.path: facts})

    def narrowed(self, paths: Iterable[str]) -> Corpus:
        """Return the same corpus, of which only the documents at *paths* are gone through."""
        narrow = replace(self, among=tuple(sorted(paths)))
        vars(narrow)["resolver"] = self.resolver  # whose indexes need not be made twice
        return narrow

    def __iter__(self) -> Iterator[Facts]:
        return iter(self.documents.values()) if self.among is None else (self.documents[it] for it in self.among)

    @cached_property
    def resolver(self) -> Resolver:
        """Where links lead in this corpus."""
        return Resolver(self.documents, self.files, self.links, self.aliases)

    def claims(self, kind: type[_Claim]) -> Iterator[tuple[Facts, _Claim]]:
        """Yield every claim of one *kind*, with the document that makes it."""
        return ((facts, it) for facts in self for it in facts.claims if isinstance(it, kind))

    def root_of(self, path: str) -> str:
        """Return the root that the document at *path* belongs to; documents of two roots do not know each other."""
        return self.resolver.root_of(path)

    @cached_property
    def _led(self) -> Led:
        """Resolve every link once, for all the rules that ask."""
        outcomes: dict[str, tuple[Outcome, ...]] = {}
        traits: dict[Trait, list[tuple[str, int]]] = defaultdict(list)
        for facts in self:
            outcomes[facts.path], is_plain = self.resolver.resolve_all(facts)
            for trait, i in () if is_plain else _traits(facts.path, outcomes[facts.path]):
                traits[trait].append((facts.path, i))
        self.resolver.forget()
        return Led(outcomes, traits)

    @property
    def outcomes(self) -> Mapping[str, tuple[Outcome, ...]]:
        """Where the links of each document lead, in their order."""
        return self._led.outcomes

    @property
    def resolved(self) -> Iterator[Resolved]:
        """Every link of every document, and where it leads."""
        return (it for facts in self for it in self.resolved_from(facts))

    def resolved_from(self, facts: Facts) -> Iterator[Resolved]:
        """Yield the links of one document, also of one that is not gone through, and where each leads."""
        known = self.outcomes.get(facts.path)
        outcomes = self.resolver.resolve_all(facts)[0] if known is None else known
        return (Resolved(facts, i, it) for i, it in enumerate(outcomes))

    def reached(self, facts: Facts) -> frozenset[str]:
        """Return the documents that the links of *facts*, mentions as well, lead to or may have been meant to."""
        mentioned = (self.resolver.resolve(facts, it) for it in facts.mentions)
        outcomes = (*self.resolver.resolve_all(facts)[0], *mentioned)
        return frozenset(to for it in outcomes for to in (it.target, *it.candidates) if to and to in self.documents)

    def mentioned_by(self, facts: Facts) -> Iterator[Resolved]:
        """Yield the wikilinks in prose of the front matter of one document, and where each would lead."""
        return (Resolved(facts, ~i, self._mentioned(facts, ~i)) for i in range(len(facts.mentions)))

    def resolved_as(self, trait: Trait) -> Iterator[Resolved]:
        """Yield the links that have *trait*; of a million links few do, and only these are made."""
        for path, i in self._led.traits.get(trait, ()):
            yield Resolved(self.documents[path], i, self.outcomes[path][i])

    def led_by(self, kind: type[_LinkClaim]) -> Iterator[tuple[Facts, _LinkClaim, Sequence[Outcome]]]:
        """Yield every claim of one *kind*, with the document that makes it, and where the links of it lead."""
        return ((facts, it, self._led_to(facts, it)) for facts, it in self.claims(kind))

    def claimed(self, facts: Facts, claim: LinkClaim) -> Iterator[Resolved]:
        """Yield the links of *facts* that its *claim* speaks of, also those in prose of the front matter."""
        for i, outcome in zip(claim.links, self._led_to(facts, claim), strict=True):
            yield Resolved(facts, i, outcome)

    def _led_to(self, facts: Facts, claim: LinkClaim) -> Sequence[Outcome]:
        own = self.outcomes[facts.path]
        return [own[i] if i >= 0 else self._mentioned(facts, i) for i in claim.links]

    def _mentioned(self, facts: Facts, at: int) -> Outcome:
        return self.resolver.resolve(facts, facts.mentions[~at])

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
        paths = self._paths_named(name)
        return paths[0] if paths else self._file_paths[name]

    @cached_property
    def _file_paths(self) -> Mapping[str, str]:
        """The first path of each name of other files."""
        return {basename(it): it for it in sorted(self.files, reverse=True)}

    @cached_property
    def names(self) -> Names:
        """The names of all documents, to suggest one of."""
        return Names(map(document_name, self.documents))

    @cached_property
    def file_names(self) -> Names:
        """The names of all documents and other files, to suggest one of."""
        return Names([*map(document_name, self.documents), *(basename(it) for it in sorted(self.files))])

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

    def named(self, name: str) -> Sequence[Facts]:
        """Return the documents of that name, whatever its case."""
        return tuple(self.documents[it] for it in self._paths_named(name))

    def _paths_named(self, name: str) -> Sequence[str]:
        return [it for it in self.resolver.stems.get(fold_name(name), ()) if it in self.documents]

    @cached_property
    def namesakes(self) -> Mapping[str, Sequence[str]]:
        """The paths of documents by the folded form of their name, where several have it."""
        named = {name: self._paths_named(name) for name, paths in self.resolver.stems.items() if len(paths) > 1}
        return {name: paths for name, paths in named.items() if len(paths) > 1}


def _traits(path: str, outcomes: Iterable[Outcome]) -> Iterator[tuple[Trait, int]]:
    for i, it in enumerate(outcomes):
        if it.kind in BROKEN:
            yield cast("Broken", it.kind), i
        if it.differs_in_case:
            yield "other-case", i
        if it.target == path:
            yield "own", i
