"""`reglint files`: which type and schema each file got, and why."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from conftest import Files, Run, Write
from reglint import disk, git

CONFIG = """\
include = ["docs/**/*.md", "*.md"]
exclude = ["docs/old"]

[types.note]
schema = "own/note.json"
files = ["docs/notes/*.md", "docs/n-*.md"]
applies-to = "frontmatter"

[[overrides]]
paths = ["elsewhere.md", "docs/drafts/**"]
rules = { broken-link = "off", stale-document = { months = 3 } }

[[overrides]]
paths = ["docs"]
rules = { self-link = "error" }
"""
NOTE = "---\nid: x\n---\n"
PAGE = "---\ncreated: 2026-01-01\ntype: page\n---\n"
CORPUS: Files = {
    "reglint.toml": CONFIG,
    "own/note.json": '{"properties": {"id": {}}}',
    "schemas/page.schema.yaml": "properties: {title: {}}\n",
    "docs/notes/a.md": NOTE,
    "docs/n-b.md": NOTE,
    "docs/drafts/p.md": PAGE,
    "docs/slip.md": PAGE.replace("page", "paeg"),
    "docs/number.md": "---\ntype: 7\n---\n",
    "docs/silent.md": "---\nid: x\n---\n",
    "docs/broken.md": "---\ntype: [\n---\n",
    "plain.md": "# No front matter\n",
    "latin.md": b"\xff",
    "docs/old/gone.md": PAGE,
    "readme.txt": "x",
    "docs/.hidden/x.md": PAGE,
    ".gitignore": "*.bak\nbuild/\n",
    "build/made.md": PAGE,
}


@pytest.fixture
def here(corpus: Write, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = corpus(CORPUS)
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    outside = tmp_path_factory.mktemp("outside")
    (outside / "o.md").write_text(PAGE)
    (root / "linked").symlink_to(outside)
    return root


LISTING = """\
docs/broken.md    -     its front matter cannot be read: invalid YAML: expected the node content, but found '<stream end>'
docs/drafts/p.md  page  schemas/page.schema.yaml
docs/n-b.md       note  own/note.json
docs/notes/a.md   note  own/note.json
docs/number.md    -     its `type` is a whole number, where text was expected
docs/silent.md    -     its front matter has no `type`
docs/slip.md      -     there is no schema for the type `paeg`; did you mean `page`?
latin.md          -     byte 0 of the file is not UTF-8: invalid start byte
plain.md          -     it has no front matter
"""


@pytest.mark.usefixtures("here")
def test_every_document_is_listed_with_its_type_and_schema(run: Run) -> None:
    """A file that could not be read keeps the code from being 0."""
    assert run("files") == (2, LISTING, "")


@pytest.mark.usefixtures("here")
def test_paths_narrow_the_listing_and_all_widens_it(run: Run) -> None:
    assert run("files", "docs/notes", "plain.md") == (
        0,
        "docs/notes/a.md  note  own/note.json\nplain.md         -     it has no front matter\n",
        "",
    )
    _, out, _ = run("files", "--all")
    listed = [line.split(" ")[0] for line in out.split("\n")[:-1]]
    assert listed == sorted([*(it for it in CORPUS if not it.startswith("build/"))])
    assert "readme.txt                -     no pattern of `include` matches it: docs/**/*.md, *.md\n" in out


@pytest.mark.parametrize(
    ("file", "lines"),
    [
        ("docs/notes/a.md", [
            "document       yes: `docs/**/*.md` of `include` matches it (reglint.toml:1:12)",
            "type           note: `docs/notes/*.md` of `types.note.files` matches it (reglint.toml:6:10)",
            "schema         own/note.json: `types.note` names it (reglint.toml:4:8), applied to the front matter alone",
            "configuration  {root}/reglint.toml",
            "override       `docs` (reglint.toml:14:10) sets self-link error",
        ]),
        ("docs/n-b.md", ["type           note: `docs/n-*.md` of `types.note.files` matches it (reglint.toml:6:29)"]),
        ("docs/drafts/p.md", [
            "type           page: its front matter says `type: page` (docs/drafts/p.md:3:7)",
            "schema         schemas/page.schema.yaml: it is named for the type",
            "override       `docs/drafts/**` (reglint.toml:10:26) sets broken-link off, stale-document warning",
            "override       `docs` (reglint.toml:14:10) sets self-link error",
        ]),
        ("docs/slip.md", ["type           none: there is no schema for the type `paeg`; did you mean `page`? (docs/slip.md:3:7)"]),
        ("docs/number.md", ["type           none: its `type` is a whole number, where text was expected (docs/number.md:2:7)"]),
        ("docs/silent.md", ["type           none: its front matter has no `type` (docs/silent.md:1:1)"]),
        ("plain.md", ["document       yes: `*.md` of `include` matches it (reglint.toml:1:28)", "type           none: it has no front matter"]),
        ("docs/old/gone.md", ["document       no: `docs/old` of `exclude` matches it (reglint.toml:2:12)"]),
        ("readme.txt", ["document       no: no pattern of `include` matches it: docs/**/*.md, *.md"]),
        ("docs/.hidden/x.md", ["document       no: it is hidden: `.hidden` begins with a dot"]),
        (".git/config", ["document       no: it belongs to git"]),
        ("build/made.md", ["document       no: git ignores it: `build/` at .gitignore:2"]),
    ],
)  # fmt: skip
def test_why(here: Path, run: Run, file: str, lines: list[str]) -> None:
    code, out, err = run("files", "--why", file)

    assert (code, err) == (0, "")
    assert out.startswith(f"{file}\ndocument ")
    assert [it.format(root=here) for it in lines if it.format(root=here) not in out.split("\n")] == []


@pytest.mark.usefixtures("here")
def test_why_a_file_behind_a_linked_folder_is_none(run: Run) -> None:
    _, out, _ = run("files", "--why", "linked/o.md", "--config", "reglint.toml")

    assert "document       no: `linked` is a link to a folder, which is not followed\n" in out


def test_why_a_file_outside_of_the_root_is_none(here: Path, run: Run) -> None:
    outside = here.parent / "o.md"
    outside.write_text(PAGE)
    code, out, _ = run("files", "--why", str(outside), "--config", "reglint.toml")

    assert code == 0
    assert f"document       no: `{outside}` lies outside of the root, which is {here}\n" in out


def test_git_need_not_be_there(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)

    assert git.ignoring(here, "build/made.md") is None
    assert "document       no: git ignores it\n" in run("files", "--why", "build/made.md")[1]


@pytest.mark.parametrize(
    ("path", "kind"),
    [("a.md", "file"), ("docs", "folder"), (os.devnull, "other"), ("b.md", None), ("a.md/b", None), ("a" * 300, None), ("\0", None), ("\ud800", None)],
)  # fmt: skip
def test_what_no_file_can_be_called_is_not_there(corpus: Write, path: str, kind: str | None) -> None:
    assert disk.kind(corpus({"a.md": "", "docs/b.md": ""}) / path) == kind


def test_a_pattern_that_takes_a_file_back_is_no_reason(here: Path) -> None:
    (here / ".gitignore").write_text("*.md\n!kept.md\n")

    assert git.ignoring(here, "kept.md") is None
    assert git.ignoring(here, "x.md") == "`*.md` at .gitignore:1"


def test_without_a_configuration(corpus: Write, run: Run) -> None:
    root = corpus({"a.md": PAGE, "schemas/page.schema.json": '{"properties": {"title": {}}}'})

    assert run("files", "--why", "a.md")[1] == (
        "a.md\n"
        "document       yes: where `include` is not set, documents are `**/*.md`\n"
        "type           page: its front matter says `type: page` (a.md:3:7)\n"
        "schema         schemas/page.schema.json: it is named for the type\n"
        f"configuration  none, and the root is {root}\n"
    )


def test_json_has_the_same_for_one_file_and_for_all(here: Path, run: Run) -> None:
    one = json.loads(run("files", "--why", "docs/drafts/p.md", "--output-format", "json")[1])
    every = json.loads(run("files", "--output-format", "json")[1])

    assert one == {
        "version": 1,
        "root": str(here),
        "configuration": "reglint.toml",
        "path": "docs/drafts/p.md",
        "document": True,
        "document_reason": {
            "message": "`docs/**/*.md` of `include` matches it",
            "place": {"path": "reglint.toml", "line": 1, "column": 12},
        },
        "type": "page",
        "type_reason": {
            "message": "its front matter says `type: page`",
            "place": {"path": "docs/drafts/p.md", "line": 3, "column": 7},
        },
        "schema": "schemas/page.schema.yaml",
        "schema_reason": {"message": "it is named for the type", "place": None},
        "applies_to": "document",
        "overrides": [
            {
                "pattern": "docs/drafts/**",
                "rules": {"broken-link": "off", "stale-document": "warning"},
                "place": {"path": "reglint.toml", "line": 10, "column": 26},
            },
            {
                "pattern": "docs",
                "rules": {"self-link": "error"},
                "place": {"path": "reglint.toml", "line": 14, "column": 10},
            },
        ],
    }
    assert {key: every[key] for key in ("version", "root", "configuration")} == {
        key: one[key] for key in ("version", "root", "configuration")
    }
    assert [it for it in every["files"] if it["path"] == one["path"]] == [{key: one[key] for key in every["files"][0]}]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--why", "nowhere.md"), "there is no file or folder `nowhere.md`"),
        (("--why", "docs"), "`docs` is a folder; `reglint files docs` lists what is in it"),
        (("--why", "plain.md", "docs"), "--why explains one file"),
        (("a" * 300,), "there is no file or folder `aaa"),
        (("nowhere.md",), "there is no file or folder `nowhere.md`"),
        (("docs/old",), "`docs/old` holds no document of the corpus (documents are docs/**/*.md, *.md, without docs/old"),
        (("--config", "own/note.json"), "invalid TOML"),
    ],
)  # fmt: skip
def test_what_cannot_be_told(run: Run, args: tuple[str, ...], words: str) -> None:
    code, out, err = run("files", *args)

    assert (code, out) == (2, "")
    assert words in err


def test_a_corpus_without_documents_is_told(corpus: Write, run: Run) -> None:
    corpus({"schemas/page.schema.json": '{"properties": {"title": {}}}'})

    assert run("files")[0] == 2
    assert "there is no document" in run("files")[2]
