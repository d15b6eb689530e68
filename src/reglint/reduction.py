"""The reduce of a run with a cache: only what can have other findings than the last time is looked at again."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from reglint.cache import DIGEST, Cache, Entry, FactsRow, Reduction, digest
from reglint.diagnostic import Diagnostic
from reglint.engine import Engine, Reduced
from reglint.facts import Facts
from reglint.mapping import Mapped, content_digest, mapped
from reglint.packed import FOREIGN, packed, unpacked
from reglint.resolution import Aliases
from reglint.text import Text

# So many documents, and one in so many of all, are looked up one by one; it takes some thirty times as long as to read
# one among all others.
_FEW, _SHARE = 100, 30


class _Found(NamedTuple):
    diagnostics: tuple[Diagnostic, ...]
    aliases: Aliases


class Recalled(Mapping[str, Facts]):
    """The facts of the documents that have *entries*: those *at_hand*, and the others as soon as they are asked for.

    What the cache lost is mapped again. *is_sure* tells whether all documents were still what their entries say.
    """

    def __init__(
        self, engine: Engine, root: Path, cache: Cache, entries: Mapping[str, Entry], at_hand: Mapping[str, Facts]
    ) -> None:
        self.is_sure = True
        self._asked = 0
        self._engine = engine
        self._root = root
        self._cache = cache
        self._entries = entries
        self._at_hand = dict(at_hand)
        self._paths = sorted(entries)

    def __getitem__(self, path: str) -> Facts:
        if path not in self._at_hand:
            entry = self._entries[path]
            self._asked += 1
            for it in self._cache.rows(FactsRow, None if self._asked == _FEW + len(self) // _SHARE else path):
                self._take(it)
            if path not in self._at_hand:
                self._at_hand[path] = self._mapped(entry)
        return self._at_hand[path]

    def __contains__(self, path: object) -> bool:
        return path in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def values(self) -> ValuesView[Facts]:
        """Return all facts, in order of paths, read at once."""
        return self.all().values()

    def items(self) -> ItemsView[str, Facts]:
        """Return all facts by path, in order of paths, read at once."""
        return self.all().items()

    def state(self, engine: Engine, others: Sequence[str]) -> Reduction:
        """Return what the reduce hangs on, with nothing found yet.

        The world is the day, which documents and *others* there are, and every document's surface.
        """
        entries = [self._entries[it] for it in self._paths]
        names = ("\0".join(it).encode("utf-8", "surrogatepass") for it in (self._paths, others))
        world = digest(engine.day.encode(), *names, b"".join([it.surface for it in entries]))
        return Reduction(world, b"".join([it.digest for it in entries]), b"".join([it.leads for it in entries]), b"")

    def before(self, path: str, digest: bytes) -> Facts | None:
        """Return the facts that the cache still has of a document which had bytes of that *digest*."""
        try:
            known = (it for it in self._cache.rows(FactsRow, path) if it.digest == digest)
            return next((unpacked(Facts, it.facts) for it in known), None)
        except FOREIGN:
            return None

    def all(self) -> dict[str, Facts]:
        """Return all facts, in order of paths."""
        if len(self._at_hand) < len(self._paths):
            for it in self._cache.rows(FactsRow):
                self._take(it)
        return {it: self[it] for it in self._paths}

    def _take(self, known: FactsRow) -> None:
        """Take the facts of a document, unless its entry is about other bytes."""
        entry = self._entries.get(known.path)
        if entry and entry.digest == known.digest and known.path not in self._at_hand:
            try:
                self._at_hand[known.path] = unpacked(Facts, known.facts)
            except FOREIGN:
                return

    def _mapped(self, entry: Entry) -> Facts:
        again = mapped(self._engine, self._root, entry.path)
        if isinstance(again, Mapped):
            self.is_sure &= content_digest(again.raw) == entry.digest
            return again.checked.facts
        self.is_sure = False
        return self._engine.map(Text(entry.path, "")).facts


def reduced(
    engine: Engine, documents: Recalled, others: Sequence[str], earlier: Reduction | None
) -> tuple[Reduced, Reduction | None]:
    """Reduce the facts of all *documents*, beside which there are *others*; *earlier* is what was found the last time.

    Returns what is found now, and what is to be kept of it for the next time, if that is something else.
    """
    here = documents.state(engine, others)
    again = _again(engine, documents, others, here, earlier) if earlier and earlier.world == here.world else None
    if again is None:
        corpus = engine.corpus(documents.all(), others)
        found, aliases = engine.check_corpus(corpus), corpus.resolver.aliases
    else:
        found, aliases = again
    is_new = again is None or earlier is None or earlier.contents != here.contents
    is_lasting = is_new and documents.is_sure and not found.crashes
    return found, here._replace(found=packed(_Found(tuple(found.diagnostics), aliases))) if is_lasting else None


def _again(
    engine: Engine, documents: Recalled, others: Sequence[str], here: Reduction, earlier: Reduction
) -> tuple[Reduced, Aliases] | None:
    """Reduce what changed in the same world; None if too little is known of how it was before, or a rule broke down."""
    try:
        known = unpacked(_Found, earlier.found)
    except FOREIGN:
        return None
    corpus = replace(engine.corpus(documents, others), aliases=known.aliases)
    changed = dict(_different(documents, earlier.contents, here.contents))
    moved = dict(_different(documents, earlier.leads, here.leads))
    before = [documents.before(it, changed.get(it, b"")) for it in moved]
    if None in before:
        return None
    reached = (corpus.reached(it) for it in (*filter(None, before), *(documents[it] for it in moved)))
    among = frozenset(changed).union(*reached)
    found = engine.check_again(corpus, among, known.diagnostics, moved=bool(moved))
    return None if found.crashes else (found, known.aliases)


def _different(paths: Iterable[str], before: bytes, now: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the paths of which the digest is another one than *before*, and the one before."""
    for i, path in enumerate(paths if before != now else ()):
        place = slice(i * DIGEST, (i + 1) * DIGEST)
        if before[place] != now[place]:
            yield path, before[place]
