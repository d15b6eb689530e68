"""Which pages there are, and which belong together, by their numbers alone, so that no page needs another one's text.

Pages come in blocks: a region, its seven countries, for each country its currency and its regulator, and a law for
three of them. What is left over at the end are markets, which need no other page to exist.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from bench.corpus.dice import Dice
from bench.corpus.prose import alternatives

Role = Literal["region", "country", "currency", "regulator", "law", "market"]

COUNTRIES = 7
"""A block has as many."""
_LAWS = 3
BLOCK = 1 + 3 * COUNTRIES + _LAWS
"""The pages of a block."""
_BLOCKS_IN_FOLDER = 8
_PARTS: tuple[tuple[Role, int], ...] = (
    ("region", 1),
    ("country", COUNTRIES),
    ("currency", COUNTRIES),
    ("regulator", COUNTRIES),
    ("law", _LAWS),
)
_ROLES = tuple(role for role, count in _PARTS for _ in range(count))
_TYPES = {"region": "domain", "market": "domain", "country": "country"}
_TO_ASCII = str.maketrans("øüç", "ouc")
_UNITS = ("Crown", "Dinar", "Franc", "Shilling", "Lira", "Taler", "Peso", "Rial", "Mark", "Florin")
_BODIES = ("Financial Supervision Authority", "Digital Assets Board", "Securities Commission", "Markets Agency")


class Page(NamedTuple):
    """What others may know of a page: its *number* among its kind, the *type* of document, what links call it."""

    role: Role
    number: int
    type: str
    name: str
    title: str
    folder: str

    @property
    def link(self) -> str:
        """A wikilink to the page."""
        return f"[[{self.name}|{self.title}]]"

    @property
    def cell(self) -> str:
        """A wikilink to the page within a table."""
        return f"[[{self.name}\\|{self.title}]]"


class World(NamedTuple):
    """A corpus of so many *documents*, written by *seed*."""

    seed: int
    documents: int

    @property
    def blocks(self) -> int:
        """The number of whole blocks."""
        return self.documents // BLOCK

    def at(self, index: int) -> Page:
        """Return the page of an *index* from 0 to `documents` - 1."""
        block, place = divmod(index, BLOCK)
        if block >= self.blocks:
            return _page("market", place)
        role = _ROLES[place]
        return _page(role, block * _ROLES.count(role) + place - _ROLES.index(role))

    def random(self, dice: Dice, near: int) -> Page:
        """Return a page that the one at the index *near* may mention, rather one of its own block than another."""
        if dice.chance(0.6) and near // BLOCK < self.blocks:
            return self.at(near - near % BLOCK + dice.below(BLOCK))
        return self.at(dice.below(self.documents))


def region(number: int) -> Page:
    """Return the page of a region."""
    return _page("region", number)


def country(number: int) -> Page:
    """Return the page of a country."""
    return _page("country", number)


def currency(number: int) -> Page:
    """Return the page of the currency of country *number*."""
    return _page("currency", number)


def regulator(number: int) -> Page:
    """Return the page of the regulator of country *number*."""
    return _page("regulator", number)


def country_of(page: Page) -> int:
    """Return the number of the country that an entity belongs to, or of the first one of a region."""
    if page.role == "law":
        return page.number // _LAWS * COUNTRIES + page.number % _LAWS
    return page.number * COUNTRIES if page.role == "region" else page.number


def code(number: int, letters: str = "ABCDEFGHIKLMNOPRSTUVXYZ") -> str:
    """Return four letters that stand for country *number*, as its name begins with them rarely."""
    found = ""
    for _ in range(4):
        number, letter = divmod(number, len(letters))
        found += letters[letter]
    return found[::-1]


def country_code(number: int) -> str:
    """Return the code of country *number*, an alias of its page."""
    return f"{code(number)}-{number:03}"


@lru_cache(maxsize=1 << 14)
def _page(role: Role, number: int) -> Page:
    type_ = _TYPES.get(role, "entity")
    title = _title(role, number)
    slug = "-".join(title.translate(_TO_ASCII).lower().split())
    per_block = _ROLES.count(role) or 1
    folder = f"part-{number // per_block // _BLOCKS_IN_FOLDER:03}" if role in _ROLES else "markets"
    return Page(role, number, type_, f"{type_}--{slug}", title, folder)


def _title(role: Role, number: int) -> str:
    if role == "region":
        return f"{_place(number * COUNTRIES)} Region"
    if role == "law":
        block, place = divmod(number, _LAWS)
        return f"Digital Assets Act of {_place(block * COUNTRIES + place)}"
    if role == "currency":
        return f"{_UNITS[number % len(_UNITS)]} of {_place(number)}"
    if role == "regulator":
        return f"{_BODIES[number % len(_BODIES)]} of {_place(number)}"
    return _place(number) if role == "country" else f"Common Market {number + 1}"


def _place(number: int) -> str:
    """Return a name that no other number has, and that its neighbours do not resemble."""
    before, begins, middles, ends = (alternatives(f"place_{it}") for it in ("before", "begins", "middle", "ends"))
    rest, end = divmod(number, len(ends))
    rest, begin = divmod(rest, len(begins))
    prefix, middle = divmod(rest, len(middles))
    begin, middle = (begin + 7 * end) % len(begins), (middle + end) % len(middles)
    return f"{before[prefix % len(before)]}{begins[begin]}{middles[middle]}{ends[end]}"
