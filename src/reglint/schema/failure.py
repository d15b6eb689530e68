"""One failure of a schema, with all that is needed to tell a person about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from reglint.diagnostic import Finding, Note, Path
from reglint.schema.keyword import Declared
from reglint.schema.parts import Part
from reglint.schema.wording import cut, shown
from reglint.syntax.tree import Json, Place, nearest_place
from reglint.text import Span, Text

if TYPE_CHECKING:
    from jsonschema import ValidationError

CHOICES = frozenset({"anyOf", "oneOf"})
_LONGEST = 400  # code points of a description
_REFUSING = frozenset({"additionalProperties", "unevaluatedProperties", "additionalItems", "unevaluatedItems", "not"})


class Background(NamedTuple):
    """What failures of one file have in common.

    *head* is where a thing is marked that the file as a whole lacks, *part* tells what stands at a path. *notes* gives
    the place of a keyword in a subschema, *target* the subschema that a `$ref` leads to, *errors* what a subschema has
    against a value.
    """

    text: Text
    places: Mapping[Path, Place]
    head: Span
    part: Callable[[Path], Part]
    errors: Callable[[Json, Json], Iterator[ValidationError]]
    notes: Callable[[Json, str, str], tuple[Note, ...]] = lambda *_: ()
    target: Callable[[str], Json] = lambda _: True

    def fits(self, schema: Json, value: Json) -> bool:
        """Tell whether *value* keeps the subschema *schema*."""
        return next(self.errors(schema, value), None) is None

    def at(self, path: Path) -> Span:
        """Return where the value at *path* stands."""
        return nearest_place(self.places, path).value

    def key(self, path: Path) -> Span:
        """Return where the key of *path* stands, or its value where there is no key."""
        place = nearest_place(self.places, path)
        return place.key or place.value


@dataclass(frozen=True)
class Failure:
    """*error* is about a value below *base*, a path in the whole file.

    *declared* says which keys schemas speak of at each path; None: only the schema that failed does. *holders* are the
    schemas around the one that failed which speak of the same value, nearest first; *inherited* is what is said of it
    elsewhere.
    """

    background: Background
    error: ValidationError
    base: Path
    declared: Mapping[Path, Declared] | None = None
    holders: tuple[Mapping[str, Json], ...] = ()
    inherited: str = ""

    @cached_property
    def path(self) -> Path:
        """Where the value that failed, or the key of that name, is in the whole file."""
        name = (str(self.error.instance),) if self.is_name else ()
        return (*self.base, *self.error.absolute_path, *name)

    @property
    def value(self) -> Json:
        """The value that failed."""
        return self.error.instance

    @property
    def argument(self) -> Any:
        """What the schema says behind the keyword."""
        return self.error.validator_value

    @property
    def keyword(self) -> str:
        """The keyword that refused the value; empty for the schema `false`."""
        return str(self.error.validator or "")

    @property
    def schema(self) -> Mapping[str, Json]:
        """The subschema that the keyword stands in; empty for `true` and `false`."""
        return self.error.schema if isinstance(self.error.schema, dict) else {}

    @cached_property
    def part(self) -> Part:
        """What the value is called, and its members are."""
        return self.background.part(self.path)

    @property
    def member(self) -> str:
        """What each member of the value is called."""
        return "item" if isinstance(self.value, list) and self.part.member == "key" else self.part.member

    @property
    def is_refused(self) -> bool:
        """Whether the value may not be there at all: its schema is `false`, or `not` anything."""
        return not self.keyword or (self.keyword == "not" and self.argument in ({}, True))

    @property
    def is_section(self) -> bool:
        """Whether the value is a section."""
        return self.path != () and self.background.part(self.path[:-1]).member == "section"

    @property
    def is_name(self) -> bool:
        """Whether `propertyNames` refused the name of a key; a property may be called `propertyNames`, too."""
        steps = ["", *self.error.absolute_schema_path]
        return any(it == "propertyNames" and before != "properties" for before, it in pairwise(steps))

    @cached_property
    def subject(self) -> str:
        """The value as the subject of a sentence: itself if it is short, what it is called if it is a collection."""
        if self.is_name:
            return f"the {self.background.part(self.path[:-1]).member} {shown(self.value)}"
        return self.part.name if isinstance(self.value, dict | list) else shown(self.value)

    @cached_property
    def written(self) -> str:
        """The value as it stands in the file."""
        return self.background.text[(self.background.key if self.is_name else self.background.at)(self.path)]

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The line of the schema that asks for it; a bare `false` cannot be told from another."""
        if not isinstance(self.error.schema, dict):
            return ()
        keyword = getattr(self.error, "asked_by", self.keyword)
        words = f"`{keyword}` {'refuses' if keyword in _REFUSING else 'asks for'} it"
        return self.background.notes(self.error.schema, keyword, "refused here" if self.is_refused else words)

    @cached_property
    def description(self) -> str:
        """What the schema says of the value, or the nearest one around it; what a `$ref` leads to comes last."""
        found = ""
        for it in (self.schema, *self.holders):
            if it.get("description") and (not found or "$ref" in it):
                found = described(it)
        return found or self.inherited

    def finding(self, message: str, help: str = "", *, at: Path | None = None, span: Span | None = None) -> Finding:
        """Return the finding, at the value unless *at* names another or *span* another place.

        The description of the value stands behind the *help*, or for it.
        """
        path = self.path if at is None else at
        place = (self.background.key if self.is_name else self.background.at)(path)
        return Finding(span or place, message, with_description(help, self.description), self.notes, path)

    @property
    def gap(self) -> Span:
        """Where something missing is marked: at the key or heading of what lacks it."""
        path = self.path[:-1] if self.part.member == "section" else self.path
        return self.background.key(path) if path else self.background.head

    @cached_property
    def known(self) -> Declared:
        """The keys that schemas speak of."""
        return self.known_beside if self.declared is None else self.declared[self.path]

    @cached_property
    def known_beside(self) -> Declared:
        """The keys that the schema which failed speaks of itself."""
        own = Declared()
        own.add(self.schema)
        return own

    def within(self, error: ValidationError) -> Failure:
        """Return the failure of an alternative of this one."""
        inner = replace(self, error=error, holders=())
        return replace(inner, inherited=self.description if inner.path == self.path else "")

    def of_member(self, error: ValidationError, name: str) -> Failure:
        """Return the failure of the member *name* of the value."""
        return replace(self, error=error, base=(*self.path, name), holders=(), inherited="")


def described(schema: Mapping[str, Json]) -> str:
    """Return the `description` in *schema* as far as people read, or nothing."""
    return cut(str(schema.get("description", "")), _LONGEST)


def with_description(help: str, description: str) -> str:
    """Return *help* with the schema's own words behind it."""
    return f"{help} ({description})" if help and description else help or description
