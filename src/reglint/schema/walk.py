"""Every value of an instance with every subschema that applies to it.

JSON Schema calls what this collects annotations (2020-12 core, §7.7): branches that fail contribute nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reglint.diagnostic import Path
from reglint.schema.node import Node
from reglint.syntax.tree import Json


class Visit(NamedTuple):
    """*schema* applies to *value*, which stands at *path*; *holders* apply to it too, and led there, nearest first.

    *is_condition*: it belongs to an `if`, which asks nothing of the value.
    """

    path: Path
    value: Json
    schema: Mapping[str, Json]
    holders: tuple[Mapping[str, Json], ...]
    is_condition: bool = False


def visits(node: Node | None, instance: Json, path: Path) -> list[Visit]:
    """Return the root first, then whatever hangs below it, each value as often as schemas speak of it."""
    found: list[Visit] = []
    if node:
        _visit(found, node, Visit(path, instance, node.schema, ()))
    return found


def _visit(found: list[Visit], node: Node, visit: Visit) -> None:
    found.append(visit)
    path, value, schema, holders, is_condition = visit
    for inner, is_asked in node.in_place(value):
        _visit(found, inner, Visit(path, value, inner.schema, (schema, *holders), is_condition or is_asked))
    if isinstance(value, dict):
        for key, it in value.items():
            for inner in node.member(key):
                _visit(found, inner, Visit((*path, key), it, inner.schema, (), is_condition))
    elif isinstance(value, list):
        for i, inner in node.items(value):
            _visit(found, inner, Visit((*path, i), value[i], inner.schema, (), is_condition))
