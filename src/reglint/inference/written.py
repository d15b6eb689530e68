"""JSON as people write it: what fits on a line stands on one."""

from __future__ import annotations

import json

from reglint.syntax.tree import Json

_WIDTH = 120
_INDENT = "  "


def written(value: Json) -> str:
    """Return the text of a JSON file."""
    return "\n".join(_lines(value, "", "")) + "\n"


def _lines(value: Json, before: str, indent: str) -> list[str]:
    """Return the lines of *value*, the first of which begins with *before*; the outermost value never stands on one."""
    line = before + json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or (before and len(line) < _WIDTH):
        return [line]
    inner = indent + _INDENT
    if isinstance(value, dict):
        opening, closing = "{}"
        members = [_lines(it, f"{inner}{json.dumps(key, ensure_ascii=False)}: ", inner) for key, it in value.items()]
    else:
        opening, closing = "[]"
        members = [_lines(it, inner, inner) for it in value]
    for them in members[:-1]:
        them[-1] += ","
    return [before + opening, *(line for them in members for line in them), indent + closing]
