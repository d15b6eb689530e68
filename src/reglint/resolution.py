"""Where a link leads. The reference is what Obsidian does (links.resolution = "obsidian"), as observed on 1.13.7.

A target is tried as an exact path from the root, then in the linking document's own folder, then as the shortest path
that ends in it. Names compare without case and in NFC; `.md` may be left out. A Markdown destination is tried in the
linking document's folder first, as everybody but Obsidian reads it, and then as Obsidian does.

Hence a target means the same in all documents of a folder, and most names mean the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache, partial
from posixpath import dirname, join, normpath
from typing import Literal, NamedTuple, get_args

from reglint.catalogue import Catalogue, grouped, spells
from reglint.columns import EMBEDS, LETTERS, PATHS, LinkFact
from reglint.facts import Facts
from reglint.folding import fold_name
from reglint.subpath import Subpaths

Broken = Literal["no-document", "no-file", "no-heading", "no-block", "alias", "ambiguous"]
"""Leads nowhere, or to nothing certain. An embed that leads nowhere is *no-file*, any other link *no-document*."""

Kind = Literal["document", "file", "elsewhere"] | Broken
"""*file* is any file of the corpus but a document, *elsewhere* what it cannot know of: a folder, another site."""

BROKEN: frozenset[str] = frozenset(get_args(Broken))

_REMEMBERED = 1 << 14  # targets in one folder; its documents name the same few again and again


class Links(NamedTuple):
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


_Led = tuple[Outcome, ...]

Aliases = Mapping[str, tuple[str, ...]]
"""Paths of documents by their aliases, folded."""


class _Soles(dict[str, Outcome]):
    """Where wikilinks lead that lead to the same place from all documents of a root. Raises KeyError for others.

    *longer* are the targets in it that are more than the name of what they lead to.
    """

    def __init__(self, named: Callable[[str], Outcome | None], find: Callable[[str], Outcome | None]) -> None:
        super().__init__()
        self.longer: set[str] = set()
        self._named = named
        self._find = lru_cache(maxsize=_REMEMBERED)(find)

    def __missing__(self, target: str) -> Outcome:
        named = self._named(target)
        if named:
            self[target] = named
            return named
        outcome = self._find(target)
        if outcome is None:
            raise KeyError(target)
        self[target] = outcome
        self.longer.add(target)
        return outcome


class Resolver:
    """Resolves links against the paths and headings of one corpus; its indexes are made once.

    *aliases* may be known from before: the paths of the documents that have each alias, folded.
    """

    def __init__(
        self, documents: Mapping[str, Facts], files: Iterable[str], links: Links, aliases: Aliases | None = None
    ) -> None:
        self._documents = documents
        self._aliases = aliases
        self._links = links
        self._catalogue = Catalogue(documents, files, links.roots)
        self._subpaths = Subpaths(documents, is_exact=links.resolution == "obsidian")
        self._plain: dict[str, Outcome] = {}
        self._soles = cache(self._make_soles)
        self._led = lru_cache(maxsize=_REMEMBERED)(self._lead)
        self._fitting = lru_cache(maxsize=_REMEMBERED)(self._find_fitting)

    def resolve(self, source: Facts, link: LinkFact) -> Outcome:
        """Return where *link*, which stands in *source*, leads."""
        kind = LETTERS[link.kind]
        if not link.target:
            return self._within(source, kind, link.subpath, self._to(source.path))
        outcome = self._led(dirname(source.path), link.target, kind)
        return self._within(self._documents.get(outcome.target or ""), kind, link.subpath, outcome)

    def resolve_all(self, source: Facts) -> tuple[_Led, bool]:
        """Return where each link of *source* leads, and whether all of them just lead to something else."""
        links = source.links
        soles = self._soles(self.root_of(source.path))
        try:
            found = tuple(map(soles.__getitem__, links.targets)) if links.are_wikilinks else None
        except KeyError:
            found = None
        if found is None:
            return self._followed(source, tuple([self._at(source, i, soles) for i in range(len(links))])), False
        followed = self._followed(source, found) if links.subpaths else found
        is_own = source.name in links.targets or not soles.longer.isdisjoint(links.targets)
        return followed, followed is found and not is_own

    def _at(self, source: Facts, at: int, soles: Mapping[str, Outcome]) -> Outcome:
        kind, target = source.links.kinds[at], source.links.targets[at]
        if target in soles and kind not in PATHS:
            return soles[target]
        return self._led(dirname(source.path), target, kind) if target else self._to(source.path)

    def _followed(self, source: Facts, outcomes: _Led) -> _Led:
        """Hold the parts behind `#` against the documents; return *outcomes* itself if all of them are there."""
        changed = {}
        for i, subpath in enumerate(source.links.subpaths):
            if subpath:
                document = self._documents.get(outcomes[i].target or "")
                if document and not document.headings.has(subpath):
                    changed[i] = self._within(document, source.links.kinds[i], subpath, outcomes[i])
        return tuple([changed.get(i, it) for i, it in enumerate(outcomes)]) if changed else outcomes

    def _lead(self, folder: str, target: str, kind: str) -> Outcome:
        """Return where a *target* leads from the documents of one *folder*; *kind* is the letter of the link."""
        is_path = kind in PATHS
        if is_path and self._is_elsewhere(folder, target):
            return Outcome("elsewhere")
        return self._found(folder, target, is_path=is_path) or self._unresolved(folder, target, kind)

    def _found(self, folder: str, target: str, *, is_path: bool) -> Outcome | None:
        """Return what *target*, the part before `#`, fits best; ambiguous if it fits several equally well."""
        mode = self._links.resolution
        if target.startswith("/"):
            found = self._fit(target, self._from_root(folder, target))
            # The root of a web site is often a folder further down.
            return found or (self._named(folder, target.lstrip("/")).best if is_path else None)
        if target.startswith(("./", "../")):
            beside = _beside(folder, target)
            # A path leads from one root to the other; a wikilink stays within its own.
            stays = is_path or self.root_of(beside) == self._root(folder)
            return self._fit(target, beside) if stays else None
        if is_path or mode == "path":
            found = self._fit(target, _beside(folder, target)) or self._fit(target, self._from_root(folder, target))
            return found or (self._named(folder, target).best if mode == "obsidian" else None)
        named = self._named(folder, target)
        if mode == "name" or named.is_sole:
            return named.best
        return self._chosen(target, named.exact) or self._fit(target, _beside(folder, target)) or named.best

    def _fit(self, target: str, path: str) -> Outcome | None:
        return self._chosen(target, self._catalogue.at(path))

    def _chosen(self, target: str, paths: Sequence[str]) -> Outcome | None:
        """Return where a link to *target* leads that fits *paths*; None where there are none."""
        if not paths:
            return None
        if len(paths) > 1:
            return Outcome("ambiguous", None, tuple(sorted(paths)))
        plain = self._to(paths[0])
        return plain if spells(target, paths[0]) else plain._replace(differs_in_case=True)

    def _to(self, path: str) -> Outcome:
        """Return one and the same value for all links that lead to the file at *path*, and are right."""
        outcome = self._plain.get(path)
        if outcome is None:
            outcome = self._plain[path] = Outcome("document" if path in self._documents else "file", path)
        return outcome

    @property
    def stems(self) -> Mapping[str, Sequence[str]]:
        """The paths of documents, and of other Markdown files, by their folded name without its ending."""
        return self._catalogue.stems

    def forget(self) -> None:
        """Free what was remembered of targets: once a whole corpus is resolved, few are asked for again."""
        self._soles.cache_clear()
        self._led.cache_clear()
        self._fitting.cache_clear()

    def root_of(self, path: str) -> str:
        """Return the innermost root that the file at *path* lies in, with a `/` behind it, or nothing for the rest."""
        return self._catalogue.root_of(path)

    def headings(self, document: Facts, link: LinkFact) -> tuple[int, ...]:
        """Return the index of each heading of *document* that *link* names, one below the other; none if one lacks."""
        return self._subpaths.headings(document, link.subpath, is_path=link.is_path)

    def _is_elsewhere(self, folder: str, target: str) -> bool:
        """A path to a folder, or out of the root, leads to no document; only the disk could say whether it is right.

        Nor can one be broken that begins with `/`, unless it names a Markdown file: a web server may know it.
        """
        if target.startswith("/"):
            return not fold_name(target).endswith(".md") and not self._catalogue.at(self._from_root(folder, target))
        path = _beside(folder, target)
        return path == ".." or path.startswith("../") or path in self._catalogue.folders

    def _root(self, folder: str) -> str:
        return self.root_of(f"{folder}/")

    def _named(self, folder: str, target: str) -> _Fitting:
        return self._fitting(self._root(folder), target)

    def _from_root(self, folder: str, target: str) -> str:
        return normpath(self._root(folder) + target.lstrip("/"))

    def _make_soles(self, root: str) -> _Soles:
        return _Soles(self._named_so, partial(self._find_sole, root))

    def _named_so(self, target: str) -> Outcome | None:
        """Return where wikilinks lead that are just the name of one document."""
        path = self._catalogue.unmistakable(target) if self._links.resolution != "path" else None
        return self._to(path) if path else None

    def _find_sole(self, root: str, target: str) -> Outcome | None:
        """Return where wikilinks to *target* lead from everywhere in *root*, if there is nothing wrong with them."""
        if not target or self._links.resolution == "path" or target.startswith(("/", "./", "../")):
            return None
        fitting = self._fitting(root, target)
        is_plain = fitting.best and fitting.best.target and not fitting.best.differs_in_case
        return fitting.best if is_plain and (fitting.is_sole or self._links.resolution == "name") else None

    def _find_fitting(self, root: str, target: str) -> _Fitting:
        fitting = self._catalogue.below(root, target)
        length = min(map(len, fitting), default=0)
        shortest = [it for it in fitting if len(it) == length]
        spelt = [it for it in shortest if spells(target, it)]
        exact = self._catalogue.at(root + normpath(target)) if len(fitting) > 1 else ()
        return _Fitting(exact, self._chosen(target, spelt or shortest), len(fitting) == 1)

    def _unresolved(self, folder: str, target: str, kind: str) -> Outcome:
        root = self._root(folder)
        named = [it for it in self.aliases.get(fold_name(target), ()) if self.root_of(it) == root]
        if len(named) == 1:
            return Outcome("document" if self._links.aliases else "alias", named[0])
        if named and self._links.aliases:
            return Outcome("ambiguous", None, tuple(named))
        if ":" in target:  # `[[https://…]]`, `![[wikipedia:…]]`: a name cannot hold a colon everywhere
            return Outcome("elsewhere")
        return Outcome("no-file" if kind in EMBEDS else "no-document", None, tuple(named))

    def _within(self, document: Facts | None, kind: str, subpath: tuple[str, ...], outcome: Outcome) -> Outcome:
        """Follow the part of a link behind `#`, if it leads to a document at all."""
        if outcome.kind != "document" or not subpath or document is None:
            return outcome
        if subpath[-1].startswith("^"):
            return outcome if self._subpaths.has_block(document, subpath) else outcome._replace(kind="no-block")
        is_there = self._subpaths.has_heading(document, subpath, is_path=kind in PATHS)
        return outcome if is_there else outcome._replace(kind="no-heading")

    @cached_property
    def aliases(self) -> Aliases:
        """The paths of the documents that have each alias, folded."""
        if self._aliases is not None:
            return self._aliases
        pairs = ((fold_name(alias.text), it.path) for it in self._documents.values() for alias in it.aliases)
        return grouped(dict.fromkeys(pairs))


def _beside(folder: str, target: str) -> str:
    return normpath(join(folder, target))
