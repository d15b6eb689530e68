"""How a link may name a path or a heading, the way it did first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product
from posixpath import normpath, splitext
from typing import NamedTuple

from reglint.columns import HeadingFact
from reglint.folding import in_link
from reglint.paths import relative
from reglint.renaming.leads import HeadingIds, Reach
from reglint.syntax.markup import without_id


def paths_in_link(  # noqa: PLR0913 - one for each thing that a spelling depends on
    written: str, reach: Reach, source: str, path: str, root: str, *, is_destination: bool
) -> Iterator[str]:
    """Yield texts by which a link in the document at *source* may name *path*, the likest to the old text first.

    *written* is the old text, percent-decoded, *reach* how it was read, and *root* that of *source*. Which of them lead
    there, the corpus says.
    """
    endings = ("",) if _is_ended(written, path) else (splitext(path)[1], "")
    for ending in endings:
        named = path.removesuffix(ending)
        from_here = relative(named, source)
        yield from _likest(written, reach, from_here, named.removeprefix(root), is_destination=is_destination)
    for ending in endings:
        named = path.removesuffix(ending)
        inner = named.removeprefix(root)
        yield from (inner, f"/{inner}", _dotted(relative(named, source)))


def _is_ended(written: str, path: str) -> bool:
    """Tell whether *written* has the ending of the file at *path*, which a link to a document may leave out."""
    return written.rstrip("/").lower().endswith(splitext(path)[1].lower())


def _likest(written: str, reach: Reach, from_here: str, path: str, *, is_destination: bool) -> Iterator[str]:
    """*from_here* counts from the folder of the link's document, *path* from its root."""
    closed = f"{from_here}/" if written.endswith("/") else from_here
    if written.startswith("/"):
        yield f"/{path}"
    elif written.startswith(("./", "../")):
        keeps_dot = written.startswith("./") or not is_destination
        yield _dotted(closed) if keeps_dot else closed
    elif is_destination and reach == "relative":
        yield closed
    elif "/" in normpath(written):
        yield from _longer(written, reach, from_here, path)
    yield from _tails(path, 1)


def _longer(written: str, reach: Reach, from_here: str, path: str) -> Iterator[str]:
    """A path stays a path: from the root, from the own folder, or as many of its last steps."""
    if reach == "root":
        yield path
    elif reach == "relative" and not from_here.startswith("../"):
        yield from_here
    yield from _tails(path, normpath(written).count("/") + 1)


def _tails(path: str, least: int) -> Iterator[str]:
    """The last steps of a path, ever more of them; the name alone comes first where it is enough."""
    steps = path.split("/")
    yield from ("/".join(steps[-count:]) for count in range(min(least, len(steps)), len(steps) + 1))


def _dotted(path: str) -> str:
    return path if path.startswith("../") else f"./{path}"


class Chain(NamedTuple):
    """What a link says behind `#`: its parts, and the heading that each of them named, where they are as many."""

    parts: tuple[str, ...]
    headings: tuple[int, ...]


def headings_in_link(
    written: Chain, at: int, old: HeadingIds, new: HeadingIds, *, is_fragment: bool
) -> Iterator[tuple[str, ...]]:
    """Yield what may stand behind `#` to name the heading *at* of *new*, the likest to the old text first.

    *old* and *new* are the headings of the same document before and after, and *is_fragment* says that they are named
    in a Markdown link, by the id that GitHub makes of them or by their text.
    """
    by_text = (_renamed(written, old.headings, new.headings), _nested(at, new.headings))
    by_id = [(new.ids[at],)]
    if not is_fragment:
        yield from chain(*by_text)
    elif len(written.parts) == 1 and written.parts[0] in old.at:
        yield from chain(by_id, *by_text)
    else:
        yield from chain(*by_text, by_id)


def chain_to(headings: Sequence[HeadingFact], at: int) -> tuple[int, ...]:
    """Return the indexes of the headings that the one *at* hangs below, the outermost first, and its own."""
    found = [at]
    for i in range(at - 1, -1, -1):
        if headings[i].level < headings[found[-1]].level:
            found.append(i)
    return tuple(reversed(found))


def _renamed(written: Chain, old: Sequence[HeadingFact], new: Sequence[HeadingFact]) -> Iterator[tuple[str, ...]]:
    """The same chain of headings, of which one is called otherwise; what did not change stays as it is written."""
    if len(written.parts) != len(written.headings):
        return
    pairs = zip(written.parts, written.headings, strict=True)
    yield from product(*((part,) if old[i] == new[i] else _forms(new[i]) for part, i in pairs))


def _nested(at: int, new: Sequence[HeadingFact]) -> Iterator[tuple[str, ...]]:
    above = chain_to(new, at)
    for depth in range(1, len(above) + 1):
        yield from product(*(_forms(new[i]) for i in above[-depth:]))


def _forms(heading: HeadingFact) -> tuple[str, ...]:
    return tuple(dict.fromkeys((in_link(without_id(heading.source)), in_link(heading.text))))
