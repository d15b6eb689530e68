"""JSON: the standard library says what it means, a scan of the valid text says where everything stands.

That scan takes a hundred times as long, so it waits until somebody asks for a place, unless there is a mistake to tell.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NoReturn

from reglint.diagnostic import Path
from reglint.lazy import regex
from reglint.syntax.events import (
    MAX_DEPTH,
    MAX_SCHEMA_NODES,
    End,
    Event,
    Refusal,
    Scalar,
    Start,
    compose,
    joined_surrogates,
    resolve,
    shifted,
)
from reglint.syntax.tree import Json, Place, Tree
from reglint.text import Span

_LENIENT = json.JSONDecoder(strict=False)
_TOKEN = regex(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s,:{}\[\]"]+')


def read(content: str, base: int = 0, nodes: int = MAX_SCHEMA_NODES) -> Tree:
    """Read JSON (RFC 8259) that stands at *base* in its file; never raises."""
    try:
        return Tree(_value(content, nodes), _Places(content, base, nodes))
    except (ValueError, RecursionError):
        return _composed(content, base, nodes)


class _Places(Mapping[Path, Place]):
    """The place of every value by its path."""

    def __init__(self, content: str, base: int, nodes: int) -> None:
        self._read = (content, base, nodes)

    @cached_property
    def _all(self) -> Mapping[Path, Place]:
        return _composed(*self._read).places

    def __getitem__(self, path: Path) -> Place:
        return self._all[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def _composed(content: str, base: int, nodes: int) -> Tree:
    """Return the tree with every place and every mistake. Nothing in JSON is read by its looks, as in YAML."""
    return compose(shifted(_events(content), base), Span(base, base + len(content)), nodes)._replace(plain=())


def _value(content: str, nodes: int) -> Json:
    """Return what *content* says. Raises ValueError where there may be a mistake, RecursionError for deep nesting."""
    content.encode()
    if r"\ud" in content.lower() or sum(map(content.count, ",:[{")) >= nodes:
        raise ValueError("this may hold half of a surrogate pair, or more values than anybody reads")
    value = json.loads(
        content,
        parse_int=resolve,
        parse_float=resolve,
        parse_constant=_refuse_constant,
        object_pairs_hook=_mapping,
    )
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [it for outer in level if isinstance(outer, dict | list) for it in _members(outer)]
    if level:
        raise ValueError("values are nested too deep")
    return value


def _mapping(pairs: list[tuple[str, Json]]) -> Json:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _members(collection: Json) -> Json:
    return collection.values() if isinstance(collection, dict) else collection


def end(content: str) -> int | None:
    """Return where a valid object at the beginning of *content* ends, if there is one."""
    try:
        return json.JSONDecoder().raw_decode(content)[1]
    except (ValueError, RecursionError):
        return None


def _events(content: str) -> Iterator[Event]:
    if refusal := _invalid(content):
        yield refusal
        return
    for token in _TOKEN.finditer(content):
        span = Span(*token.span())
        match token[0][0]:
            case "{" | "[":
                yield Start(span, is_mapping=token[0] == "{")
            case "}" | "]":
                yield End(span)
            case '"':
                text = joined_surrogates(_LENIENT.decode(token[0])) if "\\" in token[0] else token[0][1:-1]
                yield Scalar(span, text, plain=False)
            case _:
                yield Scalar(span, token[0], plain=True)


def _invalid(content: str) -> Refusal | None:
    try:
        json.loads(content, parse_int=str, parse_float=str, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        return Refusal(Span(error.pos, min(error.pos + 1, len(content))), f"invalid JSON: {error.msg}")
    except ValueError as error:
        return Refusal(Span(0, 0), f"invalid JSON: {error}")
    except RecursionError:
        return Refusal(Span(0, 0), "invalid JSON: values are nested too deep")
    return None


def _refuse_constant(name: str) -> NoReturn:
    message = f"`{name}` is not a JSON value"
    raise ValueError(message)
