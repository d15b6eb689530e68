"""What a command imports, counted in modules: time is not asserted, but each import is some of it."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import Write

SLOW = {
    *("jsonschema", "jsonschema_specifications", "referencing", "ruamel.yaml", "wcwidth", "watchfiles"),
    *("csv", "difflib", "importlib.resources", "multiprocessing", "subprocess", "tempfile", "textwrap"),
    *("reglint.git", "reglint.pool", "reglint.provenance"),
}
FOR_SCHEMAS = {"calendar", "decimal", "jsonschema_rs", "re2", "tomllib"}


def imported(root: Path, *args: str) -> set[str]:
    command = [sys.executable, "-X", "importtime", "-m", "reglint", *args]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {it.rpartition("|")[2].strip() for it in done.stderr.splitlines() if it.startswith("import time:")}


def ours(modules: set[str]) -> set[str]:
    return {it for it in modules if it.split(".")[0] == "reglint"}


def test_the_version_needs_nothing(tmp_path: Path) -> None:
    found = imported(tmp_path, "--version")
    assert ours(found) == {"reglint"}
    assert "click" not in found


def test_a_repeated_run_needs_next_to_nothing(corpus: Write) -> None:
    root = corpus({"a.md": "# A\n"})
    time.sleep(2.1)
    first, again = imported(root, "check"), imported(root, "check")
    assert "reglint.engine" in first
    assert ours(again) == {"reglint", "reglint.replay"}
    assert len(again) < 70
    assert again.isdisjoint({"click", "json", "re", "hashlib", "pathlib", "typing", "dataclasses", "sqlite3"})


def test_a_clean_corpus_needs_no_explanations(corpus: Write) -> None:
    schema = '{"required": ["title"], "properties": {"frontmatter": {"required": ["type"]}}}'
    root = corpus({"a.md": "---\ntype: x\n---\n# A\n", "schemas/x.schema.json": schema})
    pytest.importorskip("jsonschema_rs")
    found = imported(root, "check", "--no-cache")
    assert found.isdisjoint(SLOW)
    assert len(ours(found)) < 115
    assert len(found) < 310


def test_without_a_schema_none_of_their_libraries_is_needed(corpus: Write) -> None:
    found = imported(corpus({"a.md": "---\ntype: x\n---\n# A\n"}), "check", "--no-cache")
    assert found.isdisjoint(SLOW | FOR_SCHEMAS)
    assert len(found) < 270
