"""The small, serialisable part of a document that other documents may ask about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from sys import intern
from types import MappingProxyType
from typing import NamedTuple

from reglint.columns import HeadingFact, HeadingFacts, LinkFacts, shared
from reglint.diagnostic import Finding, Note, Path, Severity
from reglint.document import Document
from reglint.links import internal
from reglint.pointer import resolved as pointed
from reglint.syntax.blocks import Heading
from reglint.syntax.markup import without_id
from reglint.syntax.tree import Json, canonical
from reglint.text import Span


class Named(NamedTuple):
    """A name that a document goes by (title, alias), and where it says so."""

    text: str
    span: Span
    pointer: Path


class Grounds(NamedTuple):
    """Why a claim is made, and how its failure is told: the schema's line, its help, and what its author wants said."""

    note: Note
    help: str = ""
    message: str = ""
    severity: Severity | None = None
    url: str = ""

    def finding(self, span: Span, message: str, pointer: Path, help: str = "", notes: tuple[Note, ...] = ()) -> Finding:
        """Return the finding for a claim that does not hold; the schema's words come before the rule's own."""
        words = self.message or message
        advice = self.help or help or (message if self.message else "")
        return Finding(span, words, advice, (*notes, self.note), pointer, self.severity, self.url)

    def columns(self) -> str:
        """Return the grounds as one text; they are the same for all documents of a type."""
        return _grounds_written(self)

    @classmethod
    def from_columns(cls, columns: str) -> Grounds:
        """Return the grounds that `columns` wrote, one and the same value for each text."""
        return _grounds_read(columns)


@lru_cache(maxsize=1 << 12)
def _grounds_written(grounds: Grounds) -> str:
    return json.dumps(grounds, separators=(",", ":"))


@lru_cache(maxsize=1 << 12)
def _grounds_read(columns: str) -> Grounds:
    note, advice, message, severity, url = json.loads(columns)
    path, span, text = note
    weight = None if severity is None else Severity(severity)
    return Grounds(Note(path, Span(*span), text), advice, message, weight, url)


class TypedLink(NamedTuple):
    """Claim: the wikilinks within *span* lead to documents of one of these types."""

    span: Span
    pointer: Path
    types: tuple[str, ...]
    grounds: Grounds
    links: tuple[int, ...] = ()


class Unique(NamedTuple):
    """Claim: no other document (of the same type, or of the whole corpus) holds this value."""

    scope: str
    value: str
    span: Span
    pointer: Path
    grounds: Grounds


class Backlink(NamedTuple):
    """Claim: the documents that the wikilinks within *span* lead to link back, in the place *field* if one is named."""

    span: Span
    pointer: Path
    field: Path
    grounds: Grounds
    links: tuple[int, ...] = ()


class SameFact(NamedTuple):
    """Claim: the documents that the links at *via* lead to say the same as *values* at the JSON Pointer *field*."""

    values: tuple[str, ...]
    span: Span
    pointer: Path
    via: Path
    via_span: Span
    field: str
    grounds: Grounds
    links: tuple[int, ...] = ()


class Acyclic(NamedTuple):
    """Claim: whoever follows the wikilinks within *span*, and those of the same field over there, never comes back."""

    span: Span
    pointer: Path
    grounds: Grounds
    links: tuple[int, ...] = ()


LinkClaim = TypedLink | Backlink | SameFact | Acyclic
"""A claim about links, by their indexes among those of the document; `~i` is the index of a mention."""

Claim = LinkClaim | Unique


class Fact(NamedTuple):
    """A value that other documents may ask about, or the items of a list, and where it stands."""

    values: tuple[str, ...]
    span: Span


_NO_LINKS = LinkFacts()
_NO_VALUES: Mapping[str, Fact] = MappingProxyType({})


