"""The values of a document, one after the other, and how each stands: what a schema asks of it, if anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from reglint import fields
from reglint.diagnostic import Path
from reglint.schema.asking import is_named
from reglint.schema.spoken import Speakers, Spoken, Standing
from reglint.syntax.blocks import Block
from reglint.syntax.tree import Json
from reglint.text import Span

PROSE = ("text", "items", "quotes", "code", "links")
PARTS = ("frontmatter", "title", "lead", "sections", "footer")
_TYPE = ("frontmatter", "type")
CONTAINERS = (dict, list)
COLUMNS_OF_FIELDS = 2


class Fate(NamedTuple):
    """How a value stands, and the outermost place that is the reason."""

    standing: Standing
    top: Path


Add = Callable[[Path, Standing, Path], None]
"""Takes a value: its path, how it stands, and the outermost place that is the reason."""
Inside = Callable[[Path, Json, Speakers, tuple[str, ...], Fate | None], None]
"""Looks into a value at a path: what speaks of it, what expressions around it say, its fate if that is known."""


class Harvest:
    """Finds the values of one document, and hands them to *add*. Conditions of its schema ask nothing.

    *is_general*: all items of a list are at its index 0.
    """

    def __init__(self, add: Add, spoken: Spoken, kind: str | None, *, is_general: bool = False) -> None:
        self._add = add
        self._spoken = spoken
        self._kind = kind
        self._is_general = is_general
        self.in_body = True

    def document(self, instance: Mapping[str, Json]) -> None:
        """Find all values, in the order of the parts of a document."""
        whole = self._spoken.speakers(instance)
        for name in PARTS:
            self.in_body = name != "frontmatter"
            if value := instance.get(name):
                self.part(name, value, self._spoken.part(whole, name, value), whole)

    def part(self, name: str, value: Json, speakers: Speakers, whole: Speakers) -> None:
        """Find the values of the part *name*."""
        look = {"frontmatter": self.data, "title": self.data, "sections": self.sections}.get(name, self.content)
        fate = Fate("unspoken", ()) if self._spoken.is_silent else None
        self.go((name,), name, value, speakers, whole, whole.words, look, fate)

    def go(  # noqa: PLR0913, PLR0917 - a value made of them would cost as much as all the rest
        self,
        path: Path,
        step: str | int,
        value: Json,
        speakers: Speakers,
        around: Speakers,
        words: tuple[str, ...],
        inside: Inside,
        fate: Fate | None,
    ) -> None:
        """Go into *value*, the member *step* of what *around* speaks of."""
        if not fate:
            standing = self._standing(path, step, value, speakers, around, words)
            fate = standing and Fate(standing, path)
        inside(path, value, speakers, words, fate)

    def data(self, path: Path, value: Json, speakers: Speakers, words: tuple[str, ...], fate: Fate | None) -> None:
        if fate or not value or not isinstance(value, CONTAINERS):
            self._settled(path, value, *(fate or Fate("unspoken", path)))
            return
        if isinstance(value, dict):
            words += speakers.words
            for key, it in value.items():
                self.datum((*path, key), key, it, speakers.member(key, it), speakers, words)
        else:
            for i, it in enumerate(value):
                at = (*path, 0 if self._is_general else i)
                self.datum(at, i, it, speakers.item(i, it), speakers, words)

    def datum(  # noqa: PLR0913, PLR0917 - as `go`
        self,
        path: Path,
        step: str | int,
        value: Json,
        speakers: Speakers,
        around: Speakers,
        words: tuple[str, ...],
    ) -> None:
        """Go into a value of data, which is counted itself if there is nothing in it."""
        standing = self._standing(path, step, value, speakers, around, words)
        if value and isinstance(value, CONTAINERS):
            self.data(path, value, speakers, words, standing and Fate(standing, path))
        else:
            self._add(path, standing or "unspoken", path)

    def _settled(self, path: Path, value: Json, standing: Standing, top: Path) -> None:
        """All within *value* stands as it does."""
        if not value or not isinstance(value, CONTAINERS):
            self._add(path, standing, top)
        elif isinstance(value, dict):
            for key, it in value.items():
                self._settled((*path, key), it, standing, top)
        else:
            for i, it in enumerate(value):
                self._settled((*path, 0 if self._is_general else i), it, standing, top)

    def sections(self, path: Path, value: Json, speakers: Speakers, words: tuple[str, ...], fate: Fate | None) -> None:
        words = words + speakers.words
        for name, it in value.items():
            self.go((*path, name), name, it, speakers.member(name, it), speakers, words, self.content, fate)

    def content(self, path: Path, section: Json, speakers: Speakers, words: tuple[str, ...], fate: Fate | None) -> None:
        """A section, the lead or the footer."""
        words = words + speakers.words
        if has_prose(section):
            at = (*path, "text")
            standing, top = fate or (self.prose(path, section, speakers, words), at)
            self._add(at, standing, top)
        are_fields = has_fields(section, speakers)
        parts: dict[str, Inside] = {
            "value": self.data,
            "fields": self.data,
            "tables": partial(self.tables, are_fields=are_fields),
            "sections": self.sections,
        }
        for name, look in parts.items():
            if name in section and (name != "fields" or are_fields):
                it = section[name]
                self.go((*path, name), name, it, speakers.member(name, it), speakers, words, look, fate)

    def tables(  # noqa: PLR0913 - as `Inside`
        self,
        path: Path,
        tables: Json,
        speakers: Speakers,
        words: tuple[str, ...],
        fate: Fate | None,
        *,
        are_fields: bool,
    ) -> None:
        for i, table in enumerate(tables):
            if not are_fields or len(table["columns"]) != COLUMNS_OF_FIELDS:
                at = (*path, 0 if self._is_general else i)
                self.go(at, i, table, speakers.item(i, table), speakers, words, self._table, fate)

    def _table(self, path: Path, table: Json, speakers: Speakers, words: tuple[str, ...], fate: Fate | None) -> None:
        rows, words = table["rows"], words + speakers.words
        if rows:
            inner = speakers.member("rows", rows)
            self.go((*path, "rows"), "rows", rows, inner, speakers, words, self._rows, fate)

    def _rows(self, path: Path, rows: Json, speakers: Speakers, words: tuple[str, ...], fate: Fate | None) -> None:
        """One row stands for all where nothing is asked of any."""
        self.data(path, rows[:1] if fate else rows, speakers, words, fate)

    def prose(self, path: Path, section: Json, speakers: Speakers, words: tuple[str, ...]) -> Standing:
        """Of prose, a schema asks enough if it wants it to be there."""
        parts = [it for it in PROSE if it in section]
        if not speakers.required.isdisjoint(parts):
            return "constrained"
        found = set()
        for name in parts:
            it = section[name]
            found.add(self._standing((*path, name), name, it, speakers.member(name, it), speakers, words))
        if not found.isdisjoint((None, "constrained")):
            return "constrained"
        return "accepted" if "accepted" in found else "unspoken"

    def _standing(  # noqa: PLR0913, PLR0917 - as `go`
        self,
        path: Path,
        step: str | int,
        value: Json,
        speakers: Speakers,
        around: Speakers,
        words: tuple[str, ...],
    ) -> Standing | None:
        """Say how the value and all within it stand; None where that is for its members to say."""
        has_members = bool(value) and isinstance(value, CONTAINERS)
        if value == self._kind and path == _TYPE:
            return "constrained"  # by any other name, another schema would judge the document, or none
        if not has_members and (words or isinstance(value, dict)) and _is_judged(step, value, words, speakers):
            return "constrained"
        if speakers.nodes:
            return speakers.standing(type(value), 2 * self.in_body + has_members)
        return around.unvisited(step, value, in_body=self.in_body)


def _is_judged(step: str | int, value: Json, words: tuple[str, ...], speakers: Speakers) -> bool:
    """Tell whether an expression about a mapping around the value, or about itself, names it."""
    words += speakers.words if isinstance(value, dict) else ()
    return any(is_named(step, it) for it in words)


def has_fields(section: Mapping[str, Json], speakers: Speakers) -> bool:
    """Tables of two columns are shown as fields too, and count as what the schema speaks of, else as fields."""
    if "fields" not in section and "tables" not in section:
        return True  # or not: neither is there
    return _speaks(section, speakers, "fields") or not _speaks(section, speakers, "tables")


def _speaks(section: Mapping[str, Json], speakers: Speakers, part: str) -> bool:
    is_visited = part in section and bool(speakers.member(part, section[part]).nodes)
    return is_visited or speakers.declares(part)


def has_prose(section: Mapping[str, Json]) -> bool:
    """Tell whether a section says anything but fields and tables."""
    if any(it in section for it in ("text", "quotes", "code")):
        return True
    return any(not ("fields" in section and _is_fields(it)) for it in section.get("items", ()))


def _is_fields(item: str) -> bool:
    return bool(fields.lines(Block("item", item, Span(0, len(item)))))
