"""How a link may name a path, the way it did first."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename, dirname, join, normpath, splitext

from reglint.renaming.leads import Reach


def targets(written: str, reach: Reach, source: str, path: str, *, is_destination: bool) -> Iterator[str]:
    """Yield texts by which a link in the document at *source* may name *path*, the likest to the old text first.

    *written* is the old text, percent-decoded, and *reach* how it was read. Which of them lead there, the corpus says.
    """
    endings = ("",) if is_ended(written, path) else (splitext(path)[1], "")
    for ending in endings:
        named = path.removesuffix(ending)
        yield from _likest(written, reach, source, named, is_destination=is_destination)
    for ending in endings:
        named = path.removesuffix(ending)
        yield from (named, f"/{named}", _dotted(relative(named, source)))


def cased(written: str, old: str, new: str) -> str:
    """Return the path *new* in small letters, or with a small first one, where *written* names *old* like that."""
    name = splitext(basename(written.rstrip("/")))[0]
    for manner in (_decapitalised, str.lower):
        if name == manner(splitext(basename(old))[0]) != splitext(basename(old))[0]:
            return join(dirname(new), manner(basename(new)))
    return new


def _decapitalised(name: str) -> str:
    return name[:1].lower() + name[1:]


def is_ended(written: str, path: str) -> bool:
    """Tell whether *written* has the ending of the file at *path*, which a link to a document may leave out."""
    return written.rstrip("/").lower().endswith(splitext(path)[1].lower())


def relative(path: str, source: str) -> str:
    """Return *path*, which may begin with `..`, as a path from the folder of the document at *source*."""
    steps, start = path.split("/"), [it for it in dirname(source).split("/") if it]
    common = 0
    while common < min(len(steps) - 1, len(start)) and steps[common] == start[common]:
        common += 1
    return "/".join([".."] * (len(start) - common) + steps[common:])


def _likest(written: str, reach: Reach, source: str, path: str, *, is_destination: bool) -> Iterator[str]:
    closing = "/" if written.endswith("/") else ""
    from_here = relative(path, source) + closing
    if written.startswith("/"):
        yield f"/{path}"
    elif written.startswith(("./", "../")):
        keeps_dot = written.startswith("./") or not is_destination
        yield _dotted(from_here) if keeps_dot else from_here
    elif is_destination and reach == "relative":
        yield from_here
    elif "/" in normpath(written):
        yield from _longer(written, reach, source, path)
    yield from _tails(path, 1)


def _longer(written: str, reach: Reach, source: str, path: str) -> Iterator[str]:
    """A path stays a path: from the root, from the own folder, or as many of its last steps."""
    if reach == "root":
        yield path
    elif reach == "relative" and not relative(path, source).startswith("../"):
        yield relative(path, source)
    yield from _tails(path, normpath(written).count("/") + 1)


def _tails(path: str, least: int) -> Iterator[str]:
    """The last steps of a path, ever more of them; the name alone comes first where it is enough."""
    steps = path.split("/")
    yield from ("/".join(steps[-count:]) for count in range(min(least, len(steps)), len(steps) + 1))


def _dotted(path: str) -> str:
    return path if path.startswith("../") else f"./{path}"
