"""What a user asks for: OLD, a document or a heading of it, and NEW, which it is to be called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from posixpath import basename, dirname, join, normpath, splitext
from typing import NamedTuple
from unicodedata import category

from reglint.columns import LinkFact
from reglint.corpus import Corpus
from reglint.facts import Facts
from reglint.folding import fold_heading, fold_name
from reglint.lazy import regex
from reglint.lookup import find
from reglint.renaming.spellings import chain_to
from reglint.slugs import numbered
from reglint.spelling import listed, suggestion
from reglint.syntax.markup import without_id
from reglint.text import Span

_NOT_IN_LINKS = regex(r"[\[\]|#^]|%%")
_NOT_EVERYWHERE = regex(r'[\\:*?"<>]')
_UNNAMEABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


class Impossible(Exception):
    """Why nothing can be renamed, in one sentence that says what to do."""


class Rename(NamedTuple):
    """The document at *old* moves to *new*; where they are equal, its heading at index *heading* becomes *text*."""

    old: str
    new: str
    heading: int | None = None
    text: str = ""

    def moved(self, path: str) -> str:
        """Return where the file at *path* is afterwards."""
        return self.new if path == self.old else path

    def before(self, path: str) -> str:
        """Return where the file was that is at *path* afterwards."""
        return self.old if path == self.new else path

    @property
    def is_move(self) -> bool:
        """Whether a document is renamed, and not a heading."""
        return self.old != self.new

    @property
    def is_risky(self) -> bool:
        """Whether a system or Obsidian takes no file of the new name."""
        return self.is_move and bool(_NOT_EVERYWHERE.search(self.new))


class Subject(NamedTuple):
    """The document at *path*, or its heading with the index *heading*."""

    path: str
    heading: int | None = None


def requested(
    corpus: Corpus, old: str, new: str, as_path: Callable[[str], str | None], as_place: Callable[[str], str]
) -> Rename | None:
    """Return what is to be renamed, and to what; None: it is called so already.

    *as_path* reads a path from the current folder as one from the root, or as None where that is elsewhere; *as_place*
    does so for a new one, and may refuse it. Raises Impossible, and `lookup.Unclear` where *old* is no document.
    """
    path, heading = subject(corpus, old, as_path)
    if heading is not None:
        text = heading_text(new)
        is_same = without_id(corpus.documents[path].headings[heading].source) == text
        return None if is_same else Rename(path, path, heading, text)
    place = destination(path, new, as_place)
    if place == path:
        return None
    if existing := taken(place, path, [*corpus.documents, *corpus.files]):
        raise Impossible(f"{existing} is there already; choose another name")
    return Rename(path, place)


def subject(corpus: Corpus, named: str, as_path: Callable[[str], str | None]) -> Subject:
    """Return what OLD means. Raises Impossible for a heading, and `lookup.Unclear` for a document, that it fails to."""
    path, subpath = find(named, as_path, corpus.documents)
    return Subject(path, _heading(corpus, path, subpath) if subpath else None)


def _heading(corpus: Corpus, path: str, subpath: str) -> int:
    """Return the index of the heading. Raises Impossible."""
    document = corpus.documents[path]
    headings = tuple(document.headings)
    if subpath.rpartition("#")[2].strip().startswith("^"):
        raise Impossible(f"`{subpath}` is the id of a block, and only documents and headings can be renamed")
    parts = tuple(it.strip() for it in subpath.split("#") if it.strip())
    readings = [it for it in (parts, (subpath.strip(),)) if it and all(it)]
    links = [LinkFact("wikilink", "", it, "", Span(0, 0), ()) for it in readings]
    chain = next(filter(None, (corpus.resolver.headings(document, it) for it in links)), None)
    if chain is None:
        by_id = numbered(headings, subpath)
        if by_id is None:
            near = suggestion(parts[-1] if parts else subpath, [it.text for it in headings])
            raise Impossible(f"{path} has no heading `{subpath}`{near}")
        return by_id
    meant = [i for i in range(len(headings)) if _may_mean(document, chain, i)]
    if len(meant) > 1:
        names = listed("#".join(headings[it].text for it in chain_to(headings, i)) for i in meant)
        raise Impossible(f"`{subpath}` may be {names} of {path}; name it with the headings above it, as in `A#B`")
    return chain[-1]


def _may_mean(document: Facts, chain: tuple[int, ...], at: int) -> bool:
    """Tell whether what names the heading at the end of *chain* could name the one *at* as well."""
    headings = tuple(document.headings)
    if fold_heading(headings[at].text) != fold_heading(headings[chain[-1]].text):
        return False
    return at == chain[-1] or set(chain[:-1]) <= set(chain_to(headings, at))


def destination(old: str, named: str, as_place: Callable[[str], str]) -> str:
    """Return the path that *named* means for the document at *old*. Raises Impossible for what is no name.

    A name stays in the folder, a trailing `/` names another folder; *as_place* reads a path of the shell.
    """
    if named.endswith("/"):
        path = normpath(join(as_place(named), basename(old)))
    elif "/" in named:
        path = as_place(named)
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
