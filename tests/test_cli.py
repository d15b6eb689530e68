"""The command line as its users meet it: what is printed where, and the exit codes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import Files, Run
from reglint import engine
from reglint.diagnostic import Finding
from reglint.rule import RULES

CLEAN = "---\ntype: page\ncreated: 2026-01-01\nupdated: 2026-02-01\n---\n# Title\n"
SWAPPED = CLEAN.replace("2026-01-01", "2026-03-01")
SCHEMA = '{"properties": {"frontmatter": {"required": ["created"], "properties": {"type": {}, "created": {}}}}}'
GOOD: Files = {"a.md": CLEAN, "schemas/page.schema.json": SCHEMA}


@pytest.mark.parametrize(
    ("files", "args", "code", "words"),
    [
        (GOOD | {"one/reglint.toml": "", "one/b.md": CLEAN}, ("a.md", "one/b.md"), 2, "`one/b.md` has a configuration"),
        (GOOD | {"schemas/page.schema.yaml": SCHEMA}, (), 2, "the type `page` has another schema already"),
        (GOOD, (), 0, "1 of 1 document judged"),
        ({**GOOD, "a.md": SWAPPED}, (), 1, "1 error"),
        ({**GOOD, "a.md": SWAPPED}, ("--fail-on", "never"), 0, "1 error"),
        ({**GOOD, "a.md": CLEAN + "## S\n\n**By:** [[a]]\n"}, (), 0, "1 warning"),
        ({**GOOD, "a.md": CLEAN + "## S\n\n**By:** [[a]]\n"}, ("--fail-on", "warning"), 1, "1 warning"),
        ({**GOOD, "a.md": SWAPPED}, ("--ignore", "created-after-updated"), 0, "no finding"),
        ({**GOOD, "a.md": SWAPPED}, ("--ignore", "dates"), 0, "no finding"),
        ({**GOOD, "a.md": SWAPPED}, ("--select", "links,scores"), 0, "no finding"),
        ({**GOOD, "a.md": SWAPPED}, ("--select", "correctness"), 1, "1 error"),
        (GOOD, ("nowhere.md",), 2, "no file or folder `nowhere.md`"),
        (GOOD, ("--config", "nowhere.toml"), 2, "no file or folder `nowhere.toml`"),
        (GOOD, ("schemas",), 2, "holds no document"),
        ({**GOOD, "b.txt": "x"}, ("b.txt",), 2, "holds no document"),
        (GOOD, ("/",), 2, ""),
        ({"schemas/page.schema.json": SCHEMA}, (), 2, "no document"),
        ({"schemas/page.schema.json": SCHEMA}, ("--allow-empty",), 0, "0 of 0"),
        ({**GOOD, "schemas/page.schema.json": '{"properties": {"fontmatter": {}}}'}, (), 2, "did you mean `frontmatter`?"),
        ({**GOOD, "schemas/page.schema.json": '{"title": "Page"}'}, (), 2, "asserts nothing"),
        ({**GOOD, "schemas/page.schema.json": "true"}, (), 2, "asserts nothing"),
        ({**GOOD, "reglint.toml": "[types.page]\napplies-to = 'frontmatter'"}, (), 2, "front matter alone"),
        (GOOD, ("--select", ""), 2, "no rule is left to run"),
        (GOOD, ("--select", "dates", "--ignore", "dates"), 2, "no rule is left to run"),
        ({**GOOD, "pyproject.toml": "[tool.reglint"}, (), 2, "invalid TOML"),
        ({**GOOD, "pyproject.toml": "[tool.x]"}, ("--config", "pyproject.toml"), 2, "tool.reglint"),
        ({**GOOD, "reglint.toml": "include = ['[z-a].md']"}, (), 2, "is no glob"),
        ({**GOOD, "reglint.toml": "include = 'x'"}, (), 2, "where a list was expected"),
        ({**GOOD, "reglint.toml": "[[overrides]]\npaths = ['a.md']"}, (), 2, "lacks the key `rules`"),
        ({**GOOD, "reglint.toml": "[rules]\nstale-document = { months = -1 }"}, (), 2, "too small"),
        ({**GOOD, "reglint.toml": "[[overrides]]\npaths = ['a.md']\nrules = { duplicate-name = { allowed = ['x'] } }"}, (), 2, "whole corpus"),
        ({**GOOD, "schemas/page.schema.json": '{"properties": {"frontmatter": {"wikilink": {"type": ["nope"]}}}}'}, (), 2, "no document type `nope`"),
        (GOOD, ("--select", "brokn-link"), 2, "did you mean `broken-link`?"),
        (GOOD, ("--ignore", "nonsense"), 2, "no rule, group or category `nonsense`"),
        (GOOD, ("--output-format", "jsn"), 2, "jsn"),
        (GOOD, ("--fail-on", "nothing"), 2, "nothing"),
        (GOOD, ("--no-such-option",), 2, "no-such-option"),
        ({**GOOD, "reglint.toml": "inclde = ['*.md']"}, (), 2, "did you mean `include`?"),
        ({**GOOD, "reglint.toml": "[rules]\nbrokn-link = 'off'"}, (), 2, "unknown rule `brokn-link`; did you mean"),
        ({**GOOD, "reglint.toml": "[rules]\nbroken-link = 'eror'"}, (), 2, "did you mean `error`?"),
        ({**GOOD, "reglint.toml": "[rules]\nself-link = { month = 1 }"}, (), 2, "unknown option `month`"),
        ({**GOOD, "reglint.toml": "include = "}, (), 2, "invalid TOML"),
        ({**GOOD, "reglint.toml": b"\xff"}, (), 2, "could not be read"),
        ({**GOOD, "reglint.toml": "include = ['nothing/*.md']"}, (), 2, "no document"),
        ({**GOOD, "reglint.toml": "[types.x]\nschema = 'x.json'"}, (), 2, "no file `x.json`"),
        ({**GOOD, "schemas/page.schema.json": "{"}, (), 2, "invalid JSON"),
        ({**GOOD, "schemas/page.schema.json": '{"type": "strin"}'}, (), 2, "did you mean `string`?"),
        ({**GOOD, "schemas/page.schema.json": '{"$ref": "other.json"}'}, (), 2, "leads nowhere"),
        ({**GOOD, "schemas/page.schema.json": '{"$ref": "https://e.org/s.json"}'}, (), 2, "leads nowhere"),
        ({**GOOD, "schemas/page.schema.json": '{"pattern": "("}'}, (), 2, "not a regular expression"),
        ({**GOOD, "schemas/page.schema.json": '{"format": "dat"}'}, (), 2, "did you mean `date`?"),
        ({**GOOD, "schemas/page.schema.json": '{"score": {"off": 1}}'}, (), 2, "unknown key `off`; did you mean `of`?"),
        ({**GOOD, "schemas/page.schema.json": '{"$schema": "http://json-schema.org/draft-04/schema#"}'}, (), 2, "does not know"),
        ({**GOOD, "b.md": b"\xff\xfe"}, (), 2, "is not UTF-8"),
    ],
)  # fmt: skip
def test_exit_codes(
    corpus: Callable[[Files], Path], run: Run, files: Files, args: tuple[str, ...], code: int, words: str
) -> None:
    """0 is clean, 1 findings, and whatever kept us from checking is 2; the reason stands on stderr."""
    corpus(files)
    actual, _, err = run("check", *args)

    assert words in err
    assert actual == code


def test_an_uncaught_exception_exits_2(
    corpus: Callable[[Files], Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    corpus(GOOD)
    monkeypatch.setattr(engine.Engine, "run", broken)
    code, out, err = run("check")

    assert (code, out) == (2, "")
    assert "RuntimeError: boom" in err
    assert "Traceback" not in err


def test_a_rule_that_breaks_down_costs_one_finding_and_exits_2(
    corpus: Callable[[Files], Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> Iterator[Finding]:
        raise RuntimeError("boom")

    corpus({**GOOD, "a.md": SWAPPED})
    monkeypatch.setitem(RULES, "unescaped-pipe", RULES["unescaped-pipe"]._replace(check=broken))
    code, out, err = run("check", "--output-format", "concise")

    assert code == 2
    assert "internal-error" in out
    assert "created-after-updated" in out
    assert "could not check a.md" in err


def test_text(corpus: Callable[[Files], Path], run: Run) -> None:
    corpus({**GOOD, "a.md": SWAPPED})
    _, out, _ = run("check")

    assert out == (
        "error[created-after-updated]: `updated` is before `created`, which is 2026-03-01\n"
        " --> a.md:4:10\n"
        "  |\n"
        "4 | updated: 2026-02-01\n"
        "  |          ^^^^^^^^^^\n"
        "  = note: created here: a.md:3:10\n"
        "  = help: one of the two is wrong, or they were swapped: `updated` is the day of the last change\n"
    )


def test_carets_stand_below_wide_characters(corpus: Callable[[Files], Path], run: Run) -> None:
    corpus({**GOOD, "a.md": CLEAN + "\n日本😀 [[none|x]]\n"})
    _, out, _ = run("check")
    lines = out.split("\n")

    assert "a.md:8:5" in lines[1]
    assert lines[4] == "  |        ^^^^^^^^^^"


def test_a_long_line_is_cut_around_the_caret(corpus: Callable[[Files], Path], run: Run) -> None:
    corpus({**GOOD, "a.md": CLEAN + "x" * 400 + " [[none]] " + "y" * 400})
    _, out, _ = run("check")
    _, _, _, source, caret, *_ = out.split("\n")

    assert len(source) < 120
    assert source[caret.index("^") : caret.rindex("^") + 1] == "[[none]]"


def test_nothing_in_a_document_acts_on_the_terminal(corpus: Callable[[Files], Path], run: Run) -> None:
    corpus({**GOOD, "a.md": CLEAN + "[[\x1b[31m\u202eno]]\n"})
    for style in ("text", "concise", "json"):
        _, out, _ = run("check", "--output-format", style)

        assert out
        assert not set("\x1b\u202e") & set(out)


def test_json(corpus: Callable[[Files], Path], run: Run) -> None:
    corpus({**GOOD, "a.md": SWAPPED})
    code, out, _ = run("check", "--output-format", "json")
    report = json.loads(out)

    assert code == 1
    assert report["version"] == 1
    assert report["summary"] == {
        "documents": 1, "errors": 1, "warnings": 0, "infos": 0, "suppressed": 0, "baselined": 0, "unchecked": 0,
    }  # fmt: skip
    [found] = report["diagnostics"]
    assert len(found.pop("fingerprint")) == 32
    assert found == {
        "rule": "created-after-updated",
        "group": "dates",
        "severity": "error",
        "message": "`updated` is before `created`, which is 2026-03-01",
        "help": "one of the two is wrong, or they were swapped: `updated` is the day of the last change",
        "url": None,
        "path": "a.md",
        "line": 4, "column": 10, "end_line": 4, "end_column": 20,
        "pointer": "/frontmatter/updated",
        "related": [
            {"path": "a.md", "line": 3, "column": 10, "end_line": 3, "end_column": 20, "message": "created here"}
        ],
        "fix": None,
    }  # fmt: skip


def test_fingerprints_stay_when_lines_move(corpus: Callable[[Files], Path], run: Run) -> None:
    def marks(content: str) -> list[str]:
        corpus({**GOOD, "a.md": content})
        return [it["fingerprint"] for it in json.loads(run("check", "--output-format", "json")[1])["diagnostics"]]

    before = marks(CLEAN + "\n[[x]] and [[x]]\n")

    assert len(set(before)) == 2
    assert marks(CLEAN.replace("type:", "tags: [a]\ntype:") + "\n\n\n[[x]] and [[x]]\n") == before


def test_paths_narrow_what_is_reported_and_not_what_links_lead_to(corpus: Callable[[Files], Path], run: Run) -> None:
    corpus({**GOOD, "a.md": CLEAN + "[[b]]", "sub/b.md": SWAPPED})

    assert run("check", "a.md")[0] == 0
    assert run("check", "sub")[0] == 1
    assert run("check", "./sub/../sub/b.md")[0] == 1


def test_the_configuration_is_found_upward_and_its_folder_is_the_root(
    corpus: Callable[[Files], Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = corpus({**GOOD, "reglint.toml": "include = ['docs/*.md']", "docs/a.md": SWAPPED, "docs/deep/b.md": SWAPPED})
    (root / "docs/deep").mkdir(exist_ok=True)
    monkeypatch.chdir(root / "docs/deep")
    _, out, _ = run("check", "--output-format", "concise")

    assert out.startswith("docs/a.md:4:10: error[created-after-updated]")
    assert out.count("\n") == 1


def test_pyproject_is_read_where_it_speaks_of_reglint(corpus: Callable[[Files], Path], run: Run) -> None:
    files = {**GOOD, "a.md": SWAPPED, "pyproject.toml": "[tool.reglint.rules]\ncreated-after-updated = 'warning'\n"}
    corpus(files)
    assert run("check")[0] == 0

    corpus({**files, "pyproject.toml": "[tool.other]\nx = 1\n"})
    assert run("check")[0] == 1

    corpus({**files, "pyproject.toml": "[tool.reglint]\n\n[tool.reglint.rulez]\n"})
    code, _, err = run("check")
    assert (code, "pyproject.toml:3:15" in err) == (2, True)


def test_overrides_hold_for_their_paths(corpus: Callable[[Files], Path], run: Run) -> None:
    config = "[[overrides]]\npaths = ['drafts/**']\nrules = { created-after-updated = 'off' }\n"
    corpus({**GOOD, "reglint.toml": config, "a.md": SWAPPED, "drafts/b.md": SWAPPED})
    _, out, _ = run("check", "--output-format", "concise", "--select", "dates")

    assert [line.split(":")[0] for line in out.split("\n") if line] == ["a.md"]


def test_types_by_glob_and_front_matter_schemas(corpus: Callable[[Files], Path], run: Run) -> None:
    config = "[types.note]\nschema = 's.json'\nfiles = ['notes/*.md']\napplies-to = 'frontmatter'\n"
    corpus({"reglint.toml": config, "s.json": '{"required": ["id"]}', "notes/n.md": "---\na: 1\n---\n"})
    code, out, _ = run("check", "--output-format", "concise")

    assert (code, out) == (1, "notes/n.md:1:1: error[missing-field] the front matter lacks the key `id`\n")


def test_what_git_ignores_and_what_is_hidden_is_no_document(corpus: Callable[[Files], Path], run: Run) -> None:
    root = corpus({**GOOD, ".gitignore": "build/\n", "build/b.md": SWAPPED, ".hidden/c.md": SWAPPED})
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)

    assert run("check")[0] == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no FIFOs here")
def test_files_that_cannot_be_read_are_named_and_never_green(corpus: Callable[[Files], Path], run: Run) -> None:
    root = corpus(GOOD)
    os.mkfifo(root / "pipe.md")
    (root / "gone.md").symlink_to("nowhere.md")
    (root / "out.md").symlink_to("/etc/hostname")
    code, out, err = run("check", "--output-format", "concise")

    assert code == 2
    assert [line.split(":")[0] for line in out.split("\n") if line] == ["gone.md", "out.md", "pipe.md"]
    assert err.count("could not check") == 3


def test_the_same_input_gives_the_same_bytes(corpus: Callable[[Files], Path]) -> None:
    """Whatever the seed of Python's hashes, which orders its sets."""
    schema = json.loads(SCHEMA)
    schema["properties"]["frontmatter"]["additionalProperties"] = {
        "formatMinimum": {"$data": "1/x"}, "formatMaximum": {"$data": "1/x"}, "unique": "corpus",
    }  # fmt: skip
    page = SWAPPED.replace("type: page", "type: page\nx: 2020-01-01\ny: 2021-01-01\nz: 2019-01-01")
    root = corpus(
        {**{f"d{i}.md": page + "[[x]] [[y]]\n" for i in range(4)}, "schemas/page.schema.json": json.dumps(schema)}
    )
    outputs = set()
    for seed in ("0", "1", "2", "3"):
        command = [sys.executable, "-m", "reglint", "check", "--output-format", "json"]
        done = subprocess.run(
            command, cwd=root, capture_output=True, check=False, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        assert done.returncode == 1, done.stderr
        outputs.add(done.stdout)

    assert len(outputs) == 1


def test_a_closed_pipe_ends_the_run_without_a_word(corpus: Callable[[Files], Path]) -> None:
    root = corpus({**GOOD, **{f"d{i}.md": SWAPPED for i in range(600)}})
    command = [sys.executable, "-m", "reglint", "check"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()

    assert errors == b""
    assert process.returncode == 2


def test_an_interrupt_is_no_finding(corpus: Callable[[Files], Path], run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    corpus(GOOD)
    monkeypatch.setattr(engine.Engine, "run", interrupted)

    assert run("check")[0] == 130


def test_links_may_lead_to_hidden_files_and_folders(corpus: Callable[[Files], Path], run: Run) -> None:
    corpus(
        {**GOOD, "a.md": CLEAN + "[h](.config.yml) [f](sub/) [o](../other.md)\n", ".config.yml": "x", "sub/b.txt": "x"}
    )

    assert run("check")[0] == 0


def test_folders_that_are_links_are_named(
    corpus: Callable[[Files], Path], run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = corpus(GOOD)
    (root / "linked").symlink_to(tmp_path_factory.mktemp("elsewhere"))

    assert "not followed: linked" in run("check")[2]


def test_a_terminal_that_lacks_a_letter_does_not_end_the_run(corpus: Callable[[Files], Path]) -> None:
    root = corpus({**GOOD, "é日本.md": SWAPPED})
    command = [sys.executable, "-m", "reglint", "check", "--output-format", "concise"]
    done = subprocess.run(
        command, cwd=root, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "cp1252"}
    )

    assert done.returncode == 1
    assert done.stdout.startswith(b"\xe9\\u65e5\\u672c.md:4:10: error")


def test_rule_shows_one_manual_all_or_a_list(run: Run) -> None:
    code, out, _ = run("rule", "created-after-updated")
    assert code == 0
    assert "# created-after-updated" in out
    assert 'created (string) = "created"' in out

    assert run("rule", "creatd-after-updated")[0] == 2
    assert "did you mean `created-after-updated`?" in run("rule", "creatd-after-updated")[2]
    assert len(run("rule")[1].strip().split("\n")) == len(
        json.loads(run("rule", "--all", "--output-format", "json")[1])
    )


def test_version_and_help(run: Run) -> None:
    assert run("--version")[1].startswith("reglint, version ")
    assert "check" in run("--help")[1]


def test_a_schema_without_documents_and_a_glob_without_files_are_told(
    corpus: Callable[[Files], Path], run: Run
) -> None:
    corpus({**GOOD, "reglint.toml": "include = ['*.md', 'nowhere/*.md']\n", "schemas/unused.schema.json": SCHEMA})
    code, out, _ = run("check", "--output-format", "concise")

    assert code == 1
    assert "reglint.toml:1:20: error[unmatched-glob]" in out
    assert "schemas/unused.schema.json:1:1: warning[unused-schema]" in out


def test_a_document_that_no_schema_looks_at_is_never_green(corpus: Callable[[Files], Path], run: Run) -> None:
    corpus({**GOOD, "b.md": CLEAN.replace("type: page", "type: paeg"), "c.md": "no front matter\n"})
    code, out, _ = run("check", "--output-format", "concise")

    assert code == 1
    assert "b.md:2:7: error[untyped-document]" in out
    assert "did you mean `page`?" in out
    assert "c.md:1:1: error[missing-frontmatter]" in out
