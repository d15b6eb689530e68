"""The mistakes that are planted, each an edit of a finished page."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bench.corpus.dice import Dice

ONE_IN = 50
"""Of so many pages one has defects."""
_MOST = 3


@dataclass(frozen=True)
class Defect:
    """A kind of mistake, as `defects.toml` has it."""

    name: str
    pattern: str
    by: str
    rules: list[str]


class Planted(NamedTuple):
    """A page's text with its defects, their names, and the rules that find them, one name for each finding."""

    text: str
    defects: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


def plant(text: str, dice: Dice) -> Planted:
    """Return *text* with up to three defects of those that are possible in it."""
    wanted = dice.between(1, _MOST)
    chosen: list[Defect] = []
    for it in dice.several(_defects(), len(_defects())):
        text, made = re.subn(it.pattern, it.by, text, count=1, flags=re.MULTILINE)
        chosen += [it] * made
        if len(chosen) == wanted:
            break
    return Planted(text, tuple(it.name for it in chosen), tuple(sorted(rule for it in chosen for rule in it.rules)))


@cache
def _defects() -> tuple[Defect, ...]:
    table = tomllib.loads(Path(__file__).with_name("defects.toml").read_text(encoding="utf-8"))
    return tuple(Defect(**it) for it in table["defect"])
