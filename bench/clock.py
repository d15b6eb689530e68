"""One run of a command: how long it took, and what of the machine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

CHECKED = frozenset({0, 1})
"""The exit codes of a check without and with findings."""
_LAUNCH = (sys.executable, "-I", "-S", str(Path(__file__).with_name("launch.py")))


class Usage(NamedTuple):
    """Seconds on the wall, seconds of all processors together, and the memory of the largest process in MiB."""

    wall: float
    cpu: float
    peak: float


class Output(NamedTuple):
    """What a command printed."""

    out: str
    err: str


class Broken(Exception):
    """A command ended in another way than by having checked what it was given."""


def timed(command: Sequence[str], folder: Path) -> Usage:
    """Run *command* in *folder* and return what it took, with all processes that it waited for. Raises Broken."""
    with NamedTemporaryFile() as errors:
        done = subprocess.run(  # noqa: S603 - programs of the tables
            [*_LAUNCH, errors.name, *command], cwd=folder, stdout=subprocess.PIPE, check=True
        )
        wall, cpu, peak, code = done.stdout.split()
        _raise_unless_checked(int(code), Path(errors.name).read_text(errors="replace"))
    return Usage(float(wall), float(cpu), int(peak) / 1024)


def output(command: Sequence[str], folder: Path) -> Output:
    """Run *command* in *folder* and return all that it prints. Raises Broken."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - as above
    _raise_unless_checked(done.returncode, done.stderr)
    return Output(done.stdout, done.stderr)


def _raise_unless_checked(code: int, said: str) -> None:
    if code not in CHECKED:
        raise Broken(f"exit code {code}: {' '.join(said.split())[-200:]}")
