"""The nearest of several names, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the one of *names* that looks most like *word*, or whose words it holds; None when there is none."""
    by_fold = {it.casefold(): it for it in names}
    close = get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.7)
    if close:
        return by_fold[close[0]]
    words = set(word.casefold().split())
    return next((name for fold, name in by_fold.items() if set(fold.split()) < words), None)


def suggestion(word: str, names: Iterable[str]) -> str:
    """Return "; did you mean `…`?" or nothing, to end a message with."""
    name = nearest(word, names)
    return f"; did you mean `{name}`?" if name else ""


def listed(names: Iterable[object]) -> str:
    """Return the names in backquotes, as they are shown in a message: "`a`, `b` or `c`"."""
    quoted = [f"`{it}`" for it in names]
    return " or ".join(([", ".join(quoted[:-1])] if quoted[1:] else []) + quoted[-1:])
