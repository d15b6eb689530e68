"""`reglint new`: a skeleton fails only where its author has to write."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from conftest import Files, Run, Write
from reglint import project
from reglint.document import parse
from reglint.guide.habits import habits
from reglint.guide.naming import path_of, title_of
from reglint.guide.skeleton import is_on_todo, todos
from reglint.guide.tasks import tasks
from reglint.guide.typed import typed
from reglint.text import Text
from snapshots import ODD, ODD_TYPES, ROOT, corpus_at, made, type_at

CORPORA = [*((ODD, name) for name in ODD_TYPES), *((ROOT, name) for name in ("country", "domain", "entity"))]


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize(("root", "name"), CORPORA, ids=[it[1] for it in CORPORA])
def test_every_finding_in_a_skeleton_stands_on_a_todo(root: Path, name: str, every: bool) -> None:
    space, texts = corpus_at(root)
    its = type_at(root, name)
    path = path_of("new-one", its.kind, space.config, habits(name, its.docs))
    done = made(its, path, space.project, texts, every=every)
    doc = parse(done.text)

    assert [(it.rule, it.message) for it in done.found if not is_on_todo(done.text, it.span)] == []
    assert space.config.type_of(doc) == its.kind
    assert doc.front.tree.errors == ()
    assert len(tasks(its, done)) >= len(list(todos(done.text)))


PAGE = {
    "properties": {
        "frontmatter": {
            "required": ["status"],
            "properties": {"type": {}, "status": {"enum": ["open", "closed"]}, "note": {}},
        },
        "sections": {"required": ["Facts"], "properties": {"Facts": {"properties": {"fields": {"required": ["Law"]}}}}},
    }
}
DOCUMENT = "---\ntype: page\nstatus: open\n---\n# One\n\n## Facts\n\n- **Law:** none\n"
CORPUS: Files = {
    "reglint.toml": "include = ['docs/**/*.md']\n",
    "schemas/page.schema.json": json.dumps(PAGE),
    "docs/pages/page--one.md": DOCUMENT,
    "docs/pages/page--two.md": DOCUMENT.replace("One", "Two"),
}
NEW = """\
---
type: page
status: TODO
---

# El Salvador

## Facts

