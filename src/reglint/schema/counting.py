"""How many values a document holds, and of how many its schema asks something: counted, without making any of them.

A harvest finds the same, and is asked for whatever is not of the usual form: expressions, and lists of more than
scalars or flat mappings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reglint.diagnostic import Path
from reglint.schema.harvest import COLUMNS_OF_FIELDS, CONTAINERS, PARTS, PROSE, Fate, Harvest, has_fields, has_prose
from reglint.schema.spoken import Speakers, Spoken, Standing
from reglint.syntax.tree import Json

_BELOW = ("value", "fields", "tables", "sections")


class Held:
    """The places of values, and whether something is asked of all that stand there."""

    def __init__(self) -> None:
        self.places: dict[Path, bool] = {}

    def add(self, place: Path, standing: Standing, _: Path) -> None:
        """Take in a value; one that differs only in its index has the same *place*."""
        places = self.places
        places[place] = standing == "constrained" and places.get(place, True)


class Known(NamedTuple):
    """What speaks of a value that is not empty, and how this stands."""

    speakers: Speakers
    standing: Standing | None


class Plan(NamedTuple):
    """What sections with the same parts have in common; None where it depends on the section.

    Whether they hold prose, how that stands, whether they hold fields, and which parts there are besides, each with
    what speaks of it and how it stands.
    """

    has_prose: bool | None
    prose: Standing | None
    has_fields: bool
    below: tuple[tuple[str, Known | None], ...]


class Count:
    """Counts the values of one document: all of them, and those that are *constrained*."""

    def __init__(self, spoken: Spoken, kind: str | None) -> None:
        self.constrained = 0
        self.values = 0
        self._spoken = spoken
        self._kind = kind
        self._held = Held()
        self._harvest = Harvest(self._held.add, spoken, kind, is_general=True)
        self._in_body = True
        self._unusual = 0

    def document(self, instance: Mapping[str, Json]) -> None:
        """Count the values of a document."""
        whole = self._spoken.speakers(instance)
        for name in PARTS:
            if value := instance.get(name):
                self._part(whole, name, value)
        self.constrained += sum(self._held.places.values())
        self.values += len(self._held.places)

    def _part(self, whole: Speakers, name: str, value: Json) -> None:
        self._in_body = self._harvest.in_body = name != "frontmatter"
        speakers = self._spoken.part(whole, name, value)
        if whole.words or (speakers.words and isinstance(value, dict)):
            self._harvest.part(name, value, speakers, whole)
            return
        fate = self._standing(name, value, speakers, whole)
        if name == "sections":
            self._sections(value, speakers, fate)
        elif name in {"lead", "footer"}:
            self._content(value, speakers, fate)
        else:
            self._known(value, speakers, fate)
            if name == "frontmatter" and not fate:
                self._type(value, speakers)

    def _type(self, front: Mapping[str, Json], speakers: Speakers) -> None:
        """By any other type, another schema would judge the document, or none."""
        kind = front.get("type")
        if kind is not None and kind == self._kind:
            inner = speakers.member("type", kind)
            self.constrained += self._standing("type", kind, inner, speakers) != "constrained"

    def _standing(self, step: str | int, value: Json, speakers: Speakers, around: Speakers) -> Standing | None:
        if speakers.nodes:
            has_members = bool(value) and isinstance(value, CONTAINERS)
            return speakers.standing(type(value), 2 * self._in_body + has_members)
        return around.unvisited(step, value, in_body=self._in_body)

    def _aside(self) -> Path:
        """Return a path that no other value has, for what is harvested."""
        self._unusual += 1
        return (self._unusual,)

    def _known(self, value: Json, speakers: Speakers, fate: Standing | None) -> None:
        """Count *value* and what is in it; *fate* is how all of it stands, if that is known."""
        if not value or not isinstance(value, CONTAINERS):
            self.values += 1
            self.constrained += fate == "constrained"
        elif isinstance(value, list):
            if fate or not self._is_usual(value, speakers):
                self._harvest.data(self._aside(), value, speakers, (), fate and Fate(fate, ()))
        elif fate:
            for it in value.values():
                self._known(it, speakers, fate)
        else:
            self._mapping(value, speakers)

    def _mapping(self, value: Mapping[str, Json], speakers: Speakers) -> None:
        leaves = speakers.leaves[self._in_body]
        for key, it in value.items():
            is_asked = leaves.get((key, type(it)))
            if is_asked is not None:
                self.values += 1
                self.constrained += is_asked
                continue
            inner = speakers.member(key, it)
            if inner.words and isinstance(it, dict):
                self._harvest.datum(self._aside(), key, it, inner, speakers, ())
            elif isinstance(it, CONTAINERS):
                self._known(it, inner, self._standing(key, it, inner, speakers))
            else:
                self.values += 1
                self.constrained += self._leaf(speakers, key, it)

    def _leaf(self, speakers: Speakers, key: str, value: Json) -> bool:
        """Tell whether something is asked of the scalar *key*, and remember it where that is always so."""
        inner = speakers.member(key, value)
        is_asked = self._standing(key, value, inner, speakers) == "constrained"
        if key in speakers.named and speakers.is_fixed(key):  # all others are as many as documents have
            speakers.leaves[self._in_body][key, type(value)] = is_asked
        return is_asked

    def _is_usual(self, items: Sequence[Json], speakers: Speakers) -> bool:
        """Count the items of a list, if they are scalars, or flat mappings that are spoken of alike."""
        each = speakers.each
        held = self._held_alike(items, each, speakers) if each else None
        if each is None or held is None:
            return False
        # Of an item or a member that others speak of, and ask something, `contains` can only ask more.
        are_settled = each.nodes and all(held.values()) and each.named >= held.keys() - {None}
        if speakers.contains and not are_settled:
            return False
        self.values += len(held)
        self.constrained += sum(held.values())
        return True

    def _held_alike(self, items: Sequence[Json], each: Speakers, around: Speakers) -> dict[str | None, bool] | None:
        """Return of what something is asked in all *items*: of themselves, or of their members by name."""
        kinds = {type(it): it for it in items}
        if kinds.keys().isdisjoint(CONTAINERS):
            return {None: all(self._standing(0, it, each, around) == "constrained" for it in kinds.values())}
        if len(kinds) > 1 or list in kinds or not all(items) or not each.nodes or each.words:
            return None
        if self._standing(0, items[0], each, around):
            return None
        held: dict[str | None, bool] = {}
        leaves = each.leaves[self._in_body]
        for it in items:
            for key, inner in it.items():
                is_asked = leaves.get((key, type(inner)))
                if is_asked is None:
                    if isinstance(inner, CONTAINERS):
                        return None
                    is_asked = self._leaf(each, key, inner)
                held[key] = is_asked and held.get(key, True)
        return held

    def _sections(self, sections: Mapping[str, Json], speakers: Speakers, fate: Standing | None) -> None:
        for name, it in sections.items():
            inner = speakers.member(name, it)
            self._content(it, inner, fate or self._standing(name, it, inner, speakers))

    def _content(self, section: Mapping[str, Json], speakers: Speakers, fate: Standing | None) -> None:
        if speakers.words or not all(section.values()):
            self._harvest.content(self._aside(), section, speakers, (), fate and Fate(fate, ()))
            return
        key = tuple(section)
        plan = speakers.plans.get(key) or self._plan(key, section, speakers)
        if has_prose(section) if plan.has_prose is None else plan.has_prose:
            self.values += 1
            standing = fate or plan.prose or self._harvest.prose((), section, speakers, ())
            self.constrained += standing == "constrained"
        for name, known in plan.below:
            it = section[name]
            inner, standing = known or self._look(speakers, name, it)
            standing = fate or standing
            if name == "tables":
                if not plan.has_fields or any(len(table["columns"]) != COLUMNS_OF_FIELDS for table in it):
                    around = standing and Fate(standing, ())
                    self._harvest.tables(self._aside(), it, inner, (), around, are_fields=plan.has_fields)
            elif inner.words and isinstance(it, dict):
                look = self._harvest.sections if name == "sections" else self._harvest.data
                look(self._aside(), it, inner, (), standing and Fate(standing, ()))
            elif name == "sections":
                self._sections(it, inner, standing)
            else:
                self._known(it, inner, standing)

    def _plan(self, key: tuple[str, ...], section: Mapping[str, Json], speakers: Speakers) -> Plan:
        """Make the plan for all sections that have the parts of this one."""
        may_be_fields = "fields" in key and not {"text", "quotes", "code"} & {*key}
        holds_prose = None if may_be_fields and "items" in key else has_prose(section)
        is_fixed = all(speakers.is_fixed(it) for it in key if it in PROSE)
        prose = self._harvest.prose((), section, speakers, ()) if is_fixed else None
        are_fields = has_fields(section, speakers)
        below = tuple(
            (it, self._look(speakers, it, section[it]) if speakers.is_fixed(it) else None)
            for it in _BELOW
            if it in key and (it != "fields" or are_fields)
        )
        plan = speakers.plans[key] = Plan(holds_prose, prose, are_fields, below)
        return plan

    def _look(self, speakers: Speakers, name: str, value: Json) -> Known:
        """Return what speaks of the part *name* of a section."""
        inner = speakers.member(name, value)
        return Known(inner, self._standing(name, value, inner, speakers))
