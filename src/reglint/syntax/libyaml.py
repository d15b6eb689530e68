"""YAML by libyaml, through PyYAML: the quick way for ordinary documents.

libyaml follows YAML 1.1 and ruamel.yaml 1.2, but they agree on what people write. What might be read in two ways is
left to the reference, and so is whatever is wrong: anchors, aliases, tags, directives, several documents, keys that are
no text or stand twice, control characters, tabs, and what could exceed a budget.
"""

from __future__ import annotations

import re
from typing import Any

from yaml._yaml import CParser, get_version
from yaml.error import YAMLError
from yaml.events import CollectionEndEvent, CollectionStartEvent, NodeEvent
from yaml.nodes import MappingNode

from reglint.lazy import regex
from reglint.syntax.events import MAX_CHARACTERS, MAX_DEPTH, NUMERIC, WORDS, resolve
from reglint.syntax.layout import Places, PlainScalars, Source
from reglint.syntax.tree import Json, Tree, unreadable
from reglint.text import Span

if get_version() < (0, 2, 5):
    raise ImportError("before 0.2.5, libyaml read colons and question marks in flow collections in another way")

# Besides controls and tabs, the line ends of YAML 1.1 that 1.2 takes for text, and byte order marks.
_STRANGE = regex("[\x00-\t\x0b\f\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_PROPERTY = regex(r"(?:^|[-:,\[{]) *(?:[&*][\w-]|!)", re.MULTILINE)
_CONSTRUCTS = {
    "&": _PROPERTY,
    "*": _PROPERTY,
    "!": _PROPERTY,
    "?": regex(r"(?:^|[-:,\[{]) *\?", re.MULTILINE),
    "%": regex(r"^%", re.MULTILINE),
    "---": regex(r"^---", re.MULTILINE),
    "...": regex(r"^\.\.\.", re.MULTILINE),
    "\r": regex(r"\r(?!\n)"),
}
# The two disagree where a block scalar begins with a line of blanks only, or a comment touches its indicator.
_BLOCK_HEADER = regex(r"[|>][-+1-9]* *(?:(?<= )#[^\r\n]*)?\r?\n(?! +\r?(?:\n|\Z))")

# Composing recurses for each level and has no limit of its own: some 20,000 levels crash the process.
_MAX_BRACKETS = 1_000
_MAX_DASHES = 200
_DEEP = regex(rf"^[ -]{{{_MAX_DASHES}}}", re.MULTILINE)
_SHALLOW = _MAX_DASHES * _MAX_DASHES // 2  # characters in which blanks alone cannot indent deeper

_QUOTES = frozenset({'"', "'"})


class _Unusual(Exception):
    """What libyaml read is better read by the reference."""


class _Parser(CParser):  # type: ignore[misc]
    """A parser that asks nobody for tags: what a plain scalar means is not for YAML 1.1 to say."""

    def resolve(self, *_: object) -> None:
        pass

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def read(content: str, base: int, nodes: int) -> Tree | None:
    """Read YAML that stands at *base* in its file, or return None where the reference should; never raises."""
    if not (_is_within_budget(content, nodes) and _is_ordinary(content)):
        return None
    try:
        root = _Parser(content).get_single_node()
        value = _Builder(content).collection(root, MAX_DEPTH - 1) if root else None
    except Exception:  # noqa: BLE001 - whatever is wrong, the reference explains it
        return None
    if not root:
        return unreadable(Span(base, base + len(content)))
    source = Source(root, content, base)
    return Tree(value, Places(source), plain=PlainScalars(source))


def _is_within_budget(content: str, nodes: int) -> bool:
    """Tell whether *content* surely holds no more than *nodes* values, and is nested no deeper than libyaml can go."""
    size = len(content)
    if size > MAX_CHARACTERS:
        return False
    # Besides the root, an indicator introduces each value, or a key with its value.
    may_be_long = 2 * size >= nodes and 2 * sum(map(content.count, ":-,[{")) >= nodes
    may_be_flow = content.count("[") + content.count("{") > _MAX_BRACKETS
    may_be_deep = (size > _SHALLOW or content.count("- ") > _MAX_DASHES) and _DEEP.search(content)
    return not (may_be_long or may_be_flow or may_be_deep) or _fits(content, nodes)


def _fits(content: str, nodes: int) -> bool:
    """Tell whether *content* is within its budgets. Events come one by one, where nodes would come all at once."""
    parser = _Parser(content)
    depth = 0
    try:
        while event := parser.get_event():
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            nodes -= isinstance(event, NodeEvent)
            if depth > MAX_DEPTH or nodes < 0:
                return False
    except YAMLError:
        return False
    return True


def _is_ordinary(content: str) -> bool:
    if _STRANGE.search(content):
        return False
    return not any(mark in content and it.search(content) for mark, it in _CONSTRUCTS.items())


class _Builder:
    """Makes values of libyaml's nodes."""

    def __init__(self, content: str) -> None:
        self._content = content

    def collection(self, node: Any, room: int) -> Json:
        """Return the mapping or list that *node* is, in which others may be nested *room* deep."""
        if not room or type(node.value) is str:
            raise _Unusual
        return self._mapping(node, room) if type(node) is MappingNode else self._list(node, room)

    def _mapping(self, node: Any, room: int) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for key, it in node.value:
            name = key.value
            if not name or type(name) is not str:
                raise _Unusual
            value = it.value
            if type(value) is not str:
                value = self.collection(it, room - 1)
            elif it.style not in _QUOTES and (it.style or value in WORDS or value[0] in NUMERIC):
                value = self._scalar(it)
            found[name] = value
        if len(found) < len(node.value):
            raise _Unusual
        return found

    def _list(self, node: Any, room: int) -> list[Json]:
        found: list[Json] = []
        for it in node.value:
            value = it.value
            if type(value) is not str:
                self._refuse_pair(it)
                value = self.collection(it, room - 1)
            elif it.style not in _QUOTES and (it.style or value in WORDS or value[0] in NUMERIC):
                value = self._scalar(it)
            found.append(value)
        return found

    def _refuse_pair(self, node: Any) -> None:
        """`["a":b]` is a mapping within a list to libyaml only."""
        if type(node) is MappingNode and node.flow_style and self._content[node.start_mark.index] != "{":
            raise _Unusual

    def _scalar(self, node: Any) -> Json:
        """Return what a scalar says that is in a block, or may be no text."""
        text: str = node.value
        if not node.style:
            return resolve(text)
        if not _BLOCK_HEADER.match(self._content, node.start_mark.index):
            raise _Unusual
        return text
