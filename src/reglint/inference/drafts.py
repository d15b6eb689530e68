"""Drafts of the schemas of the document types of a corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from reglint.columns import LinkFact
from reglint.config import Config, DocumentType
from reglint.corpus import Corpus
from reglint.document import Document
from reglint.facts import Facts
from reglint.inference.columns import Link, Source
from reglint.inference.parts import document_schema, frontmatter_schema, frontmatters
from reglint.inference.written import written
from reglint.project import SCHEMA_FOLDER


class Typed(NamedTuple):
    """A document and its type; None: it has none. *is_sample*: whether a schema may be drafted from it."""

    doc: Document
    type: str | None
    is_sample: bool = True


class Draft(NamedTuple):
    """A schema, the file that it belongs into, and how many documents it is made of."""

    type: str
    path: str
    content: str
    documents: int


def drafts(
    typed: Sequence[Typed], files: Sequence[str], config: Config, known: Collection[str], chosen: Collection[str]
) -> Iterator[Draft]:
    """Yield a draft for each of the *chosen* types, by name.

    *typed* are all documents of the corpus, *files* the other files that links may lead to, *known* the types that have
    a schema by the time that the drafts are used: only they may be asked for as the target of a link.
    """
    facts = [Facts.of(it.doc, it.type) for it in typed]
    corpus = Corpus.of(facts, files, config.links)
    samples: dict[str, list[Source]] = defaultdict(list)
    for it, about in zip(typed, facts, strict=True):
        if it.type is not None and it.is_sample:
            links = tuple(_links(corpus, about, known)) if it.type in chosen else ()
            samples[it.type].append(Source(it.doc, links))
    everywhere = frontmatters([it for _, them in sorted(samples.items()) for it in them])
    for name in sorted(chosen):
        kind = config.types.get(name) or DocumentType(name, f"{SCHEMA_FOLDER}/{name}.schema.json")
        make = frontmatter_schema if kind.applies_to == "frontmatter" else document_schema
        yield Draft(name, kind.schema, written(make(name, samples[name], everywhere)), len(samples[name]))


def _links(corpus: Corpus, facts: Facts, known: Collection[str]) -> Iterator[Link]:
    yield from (_link(corpus, facts, it, known, is_mention=False) for it in facts.links)
    yield from (_link(corpus, facts, it, known, is_mention=True) for it in facts.mentions)


def _link(corpus: Corpus, facts: Facts, link: LinkFact, known: Collection[str], *, is_mention: bool) -> Link:
    target = corpus.documents.get(corpus.resolver.resolve(facts, link).target or "")
    kind = target.type if target and target.type in known else None
    return Link(link.pointer, link.span, kind, target is not None, is_mention)
