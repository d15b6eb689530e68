"""Puts edited texts in the place of files: all of them, or none."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from reglint.patch import Rewritten
from reglint.text import Text

_BOM = "\ufeff"
# What systems say that have no hard links, or cannot sync a folder.
_UNSUPPORTED = {errno.EPERM, errno.EACCES, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK}
_Removal = tuple[Path, Callable[[], None]]


class WriteError(Exception):
    """Why the files were not written."""


class NotWritten(WriteError):
    """Which file kept everything from being written, and why; nothing has changed then."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} could not be written: {reason}")


class NotPutBack(WriteError):
    """What kept the files from being written, and what is not as it was then, with the places of its old content."""

    def __init__(self, cause: str, left: Iterable[str]) -> None:
        super().__init__(f"{cause}; and not all could be put back: {'; '.join(left)}")


class Change(NamedTuple):
    """A document as it was read and its text as it shall be, with the path that it gets."""

    old: Text
    new: Text


class _Step(NamedTuple):
    """A file to write, with the names that its new and its old content have meanwhile, and what gets its new path."""

    it: Rewritten
    old: Path
    new: Path
    fresh: Path
    kept: Path
    source: Path

    @classmethod
    def of(cls, root: Path, it: Rewritten) -> _Step:
        old = root / it.old
        fresh = old.with_name(f".reglint-{secrets.token_hex(8)}")
        source = old if it.before == it.after else fresh
        return cls(it, old, root / it.new, fresh, fresh.with_suffix(".old"), source)


class _Journal:
    """What has been begun. Undoing it looks at the disk, as no note can tell whether a step was interrupted."""

    def __init__(self, root: Path, files: Iterable[Rewritten]) -> None:
        self.root = root
        self.steps = [_Step.of(root, it) for it in files if (it.old, it.before) != (it.new, it.after)]
        self.begun: list[_Step] = []
        self.made: dict[Path, os.stat_result | None] = {}

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


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
    """Read a file that may be replaced: a regular one with one name, reached through no link, and not read-only."""
    file = root / path
    with _blamed(path):
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode) or file.resolve() != root.resolve() / path:
            raise NotWritten(path, "it is a link, and what it leads to is not touched")
        if status.st_nlink > 1:
            raise NotWritten(path, "it has a second name, as a hard link, which would keep the old text")
        if not (status.st_mode & stat.S_IWUSR and os.access(file, os.W_OK)):
            raise NotWritten(path, "it is read-only; make it writable first")
        return file.read_bytes()


def write(root: Path, files: Iterable[Rewritten]) -> tuple[str, ...]:
    """Replace each file, and move those whose path changes; return what could not be tidied away, in words.

    Raises NotWritten or what has interrupted it, and then everything is as it was; NotPutBack where that cannot be
    had. An interrupt that comes when all is written is too late.
    """
    journal, is_done = _Journal(root, files), False
    try:
        _carry_out(journal)
        is_done = True
        return _tidied(journal)
    except BaseException as error:
        left = _despite_interrupts(partial(_tidied if is_done else _undone, journal))
        if is_done:
            return left
        if left:
            cause = str(error) if isinstance(error, WriteError) else f"the writing was ended by {type(error).__name__}"
            raise NotPutBack(cause, left) from error
        raise


def _carry_out(journal: _Journal) -> None:
    for step in (it for it in journal.steps if it.source == it.fresh):
        with _blamed(step.it.old):
            _create(step.fresh, step.it.after, step.old, is_new=True)
    for step in journal.steps:
        with _blamed(step.it.old):
            _replace(journal, step)
    _settle(journal)


def _create(file: Path, raw: bytes, like: Path, *, is_new: bool) -> None:
    """Write a new file, on the disk and with the owner, permissions and attributes of *like*; nobody else reads it."""
    with open(file, "xb", opener=partial(os.open, mode=0o600)) as stream:
        stream.write(raw)
        stream.flush()
        wanted, status = like.stat(), file.stat()
        if (wanted.st_uid, wanted.st_gid) != (status.st_uid, status.st_gid):
            try:
                os.chown(file, wanted.st_uid, wanted.st_gid)
            except OSError as error:
                raise OSError(error.errno, "its owner and group could not be kept") from error
        shutil.copystat(like, file)
        if is_new:
            os.utime(file)
        os.fsync(stream.fileno())


