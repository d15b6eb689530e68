"""YAML 1.2 with places: libyaml reads what is ordinary; ruamel.yaml whatever is not, and explains what is wrong."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from reglint.syntax.events import MAX_NODES
from reglint.syntax.tree import Json, Tree


class Supplier(Protocol):
    """Reads ordinary YAML exactly as the reference does, and returns None for any other."""

    def __call__(self, content: str, base: int, nodes: int) -> Tree | None: ...


def read(content: str, base: int = 0, nodes: int = MAX_NODES, *, quick: bool = True) -> Tree:
    """Read YAML 1.2 (core schema) that stands at *base* in its file, within a budget of *nodes*; never raises.

    What *quick* changes is the time it takes: without it, the reference reads everything.
    """
    supplier = quick_supplier() if quick else None
    if supplier and (tree := supplier(content, base, nodes)):
        return tree
    from reglint.syntax import ruamel

    return ruamel.read(content, base, nodes)


@cache
def quick_supplier() -> Supplier | None:
    """Return libyaml's reader, or None where PyYAML came without it."""
    try:
        from reglint.syntax import libyaml
    except ImportError:
        return None
    return libyaml.read


def written(value: Json) -> str:
    """Write *value* as YAML in block style, which YAML 1.1 and 1.2 read alike; texts that are dates have no quotes."""
    from reglint.syntax import ruamel

    return ruamel.written(value)
