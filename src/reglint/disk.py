"""Files and folders. Besides `cli`, the only room that touches them; everything it hands on is a value."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import rignore

from reglint import configfile, replay
from reglint.rule import Unchecked
from reglint.schema import library
from reglint.text import Text

MAX_BYTES = 16 << 20  # far beyond any document that people write
_IGNORING = (".gitignore", ".git/config", ".git/info/exclude", ".jj")
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
    for file in _candidates(start):
        if file.is_file() and (text := _configuration(file)):
            return Place(file.parent, text)
    return None


def _candidates(start: Path) -> Iterator[Path]:
    """Yield what may be the configuration for the folder *start*, the first that is one first."""
    names = (*configfile.FILE_NAMES, configfile.PYPROJECT)
    return (folder / name for folder in (start, *start.parents) for name in names)


def deciding(paths: Sequence[str], root: Path) -> list[str]:
    """Return all paths, there or not, that decide which files below *root* a command for *paths* looks at."""
    configurations = [it for named in (paths, *([it] for it in paths)) for it in _candidates(_common_folder(named))]
    above = (root, *root.parents)
    ignoring = [it / name for it in above for name in _IGNORING]
    beginnings = [it / ".git" for it in above if not os.path.lexists(it / ".git")]
    return [os.fspath(it) for it in (*map(Path, paths), *configurations, *ignoring, *beginnings)]


def is_linked_worktree(root: Path) -> bool:
    """Tell whether *root*, or a folder above it, has a `.git` that is a file, so that git's own files are elsewhere."""
    return any((it / ".git").is_file() for it in (root, *root.parents))


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
    """Paths below the root, sorted: files that may be documents, hidden ones, and folders that are links.

    *folders* are those that were looked into. *signatures* holds one for each visible file that is no link.
    """

    visible: list[str]
    hidden: list[str]
    linked_folders: list[str]
    folders: list[str]
    signatures: dict[str, bytes]


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
    return "/." in f"/{path}"


def files(root: Path) -> Files:
    """Return the paths of all files below *root* but those that git ignores, and git's own.

    Only ignore files of the repository count, so that the result does not depend on the machine. Raises OSError for a
    folder that cannot be read, ValueError for a name that is no Unicode.
    """
    walker = rignore.walk(root, ignore_hidden=False, read_ignore_files=False, read_global_git_ignore=False)
    prefix = len(os.path.join(root, ""))
    found = Files([], [], [], [""], {})
    for whole in sorted(map(os.fspath, walker)):
        path = whole[prefix:].replace(os.sep, "/")
        if path and "/.git/" not in f"/{path}/":
            _sort_in(found, whole, path)
    return found


def _sort_in(found: Files, whole: str, path: str) -> None:
    status = os.lstat(whole)
    if stat.S_ISDIR(status.st_mode):
        found.folders.append(path)
    elif is_hidden(path):
        found.hidden.append(path)
    elif stat.S_ISLNK(status.st_mode):
        (found.linked_folders if os.path.isdir(whole) else found.visible).append(path)
    else:
        found.visible.append(path)
        found.signatures[path] = replay.signature(status)


def read(root: Path, path: str) -> Text | Unchecked:
    """Read the document at *path* below *root*, or say why it cannot be checked. Only regular files are opened."""
    raw = content(root, path)
    return decoded(path, raw) if isinstance(raw, bytes) else raw


def content(root: Path, path: str) -> bytes | Unchecked:
    """Read the bytes of the file at *path* below *root*, or say why that cannot be."""
    file = os.path.join(root, path)
    try:
        status = os.lstat(file)
        if stat.S_ISLNK(status.st_mode):
            status = os.stat(file)
            folder = os.path.dirname(os.path.realpath(file, strict=True))
        else:
            folder = os.path.dirname(file)
        if not _is_within(root, folder):
            return Unchecked(path, "unreadable", "the file lies outside of the root")
        if not stat.S_ISREG(status.st_mode):
            return Unchecked(path, "unreadable", "this is no regular file")
        if status.st_size > MAX_BYTES:
            return Unchecked(path, "size", f"the file has {status.st_size:,} bytes, more than {MAX_BYTES:,}")
        with open(file, "rb", buffering=0) as stream:
            return stream.read()
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Unchecked(path, "unreadable", f"the file could not be read: {reason.lower()}")


def forget() -> None:
    """Forget which folders lie within which, as links may have come and gone."""
    _is_within.cache_clear()


@lru_cache(maxsize=1 << 10)
def _is_within(root: Path, folder: str) -> bool:
    """Tell whether *folder*, links followed, is *root* or lies in it. Raises OSError."""
    return Path(folder).resolve(strict=True).is_relative_to(root.resolve())


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


def folders(root: Path, folder: str) -> list[str]:
    """Return *folder* and all folders below it as paths from *root*, sorted; *folder* itself need not exist."""
    inside = (it.relative_to(root).as_posix() for it in (root / folder).rglob("*") if it.is_dir())
    return [folder, *sorted(inside)]


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
        whole = Path(os.path.abspath(it))
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
