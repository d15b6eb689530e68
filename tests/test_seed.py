"""The user's own page, inside a copy of the corpus, against what an expert flags in it.

The page and the expert's list (`defects.md`) are not part of this repository; where their folder is absent, the tests
are skipped and say so.
"""

import shutil
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from checking import check
from reglint.engine import Run
from reglint.text import Text

ROOT = Path(__file__).parent.parent
SEED = ROOT.parent / "shared/seed/country--kazakhstan.md"
PAGE = "corpus/country--kazakhstan.md"
LINK_TARGETS = ["domain--central-asia", "entity--kzt", "entity--afsa"]

pytestmark = pytest.mark.skipif(not SEED.exists(), reason=f"the user's page is not here: {SEED}")


def by_place(run: Run, path: str, text: Text) -> Mapping[str, set[str]]:
    """Rule names by `line:column`, of one file."""
    found: dict[str, set[str]] = defaultdict(set)
    for it in run.diagnostics:
        if it.path == path:
            place = text.position(it.span.start)
            found[f"{place.line}:{place.column}"].add(it.rule)
    return found


def copy(root: Path) -> Path:
    """Make *root* a copy of the corpus with the user's page in the place of ours."""
    for name in ("corpus", "schemas"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "reglint.toml", root)
    (root / PAGE).write_bytes(SEED.read_bytes())
    return root


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return copy(tmp_path)


@pytest.fixture
def seed() -> Text:
    return Text.decode(PAGE, SEED.read_bytes())


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, set[str]]:
    """What is found on the page, by place."""
    return by_place(check(copy(tmp_path_factory.mktemp("seed"))), PAGE, Text.decode(PAGE, SEED.read_bytes()))


ROWS = {
    "1 updated before created": ("created-after-updated", "8:10"),
    "2 unescaped pipe": ("unescaped-pipe", "30:34"),
    "3 unescaped pipe": ("unescaped-pipe", "31:27"),
    "4 unescaped pipe": ("unescaped-pipe", "47:29"),
    "5 compile_into names the page itself": ("self-link", "9:17"),
    "8 last reviewed against updated": ("date-disagrees", "129:87"),
    "9 source named by its URL": ("url-as-name", "11:11 14:11"),
    "11 data source that is not listed": ("unlisted-source", "129:15"),
    "14 data in a heading": ("data-in-heading", "107:1"),
    "15 status outside of the vocabulary": ("value-not-allowed", "66:13 72:13 78:13"),
    "15 one datum in two syntaxes": ("mixed-field-syntax", "66:13 72:13 78:13"),
    "16 placeholder in a stable page": ("placeholder-text", "105:1"),
    "17 level without information": ("value-not-allowed", "29:23"),
    "18 answer copied from the summary": ("repeated-text", "113:1"),
    "19 enum token in prose": ("machine-value", "117:38"),
    "20 machine values in cells": ("value-not-allowed", "62:17 100:22"),
    "21 one scale, several vocabularies": ("value-not-allowed", "49:10 96:15 99:22 101:20 88:20"),
    "22 tag in snake_case": ("pattern-mismatch", "5:29"),
    "32 no rate in the column of rates": ("malformed-percentage", "39:19"),
}


@pytest.mark.parametrize(("rule", "places"), ROWS.values(), ids=ROWS)
def test_row_is_found_at_its_place(found: Mapping[str, set[str]], rule: str, places: str) -> None:
    assert [it for it in places.split() if rule not in found.get(it, ())] == []


SILENT = {
    "25 aliases are right": ["6:11", "6:17", "6:24", "19:15"],
    "26 KZT is Kazakhstan's currency": ["31:14"],
    "27 the score fits its band": ["28:16", "28:23"],
    "44 a thematic break is no front matter": ["127:1"],
    "45 answers agree with the tables": ["46:14", "121:1", "59:18", "125:1"],
}


@pytest.mark.parametrize("places", SILENT.values(), ids=SILENT)
def test_row_stays_silent(found: Mapping[str, set[str]], places: list[str]) -> None:
    assert [it for it in places if found.get(it)] == []
    assert not any("conflicting-facts" in rules for rules in found.values())


def test_nothing_else_is_reported(found: Mapping[str, set[str]]) -> None:
    """Every finding on the page belongs to a row of the expert's list."""
    due = {(rule, place) for rule, places in ROWS.values() for place in places.split()}
    due.add(("unknown-section", "107:4"))  # row 14 as the schema sees it
    reported = {(rule, place) for place, rules in found.items() for rule in rules}

    assert reported - due == set()


@pytest.mark.parametrize("target", LINK_TARGETS)
def test_row_6_each_target_has_to_exist(corpus: Path, seed: Text, target: str) -> None:
    """Take one target away: exactly the link to it is broken."""
    place = {"domain--central-asia": "30:12", "entity--kzt": "31:14", "entity--afsa": "47:15"}[target]
    (corpus / f"corpus/{target}.md").unlink()
    found = by_place(check(corpus), PAGE, seed)

    assert [it for it, rules in found.items() if "broken-link" in rules] == [place]


def test_row_6_under_another_name_the_page_s_link_to_itself_is_broken(corpus: Path, seed: Text) -> None:
    (corpus / PAGE).rename(corpus / "corpus/country--other.md")
    found = by_place(check(corpus), "corpus/country--other.md", seed)

    assert "broken-link" in found["9:17"]


def test_row_6_each_target_has_to_be_of_the_type_that_the_schema_asks_for(corpus: Path, seed: Text) -> None:
    page = corpus / "corpus/domain--central-asia.md"
    page.write_text(page.read_text(encoding="utf-8").replace("type: domain", "type: entity"), encoding="utf-8")
    found = by_place(check(corpus), PAGE, seed)

    assert "wrong-link-type" in found["30:12"]


def test_alone_the_page_lacks_every_other_document(tmp_path: Path, seed: Text) -> None:
    (tmp_path / "country--kazakhstan.md").write_bytes(SEED.read_bytes())
    found = by_place(check(tmp_path), "country--kazakhstan.md", seed)

    assert [it for it, rules in found.items() if "broken-link" in rules] == ["30:12", "31:14", "47:15"]
    assert "created-after-updated" in found["8:10"]
