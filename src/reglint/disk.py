"""Files and folders. Besides `cli`, the only room that touches them; everything it hands on is a value."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

import rignore

from reglint import configfile
from reglint.rule import Unchecked
from reglint.schema import library
from reglint.text import Text

MAX_BYTES = 16 << 20  # far beyond any document that people write
SCHEMA_ENDINGS = (".json", ".yaml", ".yml")


class Place(NamedTuple):
    """The root of a corpus, and its configuration file where there is one."""

    root: Path
    configuration: Text | None


class SeveralRoots(Exception):
    """The paths that were named lie in different corpora."""


class MissingPath(Exception):
    """A path that was named does not exist."""


def whole(root: Path) -> Path | None:
    """Return the folder above *root* that it is only a part of: a git repository's, or an Obsidian vault's."""
    marks = (".git", ".obsidian")
    if any((root / it).exists() for it in marks):
        return None
    return next((it for it in root.parents if any((it / mark).exists() for mark in marks)), None)


def locate(paths: Sequence[str], config: str | None = None) -> Place:
    """Find the configuration upward from *paths* (none: the current folder); its folder is the root.

    Without one, the current folder is the root, or the named folder where that lies elsewhere. Raises MissingPath, and
    SeveralRoots where the paths have configurations of their own, of which none could hold for all.
    """
    for it in [*paths, *([config] if config else [])]:
        if not os.path.lexists(it):
            raise MissingPath(it)
    if config:
        file = Path(config).resolve()
        if text := _configuration(file):
            return Place(file.parent, text)
        raise MissingPath(f"{config}: [tool.reglint]")
    start = _common_folder(paths)
    if place := _configured(start):
        return place
    if own := next((it for it in paths if _configured(_common_folder([it]))), None):
        raise SeveralRoots(own)
    here = Path.cwd()
    return Place(here if start == here or here in start.parents else start, None)


def _configured(start: Path) -> Place | None:
    """Return the nearest folder from *start* upward that has a configuration."""
    for folder in (start, *start.parents):
        for name in (*configfile.FILE_NAMES, configfile.PYPROJECT):
            if (file := folder / name).is_file() and (text := _configuration(file)):
                return Place(folder, text)
    return None


def _common_folder(paths: Sequence[str]) -> Path:
    """Resolve folders but not the last part of a file's path, so that a symlink is named as the user names it."""
    if not paths:
        return Path.cwd()
    folders = [it if it.is_dir() else it.parent for it in map(Path, paths)]
    return Path(os.path.commonpath([it.resolve() for it in folders]))


def _configuration(file: Path) -> Text | None:
    """Read a configuration file; a pyproject.toml only if it speaks of reglint. One in a wrong encoding is broken."""
    text = Text.decode(file.name, file.read_bytes())
    return text if file.name != configfile.PYPROJECT or configfile.has_section(text) else None


class Files(NamedTuple):
    """Paths below the root, sorted: files that may be documents, hidden ones, and folders that are links."""

    visible: list[str]
    hidden: list[str]
    linked_folders: list[str]


