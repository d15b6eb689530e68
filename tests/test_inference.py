"""Schemas drafted from documents: none of them fails, and what people get wrong is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Files, Run, Write
from examples import TODAY
from reglint import configfile, project
from reglint.config import Config
from reglint.corpus import Corpus
from reglint.diagnostic import Diagnostic
from reglint.document import Document, parse
from reglint.engine import Engine
from reglint.inference import configuration, kinds
from reglint.inference.drafts import Draft, Typed, drafts
from reglint.inference.refusals import of_schemas
from reglint.project import Project
from reglint.text import Text
from strategies import documents

ROOT = Path(__file__).parent.parent


def inferred(texts: Sequence[Text], config: Config | None = None) -> list[Draft]:
    """The drafts of all types."""
    config = config or Config()
    typed = [Typed(it, kinds.type_of(it, config)) for it in map(parse, texts)]
    chosen = {it.type for it in typed if it.type}
    return list(drafts(typed, [], config, chosen, chosen))


def judged_by(schemas: Sequence[Draft | Text], settled: str = "") -> Project:
    """A project with these schemas, in which nothing is wrong."""
    texts = [Text(it.path, it.content) for it in schemas]
    loaded = project.load(Text("reglint.toml", settled), texts)
    assert [it.message for _, it in loaded.errors] == []
    return loaded


def refused(loaded: Project, texts: Sequence[Text]) -> list[Diagnostic]:
    """What the schemas find."""
    run = Engine(loaded.config, loaded.library, TODAY).lint(texts)
    assert run.unchecked == ()
    return list(of_schemas(run.diagnostics, loaded.library.sources))


@cache
def own(folder: str) -> tuple[Text, ...]:
    """The files of a folder of this repository."""
    return tuple(Text.decode(f"{folder}/{it.name}", it.read_bytes()) for it in sorted((ROOT / folder).iterdir()))


class Seeded:
    """The repository's corpus under some schemas, into which defects can be put one by one."""

    def __init__(self, schemas: Sequence[Draft | Text]) -> None:
        self._loaded = judged_by(schemas)
        self._engine = Engine(self._loaded.config, self._loaded.library, TODAY)
        checked = [self._engine.check_document(it) for it in own("corpus")]
        self._corpus = Corpus.of(it.facts for it in checked)
        self.before = self._found([it for each in checked for it in each.diagnostics], self._corpus)

    def _found(self, diagnostics: Sequence[Diagnostic], corpus: Corpus) -> set[tuple[str, str, str]]:
        both = [*diagnostics, *self._engine.check_corpus(corpus)[0]]
        return {(it.path, it.rule, it.message) for it in of_schemas(both, self._loaded.library.sources)}

    def after(self, name: str, text: str, replacement: str) -> set[tuple[str, str, str]]:
        """What is found only with the defect."""
        [page] = [it for it in own("corpus") if it.path == f"corpus/{name}.md"]
        assert page.content.count(text) == 1
        checked = self._engine.check_document(Text(page.path, page.content.replace(text, replacement)))
        return self._found(checked.diagnostics, self._corpus.replace(checked.facts)) - self.before


DEFECTS = {
    "a misspelt key": ("country--japan", "status: stable", "staus: stable"),
    "a missing key": ("domain--taxation", "updated: 2026-11-22\n", ""),
    "a list in the place of a text": ("entity--fatf", "domain: crypto-regulation", "domain: [crypto-regulation]"),
    "a day that does not exist": ("domain--mining", "created: 2026-11-22", "created: 2026-02-30"),
    "an empty list": ("entity--oecd", 'tags: ["standard-setter", "tax"]', "tags: []"),
    "a tag that is no slug": ("country--uzbekistan", '"central-asia"', '"Central Asia"'),
    "the alias of another page": ("entity--fca", 'aliases: ["FCA"]', 'aliases: ["FCA", "BaFin"]'),
    "a URL without its scheme": ("entity--bafin", 'url: "https://www.bafin.de/"', 'url: "www.bafin.de"'),
    "a source of an unknown kind": ("country--japan", '/cpi/2024"\n    type: secondary', '/cpi/2024"\n    type: blog'),
    "a status that is misspelt": ("country--germany", "| Status | Legal |", "| Status | Leagl |"),
    "a label of another band": ("country--kazakhstan", "25/100 (Low Risk)", "82/100 (Low Risk)"),
    "a share of more than all": ("country--kazakhstan", "| Renewable Energy | 12% |", "| Renewable Energy | 104.5% |"),
    "a price a hundred times too high": ("country--kazakhstan", "$0.042/kWh", "$4.2/kWh"),
    "a link to a page of another type": ("country--japan", r"[[domain--east-asia\|East Asia]]", r"[[entity--jpy\|JPY]]"),
    "a currency that does not exist": ("entity--aed", "| ISO Code | AED |", "| ISO Code | UAD |"),
    "a missing field": ("entity--bafin", "| Kind | Regulator |\n", ""),
    "an unknown field": ("country--singapore", "| KYC Required | Yes |", "| KYC Required | Yes |\n| Audits | Yearly |"),
    "a missing section": ("entity--aed", "## Related\n\n- [[entity--cbuae|Central Bank of the UAE]]\n", ""),
    "an unknown section": ("country--china", "## FAQ\n", "## Trivia\n\nNone.\n\n## FAQ\n"),
    "sections in another order": ("entity--eag", "## Role\n", "## Related\n\n- [[entity--fatf|FATF]]\n\n## Role\n"),
}  # fmt: skip


