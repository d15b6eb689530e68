"""The page of a country."""

from __future__ import annotations

from bench.corpus import world
from bench.corpus.desk import Desk
from bench.corpus.prose import alternatives
from bench.corpus.sheet import Section, Sheet, table

_LEVELS = ("Low", "Moderate", "High")
_YES_NO = ("Yes", "No")
_ACTIVITIES = ("DeFi", "Stablecoins", "NFTs")
_REGULATED = ("Regulated", "Partly regulated", "Unregulated", "Restricted", "Banned", "Unclear")
_LOW, _MEDIUM = 33, 66


def country(desk: Desk) -> Sheet:
    """Return the page with all of its sections, before it grows."""
    number = desk.page.number
    code = world.country_code(number)
    sheet = Sheet(
        desk.front([code, f"Republic of {desk.place}"], world.region(number // world.COUNTRIES)),
        desk.sources(),
        f"{desk.place} ({code}) — Crypto Regulation",
        desk.prose.write("lead"),
        desk.reviewed,
    )
    licensed = desk.dice.pick(("Yes", "Yes", "No", "Partly", "Unknown"))
    sheet.sections += [_overview(desk), _tax(desk), _licensing(desk, licensed), _aml(desk)]
    sheet.sections += [_activity(desk, it) for it in _ACTIVITIES if desk.dice.chance(0.8)]
    sheet.sections += [it(desk) for it in (_mining, _geopolitics, _enforcement, _cbdc) if desk.dice.chance(0.8)]
    sheet.sections += [
        Section(it, [desk.prose.write("paragraph")])
        for it in ("Background", "Market", "Outlook")
        if desk.dice.chance(0.3)
    ]
    sheet.sections.append(_faq(desk, licensed))
    return sheet


def _overview(desk: Desk) -> Section:
    number, risk = desk.page.number, desk.dice.between(5, 95)
    band = "Low" if risk <= _LOW else "Medium" if risk <= _MEDIUM else "High"
    rows = {
        "Status": desk.dice.pick(("Legal", "Legal", "Restricted", "Banned", "Unclear")),
        "Risk Score": f"{risk}/100 ({band} Risk)",
        "Enforcement Level": desk.dice.pick(("None", *_LEVELS, "Unknown")),
        "Region": world.region(number // world.COUNTRIES).cell,
        "Currency": world.currency(number).cell,
    }
    return Section("Overview", [table(rows)])


def _tax(desk: Desk) -> Section:
    names = ("Capital Gains (Personal)", "Capital Gains (Corporate)", "VAT on Crypto", "Mining Tax")
    return Section("Tax", [table({it: _rate(desk) for it in names})])


def _rate(desk: Desk) -> str:
    if desk.dice.chance(0.2):
        return desk.dice.pick(("Exempt", "Unknown"))
    return f"{desk.prose.write('percent')}% {desk.prose.write('tax')}"


def _licensing(desk: Desk, licensed: str) -> Section:
    months = desk.dice.between(1, 12)
    rows = {
        "Required": licensed,
        "Regulator": world.regulator(desk.page.number).cell,
        "Framework": desk.prose.write("framework"),
        "Ease": desk.dice.pick(_LEVELS),
        "Cost": desk.prose.write("cost"),
        "Timeline": f"{months}-{months + desk.dice.between(1, 12)} months",
    }
    return Section("Licensing", [table(rows), desk.prose.write("sentence")])


def _aml(desk: Desk) -> Section:
    member = desk.dice.chance(0.4)
    rows = {
        "KYC Required": desk.dice.pick(("Yes", "Yes", "No", "Unknown")),
        "Travel Rule": desk.dice.pick((*_YES_NO, "Unknown")),
        "FATF Member": "Yes" if member else "No",
        "FATF Status": "FATF member" if member else desk.dice.pick(("Regional body member", "Not a member")),
    }
    return Section("AML / KYC", [table(rows | ({"Evaluated": str(desk.dice.between(2014, 2024))} if member else {}))])


def _activity(desk: Desk, heading: str) -> Section:
    rows = {"Status": desk.dice.pick(_REGULATED), "Guidance": desk.prose.write("guidance")}
    return Section(heading, [table(rows), desk.prose.write("sentence")])


def _mining(desk: Desk) -> Section:
    rows = {
        "Legal": desk.dice.pick((*_YES_NO, "Restricted", "Unknown")),
        "Electricity Cost": f"$0.0{desk.dice.between(20, 99)}/kWh",
        "Renewable Energy": f"{desk.dice.between(1, 98)}%",
        "Climate": desk.prose.write("climate"),
        "Infrastructure": desk.dice.pick(_LEVELS),
    }
    return Section("Mining", [table(rows)])


def _geopolitics(desk: Desk) -> Section:
    rows = {
        "Stability": desk.dice.pick(_LEVELS),
        "Sanctions": desk.dice.pick(_YES_NO),
        "Corruption Index": f"{desk.dice.between(10, 90)}/100",
        "Ease of Business": desk.dice.pick(_LEVELS),
        "Internet Freedom": desk.dice.pick(("Free", "Partly Free", "Not Free")),
        "Banking Access": desk.dice.pick(_LEVELS),
    }
    return Section("Geopolitics", [table(rows)], grows=False)


def _enforcement(desk: Desk) -> Section:
    return Section("Enforcement", [desk.prose.write("paragraph")])


def _cbdc(desk: Desk) -> Section:
    return Section("CBDC", [table({"Status": desk.dice.pick(("Launched", "Pilot", "Research", "None"))})], grows=False)


def _faq(desk: Desk, licensed: str) -> Section:
    asked = desk.dice.several(alternatives("question"), desk.dice.between(0, 3))
    blocks = [f"### Are providers licensed in {desk.place}?", f"{licensed}. {desk.prose.write('sentence')}"]
    for it in asked:
        blocks += [f"### {it} {desk.place}?", desk.prose.write("paragraph")]
    return Section("FAQ", blocks)
