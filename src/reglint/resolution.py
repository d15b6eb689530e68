"""Where a link leads. The reference is what Obsidian does (links.resolution = "obsidian"), as observed on 1.13.7.

A target is tried as an exact path from the root, then in the linking document's own folder, then as the shortest path
that ends in it. Names compare without case and in NFC; `.md` may be left out. A Markdown destination is tried in the
linking document's folder first, as everybody but Obsidian reads it, and then as Obsidian does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from posixpath import basename, dirname, join, normpath, splitext
from typing import Literal, NamedTuple, get_args
from unicodedata import normalize

from reglint.columns import LinkFact
from reglint.facts import Facts
from reglint.folding import fold_name
from reglint.subpath import Subpaths

Broken = Literal["no-document", "no-file", "no-heading", "no-block", "alias", "ambiguous"]
"""Leads nowhere, or to nothing certain. An embed that leads nowhere is *no-file*, any other link *no-document*."""

Kind = Literal["document", "file", "elsewhere"] | Broken
"""*file* is any file of the corpus but a document, *elsewhere* what it cannot know of: a folder, another site."""

BROKEN: frozenset[str] = frozenset(get_args(Broken))

_REMEMBERED = 1 << 17  # targets; links name the same few again and again
_FEW = 8  # files of one name; for more, such as README, there is an index of their paths


@dataclass(frozen=True)
class Links:
    """How links are read.

    *resolution* is "obsidian", "path" (from the linking document's folder or the root, and nowhere else) or "name"
    (whatever has the name, wherever it is). *aliases*: whether they are targets. *roots* are the folders that are
    corpora of their own, where names are concerned: a link in one of them finds nothing in another by its name.
    """

    resolution: str = "obsidian"
    aliases: bool = False
    roots: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """Where a link leads: *target* is the document's or file's path, *candidates* all that an ambiguous one fits."""

    kind: Kind
    target: str | None = None
    candidates: tuple[str, ...] = ()
    differs_in_case: bool = False


class _Fitting(NamedTuple):
    """What a target fits below a root, whatever document links to it.

    *exact* are the files at that very path, *best* is where the shortest of all paths that end in it leads, and
    *is_sole* says that it is the only one.
    """

    exact: Sequence[str]
    best: Outcome | None
    is_sole: bool


class _Named(NamedTuple):
    """Files by their folded name, and documents by theirs without the ending.

    A Markdown file that is no document of the corpus, or could not be read, is known without its ending as well.
    """

    files: Mapping[str, Sequence[str]]
    stems: Mapping[str, Sequence[str]]


_Groups = tuple[Sequence[str], Sequence[str]]
"""What may be meant, in two groups, of which the first comes first."""


class Resolver:
    """Resolves links against the paths and headings of one corpus; its indexes are made once."""

    def __init__(self, documents: Mapping[str, Facts], files: Iterable[str], links: Links) -> None:
        self._documents = documents
        self._files = frozenset(files)
        self._links = links
        self._subpaths = Subpaths(documents, is_exact=links.resolution == "obsidian")
        self._roots = sorted((f"{it.strip('/')}/" for it in links.roots), key=len, reverse=True)
        self._fitting = lru_cache(maxsize=_REMEMBERED)(self._find_fitting)
        self._called = lru_cache(maxsize=1 << 10)(self._find_called)
        self._crowd = lru_cache(maxsize=1 << 6)(self._find_crowd)

    def resolve(self, source: Facts, link: LinkFact) -> Outcome:
        """Return where *link*, which stands in *source*, leads."""
        if not link.target:
            return self._within(source, link, Outcome("document", source.path))
        if link.is_path and self._is_elsewhere(source, link.target):
            return Outcome("elsewhere")
        outcome = self._found(source, link, link.target) or self._unresolved(source, link)
        document = self._documents.get(outcome.target or "")
        return self._within(document, link, outcome) if document and link.subpath else outcome

    def _found(self, source: Facts, link: LinkFact, target: str) -> Outcome | None:
        """Return what *target*, the part before `#`, fits best; ambiguous if it fits several equally well."""
        mode = self._links.resolution
        if target.startswith("/"):
            found = self._at(target, self._from_root(source, target))
            # The root of a web site is often a folder further down.
            return found or (self._named(source, target.lstrip("/")).best if link.is_path else None)
        if target.startswith(("./", "../")):
            beside = _beside(source, target)
            # A path leads from one root to the other; a wikilink stays within its own.
            stays = link.is_path or self.root_of(beside) == self.root_of(source.path)
            return self._at(target, beside) if stays else None
        if link.is_path or mode == "path":
            found = self._at(target, _beside(source, target)) or self._at(target, self._from_root(source, target))
            return found or (self._named(source, target).best if mode == "obsidian" else None)
        named = self._named(source, target)
        if mode == "name" or named.is_sole:
            return named.best
        return self._chosen(target, named.exact) or self._at(target, _beside(source, target)) or named.best

    def _at(self, target: str, path: str) -> Outcome | None:
        return self._chosen(target, self._exact(path))

    def _chosen(self, target: str, paths: Sequence[str]) -> Outcome | None:
        """Return where a link to *target* leads that fits *paths*; None where there are none."""
        if not paths:
            return None
        if len(paths) > 1:
            return Outcome("ambiguous", None, tuple(sorted(paths)))
        kind: Kind = "document" if paths[0] in self._documents else "file"
        return Outcome(kind, paths[0], (), not _spells(target, paths[0]))

    def forget(self) -> None:
        """Free what was remembered of targets: once a whole corpus is resolved, few are asked for again."""
        self._fitting.cache_clear()

    def root_of(self, path: str) -> str:
        """Return the innermost root that the file at *path* lies in, with a `/` behind it, or nothing for the rest."""
        return next((it for it in self._roots if path.startswith(it)), "")

    def headings(self, document: Facts, link: LinkFact) -> tuple[int, ...]:
        """Return the index of each heading of *document* that *link* names, one below the other; none if one lacks."""
        return self._subpaths.headings(document, link)

    def _is_elsewhere(self, source: Facts, target: str) -> bool:
        """A path to a folder, or out of the root, leads to no document; only the disk could say whether it is right.

        Nor can one be broken that begins with `/`, unless it names a Markdown file: a web server may know it.
        """
        if target.startswith("/"):
            return not fold_name(target).endswith(".md") and not self._exact(self._from_root(source, target))
        path = _beside(source, target)
        return path == ".." or path.startswith("../") or path in self._folders

    def _named(self, source: Facts, target: str) -> _Fitting:
        return self._fitting(self.root_of(source.path), target)

    def _from_root(self, source: Facts, target: str) -> str:
        return normpath(self.root_of(source.path) + target.lstrip("/"))

    def _exact(self, path: str) -> Sequence[str]:
        """The files at *path*; several that differ in case only, where none is spelt as it is."""
        wanted = fold_name(path)
        groups = self._ending_in(path, wanted)
        fitting = ([it for it in group if wanted in _forms(it)] for group in groups)
        found = next(filter(None, fitting), [])
        spelt = [it for it in found if _spells(path, it)] if len(found) > 1 else ()
        return spelt or found

    def _ending_in(self, path: str, key: str) -> _Groups:
        """Return what has the name of *path*, and of many such only what has the *key*, a folded path or end of one."""
        name = fold_name(basename(path))
        groups = self._called(name)
        if sum(map(len, groups)) <= _FEW or "/" not in key:
            return groups
        first, second = self._crowd(name)
        return first.get(key, ()), second.get(key, ())

    def _find_called(self, name: str) -> _Groups:
        """What has an ending is a file's whole name first; what has none is a document without its ending first."""
        stem, ending = splitext(name)
        without, files = self._by_name.stems.get(name, ()), self._by_name.files.get(name, ())
        if not ending:
            return without, files
        stems = self._by_name.stems.get(stem, ())
        return (*files, *(it for it in stems if splitext(fold_name(it))[1] == ending)), without

    def _find_crowd(self, name: str) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
        """Index the many files of one *name*, such as README, by their whole path and by its last two steps."""
        first, second = (_grouped((key, it) for it in group for key in _keys(it)) for group in self._called(name))
        return first, second

    def _find_fitting(self, root: str, target: str) -> _Fitting:
        path = normpath(target)
        wanted = f"/{fold_name(path)}"
        groups = self._ending_in(path, fold_name("/".join(path.split("/")[-2:])))
        fitting = next(filter(None, ([it for it in group if self._fits(it, root, wanted)] for group in groups)), [])
        # What a vault hides or leaves out has no name in it, as long as a document has it.
        fitting = [it for it in fitting if it in self._documents or not _is_markdown(it)] or fitting
        length = min(map(len, fitting), default=0)
        shortest = [it for it in fitting if len(it) == length]
        spelt = [it for it in shortest if _spells(target, it)]
        exact = self._exact(root + path) if len(fitting) > 1 else ()
        return _Fitting(exact, self._chosen(target, spelt or shortest), len(fitting) == 1)

    def _fits(self, path: str, root: str, wanted: str) -> bool:
        """Tell whether *path* lies in *root*, and what follows it there ends in *wanted*."""
        inner = path[len(root) :]
        return self.root_of(path) == root and any(f"/{form}".endswith(wanted) for form in _forms(inner))

    def _unresolved(self, source: Facts, link: LinkFact) -> Outcome:
        root = self.root_of(source.path)
        named = [it for it in self._by_alias.get(fold_name(link.target), ()) if self.root_of(it) == root]
        if len(named) == 1:
            return Outcome("document" if self._links.aliases else "alias", named[0])
        if named and self._links.aliases:
            return Outcome("ambiguous", None, tuple(named))
        if ":" in link.target:  # `[[https://…]]`, `![[wikipedia:…]]`: a name cannot hold a colon everywhere
            return Outcome("elsewhere")
        return Outcome("no-file" if link.is_embed else "no-document", None, tuple(named))

    def _within(self, document: Facts, link: LinkFact, outcome: Outcome) -> Outcome:
        """Follow the part of a link behind `#`, if it leads to a document at all."""
        if outcome.kind != "document" or not link.subpath:
            return outcome
        if link.subpath[-1].startswith("^"):
            return outcome if self._subpaths.has_block(document, link) else outcome._replace(kind="no-block")
        return outcome if self._subpaths.has_heading(document, link) else outcome._replace(kind="no-heading")

    @cached_property
    def _folders(self) -> frozenset[str]:
        paths = (*self._documents, *self._files)
        return frozenset(folder for it in paths for folder in _parents(it)) | {"."}

    @cached_property
    def _by_name(self) -> _Named:
        others = sorted(self._files)
        known = (*self._documents, *(it for it in others if _is_markdown(it)))
        files = ((fold_name(basename(it)), it) for it in others if not _is_markdown(it))
        stems = ((splitext(fold_name(basename(it)))[0], it) for it in known)
        return _Named(_grouped(files), _grouped(stems))

    @cached_property
    def _by_alias(self) -> Mapping[str, Sequence[str]]:
        pairs = ((fold_name(alias.text), it.path) for it in self._documents.values() for alias in it.aliases)
        return _grouped(dict.fromkeys(pairs))


def _is_markdown(path: str) -> bool:
    return fold_name(path).endswith(".md")


def _beside(source: Facts, target: str) -> str:
    return normpath(join(dirname(source.path), target))


def _parents(path: str) -> Iterator[str]:
    while path := dirname(path):
        yield path


def _keys(path: str) -> frozenset[str]:
    """Return *path* and its last two steps, in each of its forms."""
    forms = _forms(path)
    return frozenset({*forms, *("/".join(it.split("/")[-2:]) for it in forms)})


def _forms(path: str) -> tuple[str, str]:
    """Return *path* as links may name it, folded: whole, and without its ending."""
    folded = fold_name(path)
    return folded, splitext(folded)[0]


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    """Group values by their key; most keys have one, and a tuple of one is small."""
    grouped: dict[str, tuple[str, ...]] = {}
    many: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        if key in grouped:
            many[key].append(value)
        else:
            grouped[key] = (value,)
    return {**grouped, **{key: (*grouped[key], *values) for key, values in many.items()}}


def _spells(target: str, path: str) -> bool:
    """Tell whether *path* ends in *target* letter by letter, as a case-sensitive host wants it."""
    wanted, actual = normalize("NFC", normpath(target)).lstrip("/"), normalize("NFC", path)
    while wanted.startswith("../"):
        wanted = wanted[3:]
    ends = f"/{actual}", f"/{splitext(actual)[0]}"
    return any(it.endswith(f"/{wanted}") for it in ends)
