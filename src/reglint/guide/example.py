"""A short document of a type, filled with values that the schemas, or another document, show."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reglint.diagnostic import Path
from reglint.guide.habits import habits
from reglint.guide.plan import Plan
from reglint.guide.skeleton import Subject, skeleton
from reglint.guide.typed import Typed
from reglint.guide.words import said
from reglint.schema.shape import Shape
from reglint.syntax.tree import Json

_BLANK = "…"
_LONGEST = 80


def example(its: Typed, sample: Json) -> str:
    """Return a document that has what the schema requires. *sample* is the instance of another one, or None."""
    title = _at(sample, ("title",)) or its.title or its.kind.name.capitalize()
    subject = Subject(its, "", str(title), habits(its.kind.name, its.docs), not its.kind.files)
    plan = Plan(fill=_filling(sample), word=_BLANK)
    return skeleton(subject, plan, lambda _: ()).text.content


def _filling(sample: Json) -> Callable[[Shape, Path], Json]:
    def fill(place: Shape, path: Path) -> Json:
        seen = _at(sample, path)
        is_short = seen is not None and len(str(seen)) <= _LONGEST and not isinstance(seen, dict | list)
        if is_short and place.accepts(seen) and not place.said("examples"):
            return seen
        known = [*_in_turn(place, path), said(place).example, *_numbers(place)]
        return next((it for it in known if it is not None and place.accepts(it)), _BLANK)

    return fill


def _in_turn(place: Shape, path: Path) -> Iterator[Json]:
    """Yield another one of the allowed values for each item of a list."""
    if place.choices and isinstance(path[-1], int):
        yield place.choices[path[-1] % len(place.choices)]


def _numbers(place: Shape) -> Iterator[Json]:
    if place.types:
        limits = (it for keyword in ("minimum", "maximum", "multipleOf") for it in place.all_said(keyword))
        yield from (1, *limits, 1.5, True)


def _at(value: Json, path: Path) -> Json:
    for step in path:
        if isinstance(value, str):
            return None  # a text has characters, and no members
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value
