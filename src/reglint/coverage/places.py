"""Places that documents of a type share, as people read them: `sources[].url`, `sections./^Is .+/.text`."""

from __future__ import annotations

from typing import NamedTuple

from reglint.diagnostic import Path
from reglint.text import Span, Text


class Pattern(NamedTuple):
    """A step to all members whose name matches."""

    pattern: str


Place = tuple[str | int | Pattern, ...]
"""The steps to a place, each the name of a member, a pattern of names, or 0 for any item of a list."""


def written(place: Place | Path) -> str:
    """Return *place* as one word after the other; the empty one is the whole document."""
    return "".join(map(_step, place)).removeprefix(".") or "the whole document"


def _step(step: str | int | Pattern) -> str:
    if isinstance(step, int):
        return "[]"
    return f"./{step.pattern}/" if isinstance(step, Pattern) else f".{step}"


class Location(NamedTuple):
    """A place in a file, for people: line and column count from 1."""

    path: str
    line: int
    column: int

    @classmethod
    def of(cls, text: Text, span: Span) -> Location:
        """Return where *span* begins."""
        return cls(text.path, *text.position(span.start))

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"
