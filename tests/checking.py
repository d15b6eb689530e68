"""Checks a folder as the command line does, without printing."""

from __future__ import annotations

from pathlib import Path

from examples import TODAY
from reglint import workspace
from reglint.engine import Run


def check(root: Path) -> Run:
    """Return what is found in the corpus at *root* on the day of the examples."""
    space = workspace.load([str(root)])
    files = space.files()
    read = space.read(files.documents)
    run = space.engine(TODAY).lint(read.texts)
    assert not read.unchecked
    assert not run.unchecked
    return run
