"""A run that is repeated prints what the run itself would print; in doubt it takes place."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, Write
from reglint import disk, replay, workspace
from reglint.replay import Witnesses

LINKED = "# A\n\n[[nowhere]]\n"
NOW = ("check", "--now", "2026-06-01")


@pytest.fixture
def repeated(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., bool]:
    """Tell whether a command is answered from its record, and hold that it prints what it prints without."""
    monkeypatch.setattr(replay, "_STEP", 20_000_000)

    def call(*args: str) -> bool:
        time.sleep(0.03)
        plain = run(*args, "--no-cache")
        loaded = 0
        load = workspace.load

        def counted(*it: Any) -> workspace.Workspace:
            nonlocal loaded
            loaded += 1
            return load(*it)

        with monkeypatch.context() as watched:
            watched.setattr(workspace, "load", counted)
            assert run(*args) == plain
        return not loaded

    return call


def git(*args: str) -> None:
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *args], check=True, capture_output=True)


def primed(repeated: Callable[..., bool], *args: str) -> None:
    assert not repeated(*(args or NOW))
    assert repeated(*(args or NOW))


def test_a_run_is_repeated_until_something_changes(corpus: Write, repeated: Callable[..., bool]) -> None:
    root = corpus({"a.md": LINKED})
    primed(repeated)
    (root / "nowhere.md").write_text("# N\n", "utf-8")
    primed(repeated)
    assert not repeated("check", "--now", "2026-06-02")
    assert not repeated(*NOW, "--select", "broken-link")
    assert not repeated(*NOW, ".")


CHANGES = {
    "a document, with its size and time": "tr a-zA-Z A-Za-z <a.md >x; cat x >a.md; rm x; touch -d @0 a.md",
    "a document that is gone": "rm a.md",
    "a document in a new folder": "mkdir -p x/y; touch x/y/nowhere.md",
    "a document in an empty folder": "touch empty/nowhere.md",
    "a configuration": """echo 'exclude = ["a.md"]' >reglint.toml""",
    "a configuration in pyproject.toml": "echo '[tool.reglint]' >pyproject.toml",
    "a schema": """mkdir schemas; echo '{"required": ["x"]}' >schemas/x.schema.json""",
    "an ignore file": "echo a.md >.gitignore",
    "an ignore file that is ignored": ": >sub/.gitignore",
    "what the repository ignores": "echo a.md >.git/info/exclude",
    "what a repository within ignores": "mkdir inner/.git/info; echo b.md >inner/.git/info/exclude",
    "a repository above": "mkdir ../.git",
    "a file that becomes a link": "rm pic.png; ln -s sub pic.png",
}


@pytest.mark.skipif(sys.platform == "win32", reason="no such shell")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repeated: Callable[..., bool], change: str
) -> None:
    root = tmp_path / "root"
    for it in ("sub", "inner", "empty", ".git/info", "inner/.git"):
        (root / it).mkdir(parents=True)
    (root / "a.md").write_text(LINKED, "utf-8")
    (root / "inner/b.md").write_text(LINKED, "utf-8")
    (root / "pic.png").touch()
    (root / "sub/.gitignore").write_text("*\n", "utf-8")
    (root / "sub/nowhere.md").write_text("# N\n", "utf-8")
    monkeypatch.chdir(root)
    primed(repeated)
    subprocess.run(["sh", "-ec", change], cwd=root, check=True)
    assert not repeated(*NOW)


def test_a_linked_worktree_is_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repeated: Callable[..., bool]
) -> None:
    """What it ignores stands in another repository."""
    (tmp_path / "main").mkdir()
    monkeypatch.chdir(tmp_path / "main")
    git("init", "-q", ".")
    git("commit", "-q", "--allow-empty", "-m", "x")
    git("worktree", "add", "-q", str(tmp_path / "linked"))
    (tmp_path / "linked/a.md").write_text(LINKED, "utf-8")
    monkeypatch.chdir(tmp_path / "linked")
    assert not repeated(*NOW)
    assert not repeated(*NOW)


def test_links_are_not_repeated(corpus: Write, repeated: Callable[..., bool]) -> None:
    root = corpus({"a.md": LINKED, "b.txt": ""})
    (root / "img").symlink_to(root / "nothing")
    assert not repeated(*NOW)
    assert not repeated(*NOW)


def test_what_was_written_just_now_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.touch()
    key = b"key"
    (tmp_path / replay.FOLDER).mkdir()
    replay.keep(str(tmp_path), key, Witnesses({}, [str(file)], time.time_ns()), [], 0)
    assert replay.recall(str(tmp_path), key) is None
    replay.keep(str(tmp_path), key, Witnesses({}, [str(file)], time.time_ns() + 10**10), [(False, "x\n")], 1)
    assert replay.recall(str(tmp_path), key) == ([(False, "x\n")], 1)
    assert replay.recall(str(tmp_path), b"another") is None


def test_a_file_that_changed_during_the_run_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.touch()
    (tmp_path / replay.FOLDER).mkdir()
    before = replay.signature(file.stat())
    file.write_text("x", "utf-8")
    replay.keep(str(tmp_path), b"key", Witnesses({str(file): before}, [], time.time_ns() + 10**10), [], 0)
    assert replay.recall(str(tmp_path), b"key") is None


def test_no_damage_gives_another_record(tmp_path: Path) -> None:
    (tmp_path / replay.FOLDER).mkdir()
    replay.keep(str(tmp_path), b"key", Witnesses({}, [], 0), [(False, "out\n"), (True, "err\n")], 1)
    [file] = (tmp_path / replay.FOLDER).iterdir()
    whole = file.read_bytes()
    damaged = [whole[:i] + bytes([whole[i] ^ 1]) + whole[i + 1 :] for i in range(len(whole))]
    for it in (*damaged, *(whole[:i] for i in range(len(whole)))):
        file.write_bytes(it)
        assert replay.recall(str(tmp_path), b"key") is None
    file.write_bytes(whole)
    assert replay.recall(str(tmp_path), b"key") == ([(False, "out\n"), (True, "err\n")], 1)


@pytest.mark.parametrize(
    ("arguments", "folder"),
    [
        (["check"], "home"),
        (["check", "--cache-dir", "x"], "x"),
        (["check", "--cache-dir=x", "docs"], "x"),
        (["check", "--cache-dir=", "docs"], ""),
        (["check", "--cache-dir"], ""),
        (["check", "--cache-dir=x", "--cache-dir", "y"], ""),
        (["check", "--cache-directory=x"], ""),
        (["check", "--no-cache"], ""),
        (["check", "--watch"], ""),
        (["check", "--verify-cache"], ""),
        (["links"], ""),
        ([], ""),
    ],
)
def test_which_commands_are_repeated_from_where(arguments: list[str], folder: str) -> None:
    assert replay.folder_for(arguments, {"REGLINT_CACHE_DIR": "home"}) == folder
    assert replay.folder_for(arguments, {"REGLINT_CACHE_DIR": "home", "REGLINT_NO_CACHE": "1"}) == ""


def test_the_key_knows_all_but_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = replay.key(["check"], {})
    assert plain == replay.key(["check"], {"UNRELATED": "x"})
    keys = {plain, replay.key(["check", "."], {}), replay.key(["check"], {"REGLINT_CONFIG": "x"})}
    keys.add(replay.key(["check"], {"NO_COLOR": "1"}))
    monkeypatch.setattr(time, "time", lambda: 0.0)
    keys.add(replay.key(["check"], {}))
    monkeypatch.undo()
    monkeypatch.setattr(replay, "__file__", "elsewhere")
    keys.add(replay.key(["check"], {}))
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    keys.add(replay.key(["check"], {}))
    assert len(keys) == 7


def test_files_of_any_year_can_be_listed(corpus: Write, run: Run) -> None:
    root = corpus({"a.md": "# A\n"})
    for year in (-(10**9), 0, 10**10, 4 * 10**10):
        os.utime(root / "a.md", (year, year))
        assert disk.files(root).visible == ["a.md"]
        assert run(*NOW)[0] == 0


def test_what_was_wrong_with_the_cache_is_not_repeated(corpus: Write, run: Run, repeated: Callable[..., bool]) -> None:
    corpus({"a.md": LINKED})
    run(*NOW)
    [file] = (Path(os.environ["REGLINT_CACHE_DIR"]) / "reglint-documents").iterdir()
    for it in (Path(os.environ["REGLINT_CACHE_DIR"]) / replay.FOLDER).glob("*"):
        it.unlink()
    file.write_bytes(b"garbage" * 100)
    assert "was not used" in run(*NOW)[2]
    assert not repeated(*NOW)
    assert repeated(*NOW)


@pytest.mark.skipif(sys.platform == "win32", reason="no such shell")
@pytest.mark.parametrize(
    ("command", "code"), [("check >&-", 1), ("check 2>&-", 1), ("check >/dev/full", 2), ("--version", 0)]
)
def test_streams_that_are_closed_or_full_give_no_traceback(corpus: Write, command: str, code: int) -> None:
    root = corpus({"a.md": LINKED})
    time.sleep(2.1)
    for _ in range(3):
        done = subprocess.run(
            ["sh", "-c", f"{sys.executable} -m reglint {command}"], cwd=root, capture_output=True, check=False
        )
        assert done.returncode == code
        assert b"Traceback" not in done.stdout + done.stderr
