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


class Leads(NamedTuple):
    """The kind, target and pointer of each link, and of each mention, wherever in the text they stand."""

    kinds: str
    targets: tuple[str, ...]
    pointers: tuple[Path, ...]


class Links(NamedTuple):
    """Where the links of a document lead, and its mentions, by which it answers those that want a link back."""

    links: Leads
    mentions: Leads


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


def leads(facts: Facts) -> Links:
    """Return where the links of the document lead that *facts* are of, as far as it says so itself."""
    return Links(_leads(facts.links), _leads(facts.mentions))


def _leads(links: LinkFacts) -> Leads:
    return Leads(links.kinds, links.targets, tuple(links.pointers))
