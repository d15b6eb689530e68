"""What the author of a skeleton has left to do: each place to fill in, and what belongs there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reglint.diagnostic import Path
from reglint.document import Document, parse
from reglint.guide.skeleton import Skeleton, is_on_todo, todos
from reglint.guide.typed import Typed
from reglint.guide.words import said
from reglint.schema.shape import Shape
from reglint.schema.wording import cut
from reglint.text import Span

_STRUCTURE = frozenset({"frontmatter", "sections", "fields", "tables", "rows"})
_ANYTHING = "anything"
_LONGEST = 300


class Task(NamedTuple):
    """What the author has to do at a place."""

    span: Span
    words: str


def tasks(its: Typed, done: Skeleton) -> list[Task]:
    """Return what is left to the author, in order: each place to fill in, and whatever else was found."""
    doc = parse(done.text)
    to_do = [Task(it, _task(its, _path(doc, it))) for it in todos(done.text)]
    others = [Task(it.span, it.message) for it in done.found if not is_on_todo(done.text, it.span)]
    return sorted([*to_do, *others])


def _path(doc: Document, span: Span) -> Path:
    """Return the path of the smallest value that holds *span*: a field, rather than the same cell of a table."""
    found = [it for it, place in doc.places.items() if place.value.holds(span)]
    path = min(found, key=lambda it: (_width(doc.at(*it)), it[:1] == ("outline",), "tables" in it, -len(it)))
    return path[:-1] if path[-1] in {"heading", "language"} else path


def _width(span: Span) -> int:
    return span.end - span.start


def _task(its: Typed, path: Path) -> str:
    """Say what is expected at *path*: in the schemas' terms, and in the words of whoever wrote them."""
    name = " / ".join(str(it) for it in path if isinstance(it, str) and it not in _STRUCTURE)
    ways = [_reached(its, path[:i]) for i in range(len(its.base), len(path) + 1)]
    here = ways[-1] if ways else []
    noun = _ANYTHING if path[:1] == ("frontmatter",) else "text"
    words = [_words(it, noun) for it in here]
    own = _descriptions(here)
    lists = _descriptions(ways[-2]) if path and isinstance(path[-1], int) and len(ways) > 1 else []
    around = [] if any(words) else [text for them in reversed(ways[1:]) for text in _descriptions(them)]
    told = dict.fromkeys([*_either(words), *_among(ways), *(own or around)[:1], *lists[:1]])
    return cut(f"{name}: {'; '.join(told)}" if told else name, _LONGEST)


def _descriptions(places: Sequence[Shape]) -> list[str]:
    return [str(text) for it in places for text in it.all_said("description")]


def _words(place: Shape, noun: str) -> str:
    """A section is known by its heading; it need not be said that it holds something."""
    found = said(place, noun)
    is_section = noun != _ANYTHING and bool(place.names)
    words = "; ".join(found.asks) if is_section else found.words
    return "" if words == _ANYTHING else words


def _either(words: Sequence[str]) -> list[str]:
    several = [it for it in dict.fromkeys(words) if it]
    return [", or ".join(several)] if several else []


def _among(ways: Sequence[Sequence[Shape]]) -> Iterator[str]:
    """Yield what some item of the list has to be."""
    for it in ways[-2] if len(ways) > 1 else ():
        yield from (f"one of them is {said(inner).words}" for _, inner in it.contained)


def _reached(its: Typed, path: Path) -> list[Shape]:
    """Return what the schemas say of the place at *path*: several shapes where that is a matter of alternatives."""
    if path[: len(its.base)] != its.base:
        return []
    places = [its.place.certain]
    for step in path[len(its.base) :]:
        places = [inner for it in places for inner in _inner(it, step)]
    return places


def _inner(place: Shape, step: str | int) -> list[Shape]:
    """Return the members behind *step*: as it always is, else in each alternative, else where a condition holds."""
    branches = [it for them in place.alternatives for it in them]
    for them in ([place], branches, [place.conditional]):
        found = [inner.certain for it in them if (inner := _member(it, step))]
        if found:
            return found
    return []


def _member(place: Shape, step: str | int) -> Shape | None:
    if isinstance(step, str):
        return place.member(step)
    return place.first_items[step] if step < len(place.first_items) else place.items
