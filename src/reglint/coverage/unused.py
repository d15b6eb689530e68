"""What a schema speaks of and no document holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reglint import patterns
from reglint.coverage.places import Location, Pattern, Place
from reglint.schema.asking import is_refusal
from reglint.schema.library import Library
from reglint.schema.shape import Shape, shape
from reglint.syntax.tree import Json

_IN_OBJECTS = ("properties", "patternProperties", "dependentSchemas", "dependencies")
_IN_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_ALONE = (
    "additionalProperties",
    "unevaluatedProperties",
    "items",
    "additionalItems",
    "unevaluatedItems",
    "contains",
    "propertyNames",
    "then",
    "else",
)


class Unused(NamedTuple):
    """A place that a schema speaks of and no document has, and where the schema does."""

    place: Place
    written: Location


class Member(NamedTuple):
    """The members of a place behind one step, what is said of them, and the keyword and name that say it."""

    step: str | int | Pattern
    shape: Shape
    said: tuple[str, ...]


class Usage:
    """The places of one type's schema that documents were seen to use. *root* is where the schema begins."""

    def __init__(self, library: Library, path: str, root: Place) -> None:
        contents = library.sources[path].contents
        self.asking = {id(it): it for it in asking(library, contents)}
        self._library = library
        self._root = root
        self._shape = shape(library, [contents])
        self._used: set[Place] = set()

    def see(self, value: Json) -> None:
        """Take note of what a document holds."""
        self._see(self._root, self._shape, value)

    def _see(self, place: Place, here: Shape, value: Json) -> None:
        self._used.add(place)
        for member in _members(here):
            for it in _held(value, member.step):
                self._see((*place, member.step), member.shape, it)

    def unused(self) -> tuple[Unused, ...]:
        """Return the outermost places that no document uses, as they follow each other in the schema files."""
        return tuple(sorted(self._unused(self._root, self._shape), key=lambda it: (it.written, str(it.place))))

    def _unused(self, place: Place, here: Shape) -> Iterator[Unused]:
        for member in _members(here):
            step = (*place, member.step)
            if step in self._used:
                yield from self._unused(step, member.shape)
            elif not _is_shut(member.shape) and (location := self._location(here, member)):
                yield Unused(step, location)

    def _location(self, here: Shape, member: Member) -> Location | None:
        """Return where a schema asks something of the member; None where it is only a condition, or refused."""
        keyword, *name = member.said
        for it in here.schemas:
            said = it.get(keyword, {})
            inner = said.get(name[0], {"not": {}}) if name else said
            origin = self._library.origins.get(id(it))
            if keyword in it and origin and id(it) in self.asking and not is_refusal(inner):
                text = origin.source.text
                return Location.of(text, origin.source.tree.key(*origin.path, *member.said))
        return None


def asking(library: Library, contents: Json) -> Iterator[Mapping[str, Json]]:
    """Yield each subschema below *contents* that can refuse something; conditions only choose between others."""
    pending, seen = [contents], set()
    while pending:
        schema = pending.pop()
        if not isinstance(schema, dict) or id(schema) in seen:
            continue
        seen.add(id(schema))
        yield schema
        pending += [library.lookup(schema["$ref"])] if id(schema) in library.origins and "$ref" in schema else []
        pending += [it for keyword in _IN_OBJECTS for it in schema.get(keyword, {}).values()]
        pending += [it for keyword in _IN_LISTS for it in schema.get(keyword, ())]
        for it in (schema[keyword] for keyword in _ALONE if keyword in schema):
            pending += it if isinstance(it, list) else [it]


def _members(here: Shape) -> Iterator[Member]:
    for name, it in here.properties.items():
        yield Member(name, it, ("properties", name))
    for pattern, it in here.patterns.items():
        yield Member(Pattern(pattern), it, ("patternProperties", pattern))
    if here.items:
        yield Member(0, here.items, ("items",))


def _held(value: Json, step: str | int | Pattern) -> Iterator[Json]:
    """Yield what *value* holds behind *step*."""
    if isinstance(step, int):
        yield from value if isinstance(value, list) else ()
    elif isinstance(value, dict) and isinstance(step, Pattern):
        yield from (it for name, it in value.items() if patterns.search(step.pattern, name))
    elif isinstance(value, dict) and step in value:
        yield value[step]


def _is_shut(here: Shape) -> bool:
    """Tell whether the place may hold nothing: nobody is expected to use it."""
    return here.is_refused or (here.is_closed and not here.properties and not here.patterns)
