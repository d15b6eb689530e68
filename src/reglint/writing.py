"""Puts edited texts in the place of files: all of them, or none."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from reglint.patch import Rewritten
from reglint.text import Text

_BOM = "\ufeff"
_OWN = ".reglint-"


class NotWritten(Exception):
    """Which file kept everything from being written, and why; nothing has changed then."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} could not be written: {reason}")


class Change(NamedTuple):
    """A document as it was read and its text as it shall be, with the path that it gets."""

    old: Text
    new: Text


def prepared(root: Path, changes: Iterable[Change]) -> tuple[Rewritten, ...]:
    """Return the bytes of each file before and after. Raises NotWritten for one that is not as it was read.

    The BOM, line ends, and all that was not edited are as in the file.
    """
    return tuple(_rewritten(root, it) for it in changes)


def _rewritten(root: Path, change: Change) -> Rewritten:
    raw = _read(root, change.old.path)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise NotWritten(change.old.path, "it has changed since it was read") from error
    if Text.decode(change.old.path, raw) != change.old:
        raise NotWritten(change.old.path, "it has changed since it was read")
    has_only_cr = "\r" in text and "\n" not in text
    content = change.new.content.replace("\n", "\r") if has_only_cr else change.new.content
    mark = _BOM if text.startswith(_BOM) else ""
    return Rewritten(change.old.path, change.new.path, raw, f"{mark}{content}".encode())


def _read(root: Path, path: str) -> bytes:
    """Read a file that may be replaced: a regular one with one name, reached through no link."""
    file = root / path
    try:
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode) or file.resolve() != root.resolve() / path:
            raise NotWritten(path, "it is a link, and what it leads to is not touched")
        if status.st_nlink > 1:
            raise NotWritten(path, "it has a second name, as a hard link, which would keep the old text")
        return file.read_bytes()
    except OSError as error:
        raise NotWritten(path, _reason(error)) from error


def write(root: Path, files: Sequence[Rewritten]) -> None:
    """Replace each file, and move those whose path changes. Raises NotWritten, and then everything is as it was."""
    path = ""
    with ExitStack() as tidy, ExitStack() as undo:
        try:
            fresh = []
            for it in files:
                path = it.old
                fresh.append(_fresh(root / path, it, tidy))
            for it, temporary in zip(files, fresh, strict=True):
                path = it.old
                _replace(root, it, temporary, tidy, undo)
            for it in files:
                path = it.new
                if it.old != it.new:
                    _move(root, it, undo)
        except OSError as error:
            raise NotWritten(path, _reason(error)) from error
        undo.pop_all()
    for folder in {(root / path).parent for it in files for path in (it.old, it.new)}:
        _settle(folder)


def _fresh(file: Path, it: Rewritten, tidy: ExitStack) -> Path | None:
    """Write the new bytes beside *file*, on the disk and with its permissions and owner; None: there are none."""
    if it.before == it.after:
        return None
    handle, name = tempfile.mkstemp(prefix=_OWN, dir=file.parent)
    tidy.callback(_remove, Path(name))
    with os.fdopen(handle, "wb") as stream:
        stream.write(it.after)
        stream.flush()
        os.fsync(stream.fileno())
    wanted, status = file.stat(), Path(name).stat()
    if (wanted.st_uid, wanted.st_gid) != (status.st_uid, status.st_gid):
        with suppress(PermissionError):
            os.chown(name, wanted.st_uid, wanted.st_gid)
    shutil.copymode(file, name)
    return Path(name)


def _replace(root: Path, it: Rewritten, temporary: Path | None, tidy: ExitStack, undo: ExitStack) -> None:
    """Look once more at what is replaced, and keep it under another name until all is done."""
    file = root / it.old
    if _read(root, it.old) != it.before:
        raise NotWritten(it.old, "it has changed since it was read")
    if temporary is None:
        return
    kept = temporary.with_name(f"{temporary.name}.old")
    tidy.callback(_remove, kept)
    try:
        os.link(file, kept)
    except OSError:
        shutil.copy2(file, kept)
    undo.callback(_put_back, kept, file)
    temporary.replace(file)


def _move(root: Path, it: Rewritten, undo: ExitStack) -> None:
    """Move a file to where none is; on some systems a change of case alone finds the file itself there."""
    old, new = root / it.old, root / it.new
    for folder in reversed([it for it in new.parents if not it.exists()]):
        folder.mkdir()
        undo.callback(_remove_folder, folder)
    if new.parent.resolve() != root.resolve() / new.parent.relative_to(root):
        raise NotWritten(it.new, "its folder is a link")
    if os.path.lexists(new) and not new.samefile(old):
        raise NotWritten(it.new, "there is a file already")
    old.rename(new)
    undo.callback(_put_back, new, old)


def _put_back(kept: Path, file: Path) -> None:
    """One file that cannot be put back must not keep the others from it."""
    with suppress(OSError):
        kept.replace(file)


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)


def _remove_folder(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _settle(folder: Path) -> None:
    """Let the new names reach the disk, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
