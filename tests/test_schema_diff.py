"""`reglint schema diff`: which documents a change of the schemas would make fail or pass."""

import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Files, Run, Write
from reglint import git
from reglint.comparison import compare
from reglint.diagnostic import Diagnostic, Finding, Severity
from reglint.text import Span

PAGE = "schemas/page.schema.json"


def schema(frontmatter: str, before: str = "") -> str:
    return f'{{{before}"properties": {{"frontmatter": {frontmatter}}}}}'


LOOSE = schema('{"properties": {"status": {"enum": ["draft", "stable"]}}}')
STRICT = schema('{"properties": {"id": {"enum": [1, 3, 4]}, "status": {"enum": ["draft", "stabel"]}}}')
CORPUS: Files = {
    PAGE: LOOSE,
    "a.md": "---\ntype: page\nid: 1\nstatus: draft\n---\n",
    "b.md": "---\ntype: page\nid: 2\nstatus: stable\n---\n",
    "c.md": "---\ntype: page\nid: 3\nstatus: stabel\n---\n",
    "d.md": "---\ntype: page\nid: 4\nstatus: final\n---\n",
    "strict.json": STRICT,
    "drafts/page.schema.json": STRICT,
}
LISTING = """\
b.md: would newly fail
b.md:3:5: + error[value-not-allowed] `2` is not allowed here
b.md:4:9: + error[value-not-allowed] `stable` is not allowed here; did you mean `stabel`?

c.md: would newly pass
c.md:4:9: - error[value-not-allowed] `stabel` is not allowed here; did you mean `stable`?
"""
SUMMARY = "1 document would newly fail, 1 would newly pass; 2 new findings, 1 gone\n"


def commit(root: Path, *tags: str) -> None:
    """Commit all that is there."""
    for words in (
        ("init", "-q"),
        ("add", "-A"),
        ("commit", "-q", "--allow-empty", "-m", "x"),
        *(("tag", it) for it in tags),
    ):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words], cwd=root, check=True)


@pytest.fixture
def history(corpus: Write) -> Callable[..., Path]:
    """Commit each corpus of several under the tags v1, v2 and so on, and leave the last as work tree."""

    def write(*versions: Files) -> Path:
        for i, files in enumerate(versions, start=1):
            root = corpus(files)
            commit(root, f"v{i}")
        return root

    return write


@pytest.mark.parametrize(
    "args",
    [
        (PAGE, "drafts/page.schema.json"),  # by the place of one
        (PAGE, "strict.json"),
        ("schemas", "drafts"),
        ("schemas", "strict.json", "--type", "page"),
        ("schemas/page.schema.json", "./drafts/../strict.json"),
    ],
)  # fmt: skip
def test_files_and_folders(corpus: Write, run: Run, args: tuple[str, ...]) -> None:
    corpus(CORPUS)

    assert run("schema", "diff", *args) == (1, LISTING, SUMMARY)


def test_a_file_is_known_by_its_name_and_new_is_the_work_tree(corpus: Write, run: Run) -> None:
    corpus({**CORPUS, PAGE: STRICT, "old/page.schema.json": LOOSE})

    assert run("schema", "diff", "old/page.schema.json") == (1, LISTING, SUMMARY)


def test_what_would_only_pass_exits_0(corpus: Write, run: Run) -> None:
    corpus({**CORPUS, "open.json": schema('{"properties": {"status": {}}}')})
    code, out, err = run("schema", "diff", PAGE, "open.json")

    assert (code, out.count("would newly pass"), out.count("+")) == (0, 2, 0)
    assert err == "0 documents would newly fail, 2 would newly pass; 0 new findings, 2 gone\n"


def test_lines_that_move_make_no_difference(corpus: Write, run: Run) -> None:
    corpus({**CORPUS, "moved.json": "\n\n" + LOOSE.replace("{", "{\n")})

    assert run("schema", "diff", PAGE, "moved.json") == (
        0,
        "",
        "0 documents would newly fail, 0 would newly pass; 0 new findings, 0 gone\n",
    )


