"""Which files of a corpus a path or a name fits, wherever they lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from posixpath import basename, dirname, normpath, splitext
from typing import NamedTuple
from unicodedata import normalize

from reglint.document import document_name
from reglint.folding import fold_name

_FEW = 8  # files of one name; for more, such as README, there is an index of their paths


class _Named(NamedTuple):
    """Files by their folded name, and documents by theirs without the ending.

    A Markdown file that is no document of the corpus, or could not be read, is known without its ending as well.
    """

    files: Mapping[str, Sequence[str]]
    stems: Mapping[str, Sequence[str]]


_Groups = tuple[Sequence[str], Sequence[str]]
"""What may be meant, in two groups, of which the first comes first."""


class Catalogue:
    """The paths of one corpus by name, below the roots that do not know each other; its indexes are made once."""

    def __init__(self, documents: Collection[str], files: Iterable[str], roots: Iterable[str]) -> None:
        self._documents = documents
        self._files = frozenset(files)
        self._roots = sorted((f"{it.strip('/')}/" for it in roots), key=len, reverse=True)
        self._called = lru_cache(maxsize=1 << 10)(self._find_called)
        self._crowd = lru_cache(maxsize=1 << 6)(self._find_crowd)

    def root_of(self, path: str) -> str:
        """Return the innermost root that the file at *path* lies in, with a `/` behind it, or nothing for the rest."""
        return next((it for it in self._roots if path.startswith(it)), "") if self._roots else ""

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder with a file below it."""
        folders = {dirname(it) for paths in (self._documents, self._files) for it in paths}
        return frozenset(above for it in folders for above in (it, *_parents(it)) if above) | {"."}

    @property
    def stems(self) -> Mapping[str, Sequence[str]]:
        """The documents of each name, folded and without its ending, and other Markdown files."""
        return self._named.stems

    def unmistakable(self, name: str) -> str | None:
        """Return the path of the document that alone has this *name*, spelt so; None if there are several roots.

        What has a dot in it may be a whole name, or one and an ending.
        """
        paths = self.stems.get(fold_name(name), ()) if not self._roots and "." not in name else ()
        is_sole = len(paths) == 1 and paths[0] in self._documents and document_name(paths[0]) == name
        return paths[0] if is_sole else None

    def at(self, path: str) -> Sequence[str]:
        """Return the files at *path*; several that differ in case only, where none is spelt as it is."""
        wanted = fold_name(path)
        groups = self._ending_in(path, wanted)
        fitting = ([it for it in group if wanted in _forms(it)] for group in groups)
        found = next(filter(None, fitting), [])
        spelt = [it for it in found if spells(path, it)] if len(found) > 1 else ()
        return spelt or found

    def below(self, root: str, target: str) -> Sequence[str]:
        """Return the files of one root whose path ends in *target*.

        What a vault hides or leaves out has no name in it, as long as a document has it.
        """
        path = normpath(target)
        wanted = f"/{fold_name(path)}"
        groups = self._ending_in(path, fold_name("/".join(path.split("/")[-2:])))
        fitting = next(filter(None, ([it for it in group if self._fits(it, root, wanted)] for group in groups)), [])
        return [it for it in fitting if it in self._documents or not _is_markdown(it)] or fitting

    def _fits(self, path: str, root: str, wanted: str) -> bool:
        """Tell whether *path* lies in *root*, and what follows it there ends in *wanted*."""
        inner = path[len(root) :]
        return self.root_of(path) == root and any(f"/{form}".endswith(wanted) for form in _forms(inner))

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
        without, files = self._named.stems.get(name, ()), self._named.files.get(name, ())
        if not ending:
            return without, files
        stems = self._named.stems.get(stem, ())
        return (*files, *(it for it in stems if splitext(fold_name(it))[1] == ending)), without

    def _find_crowd(self, name: str) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
        """Index the many files of one *name*, such as README, by their whole path and by its last two steps."""
        first, second = (grouped((key, it) for it in group for key in _keys(it)) for group in self._called(name))
        return first, second

    @cached_property
    def _named(self) -> _Named:
        others = sorted(self._files)
        files = ((fold_name(basename(it)), it) for it in others if not _is_markdown(it))
        stems = [(fold_name(document_name(it)), it) for it in self._documents]
        stems += [(splitext(fold_name(basename(it)))[0], it) for it in others if _is_markdown(it)]
        return _Named(grouped(files), grouped(stems))


def _is_markdown(path: str) -> bool:
    return fold_name(path).endswith(".md")


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


def grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Group values by their key; most keys have one, and a tuple of one is small."""
    groups: dict[str, tuple[str, ...]] = {}
    many: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        if key in groups:
            many[key].append(value)
        else:
            groups[key] = (value,)
    groups.update({key: (*groups[key], *values) for key, values in many.items()})
    return groups


def spells(target: str, path: str) -> bool:
    """Tell whether *path* ends in *target* letter by letter, as a case-sensitive host wants it."""
    wanted, actual = normalize("NFC", normpath(target)).lstrip("/"), normalize("NFC", path)
    while wanted.startswith("../"):
        wanted = wanted[3:]
    ends = f"/{actual}", f"/{splitext(actual)[0]}"
    return any(it.endswith(f"/{wanted}") for it in ends)
