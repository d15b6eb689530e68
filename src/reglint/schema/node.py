"""Subschemas, compiled once: what each leads to at the same value and at its members, without a URL to resolve."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from reglint import patterns
from reglint.syntax.tree import Json

Accepts = Callable[[Json, Json], bool]
"""Tells whether a subschema accepts a value."""


class Known(NamedTuple):
    """What a node asks of the library that its subschema stands in.

    *lookup* returns what a `$ref` leads to and may raise, *is_own* tells subschemas of the corpus from published ones,
    *stands_alone* whether nothing but the `$ref` counts, *accepts* decides branches.
    """

    lookup: Callable[[str], Json]
    is_own: Callable[[Json], bool]
    stands_alone: Callable[[Mapping[str, Json]], bool]
    accepts: Accepts


class Part(NamedTuple):
    """A node that applies to the same value as another; as the condition of an `if`, it asks nothing of the value."""

    node: Node
    is_condition: bool = False


class Nodes:
    """The nodes of all subschemas that can be reached from one schema file, each made when it is first asked for."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._nodes: dict[int, Node] = {}

    def of(self, schema: Json) -> Node | None:
        """Return the node of *schema*, or of what its lone `$ref` leads to; None for `true` and `false`."""
        if not isinstance(schema, dict):
            return None
        if self.known.stands_alone(schema):
            return self.of(self.known.lookup(schema["$ref"]))
        found = self._nodes.get(id(schema))
        if found is None:
            found = self._nodes[id(schema)] = Node(self, schema)
        return found

    def all_of(self, schemas: Sequence[Json]) -> tuple[Node, ...]:
        """Return the nodes of *schemas*, without `true` and `false`."""
        return tuple(node for it in schemas if (node := self.of(it)))


