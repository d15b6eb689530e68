"""Which code runs: reglint's own files, and the versions of what is installed beside it; and on how much machine."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

FOLDER = os.path.dirname(__file__)
_CODE = (".py", ".txt", ".json")


@lru_cache(maxsize=1)
def own_files() -> tuple[str, ...]:
    """Return the paths of all files of reglint that its results depend on, sorted, as the process first found them."""
    return tuple(sorted(it.path for it in _walk(FOLDER) if it.name.endswith(_CODE)))


def _walk(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        for it in found:
            if it.is_dir():
                yield from _walk(it.path)
            else:
                yield it


def collect_rarely() -> None:
    """Let Python look for cycles rarely: what is made of documents has none, and looking takes a tenth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def versions() -> str:
    """Return the version of Python, and name and version of every distribution that can be imported, one a line."""
    return "\n".join((sys.version, *sorted(name for it in places() for name in _metadata(it))))


def places() -> list[str]:
    """Return the folders that modules come from."""
    return [it for it in dict.fromkeys(sys.path) if os.path.isdir(it)]


def _metadata(folder: str) -> Iterator[str]:
    """Yield the names of the folders of metadata, which hold the version."""
    with suppress(OSError):
        yield from (it for it in os.listdir(folder) if it.endswith((".dist-info", ".egg-info")))