- **Law:** TODO
"""


def test_a_new_document_goes_beside_the_others_and_is_written_as_they_are(corpus: Write, run: Run) -> None:
    root = corpus(CORPUS)
    code, out, err = run("new", "page", "el-salvador")

    assert (code, out) == (0, "docs/pages/page--el-salvador.md\n")
    assert (root / out.strip()).read_text() == NEW
    assert err == (
        "2 places to fill in\n"
        "docs/pages/page--el-salvador.md:3:9: status: `open` or `closed`\n"
        "docs/pages/page--el-salvador.md:10:12: Facts / Law\n"
    )
    assert run("check")[0] == 1


def test_nothing_is_overwritten_or_written_to_stdout_and_disk_both(corpus: Write, run: Run) -> None:
    root = corpus(CORPUS)

    assert run("new", "page", "new", "--stdout")[:2] == (0, NEW.replace("El Salvador", "New"))
    assert not (root / "docs/pages/page--new.md").exists()
    code, out, err = run("new", "page", "one.md")
    assert (code, out, err) == (2, "", "error: docs/pages/page--one.md is there already\n")
    assert (root / "docs/pages/page--one.md").read_text() == DOCUMENT


def test_paths_are_those_of_the_folder_that_one_is_in(corpus: Write, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = corpus(CORPUS)
    monkeypatch.chdir(root / "docs")
    code, out, err = run("new", "page", "drafts/x")

    assert (code, out) == (0, "drafts/x.md\n")
    assert "\ndrafts/x.md:3:9: status" in err
    assert (root / "docs/drafts/x.md").is_file()


def test_what_is_optional_is_written_if_asked_for(corpus: Write, run: Run) -> None:
    corpus(CORPUS)

    assert "note" not in run("new", "page", "x", "--stdout")[1]
    assert "\nstatus: TODO\nnote: TODO\n" in run("new", "page", "x", "--stdout", "--all")[1]


def test_dates_that_have_to_be_there_are_today_s(corpus: Write, run: Run) -> None:
    schema = {
        "properties": {
            "frontmatter": {
                "required": ["created", "updated", "seen", "ended"],
                "properties": {
                    "type": {},
                    "created": {"format": "date", "formatMaximum": {"$data": "1/updated"}},
                    "seen": {"format": "date", "formatExclusiveMinimum": {"$data": "1/updated"}},
                    "ended": {"format": "date", "formatMaximum": "2020-12-31"},
                    "other": {"format": "date"},
                },
            }
        }
    }
    corpus({"schemas/page.schema.json": json.dumps(schema)})
    _, out, _ = run("new", "page", "x", "--stdout", "--all", "--now", "2026-02-03")

    assert "\ncreated: 2026-02-03\nupdated: 2026-02-03\nseen: TODO\nended: TODO\nother: TODO\n" in out


BY_PATH = "[types.note]\nschema = 'note.json'\nfiles = ['notes/**/n-*.md']\napplies-to = 'frontmatter'\n"


@pytest.mark.parametrize(
    ("files", "args", "path"),
    [
        (CORPUS, ("page", "x"), "docs/pages/page--x.md"),
        (CORPUS, ("page", "page--x.md"), "docs/pages/page--x.md"),
        (CORPUS, ("page", "docs/x.md"), "docs/x.md"),
        ({**CORPUS, "docs/a/page--three.md": DOCUMENT}, ("page", "x"), "docs/pages/page--x.md"),
        ({**CORPUS, "docs/pages/three.md": DOCUMENT}, ("page", "x"), "docs/pages/x.md"),
        ({"schemas/page.schema.json": json.dumps(PAGE)}, ("page", "x"), "x.md"),
        ({**CORPUS, "docs/pages/page--one.md": "", "docs/pages/page--two.md": ""}, ("page", "x"), "docs/x.md"),
        ({"reglint.toml": BY_PATH, "note.json": '{"required": ["id"]}'}, ("note", "x"), "notes/n-x.md"),
        ({"reglint.toml": BY_PATH, "note.json": '{"required": ["id"]}', "notes/2026/n-a.md": "---\nid: 1\n---\n"}, ("note", "x"), "notes/2026/n-x.md"),
        ({"reglint.toml": BY_PATH.replace("**/n-*.md", ""), "note.json": '{"required": ["id"]}'}, ("note", "x"), "notes/x.md"),
    ],
)  # fmt: skip
def test_where_it_goes(corpus: Write, run: Run, files: Files, args: tuple[str, ...], path: str) -> None:
    corpus(files)

    assert run("new", *args)[:2] == (0, f"{path}\n")


@pytest.mark.parametrize(
    ("files", "args", "words"),
    [
        (CORPUS, ("pge", "x"), "there is no document type `pge`; did you mean `page`?"),
        (CORPUS, ("page", "../x.md"), "lies outside of the root"),
        (CORPUS, ("page", "elsewhere/x.md"), "elsewhere/x.md would be no document of the type `page`"),
        ({"reglint.toml": BY_PATH, "note.json": '{"required": ["id"]}', "schemas/page.schema.json": json.dumps(PAGE)}, ("page", "notes/n-x.md"), "would be no document of the type `page`"),
        (CORPUS, ("page", "."), "`.` is no name for a file"),
        (CORPUS, ("page", ""), "`` is no name for a file"),
        (CORPUS, ("page", "\udcff"), "is no name for a file"),
        (CORPUS, ("page", "docs/x\udcff/y.md"), "is no name for a file"),
        (CORPUS, ("page", "a\nb"), "is no name for a file"),
        (CORPUS, ("page", "a\x1bb"), "is no name for a file"),
        (CORPUS, ("page", "a\u2028b"), "is no name for a file"),
        (CORPUS, ("page", "a" * 300), "could not be written: "),
        (CORPUS, ("page", "docs/.hidden"), "docs/.hidden.md would never be checked: it is hidden: `.hidden.md` begins with a dot"),
        (CORPUS, ("page", "docs/.drafts/x", "--stdout"), "would never be checked: it is hidden: `.drafts` begins with a dot"),
        ({**CORPUS, "schemas/page.schema.json": "{"}, ("page", "x"), "invalid JSON"),
        (CORPUS, ("page",), "NAME"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_exits_2(
    corpus: Write, run: Run, files: Files, args: tuple[str, ...], words: str
) -> None:
    root = corpus(files)
    before = sorted(root.rglob("*"))
    code, out, err = run("new", *args)

    assert (code, out) == (2, "")
    assert words in err
    assert sorted(root.rglob("*")) == before


IGNORING = "*.md\n!kept.md\nbuild/\n"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ign", "ign.md would never be checked: git ignores it: `*.md` at .gitignore:1\n"),
        ("build/kept", "build/kept.md would never be checked: git ignores it: `build/` at .gitignore:3\n"),
        (
            "linked/kept",
            "linked/kept.md would never be checked: `linked` is a link to a folder, which is not followed\n",
        ),
        ("kept", ""),
    ],
)
def test_what_no_check_would_find_is_not_written(corpus: Write, run: Run, name: str, words: str) -> None:
    root = corpus({"schemas/page.schema.json": json.dumps(PAGE), ".gitignore": IGNORING, "docs/x.txt": ""})
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    (root / "linked").symlink_to("docs")
    code, _, err = run("new", "page", name)

    assert code == (2 if words else 0)
    assert words in err
    assert (root / f"{name}.md").exists() is not bool(words)


def test_a_corpus_that_git_ignores_as_a_whole_gets_new_documents(
    corpus: Write, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = corpus({".gitignore": "build/\n", "build/schemas/page.schema.json": json.dumps(PAGE)})
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    monkeypatch.chdir(root / "build")

    assert run("new", "page", "x")[:2] == (0, "x.md\n")
    assert run("files")[0] == 0


def test_front_matter_names_the_type_unless_the_path_does(corpus: Write, run: Run) -> None:
    corpus({"reglint.toml": BY_PATH, "note.json": '{"required": ["id"]}'})

    assert run("new", "note", "x", "--stdout")[1] == "---\nid: TODO\n---\n\n# X\n"
    _, out, err = run("new", "note", "elsewhere/x", "--stdout")
    assert out == "---\ntype: note\nid: TODO\n---\n\n# X\n"
    assert "elsewhere/x.md does not match `notes/**/n-*.md`, so its front matter names the type\n" in err


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("el-salvador", "El Salvador"),
        ("country--united-arab-emirates", "United Arab Emirates"),
        ("law_of_the_sea", "Law of the Sea"),
        ("DLT-act", "DLT act"),
        ("Some note", "Some note"),
        ("日本", "日本"),
        ("2026-02-03", "2026 02 03"),
    ],
)
def test_the_title_is_the_name_in_words(name: str, title: str) -> None:
    assert title_of(name, habits("country", [])) == title


def test_what_the_author_has_left_to_do(corpus: Write, run: Run) -> None:
    """In the schemas' terms, and in the words of whoever wrote them."""
    front = {
        "required": ["codes", "either"],
        "properties": {
            "codes": {"items": {"type": "string"}, "contains": {"format": "iso-4217"}, "description": "codes of money"},
            "either": {"anyOf": [{"required": ["kind"], "properties": {"kind": {"const": it}}} for it in "ab"]},
        },
    }
    sections = {"required": ["Role"], "properties": {"Role": {"required": ["text"], "description": "told in prose"}}}
    schema = {"properties": {"frontmatter": front, "sections": sections}}
    corpus({"schemas/page.schema.json": json.dumps(schema)})
    _, _, err = run("new", "page", "x", "--stdout")

    assert err == (
        "3 places to fill in\n"
        "x.md:4:5: codes: text; one of them is a currency code, such as `JPY` (ISO 4217); codes of money\n"
        "x.md:6:9: either / kind: `a`, or `b`\n"
        "x.md:13:1: Role / text: told in prose\n"
    )


