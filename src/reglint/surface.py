"""What findings in other documents can hang on in one document: its surface, and where its links lead.

As long as both stay the same, another document has no other findings than before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reglint.columns import HeadingFacts, LinkFact, LinkFacts
from reglint.diagnostic import Path
from reglint.facts import Acyclic, Fact, Facts, Named, Unique


class Surface(NamedTuple):
    """What any other document may ask about, or a rule that sees all documents at once.

    Claims that a whole corpus keeps or breaks belong to it, with the links that they speak of.
    """

    type: str | None
    declared: Named | None
    front: str
    title: Named | None
    aliases: tuple[Named, ...]
    headings: HeadingFacts
    blocks: frozenset[str]
    anchors: frozenset[str]
    values: Mapping[str, Fact]
    claims: tuple[Unique | Acyclic, ...]
    claimed: tuple[LinkFact, ...]


class Column(NamedTuple):
    """The kind, target and pointer of each of some links, wherever in the text they stand."""

    kinds: str
    targets: tuple[str, ...]
    pointers: tuple[Path, ...]


class Leads(NamedTuple):
    """What the links of a document and its mentions name, and in which places: by it links back are found."""

    links: Column
    mentions: Column


def surface(facts: Facts) -> Surface:
    """Return the surface of the document that *facts* are of, but for its path."""
    claims = tuple(it for it in facts.claims if isinstance(it, Unique | Acyclic))
    return Surface(
        facts.type,
        facts.declared,
        facts.front,
        facts.title,
        facts.aliases,
        facts.headings,
        facts.blocks,
        facts.anchors,
        facts.values,
        claims,
        tuple(_claimed(facts, claims)),
    )


def _claimed(facts: Facts, claims: tuple[Unique | Acyclic, ...]) -> Iterator[LinkFact]:
    for it in claims:
        if isinstance(it, Acyclic):
            yield from (facts.links[i] if i >= 0 else facts.mentions[~i] for i in it.links)


def leads(facts: Facts) -> Leads:
    """Return what the links of the document name that *facts* are of."""
    return Leads(_column(facts.links), _column(facts.mentions))


def _column(links: LinkFacts) -> Column:
    return Column(links.kinds, links.targets, tuple(links.pointers))
