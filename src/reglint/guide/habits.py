"""What the documents of a type have in common that no schema says: where they lie, and how they write fields."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import dirname, splitext
from typing import NamedTuple, TypeVar

from reglint.diagnostic import Path
from reglint.document import Document
from reglint.lazy import regex
from reglint.syntax.tree import Json

_MARKED = regex(r".+?(?:--|__)")
_T = TypeVar("_T")
_RECORD = 2  # columns of a table whose rows are fields


class Style(NamedTuple):
    """How the fields of a section are written: as a table with this *header*, without one as lines behind *mark*."""

    header: tuple[str, ...] = ("Field", "Value")
    mark: str = ""


_USUAL = Style()


@dataclass(frozen=True)
class Habits:
    """*folder* is None where there is no document to learn from; *prefix* begins the names of all, *ending* ends them.

    *styles* are those of the sections by path, *usual* is the one that most sections have.
    """

    folder: str | None = None
    prefix: str = ""
    ending: str = ".md"
    has_title: bool = True
    usual: Style = _USUAL
    styles: Mapping[Path, Style] = field(default_factory=dict)

    def style(self, section: Path) -> Style:
        """Return how the section at this path writes its fields."""
        return self.styles.get(section, self.usual)


def habits(type_name: str, docs: Sequence[Document]) -> Habits:
    """Return what *docs*, which are all of one type, have in common."""
    if not docs:
        return Habits()
    by_section: dict[Path, list[Style]] = defaultdict(list)
    for doc in docs:
        for path, style in _styles(doc.instance, ()):
            by_section[path].append(style)
    every = [it for them in by_section.values() for it in them]
    return Habits(
        _usual(dirname(it.path) for it in docs),
        _prefix(type_name, [it.name for it in docs]),
        _usual(splitext(it.path)[1] for it in docs),
        _usual("title" in it.instance for it in docs),
        _usual(every) if every else Style(),
        {path: _usual(them) for path, them in by_section.items()},
    )


def _usual(values: Iterable[_T]) -> _T:
    """Return what stands there most often, the first of equals."""
    return Counter(values).most_common(1)[0][0]


def _prefix(type_name: str, names: Sequence[str]) -> str:
    """Return what begins all names and is marked as a prefix: `country--`, or the type's own name and a separator."""
    marked = _MARKED.match(names[0])
    candidates = [marked[0] if marked else "", *(type_name + it for it in "-_. ")]
    return next((it for it in candidates if it and all(n.startswith(it) and n != it for n in names)), "")


def _styles(section: Mapping[str, Json], path: Path) -> Iterator[tuple[Path, Style]]:
    """Yield the style of each section that has fields; the first table of them, or their lines, tells it."""
    if "fields" in section:
        header = next((it["columns"] for it in section.get("tables", ()) if len(it["columns"]) == _RECORD), None)
        is_list = any(it.startswith("**") for it in section.get("items", ()))
        yield path, Style(tuple(header)) if header else Style((), "- " if is_list else "")
    for name in (it for it in ("lead", "footer") if it in section):
        yield from _styles(section[name], (*path, name))
    for name, it in section.get("sections", {}).items():
        yield from _styles(it, (*path, "sections", name))
