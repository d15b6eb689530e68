"""Which subschemas speak of a value, and what they ask of it: worked out once for each set of them, not for each value.

Walking down a document is a walk from one set to the next, as in an automaton whose states are made when they are met.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Any, Literal

from reglint import patterns
from reglint.diagnostic import Path
from reglint.schema.asking import Asking, Kind, asking, expressions, is_refusal, others
from reglint.schema.node import Node
from reglint.syntax.tree import Json

Standing = Literal["constrained", "accepted", "unspoken"]
"""A schema asks something of the value; it speaks of the value, but takes any; it does not speak of it."""

_NOTHING = Asking(frozenset())


class Spoken:
    """The sets of subschemas that speak of values, and where a document begins with which of them."""

    def __init__(self, root: Node | None, base: Path, *, asserts_formats: bool) -> None:
        self.asking: Mapping[Kind, Asking] = asking(asserts_formats=asserts_formats)
        self._speakers: dict[tuple[Node, ...], Speakers] = {}
        self._turns: dict[tuple[Node, ...], Turn] = {}
        self._silent = self._of(())
        self._root = self.turn((root,) if root else ())
        self._base = base

    def speakers(self, instance: Mapping[str, Json]) -> Speakers:
        """Return the subschemas that speak of a document as a whole."""
        return self._silent if self._base else self._root.of(instance)

    def part(self, whole: Speakers, name: str, value: Json) -> Speakers:
        """Return the subschemas that speak of a part of a document, as a whole of which *whole* speaks."""
        return self._root.of(value) if self._base == (name,) else whole.member(name, value)

    @property
    def is_silent(self) -> bool:
        """Whether nothing is said of any value."""
        return not self._root.nodes

    def turn(self, nodes: tuple[Node, ...]) -> Turn:
        """Return the turn of *nodes*."""
        found = self._turns.get(nodes)
        if found is None:
            found = self._turns[nodes] = Turn(self, nodes)
        return found

    def gathered(self, nodes: Iterable[Node], value: Json) -> Speakers:
        """Return *nodes* with whatever applies to *value* beside them."""
        found: dict[Node, None] = {}
        for it in nodes:
            _gather(found, it, value)
        return self._of(tuple(found))

    def _of(self, nodes: tuple[Node, ...]) -> Speakers:
        found = self._speakers.get(nodes)
        if found is None:
            found = self._speakers[nodes] = Speakers(self, nodes)
        return found


def _gather(found: dict[Node, None], node: Node, value: Json) -> None:
    found[node] = None
    for inner, is_condition in node.in_place(value):
        if not is_condition:
            _gather(found, inner, value)


class Turn:
    """Subschemas that apply to a value, before it is known what applies beside them."""

    __slots__ = ("_spoken", "fixed", "nodes")

    def __init__(self, spoken: Spoken, nodes: tuple[Node, ...]) -> None:
        self.nodes = nodes
        self._spoken = spoken
        self.fixed = spoken.gathered(nodes, None) if _are_fixed(nodes) else None

    def of(self, value: Json) -> Speakers:
        """Return all that speak of *value*."""
        return self.fixed or self._spoken.gathered(self.nodes, value)


def _are_fixed(nodes: Iterable[Node]) -> bool:
    """Tell whether what applies beside *nodes* never depends on the value."""
    pending, seen = list(nodes), set[Node]()
    while pending:
        node = pending.pop()
        if not node.is_fixed:
            return False
        if node not in seen:
            seen.add(node)
            pending += node.certain
    return True


class Speakers:
    """All subschemas that speak of one value."""

    def __init__(self, spoken: Spoken, nodes: tuple[Node, ...]) -> None:
        self.nodes = nodes
        self._spoken = spoken
        self._turns: dict[str, Turn] = {}
        self._standings: list[dict[type, Standing | None]] = [{}, {}, {}, {}]
        self.leaves: tuple[dict[tuple[str, type], bool], ...] = ({}, {})
        """Of which scalar members something is asked, by name and type; in the front matter, and in the body."""
        self.plans: dict[tuple[str, ...], Any] = {}
        """What is worth remembering of sections with these parts."""
        self._unvisited: dict[tuple[type, type, bool], Standing] = {}

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What expressions say of a mapping."""
        return tuple(words for it in self.nodes for words in expressions(it.schema))

    @cached_property
    def required(self) -> frozenset[str]:
        """The members that a mapping has to have."""
        return frozenset(name for it in self.nodes for name in it.schema.get("required", ()))

    @cached_property
    def named(self) -> frozenset[str]:
        """The members that are known by name."""
        return frozenset(chain.from_iterable(it.named for it in self.nodes))

    @cached_property
    def _others(self) -> Turn | None:
        """What speaks of the members that are not known by name; None where that depends on their names."""
        if any(it.matched for it in self.nodes):
            return None
        return self._turn_to(node for it in self.nodes for node in it.others)

    @cached_property
    def _rest(self) -> Turn | None:
        """What speaks of each item of a list, `contains` aside; None where that depends on its index."""
        if any(it.first for it in self.nodes):
            return None
        return self._turn_to(node for it in self.nodes for node in it.rest)

    def member(self, key: str, value: Json) -> Speakers:
        """Return what speaks of the member *key*, which is *value*."""
        turn = self._turns.get(key) or self._to_member(key)
        return turn.fixed or turn.of(value)

    def is_fixed(self, key: str) -> bool:
        """Tell whether what speaks of the member *key* is known by its name alone."""
        return self._to_member(key).fixed is not None

    @cached_property
    def each(self) -> Speakers | None:
        """What speaks of every item of a list, `contains` aside; None where that depends on the item."""
        return self._rest.fixed if self._rest else None

    @cached_property
    def contains(self) -> bool:
        """Whether something more may speak of some items of a list."""
        return any(it.contained for it in self.nodes)

    def _to_member(self, key: str) -> Turn:
        if key not in self.named and self._others:
            return self._others
        turn = self._turn_to(node for it in self.nodes for node in it.member(key))
        if key in self.named:  # all others are as many as documents have
            self._turns[key] = turn
        return turn

    def item(self, at: int, value: Json) -> Speakers:
        """Return what speaks of the item *at* of a list, which is *value*."""
        rest = None if self.contains else self._rest
        turn = rest or self._turn_to(node for it in self.nodes for node in _of_item(it, at, value))
        return turn.fixed or turn.of(value)

    def _turn_to(self, nodes: Iterable[Node]) -> Turn:
        return self._spoken.turn(tuple(dict.fromkeys(nodes)))

    def standing(self, kind: type, where: int) -> Standing | None:
        """Say how a value of the type *kind* stands, if it was visited; None where that is for its members to say.

        *where* is 2 if it stands in the body, plus 1 if it has members.
        """
        known = self._standings[where]
        if kind not in known:
            known[kind] = self._stands((kind, where > 1, where % 2 > 0))
        return known[kind]

    def _stands(self, kind: Kind) -> Standing | None:
        whole, part = self._spoken.asking.get(kind, _NOTHING)
        schemas = [it.schema for it in self.nodes]
        has_members = kind[2]
        if any(not whole.isdisjoint(it) or (has_members and is_refusal(it)) for it in schemas):
            return "constrained"
        return None if any(not part.isdisjoint(it) for it in schemas) else "accepted"

    def declares(self, step: str | int) -> bool:
        """Tell whether the member *step* of a mapping is named, by itself or by a pattern."""
        if isinstance(step, int):
            return False
        if step in self._declared:
            return True
        return any(patterns.search(by, step) for by in self._patterns)

    @cached_property
    def _declared(self) -> frozenset[str]:
        return self.required | {name for it in self.nodes for name in it.schema.get("properties", ())}

    @cached_property
    def _patterns(self) -> tuple[str, ...]:
        return tuple(by for it in self.nodes for by in it.schema.get("patternProperties", ()))

    def unvisited(self, step: str | int, value: Json, *, in_body: bool) -> Standing:
        """Say how the member *step* stands, which nothing looks into; what is refused is a finding of `check`."""
        if self.declares(step):
            return "accepted"
        kind = (type(step), type(value), in_body)
        if kind not in self._unvisited:
            self._unvisited[kind] = self._stands_among_others(step, value, in_body=in_body)
        return self._unvisited[kind]

    def _stands_among_others(self, step: str | int, value: Json, *, in_body: bool) -> Standing:
        told = [it for held in self.nodes for it in others(held.schema, step)]
        if not told:
            return "unspoken"
        whole = self._spoken.asking.get((type(value), in_body, False), _NOTHING).whole
        is_asked = any(isinstance(it, dict) and not whole.isdisjoint(it) for it in told)
        return "constrained" if is_asked or not any(it is not False for it in told) else "accepted"


def _of_item(node: Node, at: int, value: Json) -> Iterator[Node]:
    yield from node.first[at] if at < len(node.first) else node.rest
    if node.contained and node.accepts_item(value):
        yield node.contained


SILENT = Spoken(None, (), asserts_formats=True)
"""What speaks of a document that no schema judges."""
