"""`reglint schema list` and `reglint schema show`: what an author of documents reads of a type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from conftest import Files, Run, Write
from reglint.guide.conditions import conditions
from reglint.guide.entries import Entry, entries
from reglint.guide.typed import Typed, typed
from reglint.guide.words import said
from reglint.manual import examples
from reglint.project import load
from reglint.rules import MANUALS  # noqa: F401 - importing the rules registers the keywords, too
from reglint.schema import faults, library
from reglint.schema.keyword import KEYWORDS
from reglint.schema.shape import Shape, shape
from reglint.text import Text
from snapshots import ODD, ODD_TYPES, ROOT, SNAPSHOTS


@pytest.mark.parametrize("file", SNAPSHOTS)
def test_what_people_read(file: str) -> None:
    """`make snapshots` writes it anew."""
    assert (ROOT / "tests/data" / file).read_text(encoding="utf-8") == SNAPSHOTS[file]()


def test_a_page(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    assert run("schema", "show", "country") == (
        0,
        (ROOT / "tests/data/pages/country.txt").read_text(encoding="utf-8"),
        "",
    )


@pytest.mark.parametrize("name", ODD_TYPES)
def test_every_page_ends(run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(ODD)
    code, out, err = run("schema", "show", name)

    assert (code, err) == (0, "")
    assert f"\n    type: {name}\n" in out or name == "note"
    assert len(out.split("\n")) < 500


def test_a_page_as_markdown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ODD)
    _, out, _ = run("schema", "show", "nested", "--output-format", "markdown")

    assert (
        "\n## Lead (required)\n\nThe lead is what stands before the first section.\n\n- text (required): text\n" in out
    )
    assert "\n    - `Year` (required): a year, such as `2026`\n" in out
    assert out.count("````") == 2


def test_a_page_as_json(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = json.loads(run("schema", "show", "country", "--output-format", "json")[1])
    overview = next(it for it in page["parts"] if it["name"] == "sections")["members"][0]
    score = next(it for it in overview["members"][0]["members"] if it["name"] == "Risk Score")

    assert {name: it for name, it in page.items() if name not in {"parts", "example", "description"}} == {
        "version": 1, "type": "country", "title": "Country", "schema": "schemas/country.schema.json", "files": [],
        "documents": 10, "sample": "corpus/country--china.md",
    }  # fmt: skip
    assert score == {
        "name": "Risk Score", "role": "field", "required": False, "description": "", "conditions": [], "members": [],
        "words": ["a score out of 100, as in `25/100 (Low Risk)`: Low Risk 0 to 33, Medium Risk 34 to 66, High Risk 67 to 100"],
        "example": "25/100 (Low Risk)",
    }  # fmt: skip


NOTE = "---\nid: '000001'\nday: 2026-01-01\n---\n"
CORPUS: Files = {
    "reglint.toml": "[types.note]\nschema = 'own/note.yaml'\nfiles = ['n/*.md']\napplies-to = 'frontmatter'\n",
    "own/note.yaml": "title: Note\nproperties: {id: {type: string}}\n",
    "schemas/page.schema.json": '{"description": "Any page", "required": ["title"]}',
    "n/a.md": NOTE,
    "n/b.md": NOTE,
    "p.md": "---\ntype: page\n---\n# P\n",
    "lost.md": "# Lost\n",
}


def test_the_list_of_types(corpus: Write, run: Run) -> None:
    corpus(CORPUS)
    code, out, err = run("schema", "list")

    assert (code, err) == (0, "without a type: 1 document; `reglint files` says why\n")
    assert out == (
        "note  own/note.yaml             2 documents  Note\npage  schemas/page.schema.json   1 document  Any page\n"
    )
    types = json.loads(run("schema", "list", "--output-format", "json")[1])["types"]
    assert types[0] == {
        "type": "note", "title": "Note", "description": "", "schema": "own/note.yaml", "applies_to": "frontmatter",
        "files": ["n/*.md"], "documents": 2,
    }  # fmt: skip


def test_a_page_of_a_type_by_globs_whose_schema_speaks_of_front_matter_alone(corpus: Write, run: Run) -> None:
    corpus(CORPUS)
    _, out, _ = run("schema", "show", "note")

    assert "2, with `type: note` in their front matter, or at a path that matches `n/*.md`\n" in out
    assert "see        n/a.md\n" in out
    assert "  id                          text; such as `000001`\n" in out


@pytest.mark.parametrize(
    ("files", "args", "words"),
    [
        (CORPUS, ("show", "notte"), "there is no document type `notte`; did you mean `note`?"),
        (CORPUS, ("show",), "TYPE"),
        ({"a.md": "# A\n"}, ("list",), "there is no document type in"),
        ({**CORPUS, "own/note.yaml": "propertes: {}\n"}, ("list",), "did you mean `properties`?"),
    ],
)
def test_what_cannot_be_shown_exits_2(corpus: Write, run: Run, files: Files, args: Any, words: str) -> None:
    corpus(files)
    code, out, err = run("schema", *args)

    assert (code, out) == (2, "")
    assert words in err


def of_front_matter(schema: Any, sample: Any = None) -> dict[str, Entry]:
    """The entries of the keys of a front matter, and of itself under an empty name."""
    text = json.dumps({"properties": {"frontmatter": schema}})
    loaded = load(None, [Text("schemas/page.schema.json", text)])
    assert [it.message for _, it in loaded.errors] == []
    front = entries(typed(loaded, "page", ()), {"frontmatter": sample})[0]
    return {"": front, **{it.name: it for it in front.members}}


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({}, "anything"),
        ({"type": "string", "minLength": 1, "maxLength": 9}, "text; not empty; at most 9 characters"),
        ({"pattern": "^a"}, "text that matches `^a`"),
        ({"pattern": "^a", "not": {"pattern": "b$"}}, "text that matches `^a` and that does not match `b$`"),
        ({"minLength": 3, "maxLength": 3}, "text; exactly 3 characters"),
        ({"type": ["string", "null"]}, "text or nothing"),
        ({"minimum": 0, "exclusiveMaximum": 10, "multipleOf": 0.5}, "a number; at least 0; less than 10; a multiple of 0.5"),
        ({"type": "integer", "not": {"enum": [1, 2]}}, "a whole number; not `1` or `2`"),
        ({"enum": ["a", 1, None]}, "`a`, `1` or `null`"),
        ({"anyOf": [{"format": "date"}, {"const": "never"}]}, "a day of the calendar, such as `2026-06-01`, or `never`"),
        ({"type": "string", "default": "x", "deprecated": True}, "text; by default `x`; deprecated"),
        ({"minItems": 1, "maxItems": 1, "uniqueItems": True}, "a list; exactly 1 item; each only once"),
        ({"type": "object", "minProperties": 1}, "keys with values; at least 1 member"),
        ({"format": "date", "formatMinimum": "2009-01-03", "formatExclusiveMaximum": {"$data": "1/end"}}, "a day of the calendar, such as `2026-06-01`; not before `2009-01-03`; before `end`"),
        ({"wikilink": True}, "1 or more wikilinks"),
        ({"wikilink": {"min": 2, "max": 3, "type": ["page"]}}, "2 to 3 wikilinks to a document of the type `page`"),
        ({"wikilink": {"min": 0, "type": ["page"]}}, "anything; wikilinks lead to a document of the type `page`"),
        ({"wikilink": {"max": 1}, "inverse": True}, "one wikilink; the document behind the link links back"),
        ({"score": {"of": 5}}, "a score out of 5, as in `1/5`"),
        ({"percentage": {"minimum": 20, "at": "leading"}}, "text that begins with a percentage from 20 to 100, as in `20%`"),
        ({"quantity": {"units": ["month", "months"], "minimum": 6}}, "a number, or a range of two, with the unit `month` or `months`, as in `6 months`; at least 6"),
        ({"unique": "document"}, "anything; stands nowhere else in the document"),
        ({"enum": ["a", "b"], "unique": "type", "pattern": "."}, "`a` or `b`; stands nowhere else in the documents of this type"),
        ({"sameAs": {"via": "/sections/Facts/fields/Country", "at": "/frontmatter/code"}}, "anything; the same as `code` of the document that `Facts / Country` links to"),
        ({"agrees": {"with": "/frontmatter/b", "as": {"x": "^x", "y": {"not": "x"}}}}, "anything; agrees with `b`: where that is `x`, this matches `^x`, where that is `y`, this does not match `x`"),
        ({"validations": [{"rule": "self != ''", "message": "say something"}, {"rule": "self != 'x'"}]}, "anything; say something; `self != 'x'` is true"),
        ({"type": "string", "url": "https://www.iso.org/"}, "text; see https://www.iso.org/"),
    ],
)  # fmt: skip
def test_words(schema: Any, words: str) -> None:
    entry = of_front_matter({"properties": {"a": schema}})["a"]

    assert "; ".join(entry.words) == words


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"dependentRequired": {"a": ["b", "c"]}}, ["where `a` is there: `b` is required, `c` is required"]),
        ({"required": ["a"], "if": {"properties": {"a": {"const": 1}}}, "then": {"required": ["b"]}}, ["where `a` is `1`: `b` is required"]),
        ({"if": {"properties": {"a": {"const": 1}}}, "else": {"required": ["b"]}}, ["unless `a` is `1` or missing: `b` is required"]),
        ({"if": {"not": {"required": ["a"]}}, "then": {"required": ["b"], "description": "why"}}, ["where not (`a` is there): `b` is required (why)"]),
        ({"if": {"required": ["a"]}, "then": {"properties": {"b": False}}}, ["where `a` is there: `b` may not be there"]),
        ({"if": {"required": ["a"]}, "then": {"properties": {"m": {"required": ["n"]}}}}, ["where `a` is there: `m` / `n` is required"]),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, ["`a` is required, or `b` is required"]),
        ({"if": {"minProperties": 2}, "then": {"required": ["b"]}}, ["where some things hold: `b` is required"]),
        ({"if": {"required": ["a"]}, "then": {}}, []),
    ],
)  # fmt: skip
def test_conditions_in_words(schema: Any, told: list[str]) -> None:
    assert list(of_front_matter(schema)[""].conditions) == told


def test_what_a_schema_shows_is_an_example_before_what_a_document_has() -> None:
    schema = {
        "properties": {
            "a": {"examples": ["x"]},
            "b": {"type": "string"},
            "c": {"format": "year"},
            "d": {"maxLength": 1},
        }
    }
    found = of_front_matter(schema, {"a": "y", "b": "seen", "c": "1999", "d": "too long"})

    assert {name: it.example for name, it in found.items() if name in "abcd" and name} == {
        "a": "x", "b": "seen", "c": "1999", "d": None,
    }  # fmt: skip


def schemas_of_manuals() -> Iterator[tuple[str, Shape]]:
    """Each subschema of a manual's examples that has one of our keywords, with its name."""
    for name, keyword in KEYWORDS.items():
        fences = [it for it in examples(keyword.introduction) if it.role == "schema" or it.name.endswith(".csv")]
        texts = [Text(it.name if it.name.endswith(".csv") else "schemas/x.schema.json", it.content) for it in fences]
        loaded = library.load(texts)
        assert loaded.errors == ()
        for schema, _ in faults.subschemas(loaded.sources["schemas/x.schema.json"]):
            if name in schema:
                yield name, shape(loaded, [schema])