def kind(path: Path) -> Literal["file", "folder", "other"] | None:
    """Return what is at *path*, links followed: a regular file, a folder, or another thing such as a pipe.

    None: nothing that can be reached, also where no file could have such a name.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return None
    return "file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else "other"


def is_hidden(path: str) -> bool:
    """Tell whether the file at *path*, or a folder that it is in, has a name that begins with a dot."""
    return any(step.startswith(".") for step in path.split("/"))


def files(root: Path) -> Files:
    """Return the paths of all files below *root* but those that git ignores, and git's own.

    Only ignore files of the repository count, so that the result does not depend on the machine. Raises OSError for a
    folder that cannot be read, ValueError for a name that is no Unicode.
    """
    walker = rignore.walk(root, ignore_hidden=False, read_ignore_files=False, read_global_git_ignore=False)
    found = sorted(it.relative_to(root).as_posix() for it in walker if it.is_symlink() or not it.is_dir())
    files = [it for it in found if ".git" not in it.split("/")]
    hidden = set(filter(is_hidden, files))
    linked = [it for it in files if it not in hidden and (root / it).is_dir()]
    return Files([it for it in files if it not in hidden and it not in linked], sorted(hidden), linked)


def read(root: Path, path: str) -> Text | Unchecked:
    """Read the document at *path* below *root*, or say why it cannot be checked. Only regular files are opened."""
    file = root / path
    try:
        if not file.resolve(strict=True).is_relative_to(root.resolve()):
            return Unchecked(path, "unreadable", "the file lies outside of the root")
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            return Unchecked(path, "unreadable", "this is no regular file")
        if status.st_size > MAX_BYTES:
            return Unchecked(path, "size", f"the file has {status.st_size:,} bytes, more than {MAX_BYTES:,}")
        return decoded(path, file.read_bytes())
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Unchecked(path, "unreadable", f"the file could not be read: {reason.lower()}")


def decoded(path: str, raw: bytes) -> Text | Unchecked:
    """Return the text of a file, or say why it is none."""
    try:
        return Text.decode(path, raw)
    except UnicodeDecodeError as error:
        return Unchecked(path, "encoding", f"byte {error.start} of the file is not UTF-8: {error.reason}")


def schemas(root: Path, named: Iterable[str], folder: str) -> list[Text | Unchecked]:
    """Read every schema file in *folder*, those that are *named*, and those that they refer to, sorted by path."""
    inside = schema_files(root, folder)
    return followed([*inside, *named], lambda path: read(root, path) if kind(root / path) == "file" else None)


def schema_files(root: Path, folder: str) -> list[str]:
    """Return the paths of the schema files below *folder* as paths from *root*, sorted."""
    inside = (it for it in (root / folder).rglob("*") if it.is_file() and it.name.endswith(SCHEMA_ENDINGS))
    return sorted(it.relative_to(root).as_posix() for it in inside)


def followed(paths: Iterable[str], read: Callable[[str], Text | Unchecked | None]) -> list[Text | Unchecked]:
    """Read the schema files at *paths* and those that they refer to, sorted by path; *read* has None for no file."""
    pending = list(paths)
    found: dict[str, Text | Unchecked] = {}
    while pending:
        path = pending.pop()
        text = None if path in found else read(path)
        if text:
            found[path] = text
        if isinstance(text, Text):
            pending += library.references(text)
    return [found[it] for it in sorted(found)]


def relative(root: Path, paths: Sequence[str]) -> tuple[str, ...]:
    """Return the paths a user named as paths from *root*; one outside of it raises ValueError naming it."""
    found = []
    for it in paths:
        whole = Path(os.path.abspath(it))  # noqa: PTH100 - resolve() would follow the link that was named
        for base, candidate in ((root, whole), (root.resolve(), whole.parent.resolve() / whole.name)):
            if candidate == base or base in candidate.parents:
                found.append(candidate.relative_to(base).as_posix())
                break
        else:
            raise ValueError(it)
    return tuple(found)


def today() -> date:
    """Return the latest date that it is anywhere on Earth (UTC+14), so that no author's today is in the future."""
    return (datetime.now(UTC) + timedelta(hours=14)).date()


def write(root: Path, path: str, content: str, *, force: bool = False) -> bool:
    """Write a new file at *path* below *root*, with its folders; one that is there is replaced with *force* only.

    Returns whether it was written. Raises OSError, and UnicodeEncodeError before anything is made.
    """
    raw = content.encode()
    file = root / path
    if not file.resolve().is_relative_to(root.resolve()):
        raise PermissionError(f"{path} lies outside of {root}")
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("wb" if force else "xb") as stream:
            stream.write(raw)
    except FileExistsError:
        return False
    return True
