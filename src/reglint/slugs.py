"""The ids that GitHub and most renderers make of headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reglint.columns import HeadingFact
from reglint.lazy import regex

_DROPPED = regex(r"[^\w\- ]")


def slug(heading: str) -> str:
    """Return the id of a heading: lower case, no punctuation, `-` for blanks."""
    return _DROPPED.sub("", heading.lower()).replace(" ", "-")


def slugs(headings: Iterable[HeadingFact]) -> tuple[str, ...]:
    """Return the id of each heading of a document; repeated ones are numbered from the second on."""
    seen: Counter[str] = Counter()
    found = []
    for it in headings:
        name = slug(it.text)
        found.append(f"{name}-{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return tuple(found)


def numbered(headings: Iterable[HeadingFact], fragment: str) -> int | None:
    """Return the index of the heading whose id is *fragment*, or None."""
    found = slugs(headings)
    return found.index(fragment) if fragment in found else None
