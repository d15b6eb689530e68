"""A run over the documents of a folder: some are known from before, the others are mapped, and all are reduced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from reglint import disk, installation, reduction, replay
from reglint.cache import Cache, Entry, FactsRow, Reduction, Row, digest
from reglint.engine import Reduced, Run, Told
from reglint.facts import Facts
from reglint.mapping import Mapped, Packed, as_bytes, content_digest, mapped, told
from reglint.packed import FOREIGN
from reglint.project import SCHEMA_FOLDER
from reglint.recipe import Recipe
from reglint.reduction import Recalled
from reglint.replay import Witnesses
from reglint.rule import Unchecked
from reglint.schema import verdict
from reglint.syntax import yaml
from reglint.workspace import Files, Workspace

_PAYS_FROM = 400  # documents; for fewer, starting processes costs more than it saves
_BATCH = 4000  # rows that are written at once


class Request(NamedTuple):
    """How to run: with what, in how many processes (None: as many as pay), and with which *cache* folder, if any.

    *started* is a time (ns since 1970, UTC) before the files were listed; with 0 every file is read.
    """

    recipe: Recipe
    jobs: int | None = None
    cache: Path | None = None
    started: int = 0


class Outcome(NamedTuple):
    """The run, and in words what kept the cache or the worker processes from working."""

    run: Run
    troubles: tuple[str, ...]


def run(space: Workspace, files: Files, request: Request) -> Outcome:
    """Check all documents of *space*, which *files* lists. The run depends on neither the cache nor the jobs."""
    return _Runner(space, files, request).outcome()


def epoch(recipe: Recipe) -> bytes:
    """Return the digest of all that the result for a document depends on besides the document."""
    return digest(recipe.material.encode("utf-8", "surrogatepass"), installation.versions().encode(), _own_code())


@lru_cache(maxsize=1)
def _own_code() -> bytes:
    """Return the digest of reglint's own files, which a process has read but once."""
    contents = []
    for it in installation.own_files():
        with open(it, "rb", buffering=0) as file:  # noqa: PTH123 - there are some 300, and this takes half the time
            contents.append(file.read())
    return digest(*contents)


def witnesses(space: Workspace, files: Files, paths: Sequence[str], started: int) -> Witnesses | None:
    """Return all that a run looked at which *started* then, and for which a user named *paths*.

    None if a link makes it hard to tell.
    """
    seen = (*files.documents, *(it for it in files.others if not disk.is_hidden(it)))
    if files.linked_folders or not files.signatures.keys() >= {*seen} or disk.is_linked_worktree(space.root):
        return None
    start = "" if space.root == Path.cwd() else f"{space.root}/"
    read = (*space.schemas, *([space.configuration] if space.configuration else []))
    ignoring = (f"{it}/{name}".lstrip("/") for it in files.folders for name in (".gitignore", ".git/info/exclude"))
    below = (*files.folders, *disk.folders(space.root, SCHEMA_FOLDER), *(it.path for it in read), *ignoring)
    own = installation.own_files()
    code = (*own, *{str(Path(it).parent) for it in own}, *installation.places())
    others = (*code, *disk.deciding(paths, space.root))
    signatures = {f"{start}{it}": files.signatures[it] for it in files.documents}
    return Witnesses(signatures, (*(f"{start}{it}" or "." for it in below), *others), started)


def same(one: Run, other: Run) -> bool:
    """Tell whether two runs found the same, to the last word."""
    return one == other and [(it.severity, it.finding) for it in one.diagnostics] == [
        (it.severity, it.finding) for it in other.diagnostics
    ]