@pytest.fixture(scope="module")
def by_hand() -> Seeded:
    return Seeded(own("schemas"))


@pytest.fixture(scope="module")
def by_inference() -> Seeded:
    return Seeded(inferred(own("corpus")))


@pytest.mark.parametrize("defect", DEFECTS.values(), ids=DEFECTS)
def test_each_defect_is_refused_by_the_schemas_that_people_wrote(by_hand: Seeded, defect: tuple[str, str, str]) -> None:
    assert by_hand.after(*defect)


def test_the_drafts_of_the_own_corpus_refuse_no_document_and_most_defects(by_inference: Seeded) -> None:
    """What they let pass stands in a field that only one page has, of which nothing can be learnt."""
    passed = {name for name, it in DEFECTS.items() if not by_inference.after(*it)}

    assert by_inference.before == set()
    assert len(DEFECTS) - len(passed) >= 14
    assert passed == {"a label of another band", "a share of more than all", "a price a hundred times too high"}


LIKE = [
    ["Low", "High", "Unknown"], ["Yes"], ["2026-01-02", "2025-12-31", "2026-01-01"], ["1999", "2026", "2001"], ["10%", "99.5%", "0%"],
    ["5% of it", "7% or so"], ["3/10", "7/10", "10/10"], ["9/10 (High)", "2/10 (Low)", "8/10 (High)"], ["3 months", "5-6 months", "1 month"],
    ["$5", "$1,000"], ["KZ", "JP", "DE", "FR", "US", "GB", "CH", "CN", "AE"], ["KZT", "JPY", "EUR"], ["https://e.org/a", "https://e.org/b"],
    ["[[a]]", "[[b|B]]", "[[a#x]]"], ["[[other]]", "[[nowhere]]"], ["see [[a]]", "no"], ["a-b", "c", "d", "e-f", "g", "h", "i", "j", "k", "l", "m"],
    ["Page 1", "Page 2", "Page 33"], ["The a way", "The b way", "The c way", "The d way", "The e way", "The f way"], ["", " ", "a: b", "日本", "x" * 90],
    ["120%", "v1.2", "true", "two\nlines", "2026-02-30", "e.org", "11/10"],
]  # fmt: skip
KEYS = ["created", "updated", "tags", "kind", "of", "$id"]
HEADINGS = ["## Overview", "## Tax", "### Deeper", "## Notes"]
FIELDS = ["Status", "Rate", "Since", "Link"]
PROSE = [
    "Prose.",
    "> quote",
    "- [[a]]",
    "- [x](https://e.org/x)",
    "| a | b | c |\n|---|---|---|\n| 1 | Low | [[a]] |",
    "",
]


def values(chance: Random) -> list[Any]:
    """A few values for one place, mostly of one kind, as in a real corpus."""
    like = chance.choice(LIKE)
    word: Any = chance.choice(["Exempt", "Unknown", "", None, False, 5, []])
    mixed = [
        *like,
        None,
        True,
        5,
        1.5,
        [],
        like,
        [*like, like[0]],
        {"a": like[0], "x~y": 1},
        [{"a": it} for it in like],
    ]
    lists = [[it] for it in like] + [like[:2]]
    pairs = [{"from": it, "to": chance.choice(like)} for it in like]
    return chance.choice([like, like, [*like, word], lists, pairs, mixed, ["own"], [["own"], ["own of it", "own-x"]]])


def cell(value: Any) -> str:
    return str(value).replace("\n", " ").replace("|", "\\|")


def page(chance: Random, name: str, held: Mapping[str, list[Any]]) -> str:
    """A page whose keys and fields hold some of the values that their place has in other pages."""
    keys = [it for it in KEYS if chance.random() < 0.9]
    parts = [json.dumps({"type": "page", **{it: chance.choice(held[it]) for it in keys}}, indent=0)]
    parts += chance.choice([[], [f"# {name.title()} — Guide"]])
    for heading in [*HEADINGS, f"## What is {name} for?"]:
        rows = [(it, cell(chance.choice(held[it]))) for it in FIELDS if chance.random() < 0.8]
        table = ["| Field | Value |", "|---|---|", *(f"| {it} | {value} |" for it, value in rows)]
        parts += ["", heading, "", *chance.choice([table, []]), "", chance.choice(PROSE)] * (chance.random() < 0.8)
    return "\n".join(parts).replace("own", name)