names = st.sampled_from(["a", "b", "c", "on", "created", "name of it"])
leaves = st.one_of(
    st.sampled_from(
        [
            {}, {"type": "string"}, {"type": "string", "minLength": 6}, {"type": "string", "pattern": "^[a-z]{3}$"},
            {"type": "integer", "minimum": 3}, {"type": "number"}, {"type": "boolean"}, {"type": "null"},
            {"const": "yes"}, {"const": 7}, {"const": None}, {"const": ["x", {"y": False}]}, {"enum": ["p", "q"]}, {"enum": [1]},
            {"format": "date"}, {"format": "date", "formatMaximum": "2020-01-01"}, {"format": "url"}, {"format": "year"},
            {"format": "date", "formatMaximum": {"$data": "1/created"}}, {"format": "date", "formatExclusiveMinimum": {"$data": "1/created"}},
            {"type": "string", "default": "d"}, {"default": [1]}, {"score": {"of": 10}}, {"wikilink": {"min": 2}},
            {"type": ["string", "null"]}, {"unique": "corpus"}, {"agrees": {"with": "/frontmatter/a"}},
        ]
    )
)  # fmt: skip


def objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Schemas of mappings, with some of what makes members necessary."""
    required = st.lists(names, max_size=3, unique=True)
    return st.fixed_dictionaries(
        {"properties": st.dictionaries(names, inner, max_size=4), "required": required},
        optional={
            "type": st.just("object"),
            "dependentRequired": st.dictionaries(names, required, max_size=2),
            "if": st.fixed_dictionaries({"properties": st.dictionaries(names, inner, max_size=1)}),
            "then": st.fixed_dictionaries({"required": required}),
            "else": st.fixed_dictionaries({"required": required}),
            "minProperties": st.integers(0, 2),
            "patternProperties": st.dictionaries(st.just("^[ab]$"), inner, max_size=1),
        },
    )


def lists(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"type": st.just("array")},
        optional={
            "items": inner,
            "prefixItems": st.lists(inner, min_size=1, max_size=2),
            "minItems": st.integers(0, 3),
            "uniqueItems": st.booleans(),
            "contains": inner,
        },
    )


def choices(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.builds(lambda keyword, them: {keyword: them}, st.sampled_from(["anyOf", "oneOf", "allOf"]), several)


schemas = st.recursive(
    st.one_of(leaves, st.just({"$ref": "#/$defs/again"})),
    lambda inner: st.one_of(objects(inner), lists(inner), choices(inner)),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(front=objects(schemas), again=objects(schemas), every=st.booleans())
def test_skeletons_of_any_schema_of_front_matter(front: Any, again: Any, every: bool) -> None:
    """It parses, has all that the schema requires, and each finding stands on a place that is to be filled in."""
    schema = {"$defs": {"again": again}, "properties": {"frontmatter": {**front, "propertyNames": {"maxLength": 20}}}}
    loaded = project.load(None, [Text("schemas/page.schema.json", json.dumps(schema))])
    assume(not loaded.errors)
    done = made(typed(loaded, "page", ()), "new.md", loaded, every=every)
    doc = parse(done.text)

    assert doc.front.tree.errors == ()
    assert {"type", *front["required"]} <= set(doc.frontmatter)
    off = [it for it in done.found if not is_on_todo(done.text, it.span)]
    assert [(it.rule, it.message, it.span) for it in off] == [], done.text.content
