"""Sentences by the grammar of `prose.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from bench.corpus.dice import Dice

_SENTENCE = "sentence"
_SLOT = re.compile(r"\{(\w+)\}")


class Prose:
    """Writes about one page: *given* has the names that the page knows better than the grammar."""

    def __init__(self, dice: Dice, given: Mapping[str, Callable[[], str]]) -> None:
        self._dice = dice
        self._given = given
        self._said: set[str] = set()

    def write(self, name: str) -> str:
        """Return an alternative of *name* with all that it is made of. A page never says a sentence twice."""
        words = self._written(name)
        while name == _SENTENCE and words in self._said:
            words = self._written(name)
        self._said.add(words)
        return words

    def _written(self, name: str) -> str:
        if name in self._given:
            return self._given[name]()
        parts = self._dice.pick(_grammar()[name])
        return "".join([self.write(it) if i % 2 else it for i, it in enumerate(parts)])


@cache
def alternatives(name: str) -> tuple[str, ...]:
    """Return all alternatives of *name*, which have no parts."""
    return tuple("".join(it) for it in _grammar()[name])


@cache
def _grammar() -> Mapping[str, list[list[str]]]:
    """Each name with its alternatives, cut where a name stands: every second part is one."""
    raw = tomllib.loads(Path(__file__).with_name("prose.toml").read_text(encoding="utf-8"))
    return {name: [_SLOT.split(it) for it in them] for name, them in raw.items()}
