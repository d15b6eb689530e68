"""A run over the documents of a folder: some are known from before, the others are mapped, and all are reduced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from reglint import disk, installation, replay
from reglint.cache import Cache, Entry, digest
from reglint.engine import Checked, Run
from reglint.packed import packed, unpacked
from reglint.project import SCHEMA_FOLDER
from reglint.recipe import Recipe
from reglint.replay import Witnesses
from reglint.rule import Unchecked
from reglint.schema import verdict
from reglint.syntax import yaml
from reglint.text import Text
from reglint.workspace import Files, Workspace

_PAYS_FROM = 400  # documents; for fewer, starting processes costs more than it saves
_FOREIGN = (ValueError, TypeError, LookupError, AttributeError)  # what bytes that nobody packed may raise


class Request(NamedTuple):
    """How to run: with what, in how many processes (None: as many as pay), and with which *cache* folder, if any."""

    recipe: Recipe
    jobs: int | None = None
    cache: Path | None = None


class Outcome(NamedTuple):
    """The run, and in words what kept the cache or the worker processes from working."""

    run: Run
    troubles: tuple[str, ...]


def run(space: Workspace, files: Files, request: Request) -> Outcome:
    """Check all documents of *space*, which *files* lists. The run depends on neither the cache nor the jobs."""
    return _Runner(space, files, request).outcome()


def epoch(recipe: Recipe) -> bytes:
    """Return the digest of all that the result for a document depends on besides the document."""
    code = (Path(it).read_bytes() for it in installation.own_files())
    return digest(recipe.material.encode("utf-8", "surrogatepass"), installation.versions().encode(), *code)


def witnesses(space: Workspace, files: Files, paths: Sequence[str]) -> Witnesses | None:
    """Return all that a run looked at, for which a user named *paths*; None if a link makes it hard to tell."""
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
    return Witnesses(signatures, (*(f"{start}{it}" or "." for it in below), *others), files.listed_at)


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
        self._day = request.recipe.today.isoformat()
        self._checked: dict[str, Checked] = {}
        self._unchecked: list[Unchecked] = []
        self._learnt: list[Entry] = []
        self._gone: list[str] = []
        self._troubles: list[str] = []

    def outcome(self) -> Outcome:
        self._recall()
        if len(self._files.documents) >= _PAYS_FROM:
            self._troubles += _slow()
        missing = [it for it in self._files.documents if it not in self._checked]
        self._map(missing)
        if self._cache and (self._learnt or self._gone):
            self._cache.keep(self._learnt, self._gone)
        if self._cache and self._cache.trouble:
            self._troubles.append(self._cache.trouble)
        documents = [self._checked[it] for it in self._files.documents if it in self._checked]
        unchecked = sorted(self._unchecked, key=lambda it: it.path)
        return Outcome(self._engine.reduce(documents, unchecked, self._files.others), tuple(self._troubles))

    def _recall(self) -> None:
        """Take from the cache what it knows of documents that are as they were."""
        documents = set(self._files.documents)
        for entry in self._cache.entries() if self._cache else ():
            if entry.path not in documents:
                self._gone.append(entry.path)
            elif entry.day > self._day:
                continue
            elif entry.signature and entry.signature == self._files.signatures.get(entry.path):
                self._take(entry)
            elif self._digest(entry.path) == entry.digest and self._take(entry):
                self._learn(entry)

    def _take(self, entry: Entry) -> bool:
        try:
            self._checked[entry.path] = unpacked(entry.result)
        except _FOREIGN:
            return False
        return True

    def _digest(self, path: str) -> bytes | None:
        raw = disk.content(self._root, path)
        return digest(raw) if isinstance(raw, bytes) else None

    def _learn(self, entry: Entry) -> None:
        """Note an entry for the cache, with the file's signature if that can prove that the file is the same."""
        signature = self._files.signatures.get(entry.path, b"")
        is_proof = signature and replay.is_settled(signature, self._files.listed_at)
        self._learnt.append(entry._replace(signature=signature if is_proof else b""))

    def _map(self, paths: Sequence[str]) -> None:
        jobs = self._request.jobs or (min(installation.processors(), len(paths) // _PAYS_FROM) or 1)
        if jobs > 1:
            self._map_together(paths, jobs)
        done = {*self._checked, *(it.path for it in self._unchecked)}
        for path in paths:
            if path not in done:
                self._map_here(path)

    def _map_together(self, paths: Sequence[str], jobs: int) -> None:
        """Map in worker processes; where none can be started, nothing is lost but time."""
        from reglint import pool

        try:
            for it in pool.answers(self._root, self._request.recipe, paths, jobs):
                if isinstance(it, Unchecked):
                    self._unchecked.append(it)
                else:
                    self._add(it.path, unpacked(it.result), it.digest, it.result)
        except pool.Broken as error:
            self._troubles.append(f"one process does all the work, as another one could not be started: it {error}")

    def _map_here(self, path: str) -> None:
        raw = disk.content(self._root, path)
        text = disk.decoded(path, raw) if isinstance(raw, bytes) else raw
        if isinstance(raw, bytes) and isinstance(text, Text):
            self._add(path, self._engine.map(text), digest(raw) if self._cache else b"")
        elif isinstance(text, Unchecked):
            self._unchecked.append(text)

    def _add(self, path: str, checked: Checked, content: bytes, result: bytes = b"") -> None:
        """Keep what a document gave; what a rule broke down on may be another time."""
        self._checked[path] = checked
        if self._cache and not checked.crashes:
            self._learn(Entry(path, b"", content, self._day, result or packed(checked)))


def _slow() -> Iterator[str]:
    """Say what is not installed that would make the same run faster."""
    if not verdict.is_fast():
        yield 'schemas are judged slowly, as jsonschema-rs is not installed: pip install "reglint[fast]"'
    if not yaml.quick_supplier():
        yield "front matter is read slowly, as PyYAML is installed without libyaml"
