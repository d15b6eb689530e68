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

FOLDER = "reglint-runs"
_MAGIC = b"reglint run 1\n"
_LENGTH = 8
_WORD = (1 << 63) - 1
_STEP = 2_000_000_000  # ns
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
    if not os.path.isabs(home):
        return ""
    if sys.platform == "win32":
        return os.path.join(environment.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local"), "reglint-cache")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches", "reglint")
    base = environment.get("XDG_CACHE_HOME", "")
    return os.path.join(base if os.path.isabs(base) else os.path.join(home, ".cache"), "reglint")


def key(arguments: Sequence[str], environment: Mapping[str, str]) -> bytes:
    """Return all that a run depends on besides files, as one text. Raises OSError where there is no current folder."""
    named = (f"{it}={environment[it]}" for it in sorted(environment) if it.startswith("REGLINT_") or it in _NAMES)
    streams = (f"{it.encoding} {it.isatty()}" if it else "" for it in (sys.stdout, sys.stderr))
    day = int(time.time() + _FIRST_TIME_ZONE) // _DAY
    parts = (__file__, sys.version, *sys.path, os.getcwd(), str(day), *streams, *named, "", *arguments)
    return "\0".join(parts).encode("utf-8", "surrogatepass")


def folder_for(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the cache folder of a command that a record may answer; empty for any other command."""
    is_refused = environment.get("REGLINT_NO_CACHE") or any(it in _UNREPEATED for it in arguments)
    if arguments[:1] != ["check"] or is_refused:
        return ""
    named = [i for i, it in enumerate(arguments) if it.startswith("--cache-dir")]
    if not named:
        return default_folder(environment)
    flag, is_joined, folder = arguments[named[0]].partition("=")
    is_plain = len(named) == 1 and flag == "--cache-dir"
    return (folder if is_joined else "".join(arguments[named[0] + 1 : named[0] + 2])) if is_plain else ""


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
    if not all(is_settled(it, witnesses.seen_at) for it in witnesses.signatures.values()):
        return
    found = {it: _signature_at(it) for it in sorted({*witnesses.paths, *witnesses.signatures})}
    present = [it for it, own in found.items() if own]
    absent = [it for it, own in found.items() if not own]
    for path in present:
        if witnesses.signatures.get(path, found[path]) != found[path] or not is_settled(found[path], witnesses.seen_at):
            return
    signatures = b"".join(found[it] for it in present)
    texts = ((b"2" if is_error else b"1") + text.encode() for is_error, text in printed)
    parts = [wanted, _joined(present), _joined(absent), signatures, str(code).encode(), *texts]
    body = b"".join(len(it).to_bytes(_LENGTH, "little") + it for it in parts)
    if len(body) < _LARGEST:
        file = _file(folder, wanted)
        draft = f"{file}.{os.getpid()}"
        try:
            with open(draft, "wb") as stream:
                stream.write(_MAGIC + crc32(body).to_bytes(_LENGTH, "little") + body)
            os.replace(draft, file)
        except OSError:
            os.unlink(draft)
            raise


def fields(status: os.stat_result) -> tuple[int, int, int, int]:
    """Return what changes whenever a file does: its number, its size, and the times (ns) of its content and its entry.

    Each is cut to 63 bits; a year from 2262 on looks like one long ago, in which nothing is lost but the order.
    """
    return status.st_ino & _WORD, status.st_size, status.st_mtime_ns & _WORD, status.st_ctime_ns & _WORD


def signature(status: os.stat_result) -> bytes:
    """Return the fields of a file as bytes."""
    return array("q", fields(status)).tobytes()


def is_settled(signature: bytes, at: int) -> bool:
    """Tell whether a file with this *signature*, seen *at* a time (ns), could not change since and still look the same.

    File systems count time in steps of up to two seconds (FAT), so that a second change may leave no other trace. On
    Windows a file tells only when it was made and written, and anybody can set both times.
    """
    return sys.platform != "win32" and max(array("q", signature)[2:]) < at - _STEP


def _signatures(paths: Iterable[str]) -> bytes:
    """Return the signatures of all *paths*, links followed. Raises OSError for one that is not there."""
    found = array("q")
    stat, add = os.stat, found.extend
    for it in paths:
        add(fields(stat(it)))
    return found.tobytes()


def _signature_at(path: str) -> bytes:
    """Return the signature of what is at *path*, links followed; empty where there is nothing."""
    try:
        return signature(os.stat(path))
    except (FileNotFoundError, NotADirectoryError):
        return b""


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
