"""The table of peers, as `peers.toml` has it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).with_name("peers.toml")


@dataclass(frozen=True)
class Peer:
    """One entry of the table; see there for what its parts mean."""

    name: str
    title: str
    language: str
    program: str
    cold: tuple[str, ...]
    does: str
    warm: tuple[str, ...] = ()
    version: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    install: str = ""
    packages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    home: str = ""
    proof: str = ""
    lacks: str = ""
    is_slow: bool = False


def peers() -> tuple[Peer, ...]:
    """Return all peers in the order of the table."""
    entries = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return tuple(Peer(name, **{key: _frozen(it) for key, it in entry.items()}) for name, entry in entries.items())


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
