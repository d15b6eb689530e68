"""JSON: the standard library says whether it is valid, a scan of the valid text says where everything stands."""

from __future__ import annotations

import json
from collections.abc import Iterator

from reglint.lazy import regex
from reglint.syntax.events import (
    MAX_SCHEMA_NODES,
    End,
    Event,
    Refusal,
    Scalar,
    Start,
    compose,
    joined_surrogates,
    shifted,
)
from reglint.syntax.tree import Tree
from reglint.text import Span

_TOKEN = regex(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s,:{}\[\]"]+')


def read(content: str, base: int = 0, nodes: int = MAX_SCHEMA_NODES) -> Tree:
    """Read JSON (RFC 8259) that stands at *base* in its file; never raises."""
    return compose(shifted(_events(content), base), Span(base, base + len(content)), nodes)


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
                yield Scalar(span, joined_surrogates(json.loads(token[0], strict=False)), plain=False)
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


def _refuse_constant(name: str) -> None:
    message = f"`{name}` is not a JSON value"
    raise ValueError(message)