def test_every_keyword_says_what_it_asks_for_with_an_example_that_keeps_it() -> None:
    """Those that only change how a failure is told need not."""
    seen: dict[str, set[str]] = {}
    for name, place in schemas_of_manuals():
        described = place.library.keywords[name].describe
        if described:
            example = described(place.said(name)).example
            assert example is None or place.accepts(example), name
            seen.setdefault(name, set()).add(said(place).words)

    assert [name for name, it in KEYWORDS.items() if (it.check or it.relate) and not it.describe] == []
    assert len(seen) > 10
    assert all(all(words) for words in seen.values())


def test_conditions_end_where_schemas_refer_back_to_themselves() -> None:
    again = {"properties": {it: {"$ref": "#/$defs/again"} for it in "abcd"}, "required": ["x"]}
    loaded = library.load([Text("schemas/x.schema.json", json.dumps({"if": {"$ref": "#/$defs/again"}, "then": {"required": ["y"]}, "$defs": {"again": again}}))])  # fmt: skip
    place = shape(loaded, [loaded.sources["schemas/x.schema.json"].contents])

    [told] = conditions(place, ("frontmatter",))
    assert told.endswith("and more: `y` is required")


def test_a_page_of_schemas_that_all_refer_to_each_other_ends() -> None:
    names = "abcdefgh"
    every = {it: {"$ref": f"#/$defs/{it}"} for it in names}
    schema = {
        "properties": {"frontmatter": {"properties": every}},
        "$defs": {it: {"properties": every} for it in names},
    }
    loaded = load(None, [Text("schemas/page.schema.json", json.dumps(schema))])

    assert count(entries(Typed(loaded.config.types["page"], typed(loaded, "page", ()).place, ()))) < 10_000


def count(them: tuple[Entry, ...]) -> int:
    return sum(1 + count(it.members) for it in them)
