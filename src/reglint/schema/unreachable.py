"""Parts that a schema speaks of and that no document has: what it says of them is never asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def parts(library: Library, documents: Iterable[Json]) -> Iterator[Located]:
    """Yield each part that the schemas of whole *documents* speak of, and that does not exist.

    A schema may be shared by places of several kinds: it may then describe what only one of them has.
    """
    kinds: dict[int, dict[str, Mapping[str, Json]]] = {}
    for name, place in _places(library, documents):
        for schema in place.schemas if _KINDS[name].parts else ():
            kinds.setdefault(id(schema), {})[name] = schema
    for found in kinds.values():
        for name, schema in found.items():
            yield from _unknown(library, _KINDS[name], [_KINDS[it] for it in found], schema)


def _places(library: Library, documents: Iterable[Json]) -> Iterator[tuple[str, Shape]]:
    """Yield the name of the kind of each place that the schemas speak of, and the place."""
    pending = [("document", shape(library, [it])) for it in documents]
    seen = set()
    while pending:
        name, place = pending.pop()
        mark = (name, *map(id, place.schemas))
        if mark not in seen:
            seen.add(mark)
            kind = _KINDS[name]
            yield name, place
            pending += [(kind.within[it], inner) for it, inner in place.properties.items() if it in kind.within]
            pending += [(kind.each, inner) for inner in _each(library, place)] if kind.each else []


def _each(library: Library, place: Shape) -> Iterator[Shape]:
    """Yield what is said of the members of an object or a list, whatever they are called."""
    yield from (*place.properties.values(), *place.patterns.values())
    yield shape(library, [it[key] for it in place.schemas for key in ("additionalProperties", "items") if key in it])


def _unknown(library: Library, kind: Kind, kinds: Sequence[Kind], schema: Mapping[str, Json]) -> Iterator[Located]:
    """What is required has to exist at places of this *kind*; what is described, at those of one of the *kinds*."""
    origin = library.origins.get(id(schema))
    for path, name in _named(schema) if origin else ():
        asked = kinds if path[0] == "properties" else [kind]
        is_told = path[0] == "properties" and kind is not kinds[0]
        if origin and not is_told and not any(name in it.parts for it in asked):
            message = f"{kind.noun} has no part `{name}`{suggestion(name, kind.parts)}"
            span = origin.source.tree.key(*origin.path, *path)
            yield origin.source.text.path, Finding(span, message, help=f"its parts are {', '.join(kind.parts)}")


def _named(schema: Mapping[str, Json]) -> Iterator[tuple[Path, str]]:
    """Yield the members that a schema names, with the path to where it does."""
    yield from ((("properties", name), name) for name in schema.get("properties", ()))
    yield from ((("required", i), name) for i, name in enumerate(schema.get("required", ())))
