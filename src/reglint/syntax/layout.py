"""Where everything stands in YAML that libyaml has read, worked out when somebody asks."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, overload

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from reglint.diagnostic import Path
from reglint.syntax.tree import Place, Plain
from reglint.text import Span

_BLANKS = "\r\n "
_BLOCK_STYLES = frozenset("|>")


class Found(NamedTuple):
    """A value: its path, the node of its key (None in a list, and at the root), and its own node."""

    path: Path
    key: Any
    node: Any


class Source:
    """libyaml's nodes below *root*, a collection; the text they are of, and where this stands in its file."""

    __slots__ = ("_members", "base", "content", "root")

    def __init__(self, root: Any, content: str, base: int) -> None:
        self.root = root
        self.content = content
        self.base = base
        self._members: dict[int, Mapping[str, tuple[Any, Any]]] = {}

    def walk(self) -> Iterator[Found]:
        """Yield every value in the order of the text, a collection before what it holds."""
        stack = [Found((), None, self.root)]
        while stack:
            found = stack.pop()
            yield found
            stack.extend(reversed(_children(found)))

    def find(self, path: Path) -> Found | None:
        """Return the value at *path*, or None where there is none."""
        key, node = None, self.root
        for step in path:
            pair = self._child(node, step)
            if pair is None:
                return None
            key, node = pair
        return Found(path, key, node)

    def _child(self, node: Any, step: str | int) -> tuple[Any, Any] | None:
        """Return the key and the value that *step* leads to, or None."""
        if type(node) is SequenceNode:
            is_index = isinstance(step, int) and 0 <= step < len(node.value)
            return (None, node.value[step]) if is_index else None
        if type(node) is not MappingNode:
            return None
        members = self._members.get(id(node))
        if members is None:
            members = self._members[id(node)] = {key.value: (key, it) for key, it in node.value}
        return members.get(step)  # type: ignore[arg-type]  # no key is a number

    def place(self, found: Found) -> Place:
        """Return where a value stands, the root being all of the text."""
        if not found.path:
            return Place(None, Span(self.base, self.base + len(self.content)))
        return Place(self.name(found.key) if found.key else None, self.value(found.key, found.node))

    def name(self, key: Any) -> Span:
        """Return where a key stands."""
        return Span(self.base + key.start_mark.index, self.base + key.end_mark.index)

    def value(self, key: Any, node: Any) -> Span:
        """Return where the value of *key* stands, a block collection up to the end of its last value."""
        start, end = self._extent(key, node)
        if type(node) is ScalarNode:
            return Span(self.base + start, self.base + end)
        while type(node) is not ScalarNode and not node.flow_style:
            last = node.value[-1]
            key, node = last if type(last) is tuple else (None, last)
        return Span(self.base + start, self.base + self._extent(key, node)[1])

    def _extent(self, key: Any, node: Any) -> tuple[int, int]:
        """Return the marks of a node, which libyaml sets at the next token if it is empty or ends in a block scalar."""
        start, end = node.start_mark.index, node.end_mark.index
        if start == end and key:
            start = end = key.end_mark.index + 1
        elif start == end:
            start = end = len(self.content[:start].rstrip(_BLANKS))
        elif type(node) is ScalarNode and node.style in _BLOCK_STYLES:
            end = start + len(self.content[start:end].rstrip(_BLANKS))
        return start, end


def _children(found: Found) -> list[Found]:
    path, node = found.path, found.node
    if type(node) is MappingNode:
        return [Found((*path, key.value), key, it) for key, it in node.value]
    return [Found((*path, i), None, it) for i, it in enumerate(node.value)] if type(node) is SequenceNode else []


class Places(Mapping[Path, Place]):
    """The place of every value by its path. Each is looked up by itself, until somebody wants them all."""

    __slots__ = ("_all", "_source")

    def __init__(self, source: Source) -> None:
        self._source = source
        self._all: dict[Path, Place] = {}

    def __getitem__(self, path: Path) -> Place:
        found: Place | None = self.get(path)
        if found is None:
            raise KeyError(path)
        return found

    def get(self, path: Path, default: Any = None) -> Any:
        if self._all:
            return self._all.get(path, default)
        found = self._source.find(path)
        return self._source.place(found) if found else default

    def __iter__(self) -> Iterator[Path]:
        return iter(self._every())

    def __len__(self) -> int:
        return len(self._every())

    def items(self) -> ItemsView[Path, Place]:
        return self._every().items()

    def __repr__(self) -> str:
        return repr(self._every())

    def _every(self) -> dict[Path, Place]:
        if not self._all:
            self._all = {it.path: self._source.place(it) for it in self._source.walk()}
        return self._all


class PlainScalars(Sequence[Plain]):
    """The scalars without quotes, in the order of the text, keys before their values."""

    __slots__ = ("_all", "_source")

    def __init__(self, source: Source) -> None:
        self._source = source
        self._all: tuple[Plain, ...] | None = None

    @overload
    def __getitem__(self, at: int) -> Plain: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Plain, ...]: ...
    def __getitem__(self, at: int | slice) -> Plain | tuple[Plain, ...]:
        return self._every()[at]

    def __len__(self) -> int:
        return len(self._every())

    def __iter__(self) -> Iterator[Plain]:
        return iter(self._every())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._every() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._every())

    def __repr__(self) -> str:
        return repr(self._every())

    def _every(self) -> tuple[Plain, ...]:
        if self._all is None:
            self._all = tuple(self._noted())
        return self._all

    def _noted(self) -> Iterator[Plain]:
        for found in self._source.walk():
            if found.key and not found.key.style:
                yield Plain(found.path, self._source.name(found.key), is_key=True)
            if type(found.node) is ScalarNode and not found.node.style:
                yield Plain(found.path, self._source.value(found.key, found.node), is_key=False)
