"""From a page's number to its text: what all pages share, and how they come to their size."""

from __future__ import annotations

from bench.corpus import world
from bench.corpus.country import country
from bench.corpus.desk import Desk
from bench.corpus.entity import entity
from bench.corpus.region import region
from bench.corpus.sheet import Sheet
from bench.corpus.world import World

LARGEST = 20_000
"""The bytes of the largest page, about: the last paragraph is written to its end."""
_WRITERS = {"country": country, "domain": region, "entity": entity}


def page(among: World, index: int) -> tuple[world.Page, str]:
    """Return the page at *index* and its text."""
    desk = Desk(among, index)
    sheet = _WRITERS[desk.page.type](desk)
    _grow(sheet, desk, desk.dice.skewed(0, LARGEST))
    return desk.page, sheet.render()


def _grow(sheet: Sheet, desk: Desk, size: int) -> None:
    """Add paragraphs, to one section after the other, until the page has *size* bytes."""
    sections = [it for it in sheet.sections if it.grows]
    missing = size - len(sheet.render().encode())
    turn = 0
    while missing > 0:
        paragraph = desk.prose.write("paragraph")
        sections[turn % len(sections)].blocks.append(paragraph)
        missing -= len(paragraph.encode()) + 2
        turn += 1
