"""What holds in some documents only, in words: `if` and `then`, what one key brings with it, one of several keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from reglint.diagnostic import Path
from reglint.guide.words import has_members, said
from reglint.outline import within_section
from reglint.schema.shape import Shape, shape
from reglint.syntax.tree import Json

_DEEPEST = 5  # members within members that a condition tells of
_MOST = 12  # things that one condition tells
_TEXT = "text"


def conditions(place: Shape, path: Path) -> Iterator[str]:
    """Yield a sentence for each thing that the schemas at *path* ask under a condition."""
    for schema in place.always:
        if "if" in schema:
            yield from _if(place, path, schema)
        for keyword in ("dependentRequired", "dependentSchemas", "dependencies"):
            for name, wanted in schema.get(keyword, {}).items():
                then = {"required": wanted} if isinstance(wanted, list) else wanted
                yield from _sentence(f"where `{name}` is there", _asked(place, path, then))
    for branches in place.alternatives:
        if has_members(branches) and not any(it.properties for it in branches):
            yield ", or ".join(_joined(_Teller(path, "is required").clauses(it)) for it in branches)


def _if(place: Shape, path: Path, schema: Mapping[str, Json]) -> Iterator[str]:
    condition = shape(place.library, [schema["if"]])
    teller = _Teller(path, "is there", frozenset([*place.required, *condition.required]))
    where = _joined(teller.clauses(condition), " and ") or "some things hold"
    yield from _sentence(f"where {where}", _asked(place, path, schema.get("then", True)))
    yield from _sentence(f"unless {where}", _asked(place, path, schema.get("else", True)))


def _sentence(where: str, asked: str) -> Iterator[str]:
    if asked:
        yield f"{where}: {asked}"


def _asked(place: Shape, path: Path, schema: Json) -> str:
    """Say what *schema* asks, and why, where its author says so."""
    wanted = shape(place.library, [schema])
    words = _joined(_Teller(path, "is required").clauses(wanted))
    return f"{words} ({wanted.description})" if words and wanted.description else words or wanted.description


def _joined(clauses: Iterable[str], by: str = ", ") -> str:
    found = list(dict.fromkeys(islice(clauses, _MOST + 1)))
    return by.join([*found[:_MOST], *(["more"] if len(found) > _MOST else [])])


@dataclass(frozen=True)
class _Teller:
    """Tells what is said of the members of the place at *base*.

    *there* are the words for a member that is required. *certain* are the members that are there in any case: a
    condition holds for any other one where it is missing, too. None: this is no condition.
    """

    base: Path
    there: str
    certain: frozenset[str] | None = None

    def clauses(self, it: Shape, within: Path = ()) -> Iterator[str]:
        """Yield what is said of the members of *it*, which stands at *within* below the base."""
        told = set()
        for name, member in it.declared.items() if len(within) < _DEEPEST else ():
            for clause in self._of(member, (*within, name), is_required=name in it.required):
                told.add(name)
                yield clause
        yield from (f"{self._label((*within, name))} {self.there}" for name in it.required if name not in told)
        yield from (f"not ({_joined(self.clauses(inner, within))})" for inner in _ruled_out(it))

    def _of(self, member: Shape, path: Path, *, is_required: bool) -> Iterator[str]:
        if predicate := _predicate(member):
            may_lack = self.certain is not None and len(path) == 1 and path[0] not in self.certain
            first = f"{self.there} and " if is_required and self.certain is None else ""
            yield f"{self._label(path)} {first}{predicate}{' or missing' if may_lack else ''}"
        yield from self.clauses(member, path)

    def _label(self, path: Path) -> str:
        """`("Overview", "fields", "Status")` is `Overview` / `Status`."""
        whole = (*self.base, *path)
        start = len(self.base)
        shown = [str(whole[i]) for i in range(start, len(whole)) if not _is_structure(whole[: i + 1])]
        return " / ".join(f"`{it}`" for it in shown)


def _ruled_out(it: Shape) -> Iterator[Shape]:
    for schema in it.all_said("not"):
        if schema not in ({}, True) and (inner := shape(it.library, [schema])).names:
            yield inner


def _is_structure(path: Path) -> bool:
    """`fields` and `sections` only hold what has a name for people."""
    return within_section(path) in {("fields",), ("sections",)}


def _predicate(it: Shape) -> str:
    if it.is_refused:
        return "may not be there"
    found = said(it, _TEXT)
    if found == (_TEXT, (), None) or (it.names and not found.asks):
        return ""
    return f"is {found.words}".replace(f"is {_TEXT} that ", "")
