"""Values such as facts and diagnostics as bytes that a file or another process can hold, and back again.

The form is JSON without names: each value is the list of its fields. It is derived from the fields' own types, so that
nothing changes here when a value gets another field; whoever keeps bytes has to know which code wrote them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from reglint.columns import shared
from reglint.syntax.tree import Json

_Value = TypeVar("_Value")
_Step = Callable[[Any], Any]


FOREIGN = (ValueError, TypeError, LookupError, AttributeError)
"""What bytes that nobody packed may raise."""


class _Form(NamedTuple):
    """How a value of one type becomes JSON, and JSON the value. None: it is JSON itself."""

    pack: _Step | None = None
    unpack: _Step | None = None


_PLAIN = _Form()


def packed(value: object) -> bytes:
    """Write *value*, a NamedTuple or dataclass, as bytes."""
    return json.dumps(_packing(type(value))(value), separators=(",", ":")).encode()


def unpacked(kind: type[_Value], raw: bytes) -> _Value:
    """Read a value of one *kind* that `packed` wrote. Raises one of `FOREIGN` for any other bytes."""
    found: _Value = _unpacking(kind)(json.loads(raw))
    return found


def _packing(kind: Any) -> _Step:
    return _form(kind).pack or _same


def _unpacking(kind: Any) -> _Step:
    return _form(kind).unpack or _same


def _same(value: Any) -> Any:
    return value


@cache
def _form(kind: Any) -> _Form:
    """Return how a value of the type *kind* is written."""
    if get_origin(kind):
        return _generic(get_origin(kind), get_args(kind))
    if hasattr(kind, "from_columns"):
        return _Form(kind.columns, kind.from_columns)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _Form(lambda value: value.value, kind)
    return _record(kind) if is_dataclass(kind) or hasattr(kind, "_fields") else _PLAIN


def _generic(origin: Any, arguments: tuple[Any, ...]) -> _Form:
    if origin in {Union, UnionType}:
        return _union(arguments)
    if origin in {tuple, frozenset}:
        return _collection(origin, arguments[0])
    assert issubclass(origin, Mapping), f"{origin} is not written"
    return _mapping(arguments[1])


def _union(kinds: tuple[Any, ...]) -> _Form:
    """One of several records is written behind its index among them; what may be None, as None."""
    some = [it for it in kinds if it is not NoneType]
    if all(_form(it) is _PLAIN for it in some):
        return _PLAIN
    if len(some) == 1:
        pack, unpack = _packing(some[0]), _unpacking(some[0])
        return _Form(
            lambda value: None if value is None else pack(value), lambda data: None if data is None else unpack(data)
        )
    index = {kind: (i, _packing(kind)) for i, kind in enumerate(some)}
    unpacks = [_unpacking(it) for it in some]

    def packed_with_index(value: Any) -> Json:
        i, pack = index[type(value)]
        return [i, pack(value)]

    return _Form(packed_with_index, lambda data: unpacks[data[0]](data[1]))


def _collection(collection: Any, kind: Any) -> _Form:
    pack, unpack = _form(kind)
    order = sorted if collection is frozenset else list
    return _Form(
        (lambda value: [pack(it) for it in value]) if pack else order,
        # Of pointers and such, a hundred thousand documents have but a few between them.
        (lambda data: collection([unpack(it) for it in data])) if unpack else (lambda data: shared(collection(data))),
    )


def _mapping(kind: Any) -> _Form:
    pack, unpack = _packing(kind), _unpacking(kind)
    return _Form(
        lambda value: {key: pack(it) for key, it in value.items()},
        lambda data: MappingProxyType({key: unpack(it) for key, it in data.items()}),
    )


def _record(kind: Any) -> _Form:
    """A NamedTuple or a dataclass: the list of its fields."""
    names = kind._fields if hasattr(kind, "_fields") else [it.name for it in fields(kind)]
    hints = get_type_hints(kind)
    packs = [(name, _packing(hints[name])) for name in names]
    unpacks = [(i, step) for i, name in enumerate(names) if (step := _form(hints[name]).unpack)]

    def unpack(data: Json) -> Any:
        for i, step in unpacks:
            data[i] = step(data[i])
        return kind(*data)

    return _Form(lambda value: [pack(getattr(value, name)) for name, pack in packs], unpack)
