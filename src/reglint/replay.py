"""A run that nothing has happened to since: what it printed, and how it ended, are printed again.

This is the first code that runs, so it imports next to nothing. A record holds the command line with all else that it
depends on (the *key*), every file and folder that the run looked at with its signature, and what was printed. It counts
only if each of them is as it was; in doubt the run takes place. A record is written only if all these files had rested
for a while when the run began, so that no change can hide behind the resolution of a file system's clock.
"""

from __future__ import annotations

import os
import sys
import time
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zlib import crc32

FOLDER = "runs"
_MAGIC = b"reglint run 1\n"
_LENGTH = 8
_WORD = (1 << 63) - 1
_STEP = 2_000_000_000  # ns
SIZE = 4 * 8
_LARGEST = 16 << 20  # bytes of a record; what prints more is not worth repeating
_UNREPEATED = ("--no-cache", "--verify-cache", "--watch", "-w")
_NAMES = (
    *("CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "FORCE_COLOR", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LINES"),
    *("NO_COLOR", "PYTHONIOENCODING", "PYTHONUTF8", "TERM"),
)
_DAY = 24 * 3600
_FIRST_TIME_ZONE = 14 * 3600  # seconds that it is later there than UTC

Printed = tuple[bool, str]
"""Whether something was written to stderr, and the text."""


class Witnesses:
    """What a run looked at: the *signatures* that files had, other *paths*, there or not, and when it began (ns)."""

    def __init__(self, signatures: Mapping[str, bytes], paths: Iterable[str], seen_at: int) -> None:
        self.signatures = signatures
        self.paths = tuple(paths)
        self.seen_at = seen_at


def default_folder(environment: Mapping[str, str]) -> str:
    """Return the folder for caches, by the customs of the system; empty where the user has no home."""
    if named := environment.get("REGLINT_CACHE_DIR"):
        return named
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        return os.path.join(environment.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local"), "reglint-cache")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches", "reglint")
    base = environment.get("XDG_CACHE_HOME") or (os.path.join(home, ".cache") if home != "~" else "")
    return os.path.join(base, "reglint") if base else ""


def key(arguments: Sequence[str], environment: Mapping[str, str]) -> bytes:
    """Return all that a run depends on besides files, as one text."""
    named = (f"{it}={environment[it]}" for it in sorted(environment) if it.startswith("REGLINT_") or it in _NAMES)
    streams = (f"{it.encoding} {it.isatty()}" for it in (sys.stdout, sys.stderr))
    day = int(time.time() + _FIRST_TIME_ZONE) // _DAY
    parts = (sys.version, os.getcwd(), str(day), *streams, *named, "", *arguments)
    return "\0".join(parts).encode("utf-8", "surrogateescape")


def folder_for(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the cache folder of a command that a record may answer; empty for any other command."""
    is_refused = environment.get("REGLINT_NO_CACHE") or any(it in _UNREPEATED for it in arguments)
    if arguments[:1] != ["check"] or is_refused:
        return ""
    for i, it in enumerate(arguments):
        if it.startswith("--cache-dir"):
            return it.partition("=")[2] or "".join(arguments[i + 1 : i + 2])
    return default_folder(environment)


def recall(folder: str, wanted: bytes) -> tuple[list[Printed], int] | None:
    """Return what the run *wanted* printed, and its exit code, if all that it looked at is as it was."""
    try:
        with open(_file(folder, wanted), "rb", buffering=0) as stream:
            raw = stream.read(_LARGEST)
        found, present, absent, signatures, code, *printed = _sections(raw)
        if found != wanted or _any_exists(absent) or _signatures(_paths(present)) != signatures:
            return None
        return [(it[:1] == b"2", it[1:].decode()) for it in printed], int(code)
    except (OSError, ValueError):
        return None


def keep(folder: str, wanted: bytes, witnesses: Witnesses, printed: Iterable[Printed], code: int) -> None:
    """Write a record of a run, unless a witness may have changed since the run began. Raises OSError."""
    paths = sorted({*witnesses.paths, *witnesses.signatures})
    present = [it for it in paths if os.path.exists(it)]
    absent = [it for it in paths if not os.path.exists(it)]
    signatures = _signatures(present)
    for i, path in enumerate(present):
        own = signatures[i * SIZE : (i + 1) * SIZE]
        if witnesses.signatures.get(path, own) != own or not is_settled(own, witnesses.seen_at):
            return
    texts = ((b"2" if is_error else b"1") + text.encode() for is_error, text in printed)
    parts = [wanted, _joined(present), _joined(absent), signatures, str(code).encode(), *texts]
    body = b"".join(len(it).to_bytes(_LENGTH, "little") + it for it in parts)
    if len(body) < _LARGEST:
        file = _file(folder, wanted)
        draft = f"{file}.{os.getpid()}"
        with open(draft, "wb") as stream:
            stream.write(_MAGIC + crc32(body).to_bytes(_LENGTH, "little") + body)
        os.replace(draft, file)


def fields(status: os.stat_result) -> tuple[int, int, int, int]:
    """Return what changes whenever a file does: its number, its size, and the times (ns) of its content and its entry.

    The number is cut to 63 bits.
    """
    return status.st_ino & _WORD, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def signature(status: os.stat_result) -> bytes:
    """Return the fields of a file as SIZE bytes."""
    return array("q", fields(status)).tobytes()


def is_settled(signature: bytes, at: int) -> bool:
    """Tell whether a file with this *signature*, seen *at* a time (ns), could not change since and still look the same.

    File systems count time in steps of up to two seconds (FAT), so that a second change may leave no other trace.
    """
    return max(array("q", signature)[2:]) < at - _STEP


def _signatures(paths: Iterable[str]) -> bytes:
    """Return the signatures of all *paths*, links followed. Raises OSError for one that is not there."""
    found = array("q")
    stat, add = os.stat, found.extend
    for it in paths:
        status = stat(it)
        add((status.st_ino & _WORD, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    return found.tobytes()


def _any_exists(absent: bytes) -> bool:
    return any(map(os.path.lexists, _paths(absent)))


def _paths(joined: bytes) -> list[str]:
    return os.fsdecode(joined).split("\0") if joined else []


def _joined(paths: Sequence[str]) -> bytes:
    return os.fsencode("\0".join(paths))


def _sections(raw: bytes) -> Iterator[bytes]:
    """Yield the parts of a record. Raises ValueError for anything else."""
    body = raw[len(_MAGIC) + _LENGTH :]
    if raw[: len(_MAGIC)] != _MAGIC or raw[len(_MAGIC) :][:_LENGTH] != crc32(body).to_bytes(_LENGTH, "little"):
        raise ValueError("this is no record, or a damaged one")
    at = 0
    while at < len(body):
        start = at + _LENGTH
        at = start + int.from_bytes(body[at:start], "little")
        yield body[start:at]


def _file(folder: str, wanted: bytes) -> str:
    return os.path.join(folder, FOLDER, f"{crc32(wanted):08x}-{len(wanted):x}.run")
