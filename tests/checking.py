"""Checks a folder as the command line does, without printing."""

from __future__ import annotations

from pathlib import Path

from examples import TODAY
from reglint import disk, project
from reglint.engine import Engine, Run
from reglint.text import Text


def check(root: Path) -> Run:
    """Return what is found in the corpus at *root* on the day of the examples."""
    place = disk.locate([str(root)])
    schemas = [it for it in disk.schemas(root, (), "schemas") if isinstance(it, Text)]
    loaded = project.load(place.configuration, schemas)
    assert not loaded.errors
    paths = disk.files(root).visible
    texts = [disk.read(root, it) for it in paths if loaded.config.is_document(it)]
    run = Engine(loaded.config, loaded.library, TODAY).lint([it for it in texts if isinstance(it, Text)])
    assert not run.unchecked
    return run
