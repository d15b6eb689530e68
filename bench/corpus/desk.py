"""What the writer of one page has at hand: its dice, its prose, the pages that it may mention."""

from __future__ import annotations

from functools import cached_property

from bench.corpus import world
from bench.corpus.dice import Dice
from bench.corpus.prose import Prose
from bench.corpus.sheet import Source, quoted
from bench.corpus.world import Page, World

_TAGS = ("licensing", "tax", "mining", "stablecoins", "travel-rule", "custody", "defi", "cbdc", "sandbox", "g20")


class Desk:
    """The page at *index* of a world, and what it needs to be written."""

    def __init__(self, among: World, index: int) -> None:
        self.among = among
        self.index = index
        self.page = among.at(index)
        self.dice = Dice(among.seed, index)
        self.prose = Prose(
            self.dice,
            {"place": lambda: self.place, "currency": lambda: self.currency.link, "link": lambda: self.other().link},
        )

    @property
    def country(self) -> int:
        """The number of the country that the page is about."""
        return world.country_of(self.page)

    @property
    def place(self) -> str:
        """What the page is about."""
        return self.page.title if self.page.type == "domain" else world.country(self.country).title

    @property
    def currency(self) -> Page:
        """The money of the place: a market without countries is its own."""
        return self.page if self.page.role == "market" else world.currency(self.country)

    def other(self) -> Page:
        """Return a page to mention."""
        return self.among.random(self.dice, self.index)

    def others(self, count: int) -> list[Page]:
        """Return at most *count* pages, none twice, and not this one; there may be none."""
        found = {it.name: it for it in (self.other() for _ in range(count))}
        found.pop(self.page.name, None)
        return list(found.values())

    def front(self, aliases: list[str], into: Page | None) -> dict[str, str]:
        """Return the front matter that every page has."""
        dice = self.dice
        shown = {
            "type": self.page.type,
            "domain": "crypto-regulation",
            "status": dice.pick(("stable", "stable", "stable", "draft")),
            "tags": quoted(["crypto-regulation", *dice.several(_TAGS, dice.between(1, 4))]),
            "aliases": quoted(aliases),
            "created": f"2023-{dice.between(1, 12):02}-{dice.between(1, 28):02}",
            "updated": self.reviewed,
            "confidence": f"0.{dice.between(5, 9)}",
        }
        return shown | ({"compile_into": quoted([f"[[{into.name}]]"])} if into else {})

    @cached_property
    def reviewed(self) -> str:
        """The day of the last update."""
        return f"2025-{self.dice.between(1, 6):02}-{self.dice.between(1, 28):02}"

    def sources(self) -> list[Source]:
        """Return one official source, and up to three others. No host under such a top-level domain exists."""
        dice, host = self.dice, self.page.name.partition("--")[2]
        first = Source(f"{self.page.title}, official register", f"https://www.{host}.zz/register", "official")
        kinds = dice.several(("official", "intergovernmental", "secondary"), dice.between(0, 3))
        papers = dice.several(("report", "law", "statistics", "guide", "notice", "survey"), len(kinds))
        more = [
            Source(
                f"{it.capitalize()} on {self.place} ({dice.between(2017, 2024)})", f"https://{it}.{host}.zz/{i}", kind
            )
            for i, (it, kind) in enumerate(zip(papers, kinds, strict=True))
        ]
        return [first, *more]