class Facts(NamedTuple):
    """What the corpus knows of one document.

    *type* is the one that it was judged as, *declared* what its front matter says; *front* tells whether there is front
    matter: "none", "broken" or "read". *anchors* are ids that the Markdown or HTML of the body sets itself, *mentions*
    wikilinks within prose of the front matter, *values* what stands at the JSON Pointers that schemas ask other
    documents for.
    """

    path: str
    name: str
    type: str | None
    declared: Named | None
    front: str
    title: Named | None
    aliases: tuple[Named, ...]
    headings: HeadingFacts
    blocks: frozenset[str]
    anchors: frozenset[str]
    links: LinkFacts
    mentions: LinkFacts
    claims: tuple[Claim, ...]
    values: Mapping[str, Fact]

    @classmethod
    def of(
        cls, doc: Document, type_name: str | None = None, claims: tuple[Claim, ...] = (), asked: Iterable[str] = ()
    ) -> Facts:
        """Take the facts out of *doc*, with the type it was judged as, and the claims its schema made.

        *asked* are the JSON Pointers whose values other documents want to see.
        """
        links = LinkFacts.of(internal(doc, doc.links))
        mentions = LinkFacts.of(internal(doc, doc.mentions)) if doc.mentions else _NO_LINKS
        return cls(
            doc.path,
            intern(doc.name),
            type_name,
            shared(_declared(doc)),
            _front(doc),
            Named(title, shared(doc.at("title")), ("title",)) if (title := doc.get("title")) else None,
            tuple(_aliases(doc)),
            HeadingFacts.of(_heading(it) for it in doc.body.headings),
            shared(frozenset(doc.body.block_ids)),
            shared(frozenset(doc.body.anchors)),
            links,
            mentions,
            tuple(_with_links(claims, links, mentions)),
            MappingProxyType(values) if (values := dict(_values(doc, asked))) else _NO_VALUES,
        )


def _values(doc: Document, asked: Iterable[str]) -> Iterator[tuple[str, Fact]]:
    for pointer in asked:
        path = pointed(doc, (), pointer)
        value = doc.get(*path) if path else None
        if path and value is not None:
            yield pointer, Fact(said(value), doc.at(*path))


def said(value: Json) -> tuple[str, ...]:
    """Return what a value says: its spelling, or that of each item of a list."""
    return tuple(map(spelled, value if isinstance(value, list) else [value]))


def spelled(value: Json) -> str:
    """Return a text as it is, any other value as JSON, in the one way that equal values are written."""
    return value if isinstance(value, str) else canonical(value)


def _declared(doc: Document) -> Named | None:
    path = ("frontmatter", "type")
    return Named(str(doc.get(*path)), doc.at(*path), path) if doc.get(*path) is not None else None


def _front(doc: Document) -> str:
    if not doc.front.is_there:
        return "none"
    return "broken" if doc.front.tree.errors else "read"


def _aliases(doc: Document) -> Iterator[Named]:
    """`aliases` as Obsidian reads it: a list of texts, or one text."""
    for entry in doc.strings("frontmatter", "aliases"):
        yield Named(entry.value, entry.span, entry.path)


def _heading(heading: Heading) -> HeadingFact:
    has_id = "{" in heading.plain or "^" in heading.plain
    plain = _line(without_id(heading.plain) if has_id else heading.plain)
    return HeadingFact(heading.level, plain, plain if heading.text == plain else _line(heading.text))


def _line(text: str) -> str:
    return " ".join(text.split())


def _with_links(claims: Iterable[Claim], links: LinkFacts, mentions: LinkFacts) -> Iterator[Claim]:
    """Yield *claims* with the links that they speak of, also those in prose of the front matter."""
    known: dict[tuple[Span, Path], tuple[int, ...]] = {}
    for it in claims:
        if isinstance(it, Unique):
            yield it
            continue
        place = (it.via_span, it.via) if isinstance(it, SameFact) else (it.span, it.pointer)
        if place not in known:
            known[place] = *links.about(*place), *[~i for i in mentions.about(*place)]
        yield it._replace(links=shared(known[place])) if known[place] else it