class Node:
    """One subschema that is a mapping."""

    def __init__(self, nodes: Nodes, schema: Mapping[str, Json]) -> None:
        self.nodes = nodes
        self.schema = schema

    @cached_property
    def is_own(self) -> bool:
        """Whether it is of the corpus: a published meta-schema holds no keyword of ours, and is not looked into."""
        return self.nodes.known.is_own(self.schema)

    @cached_property
    def _own(self) -> Mapping[str, Json]:
        return self.schema if self.is_own else {}

    @cached_property
    def certain(self) -> tuple[Node, ...]:
        """What always applies to the same value: `$ref` and `allOf`."""
        ref = self._own.get("$ref")
        target = [self.nodes.known.lookup(ref)] if isinstance(ref, str) else []
        return self.nodes.all_of([*target, *self._own.get("allOf", ())])

    @cached_property
    def choices(self) -> tuple[Node, ...]:
        """What applies to the same value if the value keeps it: the branches of `anyOf` and `oneOf`."""
        return self.nodes.all_of([*self._own.get("anyOf", ()), *self._own.get("oneOf", ())])

    @cached_property
    def condition(self) -> Node | None:
        """The `if`; None where there is none, or it is `true` or `false`."""
        return self.nodes.of(self._own.get("if"))

    @cached_property
    def _consequences(self) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """What applies where the `if` holds, the condition itself first, and where it does not."""
        held = [Part(it, is_condition=True) for it in (self.condition,) if it]
        then, else_ = (self.nodes.all_of([self._own.get(it, True)]) for it in ("then", "else"))
        return (*held, *map(Part, then)), tuple(map(Part, else_))

    @cached_property
    def dependents(self) -> tuple[tuple[str, tuple[Node, ...]], ...]:
        """What applies to the same value if it has a member of that name."""
        found = {**self._own.get("dependencies", {}), **self._own.get("dependentSchemas", {})}
        return tuple((name, self.nodes.all_of([it])) for name, it in found.items() if isinstance(it, dict))

    @cached_property
    def is_fixed(self) -> bool:
        """Whether what applies to the same value never depends on the value."""
        return not (self.choices or self.dependents or "if" in self._own)

    @cached_property
    def beside(self) -> tuple[Node, ...]:
        """Whatever may apply to the same value, conditions aside."""
        found = [*self.certain, *self.choices, *(it for _, them in self.dependents for it in them)]
        parts = [it for them in self._consequences for it in them] if "if" in self._own else []
        return (*found, *(it.node for it in parts if not it.is_condition))

    @cached_property
    def _certain_parts(self) -> tuple[Part, ...]:
        return tuple(map(Part, self.certain))

    def in_place(self, value: Json) -> Sequence[Part]:
        """Return what applies to *value* as well."""
        return self._certain_parts if self.is_fixed else self._chosen(value)

    def _chosen(self, value: Json) -> list[Part]:
        accepts = self.nodes.known.accepts
        found = [*self._certain_parts, *(Part(it) for it in self.choices if accepts(it.schema, value))]
        if "if" in self._own:
            found += self._consequences[0 if accepts(self._own["if"], value) else 1]
        if self.dependents and isinstance(value, dict):
            found += (Part(it) for name, them in self.dependents if name in value for it in them)
        return found

    @cached_property
    def named(self) -> Mapping[str, tuple[Node, ...]]:
        """The schemas of the members that are known by name: one each, or none for `true` and `false`."""
        return {name: self.nodes.all_of([it]) for name, it in self._own.get("properties", {}).items()}

    @cached_property
    def matched(self) -> tuple[tuple[str, tuple[Node, ...]], ...]:
        """The schemas of the members that are known by a pattern."""
        found = self._own.get("patternProperties", {})
        return tuple((pattern, self.nodes.all_of([it])) for pattern, it in found.items())

    @cached_property
    def others(self) -> tuple[Node, ...]:
        """The schema of all other members."""
        return self.nodes.all_of([self._own.get("additionalProperties", True)])

    @cached_property
    def first(self) -> tuple[tuple[Node, ...], ...]:
        """The schemas of the first items."""
        items = self._own.get("items")
        found = items if isinstance(items, list) else self._own.get("prefixItems", ())
        return tuple(self.nodes.all_of([it]) for it in found)

    @cached_property
    def rest(self) -> tuple[Node, ...]:
        """The schema of the items behind the first ones."""
        items = self._own.get("items", True)
        return self.nodes.all_of([self._own.get("additionalItems", True) if isinstance(items, list) else items])

    @cached_property
    def contained(self) -> Node | None:
        """The `contains`, which applies to whatever item keeps it."""
        return self.nodes.of(self._own.get("contains"))

    @cached_property
    def below(self) -> tuple[Node, ...]:
        """Whatever may apply to members."""
        them = (*self.named.values(), *(it for _, it in self.matched), self.others, *self.first, self.rest)
        contained = (self.contained,) if self.contained else ()
        return (*(node for it in them for node in it), *contained)

    def member(self, key: str) -> tuple[Node, ...]:
        """Return what applies to the member *key* of a mapping."""
        found = self.named.get(key)
        if self.matched:
            hits = [them for pattern, them in self.matched if patterns.search(pattern, key)]
            if hits:
                return (*(found or ()), *(it for them in hits for it in them))
        return self.others if found is None else found

    def items(self, value: Sequence[Json]) -> Iterator[tuple[int, Node]]:
        """Yield what applies to the items of a list, each with its index."""
        for i, them in enumerate(self.first[: len(value)]):
            yield from ((i, it) for it in them)
        for it in self.rest:
            yield from ((i, it) for i in range(len(self.first), len(value)))
        if wanted := self.contained:
            yield from ((i, wanted) for i, it in enumerate(value) if self.accepts_item(it))

    def accepts_item(self, item: Json) -> bool:
        """Tell whether *item* of a list is one that `contains` means."""
        return self.contained is not None and self.nodes.known.accepts(self.contained.schema, item)
