"""Parts of a text that a regular expression picks out: the code in a title, the name and the address of a link."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from reglint import patterns
from reglint.pointer import shown as named
from reglint.syntax.tree import Json
from reglint.text import Span, Text, make

PATTERN: Json = {"type": "string", "format": "regex"}
Place = str | Mapping[str, str]
"""A JSON Pointer, or one to a text (`at`) with the regular expression (`read`) for the part of it that is meant."""


class Excerpt(NamedTuple):
    """*said* stands at *span* (in code points) of *text*."""

    said: str
    span: Span
    text: str

    def place(self, document: Text, span: Span) -> Span:
        """Return where this stands in *document*, whose *span* holds the text; all of it where that is unclear."""
        written = document[span]
        if written == self.text:
            return self.span.shift(span.start)
        start = span.start + written.find(self.said)
        return Span(start, start + len(self.said)) if written.count(self.said) == 1 else span


def read(pattern: str, text: str) -> Mapping[str, Excerpt]:
    """Return what the groups of *pattern* catch in *text*, by name; empty where it does not match.

    Without named groups, the name is "", and what counts is the first group, or else all that matches.
    """
    compiled, groups = _groups(pattern)
    written = text.encode("utf-8", "replace")
    found = compiled.search(written)
    if not found:
        return {}
    is_ascii = len(written) == len(text)
    caught = {}
    for name, group in groups:
        start, end = found.span(group)
        if start >= 0:
            start, end = (start, end) if is_ascii else (len(written[:it].decode()) for it in (start, end))
            caught[name] = make(Excerpt, (text[start:end], make(Span, (start, end)), text))
    return caught


@lru_cache(maxsize=1024)
def _groups(pattern: str) -> tuple[Any, tuple[tuple[str, int], ...]]:
    """Return *pattern* compiled, and the numbers of the groups that count, by name."""
    compiled = patterns.compiled(pattern)
    return compiled, tuple((compiled.groupindex or {"": min(1, compiled.groups)}).items())


def names(pattern: str) -> tuple[str, ...]:
    """Return the names of the groups of *pattern*, which can be used."""
    return tuple(patterns.compiled(pattern).groupindex)


def place(pointer: Json) -> Json:
    """Return the meta-schema of a place, where *pointer* is that of a pointer."""
    members = {"at": pointer, "read": PATTERN}
    part = {"type": "object", "required": ["at", "read"], "properties": members, "additionalProperties": False}
    return {"if": {"type": "object"}, "then": part, "else": pointer}


def pointer(where: Place) -> str:
    """Return the JSON Pointer of a place."""
    return where if isinstance(where, str) else where["at"]


def part(where: Place, value: Json) -> Json:
    """Return what the place means of the *value* that its pointer leads to; None where its pattern does not match."""
    if isinstance(where, str):
        return value
    caught = read(where["read"], value) if isinstance(value, str) else {}
    return next((it.said for it in caught.values()), None)


def shown(where: Place) -> str:
    """Return the place as people call it."""
    return named(where) if isinstance(where, str) else f"a part of {named(where['at'])}"
