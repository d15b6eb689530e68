"""What findings in other documents, or of rules that see all documents at once, can hang on in one document.

As long as it stays the same, another document has no other findings than before, and this one can only have others
for where its own links lead, or for what it says by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reglint.columns import HeadingFacts
from reglint.diagnostic import Path
from reglint.facts import Acyclic, Backlink, Fact, Facts, Named, Unique
from reglint.text import Span


class Leads(NamedTuple):
    """The links of a document without their places in the text: kind, target and pointer of each."""

    kinds: str
    targets: tuple[str, ...]
    pointers: tuple[Path, ...]


class Surface(NamedTuple):
    """The parts of a document's facts that are its surface.

    Claims that a whole corpus keeps or breaks belong to it, with the places of the links that they speak of.
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
    links: Leads
    mentions: Leads
    claims: tuple[Unique | Backlink | Acyclic, ...]
    claimed: tuple[Span, ...]


def surface(facts: Facts) -> Surface:
    """Return the surface of the document that *facts* are of, but for its path."""
    claims = tuple(it for it in facts.claims if isinstance(it, Unique | Backlink | Acyclic))
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
        Leads(facts.links.kinds, facts.links.targets, tuple(facts.links.pointers)),
        Leads(facts.mentions.kinds, facts.mentions.targets, tuple(facts.mentions.pointers)),
        claims,
        tuple(_claimed(facts, claims)),
    )


def _claimed(facts: Facts, claims: tuple[Unique | Backlink | Acyclic, ...]) -> Iterator[Span]:
    for it in claims:
        if not isinstance(it, Unique):
            yield from (facts.links[i].span if i >= 0 else facts.mentions[~i].span for i in it.links)
