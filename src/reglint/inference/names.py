"""The names of keys, sections and fields: their order, which are always there, and whether others may be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from reglint.document import Document
from reglint.inference.columns import Column, documents
from reglint.inference.probe import holds
from reglint.inference.shapes import literal
from reglint.inference.support import FEW, is_settled
from reglint.lazy import regex

_MOST_NAMES = 60
_SHARE = 0.05  # of the documents that a name of an open mapping stands in, to be worth a line
_SUBJECT = regex(r"\s*[(\[:|,–—]|\s-\s")  # noqa: RUF001 - a dash ends what a title is about
_SHORTEST_SUBJECT = 3
_LEAST_LETTERS = 4  # around the document's own name


@dataclass(frozen=True)
class Names:
    """What is said of the names in a mapping, in reading order.

    *patterns* are regular expressions for names that differ in the document's own name only, each with the names that
    it is for; *order* is empty where documents differ in it.
    """

    known: tuple[str, ...]
    required: tuple[str, ...]
    patterns: Mapping[str, frozenset[str]]
    order: tuple[str, ...]
    is_closed: bool


def names_of(column: Column, *, of_sections: bool) -> Names:
    """Return what the mappings of *column* have in common; only headings hold the document's own name."""
    held = {name: documents(it.seen) for name, it in column.members.items()}
    patterns = _patterns(column, held) if of_sections else {}
    matched = frozenset().union(*patterns.values())
    rest = {name: them for name, them in held.items() if name not in matched}
    is_closed = len(rest) <= _MOST_NAMES and is_settled(rest.values(), column.support)
    worth = max(2, _SHARE * column.total) if column.support >= FEW else 1
    kept = {name for name, them in rest.items() if is_closed or len(them) >= worth}
    known, is_ordered = _in_reading_order([[it for it in value if it in kept] for value in _mappings(column)])
    usual = [it for it in known if is_closed or len(held[it]) * 2 >= column.support] if is_ordered else []
    return Names(known, _required(column, known), patterns, _evident(column, usual), is_closed)


def _mappings(column: Column) -> Iterator[Mapping[str, object]]:
    yield from (it for it in column.values if isinstance(it, dict))


def _required(column: Column, known: Sequence[str]) -> tuple[str, ...]:
    """Return what all mappings hold; what a single one of several documents holds says nothing of the others."""
    whole = [it.value for it in column.seen if isinstance(it.value, dict) and it.is_whole]
    is_told = whole and (column.support > 1 or column.total == 1)
    return tuple(name for name in known if is_told and all(name in it for it in whole))


def _in_reading_order(sequences: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], bool]:
    """Return all names as they follow each other, and whether no sequence contradicts that."""
    places: dict[str, list[float]] = defaultdict(list)
    before: dict[str, set[str]] = defaultdict(set)
    for sequence in sequences:
        for i, name in enumerate(sequence):
            places[name].append((i + 1) / len(sequence))
        for one, other in pairwise(sequence):
            before[other].add(one)
    usual = {name: sum(them) / len(them) for name, them in places.items()}
    sorter = TopologicalSorter({name: before[name] for name in usual})
    try:
        sorter.prepare()
    except CycleError:
        return tuple(sorted(usual, key=lambda it: usual[it])), False
    return tuple(_taken(sorter, usual)), True


def _taken(sorter: TopologicalSorter[str], usual: Mapping[str, float]) -> Iterator[str]:
    """Take of the names that may come next the one that usually stands first."""
    ready: list[str] = []
    while sorter.is_active():
        ready = sorted([*ready, *sorter.get_ready()], key=lambda it: (usual[it], it))
        name = ready.pop(0)
        sorter.done(name)
        yield name


def _evident(column: Column, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names whose order some document shows; two that never stand in one document have none."""
    kept: list[str] = []
    for name in names:
        if not kept or any(name in it and kept[-1] in it for it in _mappings(column)):
            kept.append(name)
    return tuple(kept) if len(kept) > 1 and column.support >= FEW else ()


def _patterns(column: Column, held: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """Return the patterns of names that several documents have, each with a name of its own in it."""
    found: dict[str, set[str]] = defaultdict(set)
    for it in column.seen:
        for name in it.value if isinstance(it.value, dict) else ():
            if pattern := _pattern(name, it.source.doc):
                found[pattern].add(it.source.doc.path)
    recurring = [pattern for pattern, paths in found.items() if len(paths) >= FEW]
    return {it: frozenset(name for name in held if holds({"pattern": it}, [name])) for it in recurring}


def _pattern(name: str, doc: Document) -> str | None:
    """Return *name* as a regular expression with a hole where the document's own name stands; None without it."""
    for subject in _subjects(doc):
        found = re.search(rf"(?<!\w)(?:the )?{re.escape(subject)}(?!\w)", name, re.IGNORECASE)
        if found and sum(map(str.isalnum, name)) - sum(map(str.isalnum, found[0])) >= _LEAST_LETTERS:
            return f"^{literal(name[: found.start()])}.+{literal(name[found.end() :])}$"
    return None


def _subjects(doc: Document) -> Iterable[str]:
    """Return what the document is called, the longest first: title, what it begins with, file name."""
    title = str(doc.get("title") or doc.get("frontmatter", "title") or "")
    named = (title, _SUBJECT.split(title)[0], doc.name, re.split("--|__", doc.name)[-1].replace("-", " "))
    return sorted({it.strip() for it in named if len(it.strip()) >= _SHORTEST_SUBJECT}, key=lambda it: (-len(it), it))
