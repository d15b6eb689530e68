"""`reglint check --watch`. A process that outlives its time is killed, so that no test waits for ever."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Timer

import pytest

from conftest import Write

pytest.importorskip("watchfiles")

PATIENCE = 30  # seconds
REASON = "interrupts are ignored here, and by all processes that start from here"
CANNOT_INTERRUPT = sys.platform == "win32" or signal.getsignal(signal.SIGINT) is signal.SIG_IGN

Process = Popen[str]


@contextmanager
def watching(root: Path, *args: str, **environment: str) -> Iterator[Process]:
    command = [sys.executable, "-m", "reglint", "check", "--watch", "--output-format", "concise", *args]
    with Popen(command, cwd=root, env=os.environ | environment, stdout=PIPE, stderr=PIPE, text=True) as process:
        killer = Timer(PATIENCE, process.kill)
        killer.start()
        try:
            yield process
        finally:
            killer.cancel()
            process.kill()


def told(process: Process) -> list[str]:
    """What stands on stderr up to the next time that it waits for a change, or to its end."""
    lines: list[str] = []
    assert process.stderr
    for line in process.stderr:
        lines.append(line.rstrip("\n"))
        if line.startswith("watching "):
            break
    return lines


def printed(process: Process) -> str:
    """The next line on stdout; nothing if it has ended."""
    assert process.stdout
    return process.stdout.readline()


def write(file: Path, content: str) -> None:
    """Write all at once, so that it is one change."""
    draft = file.parent.with_name("draft")
    draft.write_text(content, "utf-8")
    draft.replace(file)


@pytest.fixture
def root(corpus: Write) -> Path:
    corpus({"corpus/a.md": "# A\n"})
    return Path.cwd() / "corpus"


def test_each_change_is_checked_until_the_folder_is_gone(root: Path) -> None:
    with watching(root) as process:
        assert told(process) == ["no finding; 0 of 1 document judged by a schema", f"watching {root}"]
        write(root / "b.md", "# B\n\n[[nowhere]]\n")
        assert told(process)[0].startswith("1 error; 0 of 2")
        assert printed(process).startswith("b.md:3:1: ")
        (root / "b.md").unlink()
        assert told(process)[0].startswith("no finding; 0 of 1")
        root.rename(root.with_name("elsewhere"))
        assert told(process) == [f"error: {root} is gone"]
        assert process.wait() == 2


def test_a_change_is_seen_as_soon_as_the_first_check_begins(root: Path) -> None:
    write(root / "b.md", "# B\n\n[[nowhere]]\n")
    with watching(root) as process:
        assert printed(process).startswith("b.md:3:1: ")
        (root / "b.md").unlink()
        assert told(process)[0].startswith("1 error")
        assert told(process)[0].startswith("no finding")


@pytest.mark.skipif(CANNOT_INTERRUPT, reason=REASON)
def test_mistakes_are_told_and_waited_for_until_an_interrupt(root: Path) -> None:
    (root / "a.md").unlink()
    with watching(root) as process:
        assert told(process)[0].startswith(f"error: there is no document in {root}")
        write(root / "a.md", "# A\n")
        assert told(process)[0].startswith("no finding")
        write(root / "reglint.toml", "include = [")
        assert told(process)[-2:] == ["error: nothing was done: the configuration has mistakes", f"watching {root}"]
        write(root / "reglint.toml", "include = ['**/*.md']")
        assert told(process)[0].startswith("no finding")
        process.send_signal(signal.SIGINT)
        assert not any(told(process))
        assert process.wait() == 130


def test_what_git_and_the_cache_keep_is_no_change(root: Path) -> None:
    (root / ".git").mkdir()
    with watching(root, "--cache-dir", "cache") as process:
        told(process)
        write(root / ".git/HEAD", "ref: refs/heads/main\n")
        write(root / "b.md", "# B\n")
        assert told(process)[0].startswith("no finding; 0 of 2")
        time.sleep(0.5)
        process.kill()
        assert told(process) == []
    assert list((root / "cache").glob("*/*"))


def test_a_cache_that_is_refused_hides_no_change(root: Path) -> None:
    with watching(root, "--cache-dir", ".") as process:
        assert any("is no cache of reglint" in it for it in told(process))
        write(root / "b.md", "# B\n")
        assert any(it.startswith("no finding; 0 of 2") for it in told(process))


def test_a_path_that_is_not_there_is_told(root: Path) -> None:
    with watching(root, "nope") as process:
        assert told(process) == ["error: there is no file or folder `nope`"]
        assert process.wait() == 2


def test_a_missing_package_is_named(root: Path, tmp_path: Path) -> None:
    (tmp_path / "without").mkdir()
    write(tmp_path / "without/watchfiles.py", "raise ModuleNotFoundError(name='watchfiles')\n")
    path = os.pathsep.join([str(tmp_path / "without"), os.environ.get("PYTHONPATH", "")])
    with watching(root, PYTHONPATH=path) as process:
        assert told(process) == ['error: `--watch` needs a package more: pip install "reglint[watch]"']
        assert process.wait() == 2
