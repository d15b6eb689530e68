"""Bring peers into a folder, each into one of its own, by the ordinary clients of their registries."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from bench.peers.peer import Peer

_MINUTES = 10


class Installed(NamedTuple):
    """A peer that can be run: its folder, its program and its version."""

    peer: Peer
    home: Path
    program: Path
    version: str


class Missing(NamedTuple):
    """A peer that cannot be run, and why."""

    peer: Peer
    reason: str


def install(peer: Peer, folder: Path) -> Installed | Missing:
    """Return *peer*, installed below *folder* unless it is there already."""
    home = folder / (peer.home or peer.name)
    try:
        program = _program(peer, home)
        if program is None:
            _install(peer, home)
            program = _program(peer, home)
        if program is None:
            return Missing(peer, f"it was installed without `{peer.program}`")
        return Installed(peer, home, program, _version(peer, program))
    except (OSError, subprocess.SubprocessError) as error:
        return Missing(peer, _reason(error))


def _install(peer: Peer, home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    for command in _CLIENTS[peer.install](home, peer.packages) if peer.install else ():
        _run(command)
    for name in peer.files:
        shutil.copy(Path(__file__).with_name(name), home)


def _pip(home: Path, packages: Sequence[str]) -> list[list[str]]:
    pip = [str(home / "bin/pip"), "install", "--quiet", "--disable-pip-version-check"]
    return [[sys.executable, "-m", "venv", str(home)], [*pip, *packages]]


def _npm(home: Path, packages: Sequence[str]) -> list[list[str]]:
    return [["npm", "install", "--prefix", str(home), "--no-audit", "--no-fund", "--silent", *packages]]


_CLIENTS: Mapping[str, Callable[[Path, Sequence[str]], list[list[str]]]] = MappingProxyType({"pip": _pip, "npm": _npm})


def _program(peer: Peer, home: Path) -> Path | None:
    if peer.program.startswith("/"):
        return Path(peer.program)
    return next(iter(sorted(home.glob(peer.program))), None)


def _version(peer: Peer, program: Path) -> str:
    """Return the numbers in what the program says of its version."""
    if not peer.version:
        return ""
    return ", ".join(re.findall(r"\d+(?:\.\d+)+", _run([str(program), *peer.version])))


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_MINUTES * 60)  # noqa: S603 - from the table of peers
    return done.stdout


def _reason(error: Exception) -> str:
    """Return the last words of what went wrong, on one line."""
    said = error.stderr.strip() if isinstance(error, subprocess.CalledProcessError) and error.stderr else ""
    return " ".join((said.rpartition("\n")[2] or str(error)).split())[:200]
