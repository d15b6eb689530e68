"""What earlier runs made of documents. Whatever is wrong with the cache costs time, and never changes a verdict.

The folder is the user's and not the corpus's, so that nobody can send a cache along with documents. One SQLite file a
root holds, for each document, what it was when it was read (the digest of its bytes, and the file's signature) and what
the map made of it; its facts apart, as few of them are asked for when little has changed; and what the last reduce
found. A row counts only with its own checksum, so that a damaged one is not there. Rows belong to an *epoch*: the
digest of all that a result depends on besides the document. Another version, schema, configuration or choice of rules
is another epoch, of which the last few are kept.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TypeVar, get_type_hints
from zlib import crc32

from reglint import replay
from reglint.lazy import regex

DIGEST = 20
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
_SETTINGS = f"PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA max_page_count = {_PAGES};"
_EPOCH_TABLE = "CREATE TABLE IF NOT EXISTS epoch (id INTEGER PRIMARY KEY, name BLOB UNIQUE, used INTEGER);"


class Entry(NamedTuple):
    """One document as it was read, and what there is to tell of it, which holds from *day* on (as `2026-11-22`).

    *signature* is empty where the file's times cannot prove that it is the same. *surface* and *leads* are digests.
    """

    path: str
    signature: bytes
    digest: bytes
    day: str
    surface: bytes
    leads: bytes
    told: bytes


class FactsRow(NamedTuple):
    """The facts of a document whose bytes have that *digest*."""

    path: str
    digest: bytes
    facts: bytes


class Reduction(NamedTuple):
    """What a reduce *found* in a *world*, the digest of all that it can hang on besides a document's own facts.

    *contents* are the digests of all documents, one behind the other in order of their paths, and *leads* those of
    where their links lead.
    """

    world: bytes
    contents: bytes
    leads: bytes
    found: bytes


def digest(*parts: bytes) -> bytes:
    """Return a digest of `DIGEST` bytes that only the same *parts* have."""
    from hashlib import blake2b  # which a run without a cache can do without

    whole = blake2b(digest_size=DIGEST)
    for it in parts:
        whole.update(len(it).to_bytes(8, "little"))
        whole.update(it)
    return whole.digest()


Row = Entry | FactsRow | Reduction
_Row = TypeVar("_Row", Entry, FactsRow, Reduction)
_TABLES: Mapping[type[Row], str] = {Entry: "document", FactsRow: "facts", Reduction: "reduction"}


class Cache:
    """The rows of one epoch for the corpus at *root*. *trouble* says what kept it from working, if anything did."""

    def __init__(self, folder: Path, root: Path, epoch: bytes) -> None:
        self.trouble = ""
        self._folder = folder
        # Another version may have other columns, and is not to be hindered.
        columns = (" ".join(it._fields).encode() for it in _TABLES)
        self._file = folder / _DOCUMENTS / f"{digest(os.fsencode(root), *columns).hex()}.sqlite3"
        self._epoch = epoch

    def rows(self, kind: type[_Row], path: str | None = None) -> Iterator[_Row]:
        """Yield the rows of one *kind*, of all documents or of the one at *path*.

        There are none without a cache, and none behind the place from where on it is damaged.
        """
        if not self._file.exists():
            return
        types = tuple(get_type_hints(kind).values())
        with self._guarded(), closing(sqlite3.connect(f"{self._file.as_uri()}?mode=ro", _PATIENCE, uri=True)) as known:
            for *columns, checksum in known.execute(_query(kind, path), (self._epoch, path)[: 1 + (path is not None)]):
                # SQLite does not hold a column to its type.
                if tuple(map(type, columns)) == types and _checksum(self._epoch, columns) == checksum:
                    yield kind(*columns)

    def keep(self, rows: Sequence[Row], gone: Iterable[str] = ()) -> None:
        """Store *rows*, and forget the documents at the paths that are *gone*."""
        with self._guarded():
            prepare(self._folder, _DOCUMENTS)
            with closing(sqlite3.connect(self._file, _PATIENCE, isolation_level=None)) as connection:
                connection.executescript(_SETTINGS + _EPOCH_TABLE + "".join(map(_creation, _TABLES)))
                connection.execute("BEGIN IMMEDIATE")
                _write(connection, self._epoch, rows, gone)
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


def _checksum(epoch: bytes, row: Iterable[str | bytes]) -> int:
    """Return the sum that neither a damaged row has, nor one of another *epoch*."""
    return crc32(b"\0".join([epoch, *(it if isinstance(it, bytes) else it.encode() for it in row)]))


def _query(kind: type[Row], path: str | None) -> str:
    columns, where = ", ".join(kind._fields), "" if path is None else "AND path = ?"
    return f"SELECT {columns}, checksum FROM {_TABLES[kind]} JOIN epoch ON id = epoch WHERE name = ? {where}"  # noqa: S608


def _creation(kind: type[Row]) -> str:
    key = "epoch, path" if "path" in kind._fields else "epoch"
    columns = ", ".join(("epoch INTEGER", *kind._fields, "checksum INTEGER", f"PRIMARY KEY ({key})"))
    return f"CREATE TABLE IF NOT EXISTS {_TABLES[kind]} ({columns}) WITHOUT ROWID;"


def _write(connection: sqlite3.Connection, name: bytes, rows: Sequence[Row], gone: Iterable[str]) -> None:
    epoch = _used(connection, name)
    for kind, table in _TABLES.items():
        marks = ", ".join("?" * (len(kind._fields) + 2))
        filled = ((epoch, *it, _checksum(name, it)) for it in rows if isinstance(it, kind))
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", filled)  # noqa: S608 - constants
    paths = [(epoch, it) for it in gone]
    for kind, table in _TABLES.items():
        if "path" in kind._fields:
            connection.executemany(f"DELETE FROM {table} WHERE epoch = ? AND path = ?", paths)  # noqa: S608


def _used(connection: sqlite3.Connection, name: bytes) -> int:
    """Note that the epoch is used now, forget those that were not for the longest, and return its number."""
    connection.execute("INSERT OR IGNORE INTO epoch (name) VALUES (?)", (name,))
    connection.execute("UPDATE epoch SET used = ? WHERE name = ?", (time.time_ns(), name))
    old = "SELECT id FROM epoch ORDER BY used DESC LIMIT -1 OFFSET ?"
    for table in _TABLES.values():
        connection.execute(f"DELETE FROM {table} WHERE epoch IN ({old})", (_EPOCHS,))  # noqa: S608 - a constant
    connection.execute(f"DELETE FROM epoch WHERE id IN ({old})", (_EPOCHS,))  # noqa: S608 - a constant
    [number] = connection.execute("SELECT id FROM epoch WHERE name = ?", (name,)).fetchone()
    return int(number)


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