class _Runner:
    """The state of one run: what each document gave, and what the cache has to learn of it."""

    def __init__(self, space: Workspace, files: Files, request: Request) -> None:
        self._root = space.root
        self._files = files
        self._request = request
        self._engine = request.recipe.engine(space.project)
        self._cache = Cache(request.cache, space.root, epoch(request.recipe)) if request.cache else None
        self._told: dict[str, Told] = {}
        self._facts: dict[str, Facts] = {}
        self._entries: dict[str, Entry] = {}
        self._unchecked: dict[str, Unchecked] = {}
        self._learnt: list[Row] = []
        self._troubles: list[str] = []

    def outcome(self) -> Outcome:
        gone = list(self._recall())
        if len(self._files.documents) >= _PAYS_FROM:
            self._troubles += _slow()
        self._map([it for it in self._files.documents if it not in self._told])
        reduced = self._reduced()
        if self._cache:
            self._keep(gone)
            self._troubles += [self._cache.trouble] * bool(self._cache.trouble)
        documents = [self._told[it] for it in self._files.documents if it in self._told]
        unchecked = [it for _, it in sorted(self._unchecked.items())]
        return Outcome(self._engine.run(documents, reduced, unchecked), tuple(self._troubles))

    def _recall(self) -> Iterator[str]:
        """Take from the cache what it knows of documents that are as they were; yield the paths of those gone."""
        documents = set(self._files.documents)
        # All at once, as whoever still reads keeps others from writing, and this process as well.
        for entry in list(self._cache.rows(Entry)) if self._cache else ():
            if entry.path not in documents:
                yield entry.path
            elif entry.day > self._engine.day:
                continue
            elif entry.signature and entry.signature == self._files.signatures.get(entry.path):
                self._take(entry)
            elif self._digest(entry.path) == entry.digest and self._take(entry):
                self._learn(self._signed(entry))

    def _take(self, entry: Entry) -> bool:
        try:
            self._told[entry.path] = told(entry.told)
        except FOREIGN:
            return False
        self._entries[entry.path] = entry
        return True

    def _digest(self, path: str) -> bytes | None:
        raw = disk.content(self._root, path)
        return content_digest(raw) if isinstance(raw, bytes) else None

    def _signed(self, entry: Entry) -> Entry:
        """Return *entry* with the file's signature if that can prove that the file is the same."""
        signature = self._files.signatures.get(entry.path, b"")
        is_proof = signature and replay.is_settled(signature, self._request.started)
        return entry._replace(signature=signature if is_proof else b"")

    def _learn(self, *rows: Row) -> None:
        """Note rows for the cache, and write them when they have become many."""
        self._learnt += rows
        if len(self._learnt) > _BATCH:
            self._keep()

    def _keep(self, gone: Sequence[str] = ()) -> None:
        if self._cache and not self._cache.trouble and (self._learnt or gone):
            self._cache.keep(self._learnt, gone)
        self._learnt.clear()

    def _map(self, paths: Sequence[str]) -> None:
        jobs = self._request.jobs or (min(installation.processors(), len(paths) // _PAYS_FROM) or 1)
        if jobs > 1:
            self._map_together(paths, jobs)
        for path in paths:
            if path not in self._told and path not in self._unchecked:
                self._add(mapped(self._engine, self._root, path))

    def _map_together(self, paths: Sequence[str], jobs: int) -> None:
        """Map in worker processes; where none can be started, nothing is lost but time."""
        from reglint import pool

        try:
            task = partial(pool.answer, is_kept=self._cache is not None)
            for it in pool.answers(self._root, self._request.recipe, paths, jobs, task):
                self._add(it)
        except pool.Broken as error:
            self._troubles.append(f"one process does all the work, as another one could not be started: it {error}")

    def _add(self, answer: Mapped | Packed | Unchecked) -> None:
        """Keep what a document gave; what a rule broke down on may be another time."""
        if isinstance(answer, Unchecked):
            self._unchecked[answer.path] = answer
            return
        found = answer.unpacked() if isinstance(answer, Packed) else answer.checked
        self._facts[answer.path], self._told[answer.path] = found
        if self._cache:
            it = as_bytes(answer) if isinstance(answer, Mapped) else answer
            entry = Entry(it.path, b"", it.digest, self._engine.day, it.surface, it.leads, it.told)
            self._entries[it.path] = entry
            if not found.told.crashes:
                self._learn(self._signed(entry), FactsRow(it.path, it.digest, it.facts))

    def _reduced(self) -> Reduced:
        """Hold the facts of all documents together, or those alone that can have other findings than before."""
        if not self._cache:
            return self._engine.check_corpus(self._engine.corpus(self._facts.values(), self._files.others))
        documents = Recalled(self._engine, self._root, self._cache, self._entries, self._facts)
        found, lasting = reduction.reduced(
            self._engine, documents, self._files.others, next(self._cache.rows(Reduction), None)
        )
        if lasting and not any(it.crashes for it in self._told.values()):
            self._learn(lasting)
        return found


def _slow() -> Iterator[str]:
    """Say what is not installed that would make the same run faster."""
    if not verdict.is_fast():
        yield 'schemas are judged slowly, as jsonschema-rs is not installed: pip install "reglint[fast]"'
    if not yaml.quick_supplier():
        yield "front matter is read slowly, as PyYAML is installed without libyaml"
