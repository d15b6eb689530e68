"""Which document or other file a user means by a path or a name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from posixpath import basename, splitext
from typing import NamedTuple

from reglint.document import document_name
from reglint.folding import fold_name
from reglint.spelling import Names, counted, listed

_SHOWN = 8


class Unclear(Exception):
    """Why a name means no document, or several, in one sentence that says what to do."""


class Found(NamedTuple):
    """The document or file at *path*, and what was written behind the `#` that follows its name."""

    path: str
    subpath: str = ""


def find(
    named: str, as_path: Callable[[str], str | None], documents: Collection[str], files: Collection[str] = ()
) -> Found:
    """Return what *named*, as `Tax`, `law/Tax.md` or `Tax#Heading`, means. Raises Unclear.

    *as_path* reads a path from the current folder as one from the root, and has None for what lies elsewhere. *files*
    are those besides the documents that may be meant; only a document has something behind a `#`.
    """
    for name, subpath in _readings(named):
        if found := fitting(name, as_path(name) if name else None, documents, () if subpath else files):
            if len(found) > 1:
                raise Unclear(f"`{name}` may be {_some(found)}; name one of them by its path")
            return Found(found[0], subpath)
    what = "document or other file" if files and "#" not in named else "document"
    wanted = named.partition("#")[0] or named
    names = Names([*map(document_name, documents), *map(basename, files)])
    raise Unclear(f"there is no {what} `{wanted}`{names.suggestion(wanted) or '; `reglint files` lists them'}")


def fitting(named: str, path: str | None, documents: Collection[str], files: Collection[str] = ()) -> Sequence[str]:
    """Return the documents and files that *named* may mean; *path* is what it is as a path from the root, if it is one.

    A path from the current folder comes first, then one from the root as it is shown, and then names as in a wikilink:
    the end of any path, without case, a document's without its ending as well, but as it is spelt where one is.
    """
    own = frozenset(documents)
    every = sorted(own.union(files))
    exact = (
        [it for it in every if it == path]
        or [it for it in every if it in own and splitext(it)[0] == path]
        or [it for it in every if it == named]
    )
    if exact or not named:
        return exact
    known = {it: (it, splitext(it)[0]) if it in own else (it,) for it in every}
    folded = {it: tuple(map(fold_name, names)) for it, names in known.items()}
    ends = [it for it, names in folded.items() if _is_end(fold_name(named), names)]
    spelt = [it for it in ends if _is_end(named, known[it])]
    return spelt or ends or [it for it, names in folded.items() if path and fold_name(path) in names]


def _readings(named: str) -> Iterator[tuple[str, str]]:
    """A name may have a `#` itself, as in `C#`, so that each of them may begin the heading."""
    yield named, ""
    yield from ((named[:i], named[i + 1 :]) for i, it in enumerate(named) if it == "#")


def _is_end(named: str, paths: Sequence[str]) -> bool:
    return any(f"/{it}".endswith(f"/{named}") for it in paths)


def _some(paths: Sequence[str]) -> str:
    rest = len(paths) - _SHOWN
    return listed(paths) if rest <= 1 else f"{listed(paths[:_SHOWN])}, or {counted(rest, 'other')}"
