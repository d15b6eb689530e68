"""JSON Pointers (RFC 6901), absolute or relative to a value, into a document's instance."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reglint.diagnostic import Path
from reglint.document import PARTS, Document
from reglint.lazy import regex
from reglint.spelling import suggestion

POINTER = r"^(?:0|[1-9][0-9]{0,8})?(?:/.*)?$"
"""The form of a pointer, absolute or relative, for meta-schemas."""
POINTER_IS = "a pointer counts from the document's root, as `/frontmatter/status`, or from the value, as `1/status`"

_INDEX = regex(r"[0-9]{1,9}")
_UNSHOWN = frozenset({"", "frontmatter", "sections", "fields"})


def resolved(doc: Document, path: Path, pointer: str) -> Path | None:
    """Return the path that *pointer* names, seen from the value at *path*; None when it leads out of the instance.

    `/frontmatter/updated` counts from the root, `1/updated` from one level above the value.
    """
    if fixed := _fixed(pointer):
        return fixed
    levels, _, rest = pointer.partition("/")
    up = int(levels) if levels else len(path)
    if up > len(path):
        return None
    found = path[: len(path) - up]
    for name in steps(rest) if rest else ():
        found = (*found, int(name) if _INDEX.fullmatch(name) and isinstance(doc.get(*found), list) else name)
    return found


@lru_cache(maxsize=1024)
def _fixed(pointer: str) -> Path:
    """Return the path that an absolute *pointer* names in every document; empty where it depends on the document."""
    levels, _, rest = pointer.partition("/")
    names = tuple(steps(rest)) if rest and not levels else ()
    return () if any(map(_INDEX.fullmatch, names)) else names


def steps(pointer: str) -> Iterator[str]:
    """Yield the names that *pointer*, without its leading `/`, is made of."""
    return (it.replace("~1", "/").replace("~0", "~") for it in pointer.split("/"))


def misplaced(pointer: str) -> str:
    """Return why no document has what an absolute *pointer* names, or nothing."""
    levels, _, rest = pointer.partition("/")
    first = next(steps(rest))
    if levels or not rest or first in PARTS:
        return ""
    return f"a document has no part `{first}`{suggestion(first, PARTS)}"


def shown(pointer: str) -> str:
    """Return the place that *pointer* names as people call it: `Licensing / Required`."""
    names = [it for it in steps(pointer.partition("/")[2]) if it not in _UNSHOWN]
    return f"`{' / '.join(names)}`"
