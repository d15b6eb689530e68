"""Parts that a schema speaks of and that no document has: what it says of them is never asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reglint.diagnostic import Finding, Located, Path
from reglint.document import PARTS
from reglint.schema.library import Library
from reglint.schema.shape import Shape, shape
from reglint.spelling import suggestion
from reglint.syntax.tree import Json

_CONTENT = ("text", "fields", "tables", "items", "quotes", "links", "code")


class Kind(NamedTuple):
    """A kind of value. *parts* are its members where those are the same in every document, *within* their kinds.

    *each* is the kind of all members where their names are free.
    """

    noun: str
    parts: tuple[str, ...] = ()
    within: Mapping[str, str] = {}
    each: str = ""


_KINDS = {
    "document": Kind("a document", PARTS, {"lead": "content", "footer": "content", "sections": "sections"}),
    "sections": Kind("sections", each="section"),
    "section": Kind(
        "a section", (*_CONTENT, "heading", "level", "value", "sections"), {"tables": "tables", "sections": "sections"}
    ),
    "content": Kind("what stands outside of sections", _CONTENT, {"tables": "tables"}),
    "tables": Kind("tables", each="table"),
    "table": Kind("a table", ("columns", "rows")),
}


def parts(library: Library, contents: Json) -> Iterator[Located]:
    """Yield each part that the schema of a whole document speaks of, and that does not exist."""
    pending = [("document", shape(library, [contents]))]
    seen = set()
    while pending:
        name, place = pending.pop()
        mark = (name, *map(id, place.schemas))
        if mark not in seen:
            seen.add(mark)
            kind = _KINDS[name]
            yield from _unknown(library, kind, place) if kind.parts else ()
            pending += [(kind.within[it], inner) for it, inner in place.properties.items() if it in kind.within]
            pending += [(kind.each, inner) for inner in _each(library, place)] if kind.each else []


def _each(library: Library, place: Shape) -> Iterator[Shape]:
    """Yield what is said of the members of an object or a list, whatever they are called."""
    yield from (*place.properties.values(), *place.patterns.values())
    yield shape(library, [it[key] for it in place.schemas for key in ("additionalProperties", "items") if key in it])


def _unknown(library: Library, kind: Kind, place: Shape) -> Iterator[Located]:
    for schema in place.schemas:
        origin = library.origins.get(id(schema))
        for path, name in _named(schema) if origin else ():
            if origin and name not in kind.parts:
                message = f"{kind.noun} has no part `{name}`{suggestion(name, kind.parts)}"
                span = origin.source.tree.key(*origin.path, *path)
                yield origin.source.text.path, Finding(span, message, help=f"its parts are {', '.join(kind.parts)}")


def _named(schema: Mapping[str, Json]) -> Iterator[tuple[Path, str]]:
    """Yield the members that a schema names, with the path to where it does."""
    yield from ((("properties", name), name) for name in schema.get("properties", ()))
    yield from ((("required", i), name) for i, name in enumerate(schema.get("required", ())))
