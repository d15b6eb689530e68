"""Unified diffs of files, with the rename headers that `git apply` and `patch -p1` read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import unified_diff
from typing import NamedTuple

from reglint.lazy import regex

_QUOTED = regex(r'[\x00-\x20"\\\x7f]')
_ESCAPED = regex(r'[\x00-\x1f"\\\x7f]')


class Rewritten(NamedTuple):
    """A file before and after: its paths from the root, and what it holds."""

    old: str
    new: str
    before: bytes
    after: bytes


def patch(files: Iterable[Rewritten]) -> Iterator[str]:
    r"""Yield the lines of the patch, each without its line ending; lines of a file end at `\\n` and nowhere else."""
    for it in files:
        if (it.old, it.before) != (it.new, it.after):
            yield f"diff --git {_named('a', it.old)} {_named('b', it.new)}"
            yield from _renamed(it)
            yield from _hunks(it)


def _renamed(it: Rewritten) -> Iterator[str]:
    if it.old != it.new:
        share = 100 if it.before == it.after else 90
        yield f"similarity index {share}%"
        yield f"rename from {_quoted(it.old)}"
        yield f"rename to {_quoted(it.new)}"


def _hunks(it: Rewritten) -> Iterator[str]:
    before, after = _lines(it.before), _lines(it.after)
    found = unified_diff(before, after, _named("a", it.old), _named("b", it.new), n=3, lineterm="\n")
    for i, line in enumerate(found):
        if i < len(("---", "+++")):
            yield line.rstrip("\n")
        elif line.endswith("\n"):
            yield line[:-1]
        else:
            yield line
            yield "\\ No newline at end of file"


def _lines(raw: bytes) -> list[str]:
    lines = raw.decode().split("\n")
    return [*(f"{it}\n" for it in lines[:-1]), *filter(None, lines[-1:])]


def _named(side: str, path: str) -> str:
    return _quoted(f"{side}/{path}")


def _quoted(path: str) -> str:
    """Write a path as git does; it quotes none for a blank, and then `patch` finds no end of it."""
    if not _QUOTED.search(path):
        return path
    return '"' + _ESCAPED.sub(lambda it: f"\\{it[0]}" if it[0] in '"\\' else f"\\{ord(it[0]):03o}", path) + '"'
