"""YAML by ruamel.yaml: the reference, which reads everything and explains what is wrong; and the writing of YAML.

This is the only file that knows ruamel.yaml. It is imported for unusual documents only: `reglint.syntax.libyaml` reads
the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from reglint.lazy import regex
from reglint.syntax.events import (
    MAX_CHARACTERS,
    MAX_NODES,
    End,
    Event,
    Refusal,
    Scalar,
    Start,
    compose,
    joined_surrogates,
    shifted,
)
from reglint.syntax.tree import Json, Tree
from reglint.text import Span

# YAML 1.2 (§6.2) separates tokens by tabs as well as spaces, but never indents by them; ruamel.yaml refuses both.
# Quoted scalars are matched first, and left as they are.
_INNER_BLANKS = regex(r"""(?<=[\s:\[{,-])(?:"(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+')|(?<=\S)(?P<blanks>[ \t]+)""", re.DOTALL)

# What YAML of any version takes for the text that it is, at the beginning of a line and behind a colon.
_PLAIN = regex(r"[^\W\d_][\w./+()&'-]*(?: [\w./+()&'-]+)*")
_WORDS = frozenset({"y", "yes", "n", "no", "on", "off", "true", "false", "null"})
_TRAILING = regex(r" +$", re.MULTILINE)
_WIDEST = 1 << 20
_LINE_END = regex(r"[\r\n]")


def read(content: str, base: int = 0, nodes: int = MAX_NODES) -> Tree:
    """Read YAML 1.2 (core schema) that stands at *base* in its file, within a budget of *nodes*; never raises."""
    whole = Span(base, base + len(content))
    tree = compose(shifted(_events(content, content), base), whole, nodes)
    if tree.errors and "\t" in content:
        without_tabs = _INNER_BLANKS.sub(lambda it: " " * len(it[0]) if it["blanks"] else it[0], content)
        again = compose(shifted(_events(without_tabs, content), base), whole, nodes)
        return tree if again.errors else again
    return tree


def _events(content: str, source: str) -> Iterator[Event]:
    """Yield the events of *content*, which is *source* or differs from it in blanks only."""
    if len(content) > MAX_CHARACTERS:
        yield Refusal(Span(0, 0), f"the front matter is longer than {MAX_CHARACTERS:,} characters")
    elif content.count("[") + content.count("{") > MAX_NODES:
        # ruamel.yaml's scanner takes quadratic time on nested flow collections, so they are counted before.
        yield Refusal(Span(0, 0), "the front matter holds more brackets than anybody reads")
    else:
        yield from _expanded(content, source)


def _expanded(content: str, source: str) -> Iterator[Event]:
    """Yield the first document's events, each alias replaced by what its anchor stands for."""
    anchors = _Anchors(source)
    documents = 0
    for event in _parsed(content):
        kind = type(event).__name__
        documents += kind == "DocumentStartEvent"
        if documents > 1:
            yield Refusal(_span(event), "a second YAML document begins here, where one was expected")
            return
        yield from anchors.follow(event, kind)


def _parsed(content: str) -> Iterator[Any]:
    """Yield ruamel.yaml's events, and a Refusal in the place of whatever it raises."""
    try:
        yield from YAML(typ="safe", pure=True).parse(content)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = mark.index if mark else 0
        yield Refusal(Span(at, min(at + 1, len(content))), f"invalid YAML: {error.problem or error.context}")
    except ReaderError as error:
        at = int(error.position)
        yield Refusal(Span(at, at + 1), f"invalid YAML: the control character U+{ord(content[at]):04X} is not allowed")
    except Exception as error:  # noqa: BLE001 - bad input must never raise, and ruamel.yaml documents no closed set
        yield Refusal(Span(0, 0), f"invalid YAML: {error}")


def _span(event: Any) -> Span:
    return Span(event.start_mark.index, event.end_mark.index)


class _Anchors:
    """Translates events and remembers what each anchor stands for. Undefined ones and cycles are refused."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._known: dict[str, list[Event]] = {}
        self._open: list[tuple[str, int, list[Event]]] = []
        self._depth = 0

    def follow(self, event: Any, kind: str) -> Iterator[Event]:
        if isinstance(event, Refusal):
            yield event
        elif kind == "AliasEvent":
            yield from self._replayed(event)
        elif kind in {"ScalarEvent", "MappingStartEvent", "SequenceStartEvent"}:
            yield self._node(event, kind)
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            yield self._end(event)

    def _node(self, event: Any, kind: str) -> Event:
        if event.anchor:
            self._known.pop(event.anchor, None)
            self._open.append((event.anchor, self._depth, []))
        translated: Event
        if kind == "ScalarEvent":
            translated = self._record(_scalar(event, self._source))
            self._finish()
        else:
            translated = self._record(Start(_span(event), kind == "MappingStartEvent"))
            self._depth += 1
        return translated

    def _end(self, event: Any) -> Event:
        self._depth -= 1
        translated = self._record(End(_span(event)))
        self._finish()
        return translated

    def _replayed(self, event: Any) -> Iterator[Event]:
        if event.anchor not in self._known:
            yield Refusal(_span(event), f"the alias `*{event.anchor}` has no anchor before it")
            return
        for known in self._known[event.anchor]:
            yield self._record(known._replace(span=_span(event)))

    def _record(self, event: Event) -> Event:
        for _, _, events in self._open:
            events.append(event)
        return event

    def _finish(self) -> None:
        while self._open and self._open[-1][1] == self._depth:
            anchor, _, events = self._open.pop()
            self._known[anchor] = events


def _scalar(event: Any, source: str) -> Scalar:
    span = _trimmed(event)
    text = joined_surrogates(event.value)
    if event.style is not None or event.tag:
        return Scalar(span, text, plain=False)
    written = source[span.start : span.end]
    is_altered = len(written) == len(text) and not _LINE_END.search(written)
    return Scalar(span, written if is_altered else text, plain=True)


def _trimmed(event: Any) -> Span:
    """Block and empty scalars are marked up to the next token: end them with what is theirs."""
    start, end = _span(event)
    if event.style in {"|", ">"}:
        end = start + len(event.start_mark.buffer[start:end].rstrip("\r\n \0"))
    elif start == end:
        start = end = len(event.start_mark.buffer[:start].rstrip("\r\n \0"))
    return Span(start, end)


def written(value: Json) -> str:
    """Write *value* as YAML in block style, which YAML 1.1 and 1.2 read alike; texts that are dates have no quotes."""
    writer = YAML()
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = _WIDEST
    parts: list[str] = []
    writer.dump(_quoted(value), SimpleNamespace(write=parts.append, encoding=None))
    return _TRAILING.sub("", "".join(parts))


def _quoted(value: Json) -> Any:
    """Put quotes around each text that a reader of YAML could take for something else."""
    if isinstance(value, dict):
        return {_quoted(key): _quoted(it) for key, it in value.items()}
    if isinstance(value, list):
        return [_quoted(it) for it in value]
    if not isinstance(value, str) or (_PLAIN.fullmatch(value) and value.casefold() not in _WORDS):
        return value
    return _day(value) or DoubleQuotedScalarString(value)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None
