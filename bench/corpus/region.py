"""The page of a region, which lists its countries, or of a market, which has none of its own."""

from __future__ import annotations

from bench.corpus import world
from bench.corpus.desk import Desk
from bench.corpus.sheet import Section, Sheet, bullets


def region(desk: Desk) -> Sheet:
    """Return the page with all of its sections, before it grows. Regions form a tree below the first one."""
    number, is_region = desk.page.number, desk.page.role == "region"
    countries = [world.country(number * world.COUNTRIES + i) for i in range(world.COUNTRIES * is_region)]
    whole = world.region((number - 1) // 3) if is_region and number else None
    sheet = Sheet(
        desk.front([f"{desk.place} and its countries"], whole),
        desk.sources(),
        desk.place,
        desk.prose.write("lead"),
        desk.reviewed,
    )
    entities = [it for it in desk.others(4) if it.type == "entity"]
    pages = [*countries, *entities] or [desk.page]
    listed = bullets(f"{it.link}: {desk.prose.write('guidance')}" for it in pages)
    sheet.sections += [Section("Scope", [desk.prose.write("paragraph")]), Section("Pages", [listed], grows=False)]
    sheet.sections += [
        Section(it, [desk.prose.write("paragraph")]) for it in ("Background", "Notes") if desk.dice.chance(0.5)
    ]
    return sheet
