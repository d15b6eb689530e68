"""What git knows of a folder: the files of a revision, and why it ignores one. Nothing is checked out or fetched."""

from __future__ import annotations

import os
import posixpath
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from reglint import disk
from reglint.rule import Unchecked
from reglint.text import Text

_SYMLINK = "120000"
_MOST_LINKS = 8
# A hook sets these for its own repository; the folder that is asked about may lie in another.
_OF_HOOKS = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})


class Unknown(Exception):
    """Git knows no such revision here, or is not here itself; the text says which."""


class Blob(NamedTuple):
    """A file of a revision: its name among git's objects, and whether it is a symbolic link."""

    id: str
    is_link: bool


def schemas(root: Path, revision: str, named: Iterable[str], folder: str) -> list[Text | Unchecked]:
    """Read the schema files of a *revision* below *root* as `disk.schemas` reads those of today. Raises Unknown."""
    files = _files(root, revision)
    inside = [it for it in files if it.startswith(f"{folder}/") and it.endswith(disk.SCHEMA_ENDINGS)]

    def read(path: str) -> Text | Unchecked | None:
        blob = _target(root, files, posixpath.normpath(path))
        return disk.decoded(path, _run(root, "cat-file", "blob", blob.id)) if blob else None

    return disk.followed([*inside, *named], read)


def ignoring(root: Path, path: str) -> str | None:
    """Return the pattern that makes git ignore the file at *path* below *root*, with its place; None: none does."""
    asked = ("check-ignore", "--verbose", "--no-index", "--stdin", "-z")
    try:
        found = _run(root, "-c", "core.excludesFile=", *asked, given=f"{path}\0").decode(errors="replace")
    except Unknown:
        return None
    file, line, pattern, _ = found.split("\0", 3)
    return None if pattern.startswith("!") else f"`{pattern}` at {file}:{line}"


def _files(root: Path, revision: str) -> Mapping[str, Blob]:
    """Return the files that a revision has below *root*, by their paths from there."""
    commit = (
        _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    )
    found = {}
    for entry in _run(root, "ls-tree", "-r", "-z", commit).decode(errors="surrogateescape").split("\0")[:-1]:
        facts, _, path = entry.partition("\t")
        mode, _, name = facts.split(" ")
        found[path] = Blob(name, mode == _SYMLINK)
    return found


def _target(root: Path, files: Mapping[str, Blob], path: str) -> Blob | None:
    """Follow links to a file of the revision."""
    for _ in range(_MOST_LINKS):
        blob = files.get(path)
        if not blob or not blob.is_link:
            return blob
        target = _run(root, "cat-file", "blob", blob.id).decode(errors="surrogateescape")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    return None


def _run(root: Path, *arguments: str, given: str | None = None) -> bytes:
    """Return what git says on stdout. Raises Unknown with its last line on stderr where it fails."""
    environment = {name: it for name, it in os.environ.items() if name not in _OF_HOOKS}
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are ours, and a revision stands behind --end-of-options
            ["git", *arguments],  # noqa: S607 - git is found where the user has it
            cwd=root,
            env={**environment, "LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1"},
            input=given.encode(errors="surrogateescape") if given is not None else b"",
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise Unknown(f"git could not be run: {(error.strerror or str(error)).lower()}") from error
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().rpartition("\n")[2].removeprefix("fatal: ")
        raise Unknown(words or "git knows none of that name")
    return done.stdout