@given(st.integers(0, 2**32), st.lists(documents(), max_size=2))
@settings(max_examples=40, deadline=None)
def test_no_document_fails_the_draft_made_from_it(seed: int, odd: list[str]) -> None:
    """Whatever they hold; the odd ones are of the type by their path, though their front matter be broken."""
    chance = Random(seed)
    held = {it: values(chance) for it in (*KEYS, *FIELDS)}
    names = [f"page-{it}" for it in "abcdefghijklmn"[: chance.choice([1, 2, 4, 8, 14])]]
    texts = [Text(f"{name}.md", page(chance, name, held)) for name in names]
    texts += [Text(f"z{i}.md", it) for i, it in enumerate(odd)]
    texts += [Text("other.md", "---\ntype: other\nkind: Low\n---\n")]
    settled = "[types.page]\nfiles = ['z*.md']"
    made = inferred(texts, project.load(Text("reglint.toml", settled), []).config)

    assert refused(judged_by(made, settled), texts) == []


def drafted(values: Sequence[Any], body: Sequence[str] = ()) -> Any:
    """The draft for documents whose front matter holds one of *values* each, or nothing for None, without comments."""
    fronts = [{"type": "page", "n": i, **({} if it == ABSENT else {"x": it})} for i, it in enumerate(values)]
    bodies = body or [""] * len(fronts)
    pairs = zip(fronts, bodies, strict=True)
    texts = [Text(f"p{i:02}.md", f"{json.dumps(front, indent=0)}\n{it}") for i, (front, it) in enumerate(pairs)]
    targets = [Text(f"{name}.md", "---\ntype: target\n---\n") for name in ("a", "b")] + [Text("loose.md", "")]
    made = {it.type: json.loads(it.content) for it in inferred([*texts, *targets])}
    return without_comments(made["page"]["properties"])


ABSENT = "(absent)"


