"""What the schemas of a type say of each place of a document, whatever the document: for coverage, pages and drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from reglint import patterns
from reglint.schema.library import Library
from reglint.schema.wording import equal
from reglint.syntax.tree import Json

Schemas = tuple[Mapping[str, Json], ...]

_ALTERNATIVES = ("anyOf", "oneOf")
_CLOSED = ("additionalProperties", "unevaluatedProperties")


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
        """The members that are known by name, as they follow each other; one that is always refused is none."""
        return {name: it for name, it in self.declared.items() if not it.is_refused}

    @cached_property
    def refused(self) -> tuple[str, ...]:
        """The members that are known by name, and may never be there."""
        return tuple(name for name, it in self.declared.items() if it.is_refused)

    @cached_property
    def declared(self) -> Mapping[str, Shape]:
        """The members that are known by name, those that may never be there among them."""
        declared = {name for it in self.schemas for name in _members(it, "properties")}
        return {name: self._named(name) for name in self.names if name in declared}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every member that a schema names, in the order of `order`, then of `required`, then of `properties`."""
        lists = [list(it.get(keyword, ())) for keyword in ("order", "required") for it in self.schemas]
        return _merged([*lists, *(list(_members(it, "properties")) for it in self.schemas)])

    @cached_property
    def patterns(self) -> Mapping[str, Shape]:
        """The members that are known by a pattern of their name."""
        names = dict.fromkeys(name for it in self.schemas for name in _members(it, "patternProperties"))
        return {name: self._inner(partial(_of_pattern, pattern=name)) for name in names}

    @cached_property
    def others(self) -> Shape | None:
        """The members that no schema names; None where none speaks of them."""
        return self._told(lambda it: [it.get(keyword) for keyword in _CLOSED])

    @cached_property
    def first_items(self) -> tuple[Shape, ...]:
        """The first items of a list, where each has its own schema."""
        count = max((len(_first(it)) for it in self.schemas), default=0)
        return tuple(self._inner(partial(_of_item, at=i)) for i in range(count))

    @cached_property
    def items(self) -> Shape | None:
        """The items of a list behind the first ones; None where no schema speaks of them."""
        return self._told(lambda it: it.get("additionalItems" if isinstance(it.get("items"), list) else "items"))

    @property
    def contained(self) -> Iterator[tuple[Mapping[str, Json], Shape]]:
        """For each `contains`, the schema that it stands in and what an item of the list has to be."""
        for it in self.always:
            if isinstance(it.get("contains"), dict):
                yield it, shape(self.library, [it["contains"]])

    @property
    def alternatives(self) -> Iterator[tuple[Shape, ...]]:
        """For each `anyOf` and `oneOf` that always holds, its branches."""
        for keyword in _ALTERNATIVES:
            for it in self.always:
                branches = [shape(self.library, [branch]) for branch in it.get(keyword, ()) if branch is not False]
                if branches:
                    yield tuple(branches)

    @cached_property
    def conditional(self) -> Shape:
        """What is said of the place where a condition holds, all conditions together."""
        return shape(self.library, [it for schema in self.always for it in _consequences(schema)]).certain

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The members that every document has to have, as they follow each other."""
        wanted = {name for it in self.always for name in it.get("required", ())}
        return tuple(name for name in self.names if name in wanted)

    @property
    def is_closed(self) -> bool:
        """Whether members that no schema speaks of are refused."""
        return any(it.get(keyword) is False for keyword in _CLOSED for it in self.always)

    @property
    def is_refused(self) -> bool:
        """Whether no value may stand here."""
        return any(it.get("not") in ({}, True) for it in self.always)

    @property
    def is_empty(self) -> bool:
        """Whether a mapping that stands here holds nothing."""
        return self.is_closed and not self.names and not self.patterns

    @property
    def types(self) -> tuple[str, ...]:
        """The JSON types that a value may be of; none where no schema tells."""
        lists = [[it["type"]] if isinstance(it["type"], str) else it["type"] for it in self.always if "type" in it]
        return tuple(name for name in (lists[0] if lists else ()) if all(name in it for it in lists))

    @property
    def choices(self) -> tuple[Json, ...] | None:
        """The only values that may stand here; None where they are not listed."""
        lists = [it["enum"] for it in self.always if "enum" in it]
        lists += [[it["const"]] for it in self.always if "const" in it]
        return tuple(value for value in lists[0] if all(_is_among(value, it) for it in lists)) if lists else None

    @property
    def description(self) -> str:
        """The `description` of the subschema that speaks of the place first, or its `title`; never a branch's."""
        found = (it[keyword] for keyword in ("description", "title") for it in self.always if keyword in it)
        return str(next(found, ""))

    @property
    def certain(self) -> Shape:
        """The same place, as far as it does not depend on the document."""
        return Shape(self.library, self.always) if self.sometimes else self

    @property
    def identity(self) -> frozenset[int]:
        """The same for two places that the same subschemas speak of, as below a `$ref` that leads back."""
        return frozenset(id(it) for it in self.always)

    def accepts(self, value: Json) -> bool:
        """Tell whether *value* by itself keeps what every document has to keep here."""
        return all(self._validator(it).is_valid(value) for it in self.always if id(it) in self.library.origins)

    def _validator(self, schema: Mapping[str, Json]) -> Any:
        path = self.library.origins[id(schema)].source.text.path
        return self.library.validator(path).evolve(schema=schema)

    def said(self, keyword: str) -> Any:
        """Return what the first subschema that has *keyword* says behind it; those that always hold come first."""
        return next((it[keyword] for it in self.schemas if keyword in it), None)

    def all_said(self, keyword: str) -> list[Any]:
        """Return what each subschema that always holds and has *keyword* says behind it."""
        return [it[keyword] for it in self.always if keyword in it]

    def member(self, name: str) -> Shape | None:
        """Return what is known of the member *name*: by its name, by patterns, else as one that no schema names."""
        found = self._named(name)
        return found if found.schemas else None

    @property
    def schemas(self) -> Schemas:
        """All subschemas that speak of the place, those that always hold first."""
        return (*self.always, *self.sometimes)

    def _named(self, name: str) -> Shape:
        return self._inner(lambda it: _of_member(it, name))

    def _told(self, step: Callable[[Mapping[str, Json]], Json]) -> Shape | None:
        found = self._inner(step)
        return found if found.schemas else None

    def _inner(self, step: Callable[[Mapping[str, Json]], Json]) -> Shape:
        """Return the place that *step*, which has one subschema or a list of them, leads to."""
        always = [inner for it in self.always for inner in _schemas(step(it))]
        sometimes = [inner for it in self.sometimes for inner in _schemas(step(it))]
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
    if library.stands_alone(schema):
        _collect(library, library.lookup(schema["$ref"]), certain, possible)
        return
    certain[id(schema)] = schema
    for it in _parts(library, schema):
        _collect(library, it, certain, possible)
    for it in _branches(schema):
        _collect(library, it, possible, possible)


