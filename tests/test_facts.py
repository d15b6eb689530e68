"""One fact, two places: whoever changes one of them alone is told of exactly that, with both places.

Each case is a page of the corpus, one edit, and all that is found then: `page line:column rule -> the other place`.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, reduce
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest

from examples import TODAY
from reglint import workspace
from reglint.diagnostic import Diagnostic
from reglint.document import document_name
from reglint.engine import Checked, Engine
from reglint.syntax.tree import Json
from reglint.text import Text

ROOT = Path(__file__).parent.parent
KZ = "country--kazakhstan"


class Base(NamedTuple):
    """The corpus as it is: every text, and what is found in each document by itself."""

    engine: Engine
    texts: dict[str, Text]
    checked: dict[str, Checked]
    files: tuple[str, ...]


@cache
def base() -> Base:
    space = workspace.load([str(ROOT)])
    found = space.files()
    engine = space.engine(TODAY)
    texts = {it.path: it for it in space.read(found.documents).texts}
    return Base(engine, texts, {path: engine.check_document(it) for path, it in texts.items()}, tuple(found.others))


def place(path: str, offset: int, texts: dict[str, Text]) -> str:
    at = texts[path].position(offset)
    return f"{document_name(path)} {at.line}:{at.column}"


def told(it: Diagnostic, texts: dict[str, Text]) -> str:
    """The finding with its place and, unless the schema alone is a second one, the other place."""
    notes = [note for note in it.finding.notes if note.path in texts]
    others = [place(note.path, note.span.start, texts) for note in notes]
    return " -> ".join([f"{place(it.path, it.span.start, texts)} {it.rule}", *others])


def found(*changed: Text) -> list[str]:
    """All that is found in the corpus with some texts in the place of its own."""
    here = base()
    texts = here.texts | {it.path: it for it in changed}
    checked = here.checked | {it.path: here.engine.check_document(it) for it in changed}
    corpus = here.engine.corpus((it.facts for it in checked.values()), here.files)
    reduced, crashes = here.engine.check_corpus(corpus)
    assert crashes == []
    return [told(it, texts) for it in sorted([*(it for each in checked.values() for it in each.diagnostics), *reduced])]


def edited(text: Text, old: str, new: str) -> Text:
    assert text.content.count(old) == 1, f"`{old}` stands {text.content.count(old)} times in {text.path}"
    return Text(text.path, text.content.replace(old, new))


def read(page: str) -> Text:
    return base().texts[f"corpus/{page}.md"]


class Case(NamedTuple):
    """One edit of a page, and all that it makes wrong."""

    page: str
    old: str
    new: str
    found: Sequence[str]


# Answers against the tables.
ANSWERS = {
    "legal by the answer, banned by the table": Case(KZ, "| Status | Legal |", "| Status | Banned |", ["country--kazakhstan 165:1 conflicting-facts -> country--kazakhstan 42:12"]),
    "an answer without limits, restricted by the table": Case("country--japan", "| Status | Legal |", "| Status | Restricted |", ["country--japan 126:1 conflicting-facts -> country--japan 45:12"]),
    "a plain yes, unclear by the table": Case("country--germany", "| Status | Legal |", "| Status | Unclear |", ["country--germany 132:1 conflicting-facts -> country--germany 45:12"]),
    "not legal by the answer, legal by the table": Case("country--china", "| Status | Banned |\n| Enf", "| Status | Legal |\n| Enf", ["country--china 109:1 conflicting-facts -> country--china 39:12"]),
    "the answer says no": Case(KZ, "Yes, as property that", "No, as property that", ["country--kazakhstan 165:1 conflicting-facts -> country--kazakhstan 42:12"]),
    "the answer says that it is illegal, restricted by the table": Case("country--uzbekistan", "Trading through a licensed domestic provider is legal. Paying", "It is illegal. Paying", ["country--uzbekistan 103:1 conflicting-facts -> country--uzbekistan 36:12"]),
    "the status in the table, against the row above and the answer": Case(KZ, "| FATF Status | Regional body member |", "| FATF Status | FATF member |", ["country--kazakhstan 95:17 conflicting-facts -> country--kazakhstan 94:17", "country--kazakhstan 169:1 conflicting-facts -> country--kazakhstan 95:17"]),
    "the answer makes it a member": Case(KZ, "Kazakhstan is not a member of the FATF itself.", "Kazakhstan is a full member of the FATF.", ["country--kazakhstan 169:1 conflicting-facts -> country--kazakhstan 95:17"]),
    "the answer makes it no member": Case("country--germany", "Germany is a full member.", "Germany is not a member of the FATF.", ["country--germany 136:1 conflicting-facts -> country--germany 78:17"]),
    "the answer says that it belongs to the FATF": Case("country--uzbekistan", "The country takes part in the global network through the Eurasian Group and has no seat of its own in the FATF.", "The country belongs to the FATF since 2020.", ["country--uzbekistan 107:1 conflicting-facts -> country--uzbekistan 68:17"]),
    "a licence in the answer, none by the table": Case(KZ, "| Required | Yes |", "| Required | No |", ["country--kazakhstan 173:1 conflicting-facts -> country--kazakhstan 71:14"]),
    "no licence by the table, one in the answer": Case("country--china", "No. The activity is prohibited", "Yes. The activity is prohibited", ["country--china 117:1 conflicting-facts -> country--china 50:14"]),
    "a part by the table, all in the answer": Case("country--switzerland", "Partly. Some activities", "Yes. Some activities", ["country--switzerland 127:1 conflicting-facts -> country--switzerland 59:14"]),
    "duties in the answer, none by the table": Case(KZ, "| KYC Required | Yes |", "| KYC Required | No |", ["country--kazakhstan 177:1 conflicting-facts -> country--kazakhstan 92:18"]),
    "duties in the answer, unknown by the table": Case(KZ, "| KYC Required | Yes |", "| KYC Required | Unknown |", ["country--kazakhstan 177:1 conflicting-facts -> country--kazakhstan 92:18"]),
    "no duties in the answer": Case("country--japan", "Verification at the opening", "No, not even at the opening", ["country--japan 138:1 conflicting-facts -> country--japan 76:18"]),
    "a question about another country": Case(KZ, "legal in Kazakhstan?", "legal in Uzbekistan?", ["country--kazakhstan 163:32 conflicting-facts -> country--kazakhstan 34:3"]),
}  # fmt: skip

# The sources of the footer against those of the front matter.
SOURCES = {
    "a source in the front matter only": Case(KZ, "- [Law on Digital Assets (Adilet)](https://adilet.zan.kz/eng/docs/Z2300000193)\n", "", ["country--kazakhstan 21:10 sources-disagree -> country--kazakhstan 183:1"]),
    "a source in the footer only": Case(KZ, '  - name: "Law on Digital Assets (Adilet)"\n    url: "https://adilet.zan.kz/eng/docs/Z2300000193"\n    type: official\n', "", ["country--kazakhstan 185:3 sources-disagree -> country--kazakhstan 10:1"]),
    "another name in the footer": Case(KZ, "- [Eurasian Group (EAG)]", "- [EAG]", ["country--kazakhstan 189:4 conflicting-facts -> country--kazakhstan 23:11"]),
    "another name in the front matter": Case("country--germany", '- name: "Deutsche Bundesbank"', '- name: "Bundesbank"', ["country--germany 153:4 conflicting-facts -> country--germany 14:11"]),
    "another address in the footer": Case(KZ, "(https://adilet.zan.kz/eng/docs/Z2300000193)", "(https://adilet.zan.kz/eng/docs/Z2300000194)", ["country--kazakhstan 188:3 sources-disagree -> country--kazakhstan 21:10"]),
    "another address in the front matter": Case(KZ, '"https://eurasiangroup.org/"', '"https://eurasiangroup.org/members"', ["country--kazakhstan 189:3 sources-disagree -> country--kazakhstan 24:10"]),
    "the same page, spelt differently": Case(KZ, "(https://eurasiangroup.org/)", "(https://www.eurasiangroup.org)", ["country--kazakhstan 189:26 conflicting-facts -> country--kazakhstan 24:10"]),
    "the name of another source": Case("entity--kzt", "[National Bank of Kazakhstan](https://nationalbank.kz/)", "[ISO 4217, currency codes](https://nationalbank.kz/)", ["entity--kzt 46:4 conflicting-facts -> entity--kzt 11:11"]),
}  # fmt: skip

# `Last reviewed` against the dates.
REVIEWS = {
    "reviewed after the last update": Case(KZ, "Last reviewed: 2026-11-22", "Last reviewed: 2026-11-23", ["country--kazakhstan 181:17 date-disagrees -> country--kazakhstan 8:10"]),
    "reviewed before it was created": Case(KZ, "Last reviewed: 2026-11-22", "Last reviewed: 2026-04-01", ["country--kazakhstan 181:17 date-disagrees -> country--kazakhstan 7:10"]),
    "updated before the review": Case(KZ, "updated: 2026-11-22", "updated: 2026-11-21", ["country--kazakhstan 181:17 date-disagrees -> country--kazakhstan 8:10"]),
    "updated before it was created, too": Case("entity--kzt", "updated: 2026-11-22", "updated: 2026-11-21", ["entity--kzt 8:10 created-after-updated -> entity--kzt 7:10", "entity--kzt 42:17 date-disagrees -> entity--kzt 8:10"]),
    "reviewed before it was created, on an entity": Case("entity--kzt", "Last reviewed: 2026-11-22", "Last reviewed: 2025-11-21", ["entity--kzt 42:17 date-disagrees -> entity--kzt 7:10"]),
}  # fmt: skip

# Region and currency against their pages.
PAGES = {
    "another region": Case(KZ, "[[domain--central-asia\\|Central Asia]]", "[[domain--europe\\|Europe]]", ["country--kazakhstan 45:12 missing-backlink -> domain--europe 25:3", "domain--central-asia 32:3 missing-backlink -> country--kazakhstan 34:3"]),
    "the region drops the country": Case("domain--central-asia", "- [[country--kazakhstan|Kazakhstan]]: licences of a financial centre and of the National Bank, mining, the digital tenge\n", "", ["country--kazakhstan 45:12 missing-backlink -> domain--central-asia 22:3"]),
    "the region lists a country of another one": Case("domain--central-asia", "- [[country--uzbekistan|Uzbekistan]]", "- [[country--japan|Japan]]: too\n- [[country--uzbekistan|Uzbekistan]]", ["domain--central-asia 33:3 missing-backlink -> country--japan 37:3"]),
    "the code of another currency": Case(KZ, "[[entity--kzt\\|KZT]]", "[[entity--kzt\\|UZS]]", ["country--kazakhstan 46:14 conflicting-facts-elsewhere -> entity--kzt 29:14", "country--kazakhstan 46:29 row-disagrees -> country--kazakhstan 34:3"]),
    "another currency": Case(KZ, "[[entity--kzt\\|KZT]]", "[[entity--uzs\\|UZS]]", ["country--kazakhstan 46:14 missing-backlink -> entity--uzs 19:3", "country--kazakhstan 46:29 row-disagrees -> country--kazakhstan 34:3", "entity--kzt 28:13 missing-backlink -> country--kazakhstan 34:3"]),
    "an entity that is no currency": Case(KZ, "[[entity--kzt\\|KZT]]", "[[entity--nbk\\|KZT]]", ["entity--kzt 28:13 missing-backlink -> country--kazakhstan 34:3"]),
    "the currency changes its country": Case("entity--kzt", "[[country--kazakhstan\\|Kazakhstan]]", "[[country--uzbekistan\\|Uzbekistan]]", ["country--kazakhstan 46:14 missing-backlink -> entity--kzt 19:3", "entity--kzt 28:13 missing-backlink -> country--uzbekistan 28:3"]),
    "the currency changes its code": Case("entity--kzt", "| ISO Code | KZT |", "| ISO Code | KGS |", ["country--kazakhstan 46:14 conflicting-facts-elsewhere -> entity--kzt 29:14"]),
    "a shared currency drops the country": Case("entity--eur", "- [[country--germany|Germany]]\n", "", ["country--germany 47:14 missing-backlink -> entity--eur 19:3"]),
    "another shared currency": Case("country--el-salvador", "[[entity--usd\\|USD]]", "[[entity--eur\\|EUR]]", ["country--el-salvador 38:14 missing-backlink -> entity--eur 19:3", "country--el-salvador 38:29 row-disagrees -> country--el-salvador 28:3"]),
}  # fmt: skip

# The codes of ISO 3166-1 and ISO 4217 against the country.
CODES = {
    "the code in the title": Case(KZ, "Kazakhstan (KZ)", "Kazakhstan (KG)", ["country--kazakhstan 34:15 row-disagrees -> country--kazakhstan 34:3"]),
    "a code of no country in the title": Case(KZ, "Kazakhstan (KZ)", "Kazakhstan (XX)", ["country--kazakhstan 34:15 unlisted-value"]),
    "the alias of two letters": Case(KZ, '"KZ", "KAZ"', '"KG", "KAZ"', ["country--kazakhstan 6:11 row-disagrees -> country--kazakhstan 34:3"]),
    "the alias of three letters": Case(KZ, '"KZ", "KAZ"', '"KZ", "KGZ"', ["country--kazakhstan 6:17 row-disagrees -> country--kazakhstan 34:3"]),
    "the code of another country besides": Case("country--united-kingdom", '"GB", "GBR"', '"GB", "GBR", "UA"', ["country--united-kingdom 6:24 row-disagrees -> country--united-kingdom 37:3"]),
    "the country in the title": Case(KZ, "# Kazakhstan (KZ)", "# Kyrgyzstan (KZ)", ["country--kazakhstan 6:11 row-disagrees -> country--kazakhstan 34:3", "country--kazakhstan 6:17 row-disagrees -> country--kazakhstan 34:3", "country--kazakhstan 34:15 row-disagrees -> country--kazakhstan 34:3", "country--kazakhstan 46:29 row-disagrees -> country--kazakhstan 34:3", "country--kazakhstan 163:32 conflicting-facts -> country--kazakhstan 34:3", "country--kazakhstan 167:32 conflicting-facts -> country--kazakhstan 34:3", "country--kazakhstan 171:27 conflicting-facts -> country--kazakhstan 34:3", "country--kazakhstan 175:35 conflicting-facts -> country--kazakhstan 34:3"]),
    "no code of two letters": Case(KZ, '"KZ", "KAZ"', '"KAZ"', ["country--kazakhstan 6:10 missing-item"]),
}  # fmt: skip

# What stands only once.
ONCE = {
    "an alias of another page": Case("entity--kzt", '"Tenge"', '"KAZ"', ["entity--kzt 6:18 duplicate-value -> country--kazakhstan 6:17"]),
    "an alias twice": Case("entity--kzt", '"Tenge"', '"KZT"', ["entity--kzt 6:18 duplicate-value -> entity--kzt 6:11"]),
    "the code of another currency, on its page": Case("entity--uzs", "| ISO Code | UZS |", "| ISO Code | KZT |", ["country--uzbekistan 38:14 conflicting-facts-elsewhere -> entity--uzs 29:14", "entity--uzs 29:14 duplicate-value -> entity--kzt 29:14"]),
    "the website of another entity": Case("entity--snb", "https://www.snb.ch/ |", "https://www.finma.ch/en/ |", ["entity--snb 27:13 duplicate-value -> entity--finma 27:13"]),
    "the address of another source": Case(KZ, 'url: "https://afsa.aifc.kz/"', 'url: "https://orderly.myafsa.com/"', ["country--kazakhstan 15:10 duplicate-source -> country--kazakhstan 12:10", "country--kazakhstan 15:10 duplicate-value -> country--kazakhstan 12:10", "country--kazakhstan 185:3 sources-disagree -> country--kazakhstan 12:10"]),
}  # fmt: skip

# What makes a page wrong in many ways at once, line for line, and leaves its facts alone.
FLAWS = {
    '"central-asia", "eag"': '"central_asia", "eag"',
    'updated: 2026-11-22\ncompile_into: ["[[domain--central-asia]]"': f'updated: 2026-04-01\ncompile_into: ["[[{KZ}]]"',
    '- name: "Astana Financial Services Authority"': '- name: "https://afsa.aifc.kz/"',
    "- [Astana Financial Services Authority](": "- [https://afsa.aifc.kz/](",
    "25/100 (Low Risk)": "25/100 (low)",
    "[[domain--central-asia\\|Central Asia]]": "[[domain--central-asia|central asia]]",
    "[[entity--kzt\\|KZT]]": "[[entity--kzt|KZT]]",
    "[[entity--afsa\\|AFSA]]": "[[entity--afsa|AFSA]]",
    "| VAT on Crypto | Exempt |": "| VAT on Crypto | None of it |",
    "| Ease | Moderate |": "| Ease | medium |",
    "| Field | Value |\n| --- | --- |\n| Status | Partly regulated |": "**Status:** partly\n\n",
    "| Infrastructure | Moderate |": "| Infrastructure | partly_there |",
    "## CBDC\n": "## CBDC Status: launched\n",
    "*Last reviewed: 2026-11-22.*": "*Data source: [Another map](https://example.org/map). Last reviewed: 2026-11-22.*",
}  # fmt: skip

# What is right on such a page, made wrong.
ROWS = {
    "the answer on licences": Case(KZ, "Yes. Virtual asset", "No. Virtual asset", ["country--kazakhstan 173:1 conflicting-facts -> country--kazakhstan 71:14"]),
    "the table on licences": Case(KZ, "| Required | Yes |", "| Required | No |", ["country--kazakhstan 173:1 conflicting-facts -> country--kazakhstan 71:14"]),
    "the answer on KYC": Case(KZ, "Providers identify their customers", "No, providers need not identify their customers", ["country--kazakhstan 177:1 conflicting-facts -> country--kazakhstan 92:18"]),
    "the table on KYC": Case(KZ, "| KYC Required | Yes |", "| KYC Required | No |", ["country--kazakhstan 177:1 conflicting-facts -> country--kazakhstan 92:18"]),
    "the status against the answer": Case(KZ, "| Status | Legal |", "| Status | Banned |", ["country--kazakhstan 165:1 conflicting-facts -> country--kazakhstan 42:12"]),
    "the code in the title": Case(KZ, "(KZ)", "(KG)", ["country--kazakhstan 34:15 row-disagrees -> country--kazakhstan 34:3"]),
    "the alias of three letters": Case(KZ, '"KAZ"', '"KGZ"', ["country--kazakhstan 6:17 row-disagrees -> country--kazakhstan 34:3"]),
    "the name of a source": Case(KZ, "- [https://afsa.aifc.kz/](", "- [AFSA](", ["country--kazakhstan 185:4 conflicting-facts -> country--kazakhstan 11:11"]),
    "the address of a source": Case(KZ, "](https://afsa.aifc.kz/)", "](https://nationalbank.kz)", ["country--kazakhstan 185:3 sources-disagree -> country--kazakhstan 12:10"]),
    "the currency": Case(KZ, "[[entity--kzt|KZT]]", "[[entity--uzs|UZS]]", ["country--kazakhstan 46:14 missing-backlink -> entity--uzs 19:3", "country--kazakhstan 46:28 row-disagrees -> country--kazakhstan 34:3", "entity--kzt 28:13 missing-backlink -> country--kazakhstan 34:3"]),
    "a question about another country": Case(KZ, "licensed in Kazakhstan", "licensed in Uzbekistan", ["country--kazakhstan 171:27 conflicting-facts -> country--kazakhstan 34:3"]),
}  # fmt: skip
CHANGED = ANSWERS | SOURCES | REVIEWS | PAGES | CODES | ONCE

# Edits that leave the facts alone.
SILENT = {
    "a yes in bold": (KZ, "Yes, as property", "**Yes**, as property"),
    "no law against it": (KZ, "Yes, as property", "No law forbids it as property"),
    "no legal tender": (KZ, "Yes, as property that is bought", "It is not legal tender, but is bought"),
    "paying is banned": ("country--germany", "Yes. Holding", "Paying with it is banned in shops. Holding"),
    "yes within limits": ("country--uzbekistan", "Trading through a licensed", "Yes, though only through a licensed"),
    "nothing but possession": ("country--china", "Business with it is not.", "No. Business with it is not."),
    "a member of the regional body": (KZ, "Kazakhstan is not a member of the FATF itself.", "Kazakhstan is a member of the regional body."),
    "a member of both": ("country--germany", "Germany is a full member.", "Germany is not in a regional body, but a member."),
    "a licence in bold": (KZ, "Yes. Virtual asset", "**Yes.** Virtual asset"),
    "a question with an article": (KZ, "VASPs licensed in Kazakhstan?", "VASPs licensed in the Kazakhstan?"),
    "a review before the last update": (KZ, "Last reviewed: 2026-11-22", "Last reviewed: 2026-06-01"),
    "a link that shows no code": (KZ, "[[entity--kzt\\|KZT]]", "[[entity--kzt]]"),
    "an abbreviation that is no code": ("country--united-kingdom", '"GB", "GBR"', '"UK", "GB", "GBR"'),
    "the region in other words": (KZ, "\\|Central Asia]]", "\\|the centre of Asia]]"),
    "a subject lists any country": ("domain--mining", "- [[country--china|China]]", "- [[country--japan|Japan]]: none\n- [[country--china|China]]"),
}  # fmt: skip


def test_the_corpus_agrees_with_itself() -> None:
    assert found() == []


@pytest.mark.parametrize("case", CHANGED.values(), ids=CHANGED)
def test_one_edit_is_found_with_both_places_and_nothing_else(case: Case) -> None:
    assert found(edited(read(case.page), case.old, case.new)) == case.found


@pytest.mark.parametrize(("page", "old", "new"), SILENT.values(), ids=SILENT)
def test_other_words_for_the_same_facts_are_no_finding(page: str, old: str, new: str) -> None:
    assert found(edited(read(page), old, new)) == []


def flawed() -> Text:
    return reduce(lambda text, it: edited(text, *it), FLAWS.items(), read(KZ))


def test_a_page_with_many_flaws_is_told_of_them() -> None:
    assert Counter(it.split()[2] for it in found(flawed())) == {
        "created-after-updated": 1,
        "date-disagrees": 1,
        "malformed-percentage": 1,
        "malformed-score": 1,
        "mixed-field-syntax": 1,
        "pattern-mismatch": 1,
        "self-link": 1,
        "unescaped-pipe": 3,
        "unknown-section": 1,
        "unlisted-source": 1,
        "url-as-name": 1,
        "value-not-allowed": 3,
    }


@pytest.mark.parametrize("case", ROWS.values(), ids=ROWS)
def test_one_edit_of_a_page_with_many_flaws_adds_exactly_these_findings(case: Case) -> None:
    before, after = Counter(found(flawed())), Counter(found(edited(flawed(), case.old, case.new)))

    assert sorted((after - before).elements()) == sorted(case.found)
    assert before - after == Counter()


@pytest.mark.parametrize("case", [*CHANGED.values(), *ROWS.values()], ids=[*CHANGED, *ROWS])
def test_whatever_contradicts_something_shows_it(case: Case) -> None:
    """A value that is in no list, or not there at all, has no other place."""
    alone = {"unlisted-value", "missing-item"}

    assert [it for it in case.found if " -> " not in it and it.split()[2] not in alone] == []


def agreements(schema: Json) -> Iterator[Mapping[str, Json]]:
    """Every `agrees` of a schema that maps what stands over there."""
    if isinstance(schema, dict):
        if "as" in schema.get("agrees", {}):
            yield schema["agrees"]
        yield from (found for it in schema.values() for found in agreements(it))


def test_every_answer_is_held_against_every_value_that_the_table_may_have() -> None:
    country = json.loads((ROOT / "schemas/country.schema.json").read_text(encoding="utf-8"))
    common = json.loads((ROOT / "schemas/common.schema.json").read_text(encoding="utf-8"))["$defs"]
    parts = {"Overview": "overview", "AML / KYC": "aml", "Licensing": "licensing"}
    maps = list(agreements(country))

    assert len(maps) == 5
    for it in maps:
        section, name = it["with"].replace("~1", "/").removeprefix("/sections/").split("/fields/")
        field = country["$defs"][parts[section]]["properties"][name]
        allowed = field.get("enum") or common[field["$ref"].rpartition("/")[2]]["enum"]
        assert set(it["as"]) == set(allowed), it["with"]


def table(name: str) -> list[dict[str, str]]:
    with (ROOT / f"schemas/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(name: str) -> set[str]:
    return set(files("reglint").joinpath("data", f"{name}.txt").read_text("ascii").split())


def test_the_tables_have_the_codes_of_the_standards() -> None:
    countries, currencies = table("countries"), table("currencies")
    pairs = {(it["alpha-2"], it["alpha-3"]) for it in countries}

    assert {it for it, _ in pairs} == codes("iso-3166-1-alpha-2")
    assert {it for _, it in pairs} == codes("iso-3166-1-alpha-3")
    assert len(pairs) == len(codes("iso-3166-1-alpha-2"))
    assert {it["currency"] for it in currencies} < codes("iso-4217")
    assert {it["country"] for it in currencies} < {it["name"] for it in countries}


def test_a_name_is_that_of_one_country() -> None:
    names = [it["name"] for it in table("countries")]

    assert sorted(names) == sorted(set(names))
