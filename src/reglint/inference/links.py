"""Values that are wikilinks, and the types of the documents that they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reglint.inference.columns import Column, Link, Seen
from reglint.inference.probe import holds
from reglint.inference.support import FEW
from reglint.syntax import wikilink
from reglint.syntax.tree import Json


def wikilink_of(column: Column) -> dict[str, Json] | None:
    """Return `wikilink` where each text begins with one, with the types of the targets where all of them have one."""
    found = [list(wikilink.find(it)) for it in column.texts]
    if column.support < FEW or not all(it and it[0].span.start == 0 for it in found):
        return None
    types = _types(column.seen)
    bounds: dict[str, Json] = {"type": types} if types else {}
    bounds["min"] = 1
    if all(it[0].span.end == len(text) for it, text in zip(found, column.texts, strict=True)):
        bounds["max"] = 1
    return {"wikilink": bounds} if holds({"wikilink": bounds}, column.texts) else None


def _types(seen: Iterable[Seen]) -> Sequence[str] | None:
    """Return the types of all targets; None when one of them has none, or is a mention of nothing."""
    links = [link for it in seen for link in governed(it)]
    known = sorted({it.type for it in links if it.type})
    is_typed = all(it.type if it.leads else not it.is_mention for it in links)
    return known if is_typed else None


def governed(seen: Seen) -> Iterator[Link]:
    """Yield the links that a schema of this value speaks of; a link in a table is known by its place only."""
    path = seen.path
    if {"tables", "links"} & set(path):
        span = seen.source.doc.at(*path)
        yield from (it for it in seen.source.links if span.holds(it.span))
    else:
        yield from (it for it in seen.source.links if it.pointer[: len(path)] == path)