def _parts(library: Library, schema: Mapping[str, Json]) -> Iterator[Json]:
    if "$ref" in schema and id(schema) in library.origins:  # the references of a published meta-schema are its own
        yield library.lookup(schema["$ref"])
    yield from schema.get("allOf", ())


def _branches(schema: Mapping[str, Json]) -> Iterator[Json]:
    for keyword in _ALTERNATIVES:
        yield from schema.get(keyword, ())
    yield from [schema["if"]] if "if" in schema else []
    yield from _consequences(schema)


def _consequences(schema: Mapping[str, Json]) -> Iterator[Json]:
    yield from (schema[keyword] for keyword in ("then", "else") if keyword in schema)
    yield from schema.get("dependentSchemas", {}).values()
    yield from (it for it in schema.get("dependencies", {}).values() if isinstance(it, dict))


def _members(schema: Mapping[str, Json], keyword: str) -> Mapping[str, Json]:
    members: Mapping[str, Json] = schema.get(keyword, {})
    return members


def _of_member(schema: Mapping[str, Json], name: str) -> list[Json]:
    named = _members(schema, "properties")
    found = [named[name]] if name in named else []
    found += [it for by, it in _members(schema, "patternProperties").items() if patterns.search(by, name)]
    return found or [schema.get("additionalProperties")]


def _of_pattern(schema: Mapping[str, Json], pattern: str) -> Json:
    return _members(schema, "patternProperties").get(pattern)


def _of_item(schema: Mapping[str, Json], at: int) -> Json:
    return list(_first(schema)[at : at + 1])


def _first(schema: Mapping[str, Json]) -> Sequence[Json]:
    items = schema.get("items")
    return items if isinstance(items, list) else schema.get("prefixItems", ())


def _schemas(found: Json) -> Iterable[Mapping[str, Json]]:
    return (it for it in (found if isinstance(found, list) else [found]) if isinstance(it, dict))


def _is_among(value: Json, values: Sequence[Json]) -> bool:
    return any(equal(value, it) for it in values)


def _merged(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return each name once, as the first list has them; a name that only a later one has follows its neighbour."""
    found: list[str] = []
    for names in lists:
        at = 0 if set(found).intersection(names) else len(found)
        for name in names:
            if name not in found:
                found.insert(at, name)
            at = max(at, found.index(name) + 1)
    return tuple(found)
