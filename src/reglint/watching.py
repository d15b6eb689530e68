"""Changes below a folder, as they happen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, watch

# In milliseconds. After as long without a change, what an editor saves is complete; where changes go on, it is waited
# for no longer than that.
_SETTLED = 50
_LONGEST = 200


def changes(root: Path, cache: Path | None = None) -> Iterator[None]:
    """Yield as soon as nothing below *root* can change unseen, and then after each change, or when the root is gone.

    What git keeps for itself does not count, nor does what is kept in the folder *cache* below the root. Raises
    KeyboardInterrupt.
    """
    own = cache.resolve() if cache and root in cache.resolve().parents else None

    def is_seen(_: Change, path: str) -> bool:
        return ".git" not in Path(path).parts and not (own and Path(path).is_relative_to(own))

    # The watch is set up before the first wait. One that is in vain tells nothing but that.
    waits = watch(
        root, watch_filter=is_seen, debounce=_LONGEST, step=_SETTLED, rust_timeout=_SETTLED, yield_on_timeout=True
    )
    has_begun = False
    for changed in waits:
        if changed or not has_begun or not root.is_dir():
            has_begun = True
            yield
