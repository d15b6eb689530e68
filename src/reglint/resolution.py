"""Where a link leads. The reference is what Obsidian does (links.resolution = "obsidian").

A target is tried as an exact path from the root, then in the linking document's own folder, then as the shortest path
that ends in it. Names compare without case and in NFC; `.md` may be left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import basename, dirname, join, normpath
from typing import Literal, NamedTuple
from unicodedata import normalize

from reglint.facts import Facts, HeadingFact, LinkFact

Kind = Literal["ok", "missing", "ambiguous", "no-heading", "no-block", "alias", "file"]

# Obsidian drops most punctuation from a heading when it writes a link to it, and minds none when it follows one.
_HEADING_NOISE = re.compile(r"[\W_]")


@dataclass(frozen=True)
class Links:
    """How links are read: *resolution* is "obsidian", "path" or "name"; *aliases*: whether they are targets."""

    resolution: str = "obsidian"
    aliases: bool = False


class Outcome(NamedTuple):
    """Where a link leads: *target* is the document's or file's path, *candidates* all that an ambiguous one fits."""

    kind: Kind
    target: str | None = None
    candidates: tuple[str, ...] = ()
    differs_in_case: bool = False


def fold_name(name: str) -> str:
    """Return the form in which names of documents are equal: NFC, without case."""
    return normalize("NFC", normalize("NFC", name).casefold())


def fold_heading(heading: str) -> str:
    """Return the form in which a link's heading equals the document's: letters and digits, without case."""
    return _HEADING_NOISE.sub("", fold_name(heading))


class Resolver:
    """Resolves links against the paths and headings of one corpus; its indexes are made once."""

    def __init__(self, documents: Mapping[str, Facts], files: Iterable[str], links: Links) -> None:
        self._documents = documents
        self._files = tuple(files)
        self._links = links

    def resolve(self, source: Facts, link: LinkFact) -> Outcome:
        """Return where *link*, which stands in *source*, leads."""
        if not link.target:
            return self._within(source, link, differs=False)
        is_path = link.kind in {"markdown", "image"}
        if is_path and self._is_elsewhere(source, link.target):
            return Outcome("file")
        candidates = self._candidates(source, link.target, is_path)
        if not candidates:
            return self._unresolved(link)
        if len(candidates) > 1:
            return Outcome("ambiguous", None, tuple(sorted(candidates)))
        path = candidates[0]
        differs = not _spells(link.target, path)
        document = self._documents.get(path)
        if document is None:
            return Outcome("file", path, (), differs)
        return self._within(document, link, differs)

    def _is_elsewhere(self, source: Facts, target: str) -> bool:
        """A path to a folder, or out of the root, leads to no document; only the disk could say whether it is right."""
        path = normpath(join(dirname(source.path), target))
        return path == ".." or path.startswith("../") or path in self._folders

    def _candidates(self, source: Facts, target: str, is_markdown: bool) -> list[str]:
        """Paths that the target fits best; several when it fits them equally well."""
        folder = dirname(source.path)
        relative = normpath(join(folder, target))
        if is_markdown or target.startswith(("./", "../")) or self._links.resolution == "path":
            return (
                self._exact(relative) or self._exact(normpath(target)) or (self._by_end(target) if is_markdown else [])
            )
        if self._links.resolution == "obsidian" and (found := self._exact(normpath(target)) or self._exact(relative)):
            return found
        return self._by_end(target)

    def _exact(self, path: str) -> list[str]:
        found = self._by_path.get(fold_name(path)) or self._by_path.get(fold_name(f"{path}.md"), [])
        spelt = [it for it in found if _spells(path, it)]
        return spelt or found

    def _by_end(self, target: str) -> list[str]:
        """The shortest paths that end in *target*; equally short ones are all candidates."""
        wanted = fold_name(normpath(target)).lstrip("/")
        name = basename(wanted)
        named = self._by_basename.get(name, []) or self._by_basename.get(f"{name}.md", [])
        fitting = [it for it in named if f"/{fold_name(it)}".endswith((f"/{wanted}", f"/{wanted}.md"))]
        if not fitting:
            return []
        depth = min(it.count("/") for it in fitting)
        shortest = [it for it in fitting if it.count("/") == depth]
        return [it for it in shortest if _spells(target, it)] or shortest

    def _unresolved(self, link: LinkFact) -> Outcome:
        named = self._by_alias.get(fold_name(link.target), [])
        if len(named) == 1:
            return Outcome("ok" if self._links.aliases else "alias", named[0])
        if named and self._links.aliases:
            return Outcome("ambiguous", None, tuple(named))
        return Outcome("missing", None, tuple(named))

    def _within(self, document: Facts, link: LinkFact, differs: bool) -> Outcome:
        """Follow the part of a link behind `#`."""
        if not link.subpath:
            return Outcome("ok", document.path, (), differs)
        if link.subpath[-1].startswith("^"):
            known = {fold_name(it) for it in document.blocks}
            kind: Kind = "ok" if fold_name(link.subpath[-1][1:]) in known else "no-block"
            return Outcome(kind, document.path, (), differs)
        # A heading may hold a `#` itself, as in `C# and F#`.
        wanted = (link.subpath, ("".join(link.subpath),))
        found = any(_has_heading(document.headings, it) for it in wanted) or _is_anchor(document, link)
        return Outcome("ok" if found else "no-heading", document.path, (), differs)

    @cached_property
    def _folders(self) -> frozenset[str]:
        paths = (*self._documents, *self._files)
        return frozenset(folder for it in paths for folder in _parents(it)) | {"."}

    @cached_property
    def _by_path(self) -> Mapping[str, list[str]]:
        return _grouped(fold_name, (*self._documents, *self._files))

    @cached_property
    def _by_basename(self) -> Mapping[str, list[str]]:
        return _grouped(lambda it: fold_name(basename(it)), (*self._documents, *self._files))

    @cached_property
    def _by_alias(self) -> Mapping[str, list[str]]:
        pairs = ((fold_name(alias.text), it.path) for it in self._documents.values() for alias in it.aliases)
        named: dict[str, list[str]] = defaultdict(list)
        for alias, path in pairs:
            if path not in named[alias]:
                named[alias].append(path)
        return named


def _parents(path: str) -> Iterator[str]:
    while path := dirname(path):
        yield path


def _is_anchor(document: Facts, link: LinkFact) -> bool:
    """Tell whether a Markdown link's fragment is an id as HTML has them: set by hand, numbered, or the page's top."""
    fragment = link.subpath[-1]
    if link.kind not in {"markdown", "image"}:
        return False
    numbered = re.fullmatch(r"(.+)-[0-9]+", fragment)
    is_repeated = numbered and _has_heading(document.headings, (numbered[1],))
    is_made = fragment.casefold() == "top" or fragment.startswith((":~:", "fn:", "fnref:", "user-content-"))
    return fragment in document.anchors or is_made or bool(is_repeated)


def _grouped(key: Callable[[str], str], paths: Iterable[str]) -> Mapping[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        grouped[key(path)].append(path)
    return grouped


def _spells(target: str, path: str) -> bool:
    """Tell whether *path* ends in *target* letter by letter, as a case-sensitive host wants it."""
    wanted, actual = normalize("NFC", normpath(target)), normalize("NFC", path)
    while wanted.startswith("../"):
        wanted = wanted[3:]
    return f"/{actual}".endswith((f"/{wanted}", f"/{wanted}.md"))


def _has_heading(headings: Iterable[HeadingFact], wanted: tuple[str, ...]) -> bool:
    """Tell whether the headings *wanted* stand below one another, in that order."""
    rest = [fold_heading(it) for it in wanted]
    levels: list[int] = []
    for heading in headings:
        while levels and heading.level <= levels[-1]:
            levels.pop()
        if fold_heading(heading.text) == rest[len(levels)]:
            levels.append(heading.level)
            if len(levels) == len(rest):
                return True
    return False
