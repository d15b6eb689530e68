"""What the schema of a type says of a document, part by part, as a tree for pages to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from reglint import patterns
from reglint.diagnostic import Path
from reglint.document import PARTS
from reglint.guide.conditions import conditions
from reglint.guide.typed import Typed
from reglint.guide.words import Said, said
from reglint.outline import within_section
from reglint.schema.parts import absent
from reglint.schema.shape import Shape
from reglint.syntax.tree import Json

Role = Literal["part", "key", "section", "field", "column", "item", "choice"]

_DEEPEST = 12
_MOST = 3000  # entries of one page, far beyond what anybody reads
_LONGEST_EXAMPLE = 60
_ORDINALS = ("first", "second", "third")
_CONTENT = ("text", "fields", "tables", "items", "quotes", "code", "links", "sections")
_STRUCTURES = frozenset({*_CONTENT, *PARTS}) - {"path", "name", "title", "text"}


@dataclass(frozen=True)
class Entry:
    """One place: what it is called, and in *words* what may stand there.

    *help* is what the schema's author says of it, *example* a value (None: none is known), *conditions* are what is
    asked in some documents only.
    """

    name: str
    role: Role
    is_required: bool = False
    words: tuple[str, ...] = ()
    help: str = ""
    example: Json = None
    conditions: tuple[str, ...] = ()
    members: tuple[Entry, ...] = ()


def entries(its: Typed, sample: Json = None) -> tuple[Entry, ...]:
    """Return an entry for each part of a document of a type.

    *sample* is the instance of a document, whose values are examples where the schema shows none.
    """
    for step in its.base:
        sample = _get(sample, step)
    whole = _Reader().entry("", _Spot(its.place, its.base, sample))
    if its.base:
        return (replace(whole, name=str(its.base[0]), help="", is_required=True),)
    return whole.members if its.kind.files else tuple(_with_type(whole.members, its.kind.name))


def _with_type(parts: tuple[Entry, ...], name: str) -> Iterator[Entry]:
    """The front matter names the type, whether the schema says so or not."""
    own = Entry("type", "key", is_required=True, words=(f"`{name}`",), example=name)
    front = next((it for it in parts if it.name == "frontmatter"), Entry("frontmatter", "part"))
    others = (it for it in front.members if it.name != own.name)
    yield replace(front, is_required=True, members=(own, *others))
    yield from (it for it in parts if it.name != front.name)


class _Spot(NamedTuple):
    """A place, the path to it, and what a document has there."""

    place: Shape
    path: Path
    sample: Json

    def inner(self, place: Shape, step: str | int, among: str | int | None = None) -> _Spot:
        """Return the spot behind *step*; *among* is the step to the sample where that is another one."""
        return _Spot(place, (*self.path, step), _get(self.sample, step if among is None else among))


@dataclass
class _Reader:
    """Makes entries while there is room for more. *told* are the hints that were given, *around* what encloses one."""

    room: int = _MOST
    told: set[str] = field(default_factory=set)
    around: list[frozenset[int]] = field(default_factory=list)

    def entry(self, name: str, spot: _Spot, *, is_required: bool = False, role: Role | None = None) -> Entry:
        """Return the entry of a place."""
        self.room -= 1
        spot = spot._replace(place=spot.place.certain)
        place, path, sample = spot
        role = role or role_of(path)
        found = said(place, "anything" if role == "key" or path[:1] == ("frontmatter",) else "text")
        hint = self._hint(name) if _is_structure(path) else ""
        is_again = bool(place.identity) and place.identity in self.around
        members = () if is_again else tuple(self._members(spot))
        return Entry(
            name,
            role,
            is_required,
            (*_words(found, spot, members), *(["as above, again"] if is_again else _limits(place, path, members))),
            _help(place, found) or hint,
            None if any(it.role == "choice" for it in members) else _example(found, place, sample),
            tuple(dict.fromkeys(conditions(place, path))),
            members,
        )

    def _hint(self, name: str) -> str:
        _, how = absent("part", name)
        is_new = how not in self.told
        self.told.add(how)
        return how if is_new else ""

    def _members(self, spot: _Spot) -> Iterator[Entry]:
        if len(self.around) > _DEEPEST or self.room <= 0:
            return
        self.around.append(spot.place.identity)
        columns = _columns(spot.place) if spot.path[-1:] == ("tables",) and role_of(spot.path) == "part" else None
        if columns:
            yield from self._of_table(columns, spot)
        else:
            yield from self._named(spot)
            yield from self._listed(spot)
            yield from self._alternatives(spot)
        self.around.pop()

    def _named(self, spot: _Spot) -> Iterator[Entry]:
        place = spot.place
        refused = _refused(place, spot.path)
        for name in place.names:
            if (name in place.properties or name in place.required) and name not in refused:
                inner = spot.inner(place.member(name) or Shape(place.library, ()), name)
                yield self.entry(name, inner, is_required=name in place.required)
        for pattern, it in place.patterns.items():
            seen = next((name for name in _keys(spot.sample) if patterns.search(pattern, name)), "")
            yield self.entry(f"names that match `{pattern}`", spot.inner(it, pattern, seen))
        if place.others:
            yield self.entry("others", spot.inner(place.others, ""))

    def _listed(self, spot: _Spot) -> Iterator[Entry]:
        place = spot.place
        for i, it in enumerate(place.first_items):
            yield self.entry(_ORDINALS[i] if i < len(_ORDINALS) else f"number {i + 1}", spot.inner(it, i))
        if place.items:
            name = "each other" if place.first_items else "each"
            yield self.entry(name, spot.inner(place.items, 0, len(place.first_items)))
        for schema, it in place.contained:
            least, most = schema.get("minContains", 1), schema.get("maxContains")
            count = f"at least {least}" if most is None else f"{least}" if least == most else f"{least} to {most}"
            items = spot.sample if isinstance(spot.sample, list) else []
            kept = next((i for i, value in enumerate(items) if it.accepts(value)), len(items))
            yield self.entry(f"{count} of them", spot.inner(it, 0, kept))

    def _alternatives(self, spot: _Spot) -> Iterator[Entry]:
        for branches in spot.place.alternatives:
            for i, it in enumerate(branches if any(it.properties for it in branches) else ()):
                kept = spot.sample if it.accepts(spot.sample) else None
                yield self.entry("or" if i else "either", _Spot(it, spot.path, kept), role="choice")

    def _of_table(self, columns: dict[str, Shape], spot: _Spot) -> Iterator[Entry]:
        row = _Spot(spot.place, (*spot.path, 0, "rows", 0), _get(_get(_get(spot.sample, 0), "rows"), 0))
        for name, it in columns.items():
            yield self.entry(name, row.inner(it, name), is_required=True)


def _columns(tables: Shape) -> dict[str, Shape] | None:
    """Return the columns of tables whose header the schema gives, with what it says of their cells."""
    columns = (tables.items and tables.items.member("columns")) or Shape(tables.library, ())
    header = columns.choices
    rows = tables.items and tables.items.member("rows")
    cells = (rows and rows.items) or Shape(tables.library, ())
    if not header or not isinstance(header[0], list):
        return None
    return {str(name): cells.member(str(name)) or Shape(tables.library, ()) for name in header[0]}


def _refused(place: Shape, path: Path) -> tuple[str, ...]:
    """Return the members of *place* that may never be there; a table of fields without any field is none, either."""
    empty = (name for name, it in place.properties.items() if role_of((*path, name)) == "part" and it.is_empty)
    return (*place.refused, *empty)


def role_of(path: Path) -> Role:
    """Return what the value at *path* is to a reader of the document."""
    if not path or path == ("frontmatter",) or isinstance(path[-1], int):
        return "item" if path and isinstance(path[-1], int) else "part"
    inner = within_section(path[:-1])
    if path[0] == "frontmatter":
        return "key"
    if inner in {("sections",), ("fields",)}:
        return "section" if inner == ("sections",) else "field"
    return "column" if inner and inner[0] == "tables" and "rows" in inner else "part"


def _words(found: Said, spot: _Spot, members: tuple[Entry, ...]) -> Sequence[str]:
    """Return what may stand at a place; a mapping with known members, or a table, need not be called what it is."""
    is_structure = role_of(spot.path) == "section" or _is_structure(spot.path)
    is_known = is_structure or any(it.role != "item" for it in members)
    return [found.words] if spot.place.choices is not None or not is_known else found.asks


def _limits(place: Shape, path: Path, members: tuple[Entry, ...]) -> Iterator[str]:
    """Yield what may not be there."""
    if place.is_closed:
        yield "no others" if members else "no members"
    if refused := [_called(it, (*path, it)) for it in _refused(place, path)]:
        yield f"without {', '.join(refused)}"


def _called(name: str, path: Path) -> str:
    return absent("part", name)[0] if role_of(path) == "part" else f"`{name}`"


def _is_structure(path: Path) -> bool:
    return role_of(path) == "part" and path[-1:] != () and path[-1] in _STRUCTURES


def _help(place: Shape, found: Said) -> str:
    words = str(place.said("description") or "")
    return "" if words == found.words else words


def _example(found: Said, place: Shape, sample: Json) -> Json:
    """Return what the schema shows, or else what a document says, or else what is known to be accepted."""
    is_short = isinstance(sample, str) and 0 < len(sample) <= _LONGEST_EXAMPLE and "\n" not in sample
    if place.said("examples") or place.choices is not None or not (is_short and place.accepts(sample)):
        return found.example
    return sample


def _get(value: Json, step: str | int) -> Json:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def _keys(value: Json) -> list[str]:
    return list(value) if isinstance(value, dict) else []