def _replace(journal: _Journal, step: _Step) -> None:
    """Look once more at what is replaced, and keep it under another name until all is done."""
    if _read(journal.root, step.it.old) != step.it.before:
        raise NotWritten(step.it.old, "it has changed since it was read")
    is_one = _is_one(step)
    journal.begun.append(step)
    _keep(step)
    if is_one and step.source == step.fresh:
        step.fresh.replace(step.old)
    with _blamed(step.it.new):
        if not is_one:
            _move(journal, step)
        elif step.old != step.new:
            step.old.rename(step.new)


def _keep(step: _Step) -> None:
    with _if_supported():
        os.link(step.old, step.kept)
        return
    _create(step.kept, step.it.before, step.old, is_new=False)


def _is_one(step: _Step) -> bool:
    """Tell whether both paths are one file: where case makes no difference, one is found by a name it has not yet."""
    return os.path.lexists(step.new) and os.path.lexists(step.old) and step.new.samefile(step.old)


def _move(journal: _Journal, step: _Step) -> None:
    """Move a file to where none is, and make the folders for it."""
    above = next(it for it in step.new.parents if it.exists())
    if above.resolve() != journal.root.resolve() / above.relative_to(journal.root):
        raise NotWritten(step.it.new, "its folder is a link")
    for folder in reversed([it for it in step.new.parents if not it.exists()]):
        journal.made[folder] = None
        folder.mkdir()
    journal.made[step.new] = step.source.lstat()
    _place(step.source, step.new)
    step.old.unlink(missing_ok=True)


def _place(source: Path, target: Path) -> None:
    """Let *target* be *source*. Raises FileExistsError; without hard links one may come after the look for it."""
    with _if_supported():
        os.link(source, target)
        return
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    source.rename(target)


def _settle(journal: _Journal) -> None:
    """Let the new names reach the disk, also those of new folders."""
    paths = (it for step in journal.steps for it in (step.old, step.new))
    for folder in {it.parent for it in (*paths, *journal.made)}:
        with _blamed(journal.name(folder)), _if_supported(), ExitStack() as closing:
            handle = os.open(folder, os.O_RDONLY)
            closing.callback(os.close, handle)
            os.fsync(handle)


def _despite_interrupts(job: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    """Do what may be done twice until it is done."""
    while True:
        with suppress(KeyboardInterrupt, SystemExit):
            return job()


def _undone(journal: _Journal) -> tuple[str, ...]:
    """Put everything back, whatever of it fails, and return in words what is not as it was."""
    begun = ((it, partial(_put_back, journal, it)) for it in reversed(journal.begun))
    lost = {step.kept: words for step, job in begun if (words := _tried(_loss(journal, step), job))}
    made = [(path, partial(_take_away, path, status)) for path, status in reversed(journal.made.items())]
    return (*lost.values(), *_tidied(journal, made, lost))


def _loss(journal: _Journal, step: _Step) -> str:
    place = f", and its old content is in {journal.name(step.kept)}" if os.path.lexists(step.kept) else ""
    return f"{step.it.old} is not as it was{place}"


def _put_back(journal: _Journal, step: _Step) -> None:
    if step.old != step.new and step.new not in journal.made and _is_one(step):
        step.new.rename(step.old)
    if not os.path.lexists(step.old):
        _place(step.kept, step.old)
    elif (now := step.old.read_bytes()) == step.it.after != step.it.before:
        step.kept.replace(step.old)
    elif now != step.it.before:
        raise OSError("somebody else has written it")


def _take_away(path: Path, status: os.stat_result | None) -> None:
    """Remove a file of that status, or an empty folder; what else is there was put there by somebody else."""
    with suppress(FileNotFoundError, NotADirectoryError):
        if status and os.path.samestat(path.lstat(), status):
            path.unlink()
        elif not status and not any(path.iterdir()):
            path.rmdir()


def _tidied(journal: _Journal, made: Iterable[_Removal] = (), lost: Container[Path] = ()) -> tuple[str, ...]:
    """Remove also our own files but those that hold what would be *lost*, and return in words what is still there."""
    own = (it for step in journal.steps for it in (step.fresh, step.kept) if it not in lost and os.path.lexists(it))
    jobs: list[_Removal] = [*made, *((it, partial(it.unlink, missing_ok=True)) for it in own)]
    return tuple(it for path, job in jobs if (it := _tried(f"{journal.name(path)} could not be removed", job)))


def _tried(what: str, action: Callable[[], None]) -> str:
    try:
        action()
    except OSError as error:
        return f"{what}: {_reason(error)}"
    return ""


@contextmanager
def _if_supported() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise


@contextmanager
def _blamed(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotWritten(path, _reason(error)) from error


def _reason(error: OSError) -> str:
    return "there is a file already" if isinstance(error, FileExistsError) else (error.strerror or str(error)).lower()
