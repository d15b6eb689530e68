"""How a link may name a heading, the way it did first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from reglint.columns import HeadingFact
from reglint.folding import in_link
from reglint.renaming.slugs import slug, slugs
from reglint.syntax.markup import without_id


class Named(NamedTuple):
    """What a link says behind `#`: its parts, and the heading that each of them named, where they are as many."""

    parts: tuple[str, ...]
    chain: tuple[int, ...]


def subpaths(
    named: Named, at: int, old: Sequence[HeadingFact], new: Sequence[HeadingFact], *, is_fragment: bool
) -> Iterator[tuple[str, ...]]:
    """Yield what may stand behind `#` to name the heading *at* of *new*, the likest to the old text first.

    *old* and *new* are the headings of the same document before and after, and *is_fragment* says that they are named
    in a Markdown link, by the id that GitHub makes of them or by their text.
    """
    by_text = [*_renamed(named, old, new), *_nested(at, new)]
    by_slug = [(slugs(new)[at],)]
    if not is_fragment:
        yield from by_text
    elif _is_slug(named, old):
        yield from (*by_slug, *by_text)
    else:
        yield from (*by_text, *by_slug)


def outline(headings: Sequence[HeadingFact], at: int) -> tuple[int, ...]:
    """Return the indexes of the headings that the one *at* hangs below, the outermost first, and its own."""
    found = [at]
    for i in range(at - 1, -1, -1):
        if headings[i].level < headings[found[0]].level:
            found.insert(0, i)
    return tuple(found)


def _is_slug(named: Named, old: Sequence[HeadingFact]) -> bool:
    known = {slug(it.text) for it in old} | set(slugs(old))
    return len(named.parts) == 1 and named.parts[0] in known


def _renamed(named: Named, old: Sequence[HeadingFact], new: Sequence[HeadingFact]) -> Iterator[tuple[str, ...]]:
    """The same chain of headings, of which one is called otherwise; what did not change stays as it is written."""
    if len(named.parts) != len(named.chain):
        return
    pairs = zip(named.parts, named.chain, strict=True)
    yield from product(*((part,) if old[i] == new[i] else _forms(new[i]) for part, i in pairs))


def _nested(at: int, new: Sequence[HeadingFact]) -> Iterator[tuple[str, ...]]:
    chain = outline(new, at)
    for depth in range(1, len(chain) + 1):
        yield from product(*(_forms(new[i]) for i in chain[-depth:]))


def _forms(heading: HeadingFact) -> tuple[str, ...]:
    return tuple(dict.fromkeys((in_link(without_id(heading.source)), in_link(heading.text))))
