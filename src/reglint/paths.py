"""Paths from the root, with `/` between their steps. `posixpath.relpath` would ask for the working directory."""

from __future__ import annotations

from posixpath import dirname


def relative(path: str, source: str) -> str:
    """Return *path*, which may begin with `..` then, as a path from the folder of the document at *source*."""
    steps, start = path.split("/"), [it for it in dirname(source).split("/") if it]
    common = 0
    while common < min(len(steps) - 1, len(start)) and steps[common] == start[common]:
        common += 1
    return "/".join([".."] * (len(start) - common) + steps[common:])
