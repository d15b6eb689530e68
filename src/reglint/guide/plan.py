"""What goes into a skeleton: which members of a place, and which value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from reglint.diagnostic import Path
from reglint.schema.shape import Shape, shape
from reglint.syntax.tree import Json

TODO = "TODO"
"""What keeps the place of a value that the author has to write."""

_MOST = 8  # items of one list
_DEEPEST = 8  # mappings and lists within each other; schemas may refer to each other without end
_DEEPEST_CHOICE = 3  # the same for what is optional
_STAMPS = frozenset({"created", "updated"})


@dataclass(frozen=True)
class Plan:
    """What is written where several things could be.

    *fill* has the value for a place that leaves a choice, *word* what keeps a place within a name. *today* is the day
    of all dates that have to be there, in the form of ISO 8601, or empty. *every*: optional members are written, too.
    *lacking* are further members that turned out to be needed, *unwanted* are optional ones that may not be there after
    all, *doubtful* are values that turned out to be wrong.
    *around* is what encloses the place that is written; a place within itself is not.
    """

    fill: Callable[[Shape, Path], Json] = lambda _, __: TODO
    word: str = TODO
    today: str = ""
    every: bool = False
    lacking: frozenset[Path] = field(default_factory=frozenset)
    unwanted: frozenset[Path] = field(default_factory=frozenset)
    doubtful: frozenset[Path] = field(default_factory=frozenset)
    around: tuple[frozenset[int], ...] = ()

    def within(self, place: Shape) -> Plan:
        """Return the plan for the members of *place*."""
        return replace(self, around=(*self.around, place.identity))

    def is_around(self, place: Shape) -> bool:
        """Tell whether *place* is one of those that enclose it, as the schemas refer back to themselves."""
        return place.identity in self.around or len(self.around) > _DEEPEST

    def names(self, place: Shape, path: Path) -> tuple[str, ...]:
        """Return the members of *place* that are written, as they follow each other."""
        found = [*place.required, *self._lacking(path)]
        least = max([len(set(found)), *place.all_said("minProperties")])
        known = {name: it for name, it in place.properties.items() if (*path, name) not in self.unwanted}
        optional = [name for name, it in known.items() if name not in found and self._is_new(it)]
        found += optional if self.every else optional[: least - len(set(found))]
        found += self._nameless(least - len(set(found)))
        return tuple(dict.fromkeys([*(it for it in place.names if it in found), *found]))

    def _lacking(self, path: Path) -> Iterator[str]:
        """Yield the members of the place at *path* that are lacking, or in which something is."""
        for it in sorted(self.lacking, key=str):
            *steps, name = it[: len(path) + 1]
            if tuple(steps) == path and isinstance(name, str):
                yield name

    def _nameless(self, count: int) -> list[str]:
        """Return names for members that have to be there, whatever they are called."""
        return [self.word, *(f"{self.word} {i}" for i in range(2, min(count, _MOST) + 1))] if count > 0 else []

    def _is_new(self, place: Shape) -> bool:
        return not place.is_empty and not self.is_around(place.certain) and len(self.around) <= _DEEPEST_CHOICE

    def is_doubtful(self, path: Path) -> bool:
        """Tell whether a value at *path*, or one that holds it, turned out to be wrong."""
        return any(path[: len(it)] == it for it in self.doubtful)

    def value(self, place: Shape, path: Path, *, sure: Shape | None = None) -> Json:
        """Return the value for *place*; *sure* is the part of it that holds whichever alternatives are chosen."""
        sure = sure or place.certain
        for it in () if self.is_doubtful(path) else self._only(sure, path):
            return it
        whole = chosen(place)
        names = self.names(whole, path) if is_mapping(whole) else ()
        if self.is_around(whole) or not (names or is_list(whole)):
            return self.fill(place, path)
        if names:
            return {it: self._member(whole, sure, path, it) for it in names}
        return self._items(whole, sure, path)

    def _member(self, place: Shape, sure: Shape, path: Path, name: str) -> Json:
        known = sure.member(name) or Shape(place.library, ())
        inner = place.member(name) or place.conditional.member(name) or known
        return self.within(place).value(inner, (*path, name), sure=known.certain)

    def _only(self, place: Shape, path: Path) -> Iterator[Json]:
        """Yield the value that follows from the schemas alone, if one does."""
        allowed = place.choices
        if allowed is not None and len(allowed) == 1:
            yield allowed[0]
        yield from (it for it in place.all_said("default") if place.accepts(it))
        if place.types == ("null",):
            yield None
        if place.types == ("object",) and place.is_empty:
            yield {}
        if self.today and path[0] == "frontmatter" and self._is_stamp(place, path):
            yield self.today

    def _is_stamp(self, place: Shape, path: Path) -> bool:
        """Only when the document was made and changed is known; every other date is the author's to write."""
        is_named = len(path) == len(("frontmatter", "created")) and path[-1] in _STAMPS and place.choices is None
        return is_named and place.accepts(self.today)

    def _items(self, place: Shape, sure: Shape, path: Path) -> list[Json]:
        if False in place.all_said("items") and not place.first_items:
            return []
        inner = self.within(place)
        found = [
            inner.value(it, (*path, i), sure=sure.first_items[i] if i < len(sure.first_items) else None)
            for i, it in enumerate(place.first_items)
        ]
        for it in _further(place, len(found)):
            found.append(inner.value(it, (*path, len(found))))
        return found


def _further(place: Shape, count: int) -> Iterator[Shape]:
    """Yield the items of a list behind the first *count*: those that it has to contain, and as many as it needs."""
    usual = place.items or Shape(place.library, ())
    for schema, it in place.contained:
        for _ in range(min(schema.get("minContains", 1), _MOST)):
            count += 1
            yield shape(place.library, [*usual.always, *it.always])
    yield from [usual] * (min(max([1, *place.all_said("minItems")]), _MOST) - count)


def chosen(place: Shape) -> Shape:
    """Return *place* with the first of each of its alternatives that fits."""
    branches = [it for them in place.alternatives for it in _fitting(place, them)]
    return shape(place.library, [*place.always, *(it for them in branches for it in them.always)]).certain


def _fitting(place: Shape, branches: tuple[Shape, ...]) -> tuple[Shape, ...]:
    fits = [it for it in branches if not it.is_refused and not (place.types and it.types and not _common(place, it))]
    return tuple(fits[:1])


def _common(one: Shape, other: Shape) -> set[str]:
    return {*one.types} & {*other.types}


def is_mapping(place: Shape) -> bool:
    """Tell whether a mapping is what belongs there: nothing simpler is allowed."""
    return "object" in place.types and "string" not in place.types if place.types else bool(place.names)


def is_list(place: Shape) -> bool:
    """Tell whether a list is what belongs there: nothing simpler is allowed."""
    known = bool(place.items or place.first_items or place.all_said("minItems") or any(place.contained))
    return "array" in place.types and "string" not in place.types if place.types else known
