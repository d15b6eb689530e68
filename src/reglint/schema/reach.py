"""How far a schema reaches into a document: the values that it holds, and whether anything is asked of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from reglint import fields
from reglint.diagnostic import Path
from reglint.schema.asking import Asking, asking, declares, expressions, is_named, is_refusal, others
from reglint.schema.walk import Visit
from reglint.syntax.blocks import Block
from reglint.syntax.tree import Json
from reglint.text import Span

_PROSE = ("text", "items", "quotes", "code", "links")
_TYPE = ("frontmatter", "type")
_CONTAINERS = (dict, list)
_COLUMNS_OF_FIELDS = 2
_NOTHING = Asking(frozenset())

Standing = Literal["constrained", "accepted", "unspoken"]
"""A schema asks something of the value; it speaks of the value, but takes any; it does not speak of it."""


class Fate(NamedTuple):
    """How a value stands, and the outermost place that is the reason."""

    standing: Standing
    top: Path


class Value(NamedTuple):
    """A value of a document: a scalar of the front matter, the title, a field, a cell, or the prose of a section.

    Prose stands at `text`, of whatever kind its blocks are.
    """

    path: Path
    fate: Fate


@dataclass(frozen=True)
class Extent:
    """How many values there are, and of how many of them a schema asks something."""

    constrained: int = 0
    values: int = 0

    def __add__(self, other: Extent) -> Extent:
        return Extent(self.constrained + other.constrained, self.values + other.values)

    @property
    def percent(self) -> int:
        """The share in whole percent: 100 only if nothing is missing, 0 where there is nothing at all."""
        return self.constrained * 100 // self.values if self.values else 0


def extent(values: Iterable[Value]) -> Extent:
    """Count values: those that differ only in the item of a list or the row of a table are one."""
    held: dict[Path, bool] = {}
    for path, fate in values:
        place = general(path)
        held[place] = held.get(place, True) and fate.standing == "constrained"
    return Extent(sum(held.values()), len(held))


def general(path: Path) -> Path:
    """Return *path* with 0 for every index: the place that all items of a list share."""
    return tuple([0 if isinstance(it, int) else it for it in path])


def values(
    instance: Mapping[str, Json], seen: Sequence[Visit], kind: str | None, *, asserts_formats: bool = True
) -> tuple[Value, ...]:
    """Return every value of a document that was judged as *kind* (None: by no schema), in the order of its parts.

    *seen* is each value with each subschema that applies to it.
    """
    reach = _Reach(seen, kind, asserts_formats=asserts_formats)
    reach.document(instance)
    return tuple(reach.values)


Inside = Callable[[Path, Json, Fate | None], None]


class _Reach:
    """Collects the values of one document. Conditions of its schema ask nothing."""

    def __init__(self, seen: Sequence[Visit], kind: str | None, *, asserts_formats: bool) -> None:
        self.values: list[Value] = []
        self._kind = kind
        self._asking = asking(asserts_formats=asserts_formats)
        self._in_body = True
        self._spoken: dict[Path, list[Mapping[str, Json]]] = defaultdict(list)
        self._judged: list[tuple[Path, str]] = []
        for path, value, schema, _, is_condition in seen:
            if not is_condition:
                self._spoken[path].append(schema)
                if isinstance(value, dict):
                    self._judged += [(path, words) for words in expressions(schema)]

    def document(self, instance: Mapping[str, Json]) -> None:
        inside: dict[str, Inside] = {
            "frontmatter": self._data,
            "title": self._data,
            "lead": self._content,
            "sections": self._sections,
            "footer": self._content,
        }
        fate = None if self._spoken else Fate("unspoken", ())
        for name, it in inside.items():
            self._in_body = name != "frontmatter"
            if instance.get(name):
                self._at((name,), instance[name], it, fate)

    def _at(self, path: Path, value: Json, inside: Inside, fate: Fate | None) -> None:
        inside(path, value, fate or self._fate(path, value))

    def _data(self, path: Path, value: Json, fate: Fate | None) -> None:
        if not value or not isinstance(value, _CONTAINERS):
            self.values.append(Value(path, fate or Fate("unspoken", path)))
            return
        for step, it in value.items() if isinstance(value, dict) else enumerate(value):
            at = (*path, step)
            self._data(at, it, fate or self._fate(at, it))

    def _sections(self, path: Path, sections: Json, fate: Fate | None) -> None:
        for name, it in sections.items():
            self._at((*path, name), it, self._content, fate)

    def _content(self, path: Path, section: Json, fate: Fate | None) -> None:
        """A section, the lead or the footer."""
        if _has_prose(section):
            self.values.append(Value((*path, "text"), fate or self._prose_fate(path, section)))
        parts: dict[str, Inside] = {
            "value": self._data,
            "fields": self._data,
            "tables": self._tables,
            "sections": self._sections,
        }
        for name, it in parts.items():
            if name in section and (name != "fields" or self._has_fields(path)):
                self._at((*path, name), section[name], it, fate)

    def _has_fields(self, path: Path) -> bool:
        """Tables of two columns are shown as fields too, and count as what the schema speaks of, else as fields."""
        return self._speaks(path, "fields") or not self._speaks(path, "tables")

    def _speaks(self, path: Path, part: str) -> bool:
        holders = self._spoken.get(path, ())
        return (*path, part) in self._spoken or any(declares(it, part) for it in holders)

    def _tables(self, path: Path, tables: Json, fate: Fate | None) -> None:
        are_fields = self._has_fields(path[:-1])
        for i, table in enumerate(tables):
            if not are_fields or len(table["columns"]) != _COLUMNS_OF_FIELDS:
                self._at((*path, i), table, self._table, fate)

    def _table(self, path: Path, table: Json, fate: Fate | None) -> None:
        """One row stands for all where nothing is asked of any."""
        at, rows = (*path, "rows"), table["rows"]
        if rows:
            fate = fate or self._fate(at, rows)
            self._data(at, rows[:1] if fate else rows, fate)

    def _prose_fate(self, path: Path, section: Mapping[str, Json]) -> Fate:
        """Of prose, a schema asks enough if it wants it to be there."""
        top = (*path, "text")
        wanted = {name for it in self._spoken.get(path, ()) for name in it.get("required", ())}
        parts = [it for it in _PROSE if it in section]
        fates = [self._fate((*path, it), section[it]) for it in parts]
        if not wanted.isdisjoint(parts) or any(it is None or it.standing == "constrained" for it in fates):
            return Fate("constrained", top)
        return Fate("accepted" if any(it and it.standing == "accepted" for it in fates) else "unspoken", top)

    def _fate(self, path: Path, value: Json) -> Fate | None:
        """Say how *value* and all within it stand; None where that is for its members to say."""
        has_members = isinstance(value, _CONTAINERS) and bool(value)
        if path == _TYPE and value == self._kind:
            return Fate("constrained", path)  # by any other name, another schema would judge the document, or none
        if self._judged and not has_members and self._is_judged(path):
            return Fate("constrained", path)
        schemas = self._spoken.get(path)
        if not schemas:
            return self._unvisited_fate(path, value)
        whole, part = self._asking.get((type(value), self._in_body, has_members), _NOTHING)
        is_for_members = False
        for it in schemas:
            if not whole.isdisjoint(it) or (has_members and is_refusal(it)):
                return Fate("constrained", path)
            is_for_members = is_for_members or not part.isdisjoint(it)
        return None if is_for_members else Fate("accepted", path)

    def _unvisited_fate(self, path: Path, value: Json) -> Fate:
        """Nothing looks into the value; what its holder refuses is a finding of `check`."""
        holders = self._spoken.get(path[:-1], ())
        if any(declares(it, path[-1]) for it in holders):
            return Fate("accepted", path)
        told = [it for held in holders for it in others(held, path[-1])]
        if not told:
            return Fate("unspoken", path)
        whole = self._asking.get((type(value), self._in_body, False), _NOTHING).whole
        is_asked = any(isinstance(it, dict) and not whole.isdisjoint(it) for it in told)
        return Fate("constrained" if is_asked or not any(it is not False for it in told) else "accepted", path)

    def _is_judged(self, path: Path) -> bool:
        """Tell whether an expression about a mapping around the value names it."""
        return any(path[: len(at)] == at and is_named(path[-1], words) for at, words in self._judged)


def _has_prose(section: Mapping[str, Json]) -> bool:
    """Tell whether a section says anything but fields and tables."""
    if any(it in section for it in ("text", "quotes", "code")):
        return True
    return any(not ("fields" in section and _is_fields(it)) for it in section.get("items", ()))


def _is_fields(item: str) -> bool:
    return bool(fields.lines(Block("item", item, Span(0, len(item)))))
