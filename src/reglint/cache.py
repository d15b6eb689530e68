"""What earlier runs made of documents. Whatever is wrong with the cache costs time, and never changes a verdict.

The folder is the user's and not the corpus's, so that nobody can send a cache along with documents. One SQLite file a
root holds, for each document, what it was when it was read (the digest of its bytes, and the file's signature) and what
the map made of it. A row counts only with its own checksum, so that a damaged one is not there. Rows belong to an
*epoch*: the digest of all that a result depends on besides the document. Another version, schema, configuration or
choice of rules is another epoch, of which the last few are kept.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from reglint import replay
from reglint.lazy import regex

_TAG = "CACHEDIR.TAG"
_TAG_CONTENT = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by reglint; `reglint clean` deletes it.\n"
_DOCUMENTS = "reglint-documents"
_OWN = regex(r"[0-9a-f]{40}\.sqlite3(?:-journal)?|[0-9a-f]{8}-[0-9a-f]+\.run(?:\.[0-9]+)?")
_RUNS = 64
_EPOCHS = 4
_PAGES = 1 << 19  # of 4 KiB: no file grows beyond 2 GiB
_PATIENCE = 2.0  # seconds to wait for another run that is writing
_UNUSED = 30 * 24 * 3600  # seconds after which a file is deleted
# What another run, or a disk that is full or cannot be written to, has to do with; anything else is a damaged file.
_PASSING = frozenset(
    getattr(sqlite3, f"SQLITE_{it}") for it in ("BUSY", "LOCKED", "PERM", "READONLY", "IOERR", "FULL", "CANTOPEN")
)
_TABLES = """
PRAGMA journal_mode = MEMORY;
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS epoch (id INTEGER PRIMARY KEY, name BLOB UNIQUE, used INTEGER);
CREATE TABLE IF NOT EXISTS result (
  epoch INTEGER, path TEXT, signature BLOB, digest BLOB, day TEXT, result BLOB, checksum INTEGER,
  PRIMARY KEY (epoch, path)
) WITHOUT ROWID;
"""
_QUERY = "SELECT path, signature, digest, day, result, checksum FROM result JOIN epoch ON id = epoch WHERE name = ?"


class Entry(NamedTuple):
    """One document as it was read, and its result, which holds from *day* on (as `2026-11-22`).

    *signature* is empty where the file's times cannot prove that it is the same.
    """

    path: str
    signature: bytes
    digest: bytes
    day: str
    result: bytes

    def checksum(self, epoch: bytes) -> int:
        """Return the sum that neither a damaged entry has, nor one of another *epoch*."""
        return crc32(
            b"\0".join((epoch, self.path.encode(), self.signature, self.digest, self.day.encode(), self.result))
        )


def digest(*parts: bytes) -> bytes:
    """Return a digest of 20 bytes that only the same *parts* have."""
    whole = blake2b(digest_size=20)
    for it in parts:
        whole.update(len(it).to_bytes(8, "little"))
        whole.update(it)
    return whole.digest()


class Cache:
    """The entries of one epoch for the corpus at *root*. *trouble* says what kept it from working, if anything did."""

    def __init__(self, folder: Path, root: Path, epoch: bytes) -> None:
        self.trouble = ""
        self._folder = folder
        self._file = folder / _DOCUMENTS / f"{digest(os.fsencode(root)).hex()}.sqlite3"
        self._epoch = epoch

    def entries(self) -> Iterator[Entry]:
        """Yield what is known of each document: nothing where there is no cache, or from where on it is damaged."""
        if not self._file.exists():
            return
        with self._guarded(), closing(sqlite3.connect(f"{self._file.as_uri()}?mode=ro", _PATIENCE, uri=True)) as known:
            for *columns, checksum in known.execute(_QUERY, (self._epoch,)):
                entry = Entry(*columns)
                if _is_entry(entry) and entry.checksum(self._epoch) == checksum:
                    yield entry

    def keep(self, changed: Iterable[Entry], gone: Iterable[str]) -> None:
        """Store the entries that *changed*, and forget the paths that are *gone*."""
        with self._guarded():
            prepare(self._folder, _DOCUMENTS)
            with closing(sqlite3.connect(self._file, _PATIENCE, isolation_level=None)) as connection:
                connection.executescript(f"PRAGMA max_page_count = {_PAGES}; {_TABLES}")
                connection.execute("BEGIN IMMEDIATE")
                _write(connection, self._epoch, changed, gone)
                connection.execute("COMMIT")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Go on without the cache if it fails; a file that is none any more would be in the way of the next run too."""
        try:
            yield
        except (sqlite3.Error, OSError, UnicodeError) as error:
            self.trouble = f"the cache {self._file} was not used: {error}"
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _PASSING and not isinstance(error, OSError):
                with suppress(OSError):
                    self._file.unlink(missing_ok=True)