def without_comments(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {key: without_comments(it) for key, it in schema.items() if key != "$comment"}
    return [without_comments(it) for it in schema] if isinstance(schema, list) else schema


TEXT = {"type": "string"}
PHRASES = ["one way", "another", "a third way", "the fourth", "Fifth of all", "and so on"]
SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"


@pytest.mark.parametrize(
    ("values", "schema"),
    [
        # What two documents agree in is hardly anything.
        (["2026-01-01"] * 2, TEXT),
        (["2026-01-01"] * 3, TEXT | {"format": "date"}),
        (["2026-01-01", "2026-01-02", "soon"], TEXT),
        (["2026-01-01T10:00:00Z"] * 3, TEXT | {"format": "date-time"}),
        (["2026-01"] * 3, TEXT | {"format": "year-month"}),
        (["1999", "2001", "2002", "2024", "2026"], TEXT | {"format": "year"}),
        (["8080", "4430", "9999", "3000", "5432"], TEXT | {"pattern": "^[0-9]+$"}),
        ([2001, 2002, 2003], {"type": "integer"}),
        ([1, 2.5, 3], {"type": "number"}),
        ([True, False, True], {"type": "boolean"}),
        (["2026-01-01", False, "2026-02-01", "2026-03-01"], {"type": ["string", "boolean"], "format": "date"}),
        (["a-b", "c", None, "d", "e", "f"], {"type": ["string", "null"], "pattern": SLUG}),
        (["Low", "High", None, "Low", "High", "Low"], {"type": ["string", "null"]}),
        (["https://e.org/a", "https://e.org/b", "http://e.org"], TEXT | {"format": "url"}),
        # Three letters are no code by chance, two may be.
        (["KZT", "JPY", "EUR"], TEXT | {"format": "iso-4217"}),
        (["KZ", "JP", "DE"], TEXT),
        (["KZ", "JP", "DE", "FR", "CN", "CH", "GB", "US"], TEXT | {"format": "iso-3166-1-alpha-2"}),
        # A few words that recur are a vocabulary; one that everybody uses is so only when there are many.
        (["Low", "High", "Low", "High", "Low"], TEXT | {"enum": ["Low", "High"]}),
        (["Low", "High", "Medium", "None", "Low"], TEXT | {"minLength": 1}),
        (["Low"] * 9, TEXT | {"minLength": 1}),
        (["Low"] * 10, TEXT | {"const": "Low"}),
        (["Yes"] * 5, TEXT | {"enum": ["Yes", "No"]}),
        ([""] * 5, TEXT),
        (PHRASES, TEXT | {"minLength": 1}),
        (PHRASES * 2, TEXT | {"enum": sorted(PHRASES)}),
        (["a long text of more than forty characters"] * 12, TEXT | {"minLength": 1}),
        # Scores, percentages, quantities.
        (["3/10", "7/10", "9/10"], TEXT | {"score": {"of": 10}}),
        (["3/10", "7/10", "9/100"], TEXT),
        (["10/100 (Low)", "40/100 (Mid)", "45/100 (Mid)", "90/100 (High)", "80/100 (High)"],
            TEXT | {"score": {"of": 100, "bands": {"Low": [0, 33], "Mid": [34, 66], "High": [67, 100]}}}),
        (["10/100 (Low)", "48/100 (Low)", "52/100 (High)", "90/100 (High)", "80/100 (High)"],
            TEXT | {"score": {"of": 100, "bands": {"Low": [0, 50], "High": [51, 100]}}}),
        (["10/100 (Low)", "62/100 (Low)", "75/100 (High)", "90/100 (High)", "80/100 (High)"],
            TEXT | {"score": {"of": 100, "bands": {"Low": [0, 70], "High": [71, 100]}}}),
        (["10/100 (Low)", "80/100 (Low)", "60/100 (High)", "90/100 (High)", "70/100 (High)"], TEXT | {"score": {"of": 100}}),
        (["11/10", "3/10", "4/10"], TEXT),
        (["1%", "99.5%", "3 %"], TEXT | {"percentage": {"minimum": 0, "maximum": 100}}),
        (["1% of it", "9%", "3%"], TEXT | {"percentage": {"minimum": 0, "maximum": 100, "at": "leading"}}),
        (["1%", "104%", "3%"], TEXT),
        (["3 months", "1 month", "3-6 months", "1 month", "2 months"], TEXT | {"quantity": {"units": ["months", "month"]}}),
        (["$1", "$2.50", "$1,000", "$4", "$5"], TEXT | {"quantity": {"units": ["$"]}}),
        (["v2", "v3", "v4", "v5", "v6"], TEXT | {"pattern": SLUG}),
        (["Exempt", "10%", "Exempt", "12% of it", "9%"],
            TEXT | {"anyOf": [{"percentage": {"minimum": 0, "maximum": 100, "at": "leading"}}, {"enum": ["Exempt"]}]}),
        # Shapes, and words around what varies.
        (["a-b", "c", "d-e", "f", "g"], TEXT | {"pattern": SLUG}),
        ([f"n-{i}" for i in range(10)], TEXT | {"pattern": SLUG, "unique": "type"}),
        ([*(f"n-{i}" for i in range(10)), "n-0"], TEXT | {"pattern": SLUG}),
        (["a-b", "c", "d-e", "f", "G"], TEXT | {"minLength": 1}),
        (["/a", "/b", "/c/d", "/e", "/f"], TEXT | {"pattern": "^(/[a-z0-9._~-]+)+/?$"}),
        (["Part 1 of 2", "Part 2 of 2", "Part 1 of 3", "Part 2 of 3", "Part 3 of 3"], TEXT | {"pattern": "^Part [0-9]+ of [0-9]+$"}),
        (["RFC-1 (draft)", "RFC-x y (draft)", "RFC-3 (draft)", "RFC-4 (draft)", "RFC-5 (draft)"], TEXT | {"pattern": r"^RFC-.+ \(draft\)$"}),
        # Links.
        (["[[a]]", "[[b|B]]", "[[a#x]]"], TEXT | {"wikilink": {"type": ["target"], "min": 1, "max": 1}}),
        (["[[a]], [[b]]", "[[b|B]]", "[[a]] and more"], TEXT | {"wikilink": {"type": ["target"], "min": 1}}),
        (["[[a]]", "[[p00]]", "[[nowhere]]"], TEXT | {"wikilink": {"type": ["page", "target"], "min": 1, "max": 1}}),
        (["[[a]]", "[[loose]]", "[[b]]"], TEXT | {"wikilink": {"min": 1, "max": 1}}),
        (["[[a]]", "[[nowhere]] or so", "[[b]]"], TEXT | {"wikilink": {"min": 1}}),
        (["see [[a]]"] * 3, TEXT),
        # Lists.
        ([["a-b"], ["c", "d"], ["e", "f"]], {"type": "array", "minItems": 1, "items": TEXT}),
        ([["q", "r"]] * 5, {"type": "array", "minItems": 1, "uniqueItems": True, "items": TEXT | {"enum": ["q", "r"]}}),
        ([["q", "q"]] * 5, {"type": "array", "minItems": 1, "items": TEXT | {"minLength": 1}}),
        ([[], ["q"], None, "q"], {"type": ["string", "array", "null"], "items": TEXT}),
        ([[f"Name {chr(65 + i)}", f"Other {i} {i}"] for i in range(5)],
            {"type": "array", "minItems": 1, "uniqueItems": True, "items": TEXT | {"minLength": 1, "unique": "corpus"}}),
        # Mappings: closed when no document brings a key of its own.
        ([{"q": 1, "r": 2}] * 4, {"type": "object", "required": ["q", "r"], "properties": {"q": {"type": "integer"}, "r": {"type": "integer"}}}),
        ([{"q": 1}] * 4 + [{"q": 1, "r": 2}], {"type": "object", "required": ["q"],
            "properties": {"q": {"type": "integer"}, "r": {"type": "integer"}}, "additionalProperties": False}),
        ([{f"k{i}": 1} for i in range(6)], {"type": "object"}),
        ([{"from": f"2026-01-0{i}", "to": f"2026-02-0{i}"} for i in range(1, 6)], {"type": "object", "required": ["from", "to"], "properties": {
            "from": TEXT | {"format": "date", "formatMaximum": {"$data": "1/to"}}, "to": TEXT | {"format": "date"}}, "additionalProperties": False}),
        ([{"from": f"2026-01-0{i}", "to": "2026-01-05"} for i in range(2, 7)], {"type": "object", "required": ["from", "to"], "properties": {
            "from": TEXT | {"format": "date"}, "to": TEXT | {"format": "date"}}, "additionalProperties": False}),
    ],
)  # fmt: skip
def test_what_is_inferred_of_values(values: Sequence[Any], schema: Any) -> None:
    assert drafted(values)["frontmatter"]["properties"]["x"] == schema


def test_what_all_documents_have_is_required() -> None:
    assert drafted(["q", "r", "s"])["frontmatter"]["required"] == ["type", "n", "x"]
    assert drafted(["q", "r", ABSENT])["frontmatter"]["required"] == ["type", "n"]


def test_front_matter_with_a_mistake_lacks_nothing() -> None:
    """What could not be read is no reason to ask for less of the others."""
    broken = Text("x.md", "---\ntype: page\nbad: [\n---\n")
    texts = [*(Text(f"p{i}.md", "---\ntype: page\nx: q\n---\n") for i in range(4)), broken]
    config = configfile.read(Text("reglint.toml", "[types.page]\nfiles = ['x.md']")).config
    [draft] = inferred(texts, config)

    assert json.loads(draft.content)["properties"]["frontmatter"]["required"] == ["type", "x"]


def section(heading: str, *lines: str) -> str:
    return "\n".join([f"## {heading}", "", *lines, ""])


@pytest.mark.parametrize(
    ("bodies", "schema"),
    [
        # One order of sections; a section that one page has more may stand anywhere until there are others.
        ([section("One") + section("Two")] * 5, {"order": ["One", "Two"], "required": ["One", "Two"], "properties": {"One": {}, "Two": {}}, "additionalProperties": False}),
        ([section("One") + section("Two")] * 4 + [section("Two") + section("One")],
            {"required": ["One", "Two"], "properties": {"One": {}, "Two": {}}, "additionalProperties": False}),
        # Headings that differ in the title alone.
        ([f"# Page {i} (x) — Guide\n" + section(f"What is the Page {i}?", "It.") for i in range(5)],
            {"patternProperties": {r"^What is .+\?$": {"required": ["text"]}}, "additionalProperties": False}),
        # One that fits the pattern as it stands is held to what all of them keep.
        ([f"# Page {i}\n" + section(f"What is Page {i}?", "It.") + section("What is it all?", *["It."] * (i % 2)) for i in range(5)],
            {"patternProperties": {r"^What is .+\?$": {}}, "additionalProperties": False}),
        # Headings of which each page has its own.
        ([section(f"Own {i} heading") + section("One") for i in range(5)], {"required": ["One"]}),
        # Rows, lines, and tables of more columns.
        ([section("One", "**Kind:** q")] * 5, {"required": ["One"], "properties": {"One": {"required": ["fields"],
            "properties": {"fields": {"required": ["Kind"], "properties": {"Kind": {"minLength": 1}}, "additionalProperties": False}}}}, "additionalProperties": False}),
        ([section("One", "| A | B | C |", "|---|---|---|", "| 5% | x | |")] * 5, {"required": ["One"], "properties": {"One": {"required": ["tables"],
            "properties": {"tables": {"items": {"properties": {"columns": {"const": ["A", "B", "C"]}, "rows": {"items": {"required": ["A", "B", "C"], "properties": {
                "A": {"percentage": {"minimum": 0, "maximum": 100}}, "B": {"minLength": 1}, "C": {}}, "additionalProperties": False}}}}}}}}, "additionalProperties": False}),
        ([section("One", "- [[a]]: so", "- [[b]]")] * 5, {"required": ["One"], "properties": {"One": {"required": ["items"],
            "properties": {"items": {"items": {"wikilink": {"type": ["target"], "min": 1}}}}}}, "additionalProperties": False}),
    ],
)  # fmt: skip
def test_what_is_inferred_of_bodies(bodies: Sequence[str], schema: Any) -> None:
    assert drafted([ABSENT] * len(bodies), bodies)["sections"] == schema


def test_a_vocabulary_may_be_shared_among_types() -> None:
    """What never varies in one type does in another, so that it is no constant."""
    pages = [
        Text(f"p{i}.md", f"---\ntype: page\nstatus: {'draft' if i == 3 else 'stable'}\nof: us\n---\n")
        for i in range(12)
    ]
    notes = [Text(f"n{i}.md", "---\ntype: note\nstatus: stable\nof: us\n---\n") for i in range(12)]
    note = json.loads(inferred([*pages, *notes])[0].content)["properties"]["frontmatter"]["properties"]

    assert without_comments(note["status"]) == {"type": "string", "enum": ["stable", "draft"]}
    assert without_comments(note["of"]) == {"type": "string", "const": "us"}
    assert without_comments(note["type"]) == {"type": "string", "const": "note"}


def test_a_draft_as_people_read_it() -> None:
    """Each constraint says from how many documents it comes, and what fits on a line stands on one."""
    made = inferred([Text(f"p{i}.md", f"---\ntype: page\ntags: [q, r]\n---\n# Page {i}\n") for i in range(6)])

    assert [(it.type, it.path, it.documents) for it in made] == [("page", "schemas/page.schema.json", 6)]
    assert made[0].content == PAGE


PAGE = r"""{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "page",
  "$comment": "Drafted by `reglint schema infer` from 6 documents; take away what holds by accident only.",
  "type": "object",
  "required": ["frontmatter", "title", "lead"],
  "properties": {
    "frontmatter": {
      "type": "object",
      "required": ["type", "tags"],
      "properties": {
        "type": {"type": "string", "const": "page", "$comment": "type, const: 1 value in 6 of 6 documents"},
        "tags": {
          "type": "array",
          "minItems": 1,
          "uniqueItems": true,
          "items": {"type": "string", "enum": ["q", "r"], "$comment": "type, enum: 2 values in 6 of 6 documents"},
          "$comment": "type, minItems, uniqueItems: 12 items in 6 of 6 documents"
        }
      },
      "additionalProperties": false,
      "$comment": "type, required, additionalProperties: in 6 of 6 documents"
    },
    "title": {"pattern": "^Page [0-9]+$", "$comment": "pattern: 6 values in 6 of 6 documents"}
  }
}
"""


def pages_in(*paths: str, kind: str | None = None) -> list[Document]:
    front = f"---\ntype: {kind}\n---\n" if kind else "---\nof: x\n---\n"
    return [parse(Text(it, front + "# T\n")) for it in paths]


@pytest.mark.parametrize(
    ("docs", "by", "types"),
    [
        # The front matter's `type`, where it explains about as much as anything else.
        (pages_in("x/a.md", "x/b.md", kind="q"), "type", {"q": 2}),
        (pages_in("x/a.md", "x/b.md", "y/c.md", "y/d.md", kind="q") + pages_in("y/e.md"), "type", {"q": 4}),
        (pages_in("x/a.md", kind="q") + pages_in("x/b.md", "y/c.md", "y/d.md"), "folder", {"x": 2, "y": 2}),
        # Folders below the one that holds them all; a folder of one page is no type.
        (pages_in("en/Big Cats/a.md", "en/Big Cats/b.md", "en/dogs/c.md", "en/dogs/e/d.md", "en/f/g.md"), "folder", {"big-cats": 2, "dogs": 2}),
        (pages_in("all/a.md", "all/b.md"), "folder", {"all": 2}),
        # How file names begin, where that tells more types than one folder for all does.
        (pages_in("all/q--a.md", "all/q--b.md", "all/r--c.md", "all/r--d.md"), "prefix", {"q": 2, "r": 2}),
        (pages_in("ADR-1.md", "ADR-2.md", "ADR-3.md", "note.md"), "prefix", {"adr": 3}),
        (pages_in("a.md", "b.md"), "type", {}),
    ],
)  # fmt: skip
def test_how_documents_divide_into_types(docs: Sequence[Document], by: str, types: Mapping[str, int]) -> None:
    found = kinds.grouping(docs)
    text = configuration.text_of(found, {"old/**": 1}, infer=False)
    loaded = configfile.read(Text("reglint.toml", text))

    assert (found.by, {name: len(paths) for name, paths in found.types.items()}) == (by, types)
    assert loaded.errors == ()
    assert loaded.config.exclude == ("old/**",)
    assert [kinds.type_of(it, loaded.config) for it in docs if found.type_of.get(it.path)] == [
        kind for it in docs if (kind := found.type_of.get(it.path))
    ]


@pytest.mark.parametrize(
    ("name", "is_usable"),
    [("country", True), ("Standards Track", True), ("日本", True), ("a/b", False), ("..", False), ("", False), (" ", False),
     (".x", False), ("a\\b", False), ("x" * 101, False), ("a\nb", False)],
)  # fmt: skip
def test_a_type_has_to_be_the_name_of_a_file(name: str, is_usable: bool) -> None:
    assert kinds.is_usable(name) is is_usable


def test_what_is_hardly_part_of_a_corpus() -> None:
    """A page about templates is one like others, and so is a README where all documents are READMEs."""
    bare = [parse(Text(it, "# T\n")) for it in ("README.md", "x/LICENSE.md")]
    unfilled = [parse(Text(it, "---\ntype: q\nname:\n---\n")) for it in ("99 Templates/a.md", "_templates/b.md")]
    pages = pages_in("x/archive/a.md", "x/templates/b.md", "x/c.md", "x/security.md")
    readmes = [parse(Text(f"{it}/README.md", "# T\n")) for it in "abcdefgh"]

    assert configuration.apart([*bare, *unfilled, *pages]) == {
        "**/LICENSE.md": 1,
        "**/README.md": 1,
        "99 Templates/**": 1,
        "_templates/**": 1,
        "x/archive/**": 1,
    }
    assert configuration.apart([*readmes, *pages]) == {"x/archive/**": 1}
    assert configuration.apart(pages[:1]) == {}


NOTE = "---\ntype: note\nkind: q\n---\n# Note\n"
NOTES: Files = {f"n{i}.md": NOTE for i in range(6)}
LINKED: Files = {f"p{i}.md": f"---\ntype: page\nof: '[[n{i}]]'\n---\n" for i in range(3)}
BOTH: Files = {**NOTES, **{f"p{i}.md": NOTE.replace("note", "page") for i in range(3)}}


@pytest.mark.parametrize(
    ("files", "args", "code", "out", "err"),
    [
        (NOTES, (), 0, '"title": "note"', "note: drafted from 6 documents"),
        (BOTH, (), 2, "", "there are 2 types: note (6), page (3); choose one by `--type NAME`, or `--write` them all"),
        (BOTH, ("--type", "page"), 0, '"title": "page"', "page: drafted from 3 documents"),
        (BOTH, ("--type", "pge"), 2, "", "no document is of the type `pge`; there are note (6), page (3)"),
        (BOTH, ("--write",), 0, "", "schemas/page.schema.json: drafted from 3 documents"),
        ({**NOTES, "x.md": "# X\n", "y.md": "---\ntype: a/b\n---\n"}, (), 0, "",
            "left out: 2 documents without a type (1 with no front matter, 1 with a `type` that is no name for a file)"),
        ({"x.md": "# X\n"}, (), 2, "", "no document has a type; `--by folder` or `--by prefix`"),
        ({"x/a.md": "# X\n", "x/b.md": "# X\n"}, ("--by", "folder"), 0, '"title": "x"', "`reglint init --by folder` writes"),
        ({**NOTES, "q/a.md": NOTE.replace("note", "page")}, ("q",), 0, '"title": "page"', "drafted from 1 document"),
        ({**NOTES, "bad.md": b"\xff"}, (), 2, '"title": "note"', "could not read bad.md"),
        ({}, (), 2, "", "there is no document to look at"),
        (NOTES, ("nowhere",), 2, "", "no file or folder `nowhere`"),
        (NOTES, ("--force",), 2, "", "--force goes with --write"),
        (NOTES, ("--check", "--write"), 2, "", "takes neither"),
        ({**NOTES, "reglint.toml": "inclde = 1"}, (), 2, "", "the configuration has mistakes"),
        ({**NOTES, "reglint.toml": "[types.note]\nfiles = ['n*.md']\n[types.none]\n"}, (), 0, '"title": "note"', "drafted from 6"),
        ({**NOTES, "reglint.toml": "[types.note]\napplies-to = 'frontmatter'"}, (), 0, '"required": ["type", "kind"],\n  "prop', ""),
        # A link may be asked to lead to a type only if that has a schema.
        ({**NOTES, **LINKED}, ("--type", "page"), 0, '"wikilink": {"min": 1, "max": 1}', ""),
        ({**NOTES, **LINKED, "schemas/note.schema.json": "{}"}, ("--type", "page"), 0, '"wikilink": {"type": ["note"], "min": 1, "max": 1}', ""),
        ({**NOTES, "schemas/note.schema.json": "{"}, (), 0, '"title": "note"', ""),
        ({**NOTES, "schemas/note.schema.json": "{}"}, ("--write",), 2, "", "schemas/note.schema.json: left as it is, without --force"),
        ({**NOTES, "schemas/note.schema.json": "{}"}, ("--write", "--force"), 0, "", "schemas/note.schema.json: drafted from 6"),
        (NOTES, ("--check",), 0, "note: no schema yet for 6 documents\n", ""),
        ({**BOTH, "schemas/note.schema.json": '{"properties": {"frontmatter": {"required": ["z"]}}}'}, ("--check",), 1,
            "note: 6 of 6 documents would be refused (missing-field 6)\npage: no schema yet for 3 documents\n", ""),
        ({**BOTH, "schemas/note.schema.json": '{"properties": {"frontmatter": {"required": ["kind"]}}}'}, ("--check",), 0,
            "note: 0 of 6 documents would be refused\n", ""),
    ],
)  # fmt: skip
def test_schema_infer(
    corpus: Write, run: Run, files: Files, args: tuple[str, ...], code: int, out: str, err: str
) -> None:
    corpus(files)
    actual, printed, told = run("schema", "infer", *args)

    assert out in printed
    assert err in told
    assert actual == code


CORPORA: Mapping[str, Files] = {
    "by type": {**BOTH, "README.md": "# R\n"},
    "by folder": {f"{folder}/{i}.md": f"# T {i}\n\n- [[{i}]]\n" for folder in ("a b", "[c]") for i in range(5)},
    "by prefix": {f"{kind}--{i}.md": f"---\nof: {i}\nto: '[[r--{i}]]'\n---\n" for kind in "qr" for i in range(5)},
    "nothing": {"a.md": "# A\n"},
    "broken": {
        **NOTES,
        "x/a.md": "---\ntype: [\n---\n",
        "x/b.md": "---\nkind: q\n---\n# T\n",
        "templates/t.md": "{{x}}",
    },
}


@pytest.mark.parametrize("files", CORPORA.values(), ids=CORPORA)
def test_after_init_nothing_is_refused(corpus: Write, run: Run, files: Files) -> None:
    """The configuration and the drafts are sound, and what --dry-run shows is what is written."""
    root = corpus(files)
    _, shown, _ = run("init", "--infer", "--dry-run")
    before = {it for it in root.rglob("*.*") if it.is_file()}
    code, _, told = run("init", "--infer")
    made = {it for it in root.rglob("*.*") if it.is_file()} - before
    checked, out, _ = run("schema", "infer", "--check")

    assert code == 0
    assert len(before) == len(files)
    assert "wrote reglint.toml" in told
    assert all(it.read_text(encoding="utf-8") in shown for it in made)
    assert run("check")[0] < 2
    assert checked == (2 if files is CORPORA["nothing"] else 0)
    assert all(": 0 of " in line for line in out.rstrip().split("\n") if line)


def test_init_overwrites_nothing(corpus: Write, run: Run) -> None:
    root = corpus({**NOTES, "schemas/note.schema.json": "{}\n", ".pre-commit-config.yaml": "repos: []\n"})
    code, out, err = run("init", "--infer", "--pre-commit", "--ci")

    assert code == 0
    assert (root / "schemas/note.schema.json").read_text(encoding="utf-8") == "{}\n"
    assert (root / ".pre-commit-config.yaml").read_text(encoding="utf-8") == "repos: []\n"
    assert ".pre-commit-config.yaml is there already; this belongs into it:" in err
    assert "entry: reglint check" in out
    assert "- run: reglint check" in (root / ".github/workflows/reglint.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["reglint.toml", ".reglint.toml", "pyproject.toml"])
def test_init_refuses_where_there_is_a_configuration(corpus: Write, run: Run, name: str) -> None:
    root = corpus({**NOTES, name: "[tool.reglint]\n"})
    code, _, err = run("init")

    assert code == 2
    assert f"{name} is there already" in err
    assert sorted(it.name for it in root.iterdir()) == sorted([*NOTES, name])


def test_snippets_come_alone_where_the_rest_is_there(corpus: Write, run: Run) -> None:
    """They belong to the repository, and check the folder inside of it."""
    root = corpus({"notes x/a.md": NOTE, "notes x/reglint.toml": "", ".git/HEAD": ""})
    code, _, _ = run("init", "notes x", "--pre-commit", "--ci")

    assert code == 0
    assert "entry: reglint check 'notes x'\n" in (root / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert "- run: reglint check 'notes x'\n" in (root / ".github/workflows/reglint.yml").read_text(encoding="utf-8")


def test_init_of_a_folder_that_is_none(corpus: Write, run: Run) -> None:
    corpus({"a.txt": ""})

    assert run("init", "nowhere")[0] == 2
    assert "there is no document" in run("init")[2]
