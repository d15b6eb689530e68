"""Where a new document belongs, and what it is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from posixpath import basename, join

from reglint.config import Config, DocumentType, matches
from reglint.guide.habits import Habits
from reglint.lazy import regex

_WILD = regex(r"[*?\[]")
_UNNAMEABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control characters, bytes that are no UTF-8, ends of lines
_SMALL = frozenset({"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})


def path_of(name: str, kind: DocumentType, config: Config, habits: Habits) -> str:
    """Return the path of a new document *name* of the type *kind*: beside the others, or where the globs want it."""
    stem = name.removesuffix(habits.ending)
    beside = list(_beside(stem, habits))
    by_globs = [*_matching(stem, kind.files, habits.folder), *_matching(stem, kind.files)]
    others = [*_matching(stem, config.include), stem + habits.ending]
    named = [it for it in (*beside, *by_globs) if matches(it, kind.files)]
    return next((it for it in (*named, *beside, *others) if is_at_home(it, kind, config)), others[-1])


def is_nameable(name: str) -> bool:
    """Tell whether a file may be called *name*: it is Unicode, has a letter or so, and is one line without controls."""
    return bool(basename(name).strip(". ")) and _UNNAMEABLE.isdisjoint(map(unicodedata.category, name))


def is_at_home(path: str, kind: DocumentType, config: Config) -> bool:
    """Tell whether a document at *path* whose front matter says so is one of the type *kind*."""
    taken = next((it for it in config.types.values() if matches(path, it.files)), kind)
    return config.is_document(path) and taken.name == kind.name


def title_of(name: str, habits: Habits) -> str:
    """Return the title that *name* stands for: `el-salvador` is El Salvador. Capitals are kept as they are written."""
    words = re.split(r"[\s_-]+", name.removeprefix(habits.prefix).rpartition("--")[2].strip("-_ "))
    if any(it.isupper() for it in name):
        return " ".join(words)
    first, *others = words
    return " ".join([_capitalised(first), *(it if it in _SMALL else _capitalised(it) for it in others)])


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]


def _beside(stem: str, habits: Habits) -> Iterator[str]:
    if habits.folder is not None:
        prefix = "" if stem.startswith(habits.prefix) else habits.prefix
        yield join(habits.folder, f"{prefix}{stem}{habits.ending}")


def _matching(stem: str, globs: tuple[str, ...], folder: str | None = "") -> Iterator[str]:
    """Yield the path that each glob has for *stem*: `notes/**/n-*.md` has `notes/n-STEM.md`.

    Where a *folder* is named the path is in it.
    """
    for glob in globs if folder is not None else ():
        *folders, last = [it for it in glob.removeprefix("./").removesuffix("/").split("/") if it != "**"]
        inside = [folder] if folder else folders
        if any(map(_WILD.search, inside)):
            continue
        if last.count("*") == 1 and not _WILD.search(last.replace("*", "")):
            before, _, after = last.partition("*")
            yield join(*inside, f"{before}{stem.removeprefix(before)}{after}")
        elif not _WILD.search(last):
            yield join(*inside, last, f"{stem}.md")