def _is_entry(it: Entry) -> bool:
    """Tell whether the columns of a row are what they were written as; SQLite does not hold a column to its type."""
    kinds = (str, bytes, bytes, str, bytes)
    return all(isinstance(column, kind) for column, kind in zip(it, kinds, strict=True))


def _write(connection: sqlite3.Connection, name: bytes, changed: Iterable[Entry], gone: Iterable[str]) -> None:
    connection.execute("INSERT OR IGNORE INTO epoch (name) VALUES (?)", (name,))
    connection.execute("UPDATE epoch SET used = ? WHERE name = ?", (time.time_ns(), name))
    [epoch] = connection.execute("SELECT id FROM epoch WHERE name = ?", (name,)).fetchone()
    rows = ((epoch, *it, it.checksum(name)) for it in changed)
    connection.executemany("INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.executemany("DELETE FROM result WHERE epoch = ? AND path = ?", ((epoch, it) for it in gone))
    old = "SELECT id FROM epoch ORDER BY used DESC LIMIT -1 OFFSET ?"
    connection.execute(f"DELETE FROM result WHERE epoch IN ({old})", (_EPOCHS,))  # noqa: S608 - a constant
    connection.execute(f"DELETE FROM epoch WHERE id IN ({old})", (_EPOCHS,))  # noqa: S608 - a constant


def prepare(folder: Path, name: str) -> None:
    """Make the folder *name* within the cache *folder*, and delete what nobody has written for a month.

    Raises OSError, also for a folder that holds other things, which could be lost.
    """
    if not _is_cache(folder):
        if folder.exists() and any(folder.iterdir()):
            raise FileExistsError(f"{folder} is no cache of reglint, and not empty")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _TAG).write_text(_TAG_CONTENT, "utf-8")
        (folder / ".gitignore").write_text("*\n", "utf-8")
    (folder / name).mkdir(exist_ok=True)
    files = sorted(_own(folder / name), key=lambda it: it.lstat().st_mtime, reverse=True)
    oldest = time.time() - _UNUSED
    for i, it in enumerate(files):
        if it.lstat().st_mtime < oldest or (name == replay.FOLDER and i >= _RUNS):
            it.unlink(missing_ok=True)


def clean(folder: Path) -> tuple[int, int]:
    """Delete all that reglint keeps in *folder*; return how many files, and how many bytes, these were. Raises OSError.

    Only files of reglint's are touched, and only in a folder that is marked as its cache.
    """
    if not _is_cache(folder):
        return 0, 0
    files = [it for name in (_DOCUMENTS, replay.FOLDER) for it in _own(folder / name)]
    sizes = [it.lstat().st_size for it in files]
    for it in files:
        it.unlink(missing_ok=True)
    return len(sizes), sum(sizes)


def _is_cache(folder: Path) -> bool:
    tag = folder / _TAG
    return tag.is_file() and tag.read_text("utf-8", "replace") == _TAG_CONTENT


def _own(folder: Path) -> list[Path]:
    """Return the files of *folder*, which may be missing, that reglint wrote."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    return [it for it in folder.iterdir() if _OWN.fullmatch(it.name) and it.is_file() and not it.is_symlink()]
