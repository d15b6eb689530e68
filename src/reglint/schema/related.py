"""What keywords say that look beyond their own value, for whatever values of a document they apply to.

Only the parts of a schema that hold such a keyword are walked, by plans that are made once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from reglint.columns import shared
from reglint.diagnostic import Finding, Note, Path
from reglint.document import Document
from reglint.facts import Claim, Grounds
from reglint.schema.keyword import Keyword, Relate, Site, Violation
from reglint.schema.node import Node
from reglint.schema.telling import amended
from reglint.syntax.tree import Json
from reglint.text import Span, make

Notes = Callable[[Json, str, str], tuple[Note, ...]]
Chain = tuple[Node, ...]
"""A node, and those around it that apply to the same value and led there, nearest first."""


class Asking(NamedTuple):
    """A keyword that relates, what it wants and why, and the schema that it stands in."""

    relate: Relate
    wanted: Json
    grounds: Grounds
    schema: Mapping[str, Json]


Asked = tuple[Asking, Path, Json]
"""What is asked, and the value at a path that it is asked of."""
Step = Callable[[Json, Path, list[Asked]], None]
"""Collects what is asked of a value at a path, and of what is in it."""


class Relating:
    """The part of a schema that holds keywords which relate."""

    def __init__(self, root: Node | None, keywords: Mapping[str, Keyword], notes: Notes) -> None:
        self._root = root
        self._relates = {name: it.relate for name, it in keywords.items() if it.relate}
        self._notes = notes
        self._plans: dict[Chain, Plan] = {}

    def said(self, doc: Document, instance: Json, path: Path) -> Iterator[tuple[Site, Violation | Claim]]:
        """Yield what is said of *instance*, which stands at *path* of *doc*, in the order of the schema."""
        asked: list[Asked] = []
        if self._root and self._root in self.leading:
            self.plan((self._root,)).follow(instance, path, asked)
        for (relate, wanted, grounds, schema), at, value in asked:
            site = make(Site, (doc, shared(at), value, schema, grounds))
            for it in relate(site, wanted):
                yield site, it

    @cached_property
    def leading(self) -> frozenset[Node]:
        """The nodes that hold a keyword that relates, or lead to one."""
        above: dict[Node, list[Node]] = {}
        pending = [self._root] if self._root else []
        relating = []
        while pending:
            node = pending.pop()
            if not self._relates.keys().isdisjoint(node.schema):
                relating.append(node)
            for it in (*node.beside, *node.below):
                if it not in above:
                    above[it] = []
                    pending.append(it)
                above[it].append(node)
        return frozenset(_closure(relating, above))

    def plan(self, chain: Chain) -> Plan:
        """Return the plan for values that the node at the head of *chain* applies to."""
        found = self._plans.get(chain)
        if found is None:
            found = self._plans[chain] = Plan(self, chain)
        return found

    def asking(self, chain: Chain) -> Iterator[Asking]:
        """Yield the keywords of the node at the head of *chain* that relate."""
        schema = chain[0].schema
        for name in schema:
            if name in self._relates:
                yield Asking(self._relates[name], schema[name], self._grounds(chain, name), schema)

    def _grounds(self, chain: Chain, keyword: str) -> Grounds:
        """Gather what the schemas around *keyword* say of how its failure is told."""
        schema = chain[0].schema
        [note] = self._notes(schema, keyword, f"`{keyword}` asks for it")
        help_ = str(schema.get("description", ""))
        told = amended(Finding(Span(0, 0), "", help_), keyword, (it.schema for it in chain))
        return shared(Grounds(note, told.help, told.message, told.severity, told.url))


class Plan:
    """What to do with a value that a node applies to; its steps are made when it is first followed."""

    def __init__(self, relating: Relating, chain: Chain) -> None:
        self._relating = relating
        self._chain = chain

    def follow(self, value: Json, path: Path, found: list[Asked]) -> None:
        """Collect what is asked of *value* and of what is in it."""
        for step in self.steps:
            step(value, path, found)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps in the order of the schema: its own keywords, what applies beside it, then members."""
        steps = [_saying(it) for it in self._relating.asking(self._chain)]
        steps += self._beside()
        return (*steps, *self._to_members(), *self._to_items())

    def _beside(self) -> Iterator[Step]:
        node, leading = self._chain[0], self._relating.leading
        if leading.isdisjoint(node.beside):
            return
        if node.is_fixed:
            for it in node.certain:
                if it in leading:
                    yield from self._relating.plan((it, *self._chain)).steps
            return

        def choose(value: Json, path: Path, found: list[Asked]) -> None:
            for inner, is_condition in node.in_place(value):
                if inner in leading and not is_condition:
                    self._relating.plan((inner, *self._chain)).follow(value, path, found)

        yield choose

    def _plans(self, nodes: Iterable[Node]) -> tuple[Plan, ...]:
        return tuple(self._relating.plan((it,)) for it in nodes if it in self._relating.leading)

    def _to_members(self) -> Iterator[Step]:
        node = self._chain[0]
        named = {name: self._plans(them) for name, them in node.named.items()}
        if self._plans(node.others) or self._plans(it for _, them in node.matched for it in them):
            yield self._to_any_member(node)
        elif any(named.values()):
            yield _to_named({name: them for name, them in named.items() if them})

    def _to_any_member(self, node: Node) -> Step:
        def go(value: Json, path: Path, found: list[Asked]) -> None:
            if isinstance(value, dict):
                for key, it in value.items():
                    for plan in self._plans(node.member(key)):
                        plan.follow(it, (*path, key), found)

        return go

    def _to_items(self) -> Iterator[Step]:
        node = self._chain[0]
        rest = self._plans(node.rest)
        if not node.first and not node.contained:
            yield from [_to_each(rest)] if rest else []
        elif self._plans((*node.rest, *(it for them in node.first for it in them), *filter(None, [node.contained]))):

            def go(value: Json, path: Path, found: list[Asked]) -> None:
                if isinstance(value, list):
                    for i, inner in node.items(value):
                        for plan in self._plans([inner]):
                            plan.follow(value[i], (*path, i), found)

            yield go


def _saying(asking: Asking) -> Step:
    def say(value: Json, path: Path, found: list[Asked]) -> None:
        found.append((asking, path, value))

    return say


def _to_named(named: Mapping[str, tuple[Plan, ...]]) -> Step:
    def go(value: Json, path: Path, found: list[Asked]) -> None:
        if isinstance(value, dict):
            for key in value:
                if key in named:
                    it, at = value[key], (*path, key)
                    for plan in named[key]:
                        for step in plan.steps:
                            step(it, at, found)

    return go


def _to_each(plans: tuple[Plan, ...]) -> Step:
    def go(value: Json, path: Path, found: list[Asked]) -> None:
        if isinstance(value, list):
            for plan in plans:
                for i, it in enumerate(value):
                    plan.follow(it, (*path, i), found)

    return go


def _closure(nodes: Iterable[Node], above: Mapping[Node, Iterable[Node]]) -> set[Node]:
    """Return *nodes* and all that are above them."""
    found: set[Node] = set()
    pending = list(nodes)
    while pending:
        node = pending.pop()
        if node not in found:
            found.add(node)
            pending += above.get(node, ())
    return found
