"""`reglint check --watch`."""

import os
import signal
import subprocess
import sys

import pytest

from conftest import Run, Write

pytest.importorskip("watchfiles")


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_each_change_is_checked_until_an_interrupt(corpus: Write) -> None:
    root = corpus({"a.md": "# A\n\n[[b]]\n"})
    command = [sys.executable, "-m", "reglint", "check", "--watch", "--output-format", "concise"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr

        def told() -> list[str]:
            lines: list[str] = []
            while not lines or not lines[-1].startswith("watching"):
                lines.append(process.stderr.readline())  # type: ignore[union-attr]  # asserted above
                assert lines[-1], "it ended"
            return lines

        assert told()[0].startswith("1 error")
        (root / "b.md").write_text("# B\n", "utf-8")
        assert told()[0].startswith("no finding; 0 of 2")
        (root / "reglint.toml").write_text("include = [", "utf-8")
        assert any("the configuration has mistakes" in it for it in told())
        (root / "reglint.toml").unlink()
        assert told()[0].startswith("no finding; 0 of 2")
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "broken-link" in out


def test_a_path_that_is_not_there_is_told(corpus: Write, run: Run) -> None:
    corpus({"a.md": "# A\n"})
    assert run("check", "nope", "--watch") == (2, "", "error: there is no file or folder `nope`\n")


def test_a_missing_package_is_named(corpus: Write, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus({"a.md": "# A\n"})
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    monkeypatch.delitem(sys.modules, "reglint.watching", raising=False)
    monkeypatch.delattr("reglint.watching", raising=False)
    code, _, err = run("check", "--watch")
    assert code == 2
    assert 'pip install "reglint[watch]"' in err
