"""Of which type a document is before there are schemas, and how the documents of a folder divide into types."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import basename, dirname

from reglint.config import Config
from reglint.document import Document, document_name
from reglint.lazy import regex

BY = ("type", "folder", "prefix")
"""What tells the type of a document: the key `type` of its front matter, its folder, how its file name begins."""

_NO_FILE_NAME = regex(r"[/\\\x00-\x1f]|^\.|^.{100}|^\s*$", re.DOTALL)
_NO_WORD = regex(r"[\W_]+")
_SEPARATORS = {"--": 2, "__": 2, "-": 3, "_": 3}  # a prefix, and how many files have to share it
_ABOUT = 0.8  # as many, and still as good an explanation
_MOST = 0.9  # of the documents: a folder that holds so many is looked into


@dataclass(frozen=True)
class Grouping:
    """The documents by type; *globs* are what a configuration says of each, none where front matter names the type."""

    by: str
    types: Mapping[str, tuple[str, ...]]
    globs: Mapping[str, tuple[str, ...]]

    @property
    def explained(self) -> int:
        """The number of documents that have a type."""
        return sum(map(len, self.types.values()))

    @cached_property
    def type_of(self) -> Mapping[str, str]:
        """The type of each document that has one, by its path."""
        return {path: name for name, paths in self.types.items() for path in paths}


def type_of(doc: Document, config: Config) -> str | None:
    """Return the type that the configuration gives *doc*, else what its front matter says, with or without a schema."""
    kind = config.type_of(doc)
    named = doc.frontmatter.get("type")
    return kind.name if kind else named if isinstance(named, str) and is_usable(named) else None


def is_usable(name: str) -> bool:
    """Tell whether a type can be called *name*: a file of its schema is."""
    return not _NO_FILE_NAME.search(name)


def why_untyped(doc: Document) -> str:
    """Say in a few words why *doc* has no type."""
    if doc.front.tree.errors:
        return "front matter that cannot be read"
    if not doc.front.is_there:
        return "no front matter"
    return "a `type` that is no name for a file" if doc.frontmatter.get("type") is not None else "no `type`"


def grouping(docs: Sequence[Document], by: str | None = None) -> Grouping:
    """Return how *docs* divide into types: *by* what is asked for, else by what explains the most of them.

    Where ways explain about as many, what documents say of themselves is taken, then what gives several types.
    """
    paths = [it.path for it in docs]
    ways: Mapping[str, Callable[[], Grouping]] = {
        "type": lambda: _by_type(docs),
        "folder": lambda: _by_folder(paths),
        "prefix": lambda: max((_by_prefix(paths, it) for it in _SEPARATORS), key=lambda it: it.explained),
    }
    if by:
        return ways[by]()
    found = [ways[it]() for it in BY]
    most = max(it.explained for it in found)
    good = [it for it in found if it.explained >= _ABOUT * most]
    return min(good, key=lambda it: (it.by != "type", len(it.types) == 1))


def _by_type(docs: Iterable[Document]) -> Grouping:
    types: dict[str, list[str]] = defaultdict(list)
    for doc in docs:
        if name := type_of(doc, Config()):
            types[name].append(doc.path)
    return Grouping("type", {name: tuple(types[name]) for name in sorted(types)}, {})


def _by_folder(paths: Sequence[str]) -> Grouping:
    base = _base(paths)
    folders: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        inner = path.removeprefix(base)
        if "/" in inner and path.startswith(base):
            folders[base + inner.split("/")[0]].append(path)
    several = {it: them for it, them in folders.items() if len(them) > 1}
    return _grouping("folder", [(basename(it), f"{literal_glob(it)}/**", them) for it, them in several.items()])


def _base(paths: Sequence[str]) -> str:
    """Return the folder whose folders are looked at: one that holds nearly all is entered, unless it has none."""
    base = ""
    while True:
        inner = [it.removeprefix(base).partition("/") for it in paths if it.startswith(base)]
        counts = Counter(folder for folder, slash, _ in inner if slash)
        largest, number = counts.most_common(1)[0] if counts else ("", 0)
        has_folders = any(folder == largest and "/" in rest for folder, _, rest in inner)
        if number < _MOST * len(paths) or not has_folders:
            return base
        base += f"{largest}/"


def _by_prefix(paths: Sequence[str], separator: str) -> Grouping:
    groups: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        prefix, found, rest = document_name(path).partition(separator)
        if found and prefix and rest:
            groups[prefix].append(path)
    shared = {it: them for it, them in groups.items() if len(them) >= _SEPARATORS[separator]}
    return _grouping("prefix", [(it, _glob(it + separator, them), them) for it, them in shared.items()])


def _glob(prefix: str, paths: Iterable[str]) -> str:
    folders = {dirname(it) for it in paths}
    folder = literal_glob(folders.pop()) if len(folders) == 1 else "**"
    return f"{folder}/{literal_glob(prefix)}*.md".removeprefix("/")


def literal_glob(path: str) -> str:
    """Return a glob for *path*; its signs have no other form than "any character"."""
    return re.sub(r"[*?\[]", "?", path)


def _grouping(by: str, found: Iterable[tuple[str, str, Sequence[str]]]) -> Grouping:
    types: dict[str, tuple[str, ...]] = {}
    globs: dict[str, tuple[str, ...]] = {}
    for written, glob, paths in sorted(found):
        name = _NO_WORD.sub("-", written.casefold()).strip("-")
        if name and is_usable(name):
            types[name] = (*types.get(name, ()), *paths)
            globs[name] = (*globs.get(name, ()), glob)
    return Grouping(by, types, globs)
