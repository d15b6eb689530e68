"""The nearest of several names, for "did you mean"."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

_COMPARED = 12
_SEEN = 400


def nearest(word: str, names: Iterable[str], cutoff: float = 0.7) -> str | None:
    """Return the one of *names* that looks most like *word*, or whose words it holds; None when there is none."""
    by_fold = {it.casefold(): it for it in names}
    if close := _closest(word.casefold(), by_fold, cutoff):
        return by_fold[close]
    words = set(word.casefold().split())
    return next((name for fold, name in by_fold.items() if set(fold.split()) < words), None)


def _closest(word: str, others: Iterable[str], cutoff: float) -> str | None:
    """Return what `difflib.get_close_matches` has first; what cannot be closer than another is not looked into."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=word)
    best = (cutoff, "")
    for it in others:
        matcher.set_seq1(it)
        if matcher.real_quick_ratio() >= best[0] and matcher.quick_ratio() >= best[0]:
            best = max(best, (matcher.ratio(), it))
    return best[1] or None


class Names:
    """Many names to find the nearest in: a word is compared only with those that share most of its parts."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._by_part: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for i, name in enumerate(self._names):
            padded = f" {name.casefold()} "
            for at in range(len(padded) - 2):
                self._by_part[padded[at : at + 3]].append(i)
        self._asked: set[str] = set()
        # One page that was renamed leaves as many equal questions as there were links to it.
        self._nearest = lru_cache(maxsize=1 << 12)(self._find_nearest)

    def suggestion(self, word: str) -> str:
        """Return "; did you mean `…`?" or nothing, to end a message with."""
        return suggested(self.nearest(word))

    def nearest(self, word: str) -> str | None:
        """Return the name that looks most like *word*; None when there is none."""
        return self._nearest(word)

    def _find_nearest(self, word: str) -> str | None:
        shared: Counter[int] = Counter()
        for found in sorted((self._having(part) for part in sorted(_parts(word))), key=len):
            # What many names have in common tells them apart least, and would cost the most.
            if shared.total() > _SEEN:
                break
            shared.update(found[:_SEEN])
        return nearest(word, [self._names[i] for i, _ in shared.most_common(_COMPARED)])

    def _having(self, part: str) -> Sequence[int]:
        """Return the index of each name that has *part*, once also where a name has it twice."""
        found = self._by_part.get(part, array("I"))
        if part not in self._asked:
            self._asked.add(part)
            found = self._by_part[part] = array("I", dict.fromkeys(found))
        return found


def _parts(word: str) -> set[str]:
    """Return every run of three letters, the ends marked by a blank."""
    padded = f" {word.casefold()} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def suggestion(word: str, names: Iterable[str]) -> str:
    """Return "; did you mean `…`?" or nothing, to end a message with."""
    return suggested(nearest(word, names))


def suggested(name: str | None) -> str:
    """Return "; did you mean `…`?" with *name*, or nothing."""
    return f"; did you mean `{name}`?" if name else ""


def listed(names: Iterable[object]) -> str:
    """Return the names in backquotes, as they are shown in a message: "`a`, `b` or `c`"."""
    quoted = [f"`{it}`" for it in names]
    return " or ".join(([", ".join(quoted[:-1])] if quoted[1:] else []) + quoted[-1:])


def counted(number: int, noun: str) -> str:
    """Return "1 item", "2 items"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
