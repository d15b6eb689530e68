"""The page of a regulator, a currency or a law."""

from __future__ import annotations

from bench.corpus import world
from bench.corpus.desk import Desk
from bench.corpus.sheet import Section, Sheet, bullets, table

_KINDS = {"regulator": "Regulator", "currency": "Currency", "law": "Law"}
_WEAK, _PARTIAL = 3, 7


def entity(desk: Desk) -> Sheet:
    """Return the page with all of its sections, before it grows."""
    sheet = Sheet(
        desk.front(
            [f"{desk.page.title} ({desk.page.role} {desk.page.number})"], world.region(desk.country // world.COUNTRIES)
        ),
        desk.sources(),
        desk.page.title,
        desk.prose.write("lead"),
        desk.reviewed,
    )
    related = desk.others(desk.dice.between(2, 7)) or [world.country(desk.country)]
    sheet.sections += [
        Section("Overview", [table(_overview(desk))], grows=False),
        Section("Role", [desk.prose.write("sentence")]),
        *(Section(it, [desk.prose.write("sentence")]) for it in ("Background", "Powers") if desk.dice.chance(0.5)),
        Section("Related", [bullets(it.link for it in related)], grows=False),
    ]
    return sheet


def _overview(desk: Desk) -> dict[str, str]:
    role, host = desk.page.role, desk.page.name.partition("--")[2]
    rows = {"Kind": _KINDS[role], "Country": world.country(desk.country).cell}
    if role == "currency":
        rows["Code"] = f"{world.code(desk.country)}{desk.country}"
    if desk.dice.chance(0.7):
        rows["Established"] = str(desk.dice.between(1870, 2022))
    if role == "regulator":
        independence = desk.dice.between(0, 10)
        band = "Weak" if independence <= _WEAK else "Partial" if independence <= _PARTIAL else "Strong"
        rows |= {"Staff": f"{desk.dice.between(12, 900)} people", "Independence": f"{independence}/10 ({band})"}
    return rows | {"Website": f"https://www.{host}.zz/"}
