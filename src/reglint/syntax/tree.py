"""A JSON value and the place of everything in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from reglint.diagnostic import Finding, Path
from reglint.text import Span

Json = Any
"""None, bool, int, finite float, str, list of Json, or dict of str to Json."""


class Place(NamedTuple):
    """Where a value stands, and where the key that leads to it does (None in a list, and at the root)."""

    key: Span | None
    value: Span


class Duplicate(NamedTuple):
    """A key that stands twice in one mapping: the later place, and the first."""

    name: str
    span: Span
    first: Span


class Plain(NamedTuple):
    """A scalar that YAML reads by its looks, being without quotes; a key's *path* is that of its value."""

    path: Path
    span: Span
    is_key: bool


class Tree(NamedTuple):
    """What a reader makes of a text. *errors* say what could not be read; the value then holds the rest, or None.

    *places* and *plain* may be worked out only when they are asked for, *places* one by one.
    """

    value: Json
    places: Mapping[Path, Place]
    errors: tuple[Finding, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    plain: Sequence[Plain] = ()

    def at(self, *path: str | int) -> Span:
        """Return where the value at *path* stands; a missing one stands where its nearest ancestor does."""
        return nearest_place(self.places, path).value

    def key(self, *path: str | int) -> Span:
        """Return where the key of *path* stands, or its value where there is no key."""
        place = nearest_place(self.places, path)
        return place.key or place.value


def nearest_place(places: Mapping[Path, Place], path: Path) -> Place:
    """Return the place of *path*, or of its nearest ancestor that has one; the root always does."""
    while (place := places.get(path)) is None:
        path = path[:-1]
    return place


def unreadable(whole: Span, *errors: Finding) -> Tree:
    """Return the tree of a text that could not be read at all."""
    return Tree(None, MappingProxyType({(): Place(None, whole)}), errors)


def canonical(value: Json) -> str:
    """Return a text that equal values, and only they, have in common: 1 is 1.0, and not true."""
    return json.dumps(_with_one_kind_of_number(value), ensure_ascii=False, sort_keys=True)


def _with_one_kind_of_number(value: Json) -> Json:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _with_one_kind_of_number(it) for key, it in value.items()}
    return [_with_one_kind_of_number(it) for it in value] if isinstance(value, list) else value
