"""Changes below a folder, as they happen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, watch

_SETTLED = 200  # milliseconds without a change, after which what an editor saves is complete
_STEP = 50


def changes(root: Path) -> Iterator[None]:
    """Yield whenever something below *root* has changed, git's own files aside. Raises KeyboardInterrupt."""
    for _ in watch(root, watch_filter=_is_seen, debounce=_SETTLED, step=_STEP):
        yield


def _is_seen(_: Change, path: str) -> bool:
    return ".git" not in Path(path).parts
