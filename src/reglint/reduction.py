"""The reduce of a run with a cache: only what can have other findings than the last time is looked at again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from reglint.cache import DIGEST, Cache, Entry, Known, Reduction, digest
from reglint.diagnostic import Diagnostic
from reglint.engine import Engine, Reduced
from reglint.facts import Facts
from reglint.mapping import Mapped, mapped
from reglint.packed import FOREIGN, packed, unpacked
from reglint.resolution import Aliases
from reglint.text import Text


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
        self._engine = engine
        self._root = root
        self._cache = cache
        self._entries = entries
        self._at_hand = dict(at_hand)
        self._paths = sorted(entries)

    def __getitem__(self, path: str) -> Facts:
        if path not in self._at_hand:
            entry = self._entries[path]
            for it in self._cache.rows(Known, path):
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

    def digests(self) -> bytes:
        """Return the digests of all documents, one behind the other."""
        return b"".join([self._entries[it].digest for it in self._paths])

    def surfaces(self) -> bytes:
        """Return the digests of all surfaces, one behind the other."""
        return b"".join([self._entries[it].surface for it in self._paths])

    def all(self) -> dict[str, Facts]:
        """Return all facts, in order of paths."""
        if len(self._at_hand) < len(self._paths):
            for it in self._cache.rows(Known):
                self._take(it)
        return {it: self[it] for it in self._paths}

    def _take(self, known: Known) -> None:
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
            self.is_sure &= again.digest == entry.digest
            return again.checked.facts
        self.is_sure = False
        return self._engine.map(Text(entry.path, "")).facts


def reduced(
    engine: Engine, documents: Recalled, others: Sequence[str], earlier: Reduction | None
) -> tuple[Reduced, Reduction | None]:
    """Reduce the facts of all *documents*, beside which there are *others*; *earlier* is what was found the last time.

    Returns what is found now, and what is to be kept of it for the next time, if that is something else.
    """
    here = Reduction(_world(engine, documents, others), documents.digests(), b"")
    known = _known(earlier) if earlier and earlier.world == here.world else None
    if earlier and known:
        contents = zip(documents, _parts(earlier.contents), _parts(here.contents), strict=True)
        changed = tuple(path for path, was, now in contents if was != now)
        corpus = replace(engine.corpus(documents, others), among=changed, aliases=known.aliases)
        found = engine.check_again(corpus, known.diagnostics)
    else:
        corpus = engine.corpus(documents.all(), others)
        found = engine.check_corpus(corpus)
    if not documents.is_sure or found.crashes or (earlier and known and earlier.contents == here.contents):
        return found, None
    return found, here._replace(found=packed(_Found(tuple(found.diagnostics), corpus.resolver.aliases)))


def _world(engine: Engine, documents: Recalled, others: Sequence[str]) -> bytes:
    """Return the digest of all that findings in one document can hang on besides its own facts.

    That is the day, which documents and *others* there are, and every document's surface.
    """
    names = ("\0".join(it).encode("utf-8", "surrogatepass") for it in (documents, others))
    return digest(engine.day.encode(), *names, documents.surfaces())


def _known(earlier: Reduction) -> _Found | None:
    try:
        return unpacked(_Found, earlier.found)
    except FOREIGN:
        return None


def _parts(contents: bytes) -> Iterator[bytes]:
    return (contents[at : at + DIGEST] for at in range(0, len(contents), DIGEST))
