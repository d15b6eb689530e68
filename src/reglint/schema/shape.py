"""What the schemas of a type say of each place of a document, whatever the document: for coverage, pages and drafts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reglint import patterns
from reglint.schema.library import Library
from reglint.syntax.tree import Json

Schemas = tuple[Mapping[str, Json], ...]


@dataclass(frozen=True, eq=False)
class Shape:
    """One place: the subschemas that speak of it in every document, and those that do in some.

    *sometimes* are the branches of `anyOf`, `oneOf`, `if` and the like, whose choice depends on the document.
    """

    library: Library
    always: Schemas
    sometimes: Schemas = ()

    @cached_property
    def properties(self) -> Mapping[str, Shape]:
        """The members that are known by name, in the order of the schemas; one that is always refused is none."""
        names = dict.fromkeys(name for it in self.schemas for name in _members(it, "properties"))
        found = {name: self._member(lambda it, name=name: _members(it, "properties").get(name)) for name in names}
        return {name: it for name, it in found.items() if not it.is_refused}

    @cached_property
    def patterns(self) -> Mapping[str, Shape]:
        """The members that are known by a pattern of their name."""
        names = dict.fromkeys(name for it in self.schemas for name in _members(it, "patternProperties"))
        return {name: self._member(lambda it, name=name: _members(it, "patternProperties").get(name)) for name in names}

    @cached_property
    def items(self) -> Shape | None:
        """The items of a list, whatever their number; None where no schema speaks of them."""
        found = self._member(lambda it: it.get("items"))
        return found if found.schemas else None

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The members that every document has to have."""
        return tuple(dict.fromkeys(name for it in self.always for name in it.get("required", ())))

    @property
    def is_closed(self) -> bool:
        """Whether members that no schema speaks of are refused."""
        return any(False in (it.get("additionalProperties"), it.get("unevaluatedProperties")) for it in self.always)

    @property
    def is_refused(self) -> bool:
        """Whether no value may stand here."""
        return any(it.get("not") == {} for it in self.always)

    @property
    def description(self) -> str:
        """The `description` of the subschema that speaks of the place first, or its `title`; never a branch's."""
        found = (it[keyword] for keyword in ("description", "title") for it in self.always if keyword in it)
        return str(next(found, ""))

    def said(self, keyword: str) -> Any:
        """Return what the first subschema that has *keyword* says behind it; those that always hold come first."""
        return next((it[keyword] for it in self.schemas if keyword in it), None)

    def member(self, name: str) -> Shape | None:
        """Return what is known of the member *name*: by its name, else by a pattern."""
        if name in self.properties:
            return self.properties[name]
        return next((it for pattern, it in self.patterns.items() if patterns.search(pattern, name)), None)

    @property
    def schemas(self) -> Schemas:
        """All subschemas that speak of the place, those that always hold first."""
        return (*self.always, *self.sometimes)

    def _member(self, step: Any) -> Shape:
        always = [inner for it in self.always if isinstance(inner := step(it), dict)]
        sometimes = [inner for it in self.sometimes if isinstance(inner := step(it), dict)]
        return shape(self.library, always, sometimes)


def shape(library: Library, always: Sequence[Json], sometimes: Sequence[Json] = ()) -> Shape:
    """Return the shape of a place that *always* and *sometimes* speak of, with all that they refer to."""
    certain: dict[int, Mapping[str, Json]] = {}
    possible: dict[int, Mapping[str, Json]] = {}
    for it in always:
        _collect(library, it, certain, possible)
    for it in sometimes:
        _collect(library, it, possible, possible)
    return Shape(library, tuple(certain.values()), tuple(it for key, it in possible.items() if key not in certain))


def _collect(
    library: Library, schema: Json, certain: dict[int, Mapping[str, Json]], possible: dict[int, Mapping[str, Json]]
) -> None:
    """Add *schema* to those that are *certain*, what it refers to as well, and its branches to the *possible* ones."""
    if not isinstance(schema, dict) or id(schema) in certain:
        return
    certain[id(schema)] = schema
    for it in _parts(library, schema):
        _collect(library, it, certain, possible)
    for it in _branches(schema):
        _collect(library, it, possible, possible)


def _parts(library: Library, schema: Mapping[str, Json]) -> Iterator[Json]:
    if "$ref" in schema:
        yield library.lookup(schema["$ref"])
    yield from schema.get("allOf", ())


def _branches(schema: Mapping[str, Json]) -> Iterator[Json]:
    for keyword in ("anyOf", "oneOf"):
        yield from schema.get(keyword, ())
    yield from (schema[keyword] for keyword in ("if", "then", "else") if keyword in schema)
    yield from schema.get("dependentSchemas", {}).values()


def _members(schema: Mapping[str, Json], keyword: str) -> Mapping[str, Json]:
    members: Mapping[str, Json] = schema.get(keyword, {})
    return members
