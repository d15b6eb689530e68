"""What a user means by NEW: the path that a document moves to, or the text of a heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from posixpath import basename, dirname, join, normpath, splitext
from unicodedata import category

from reglint.folding import fold_name
from reglint.renaming.intent import Impossible

_NOT_IN_LINKS = re.compile(r"[\[\]|#^]|%%")
_NOT_EVERYWHERE = re.compile(r'[\\:*?"<>]')
_UNNAMEABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def destination(old: str, named: str, as_path: Callable[[str], str]) -> str:
    """Return the path that *named* means for the document at *old*. Raises Impossible for what is no name.

    A name stays in the folder, a trailing `/` names another folder; *as_path* reads a path of the shell.
    """
    if named.endswith("/"):
        path = normpath(join(as_path(named), basename(old)))
    elif "/" in named:
        path = as_path(named)
    else:
        path = join(dirname(old), named)
    ending = splitext(old)[1]
    path = path[: -len(ending)] if ending and path.lower().endswith(ending.lower()) else path
    _refuse_name(path, old)
    return path + ending


def heading_text(named: str) -> str:
    """Return the text of a heading. Raises Impossible for what no heading can have."""
    text = named.strip()
    if not text or any(category(it) in _UNNAMEABLE for it in text):
        raise Impossible("a heading is one line with a letter in it")
    return text


def taken(path: str, old: str, existing: Iterable[str]) -> str | None:
    """Return the file besides *old*, or the folder, that differs from *path* or a folder of it in case at most."""
    wanted, folders = fold_name(path), dict(_folders(path))
    for it in existing:
        if it != old and fold_name(it) == wanted:
            return it
        if it != old and (near := next((its for fold, its in _folders(it) if folders.get(fold, its) != its), None)):
            return near
    return None


def _folders(path: str) -> Iterator[tuple[str, str]]:
    while path := dirname(path):
        yield fold_name(path), path


def is_risky(path: str) -> bool:
    """Tell whether a system or Obsidian takes no file of that name."""
    return bool(_NOT_EVERYWHERE.search(path))


def _refuse_name(path: str, old: str) -> None:
    """A folder that the document is in already is none of this command's business."""
    named = basename(path) if dirname(path) == dirname(old) else path
    name = basename(path)
    if any(category(it) in _UNNAMEABLE for it in path) or not name.strip(". "):
        raise Impossible(f"`{path}` is no name for a document: it is one line with a letter or a digit")
    if found := _NOT_IN_LINKS.search(named):
        raise Impossible(f"`{path}` could not be linked to: a wikilink cannot hold `{found[0]}`; choose another name")
    if any(it != it.strip() for it in (name, *named.split("/"))):
        raise Impossible(f"`{path}` could not be linked to: a wikilink drops the blanks around a name; leave them out")