def test_revisions(history: Callable[..., Path], run: Run) -> None:
    """What is in the work tree, committed or not, is what NEW is by default; nothing of it is touched."""
    root = history(CORPUS, {**CORPUS, PAGE: STRICT})

    assert run("schema", "diff", "v1", "v2") == (1, LISTING, SUMMARY)
    assert run("schema", "diff", "HEAD~1") == (1, LISTING, SUMMARY)
    (root / PAGE).write_text(LOOSE)
    assert run("schema", "diff", "HEAD~1")[0] == 0
    assert run("schema", "diff", "HEAD", "HEAD^")[1].startswith("b.md: would newly pass\n")
    assert run("schema", "diff", "HEAD~1", "HEAD") == (1, LISTING, SUMMARY)
    assert (root / PAGE).read_text() == LOOSE


def test_what_exists_as_a_path_is_no_revision(history: Callable[..., Path], run: Run) -> None:
    root = history(CORPUS)
    subprocess.run(["git", "tag", "drafts"], cwd=root, check=True)

    assert run("schema", "diff", "v1", "drafts") == (1, LISTING, SUMMARY)


def test_a_corpus_within_a_larger_repository(
    history: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its schemas are found at every revision: those in `schemas`, those configured, those referred to, links to them."""
    common = '{"$defs": {"status": {"enum": ["draft", "stable"]}}}'
    inner: Files = {
        "reglint.toml": "[types.page]\nschema = 'own/page.json'\n[types.note]\nschema = 'own/link.json'\n",
        "own/page.json": schema('{"properties": {"status": {"$ref": "../parts/common é.json#/$defs/status"}}}'),
        "parts/common é.json": common,
        "schemas/other.schema.json": schema("{}"),
        "a.md": "---\ntype: page\nstatus: stable\n---\n",
        "n.md": "---\ntype: note\nstatus: stable\n---\n",
    }  # fmt: skip
    outer = {f"deep/corpus/{name}": it for name, it in inner.items()}
    root = history({"schemas/page.schema.json": "not read", **outer})
    (root / "deep/corpus/own/link.json").symlink_to("../own/page.json")
    commit(root, "before")
    (root / "deep/corpus/parts/common é.json").write_text(common.replace("stable", "final"))
    monkeypatch.chdir(root / "deep/corpus")
    code, out, err = run("schema", "diff", "before")

    assert (code, out.count("would newly fail\n")) == (1, 2)
    assert "a.md:3:9: + error[value-not-allowed] `stable` is not allowed here\n" in out
    assert err.startswith("2 documents would newly fail, 0 would newly pass; 2 new findings, 0 gone")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert run("schema", "diff", "before")[1] == out


def test_documents_that_lose_or_get_a_type_are_told(history: Callable[..., Path], run: Run) -> None:
    """Also where no finding says so; a document that no schema judges any more passes for the wrong reason."""
    files = {
        **CORPUS,
        "schemas/note.schema.json": LOOSE,
        "n.md": "---\ntype: note\n---\n",
        "reglint.toml": "[rules]\nuntyped-document = 'off'\n",
    }
    root = history(files)
    (root / "schemas/note.schema.json").unlink()
    code, out, err = run("schema", "diff", "HEAD")

    assert (code, out) == (1, "n.md: would still pass; it would be of no type, and was of the type `note`\n")
    assert (
        err
        == "0 documents would newly fail, 0 would newly pass; 0 new findings, 0 gone; 1 document would change in type\n"
    )
    (root / "reglint.toml").unlink()
    code, out, _ = run("schema", "diff", "HEAD")
    assert code == 1
    assert out == (
        "n.md: would newly fail; it would be of no type, and was of the type `note`\n"
        "n.md:2:7: + error[untyped-document] there is no schema for the type `note`\n"
    )  # fmt: skip


def test_a_type_that_is_configured_later_is_none_before(history: Callable[..., Path], run: Run) -> None:
    root = history({**CORPUS, "n.md": "---\nstatus: x\n---\n"})
    (root / "reglint.toml").write_text("[types.note]\nschema = 'own.json'\nfiles = ['n.md']\n")
    (root / "own.json").write_text(LOOSE)
    code, out, _ = run("schema", "diff", "HEAD")

    assert code == 0  # nothing said what it was, which was an error as well
    assert out.startswith("n.md: would still fail; it would be of the type `note`, and was of no type\n")


def test_findings_of_the_corpus_count_too(corpus: Write, run: Run) -> None:
    """What a schema claims of other documents is judged on both sides, and a schema's own findings are listed."""
    unique = schema('{"properties": {"id": {"unique": "type"}}}')
    corpus(
        {
            **CORPUS,
            "b.md": "---\ntype: page\nid: 1\n---\n",
            "drafts/page.schema.json": unique,
            "drafts/note.schema.json": unique,
        }
    )
    code, out, err = run("schema", "diff", "schemas", "drafts")

    assert code == 1
    assert "b.md: would newly fail\nb.md:3:5: + error[duplicate-value]" in out
    assert "schemas/note.schema.json\nschemas/note.schema.json:1:1: + warning[unused-schema]" in out
    assert "2 would newly pass" in err


def test_json(corpus: Write, run: Run) -> None:
    corpus(CORPUS)
    code, out, err = run("schema", "diff", PAGE, "strict.json", "--output-format", "json")
    value = json.loads(out)

    assert (code, err) == (1, SUMMARY)
    assert list(value) == ["version", "newly_failing", "newly_passing", "retyped", "appeared", "gone"]
    assert (value["newly_failing"], value["newly_passing"], value["retyped"]) == (["b.md"], ["c.md"], [])
    assert [it["rule"] for it in value["appeared"]] == ["value-not-allowed", "value-not-allowed"]
    [gone] = value["gone"]
    assert gone.pop("help")
    assert gone == {
        "path": "c.md",
        "line": 4,
        "column": 9,
        "severity": "error",
        "rule": "value-not-allowed",
        "pointer": "/frontmatter/status",
        "message": "`stabel` is not allowed here; did you mean `stable`?",
    }


@pytest.mark.parametrize(
    ("extra", "args", "words"),
    [
        ({}, ("",), "an empty name is no file, folder or revision"),
        ({}, ("v1", ""), "an empty name is no file, folder or revision"),
        ({}, ("a" * 300,), "a` is no file or folder, and no revision either"),
        ({"x/page.schema.json": f'{{"$ref": "{"a" * 300}.json"}}'}, ("x",), "the `$ref` leads nowhere"),
        ({}, ("v9",), "`v9` is no file or folder, and no revision either"),
        ({}, ("--", "--all"), "`--all` is no file or folder, and no revision either"),
        ({}, ("strict.json",), "nothing tells which document type `strict.json` is for; say so by `--type NAME`"),
        ({}, ("strict.json", "--type", "paeg"), "there is no document type `paeg`; did you mean `page`?"),
        ({}, ("v1", "--type", "page"), "neither of the two is a schema file"),
        ({"docs/x.txt": "x"}, ("docs",), "`docs` holds no schema"),
        ({"x/page.schema.yaml": "{}"}, ("x/page.schema.yaml",), "is YAML, and stands for `schemas/page.schema.json`, which is JSON"),
        ({"x/page.schema.json": b"\xff"}, ("x/page.schema.json",), "is not UTF-8"),
        ({"x/page.schema.json": "{"}, ("x/page.schema.json",), "x/page.schema.json:1:2"),
        ({"x/a/page.json": '{"minimun": 1}'}, ("x",), "x/a/page.json:1:2"),
        ({PAGE: '{"minimun": 1}'}, ("v1",), "the schemas of the working tree have mistakes"),
        ({"reglint.toml": "inclde = []"}, ("v1",), "did you mean `include`?"),
        ({"reglint.toml": "include = ['none/*.md']"}, ("v1",), "there is no document in"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared(
    history: Callable[..., Path], corpus: Write, run: Run, extra: Files, args: tuple[str, ...], words: str
) -> None:
    history(CORPUS)
    corpus(extra)
    code, out, err = run("schema", "diff", *args)

    assert (code, out) == (2, "")
    assert words in err


def test_mistakes_of_a_revision_stand_at_their_place(history: Callable[..., Path], run: Run) -> None:
    history({**CORPUS, PAGE: '{\n  "minimun": 1\n}'}, CORPUS)
    code, out, err = run("schema", "diff", "v1")

    assert (code, out) == (2, "")
    assert err == (
        "error[invalid-schema]: `minimun` is no keyword, and would check nothing; did you mean `minimum`?\n"
        " --> v1:schemas/page.schema.json:2:3\n"
        "  |\n"
        '2 |   "minimun": 1\n'
        "  |   ^^^^^^^^^\n"
        "error: nothing was compared: the schemas of v1 have mistakes\n"
    )


def test_without_a_repository_without_git_and_without_schemas(
    corpus: Write, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = corpus({name: it for name, it in CORPUS.items() if name != PAGE})
    assert "no revision either: not a git repository" in run("schema", "diff", "HEAD")[2]
    commit(root)
    corpus({PAGE: LOOSE})
    assert "the revision `HEAD` has no schema below" in run("schema", "diff", "HEAD")[2]
    monkeypatch.setenv("PATH", "/dev/null")
    assert "no revision either: git could not be run" in run("schema", "diff", "HEAD")[2]


def test_what_could_not_be_read_is_told_and_exits_2(corpus: Write, run: Run) -> None:
    corpus({**CORPUS, "latin.md": b"\xff"})
    code, out, err = run("schema", "diff", PAGE, "strict.json")

    assert (code, out) == (2, LISTING)
    assert err.startswith("could not check latin.md: ")


def test_links_of_a_revision_lead_to_its_files(corpus: Write) -> None:
    root = corpus({"schemas/a.json": "{}"})
    for name, target in (
        ("b", "a.json"),
        ("c", "../schemas/b.json"),
        ("d", "nowhere.json"),
        ("e", "e.json"),
        ("f", "../../a.json"),
    ):
        (root / f"schemas/{name}.json").symlink_to(target)
    commit(root)

    assert [it.path for it in git.schemas(root, "HEAD", ["none.json"], "schemas")] == [
        f"schemas/{name}.json" for name in "abc"
    ]


def found(*facts: tuple[str, int, str, Severity]) -> Sequence[Diagnostic]:
    return [
        Diagnostic(path, Span(start, start), "some-rule", message, severity, Finding(Span(start, start), message))
        for path, start, message, severity in facts
    ]


def test_the_same_finding_twice_is_two() -> None:
    error = Severity.error
    [change] = compare(
        found(("a", 1, "x", error)), found(("a", 5, "x", error), ("a", 7, "x", error)), {"a": ("t", "t")}
    )

    assert [it.span.start for it in change.appeared] == [7]
    assert (change.gone, change.newly_fails, change.newly_passes) == ((), False, False)


def test_a_finding_that_weighs_more_is_another() -> None:
    before = found(("a", 1, "x", Severity.warning))
    [change] = compare(before, [replace(before[0], severity=Severity.error)], {"a": ("t", "t")})

    assert (len(change.appeared), len(change.gone), change.newly_fails) == (1, 1, True)


def test_what_is_no_document_neither_fails_nor_passes() -> None:
    [change] = compare((), found(("schemas/a.json", 0, "x", Severity.error)), {})

    assert not change.newly_fails
    assert not change.is_retyped
