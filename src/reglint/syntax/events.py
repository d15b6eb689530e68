"""Events of a YAML or JSON reader, and the composer that makes a tree of them within a budget.

The composer is iterative and knows no library: whatever supplies these events can stand in for ruamel.yaml.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reglint.diagnostic import Finding, Path
from reglint.lazy import regex
from reglint.syntax.tree import Duplicate, Json, Place, Plain, Tree, unreadable
from reglint.text import Span

# Budgets against hostile input. Real front matter stays below 1 % of each.
MAX_CHARACTERS = 1 << 20
MAX_DEPTH = 64
MAX_NODES = 10_000
MAX_SCHEMA_NODES = 200_000
_MAX_DIGITS = 300  # a float's range; far below the 4,300 at which int() refuses

WORDS: dict[str, Json] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{it: it for word in ("y", "n", "yes", "no", "on", "off") for it in (word, word.capitalize(), word.upper())},
}
"""What a plain scalar means that some version of YAML takes for nothing, or for a truth value."""
NUMERIC = frozenset("-+.0123456789")
"""How a plain scalar begins that some version of YAML may take for a number or a date."""
_INT = regex(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = regex(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SURROGATE = regex("[\ud800-\udfff]")
_PAIR = regex("[\ud800-\udbff][\udc00-\udfff]")


class Scalar(NamedTuple):
    """*plain*: without quotes and without a tag, so its looks decide what it is."""

    span: Span
    text: str
    plain: bool


class Start(NamedTuple):
    """A mapping (`is_mapping`) or a list begins."""

    span: Span
    is_mapping: bool


class End(NamedTuple):
    """The innermost mapping or list ends."""

    span: Span


class Refusal(NamedTuple):
    """The reader cannot go on, or what it read has no JSON meaning."""

    span: Span
    message: str
    help: str = ""


Event = Scalar | Start | End | Refusal


def compose(events: Iterable[Event], whole: Span, nodes: int = MAX_NODES) -> Tree:
    """Make a tree of the events of one document; *whole* is the place of its root. Never raises."""
    composer = _Composer(nodes)
    for event in events:
        if refusal := composer.take(event):
            error = Finding(refusal.span, refusal.message, help=refusal.help)
            return unreadable(whole, *composer.errors, error)
    composer.places[()] = Place(None, whole)
    return Tree(
        composer.root,
        composer.places,
        tuple(composer.errors),
        tuple(composer.duplicates),
        tuple(composer.plain),
    )


def resolve(text: str) -> Json:
    """Return what a plain scalar means under the core schema of YAML 1.2 (§10.3.2).

    A number that JSON or Python cannot hold (`.nan`, `.inf`, thousands of digits) stays the text it is.
    """
    if text in WORDS:
        return WORDS[text]
    if text[0] in NUMERIC and len(text) <= _MAX_DIGITS:
        if _INT.fullmatch(text):
            return int(text, 0) if text[:2] in {"0x", "0o"} else int(text)
        if _FLOAT.fullmatch(text):
            number = float(text)
            return number if math.isfinite(number) else text
    return text


class _Frame:
    """A mapping or list that is being filled; one that is not *live* hangs below a repeated key and is dropped."""

    __slots__ = ("container", "keys", "live", "path", "pending", "span")

    def __init__(self, container: Json, path: Path, span: Span, live: bool) -> None:
        self.container = container
        self.path = path
        self.span = span
        self.live = live
        self.keys: dict[str, Span] = {}
        self.pending: tuple[Scalar, bool] | None = None


class _Composer:
    """Takes one event after the other; the state of `compose`."""

    def __init__(self, nodes: int) -> None:
        self.root: Json = None
        self.places: dict[Path, Place] = {}
        self.errors: list[Finding] = []
        self.duplicates: list[Duplicate] = []
        self.plain: list[Plain] = []
        self._stack: list[_Frame] = []
        self._budget = nodes
        self._last_end = 0

    def take(self, event: Event) -> Refusal | None:
        """Add *event* to the tree; return a refusal when there is no going on."""
        match event:
            case Refusal():
                return event
            case End():
                self._close(event)
            case Start() | Scalar():
                return self._node(event)
        return None

    def _node(self, event: Start | Scalar) -> Refusal | None:
        self._budget -= 1
        if self._budget < 0:
            return Refusal(event.span, "the front matter holds more values than anybody reads")
        if len(self._stack) >= MAX_DEPTH:
            return Refusal(event.span, f"values are nested more than {MAX_DEPTH} deep")
        if self._expects_key():
            return self._key(event)
        if isinstance(event, Scalar):
            return self._scalar(event)
        self._open(event)
        return None

    def _expects_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1].container, dict) and not self._stack[-1].pending

    def _key(self, event: Start | Scalar) -> Refusal | None:
        if isinstance(event, Start):
            help_ = "put quotes around it if the brackets or braces are meant as text"
            return Refusal(event.span, "a key is a list or a mapping, where a name was expected", help_)
        top = self._stack[-1]
        first = top.keys.setdefault(event.text, event.span)
        if first != event.span:
            self.duplicates.append(Duplicate(event.text, event.span, first))
        if event.plain:
            self.plain.append(Plain((*top.path, event.text), event.span, is_key=True))
        top.pending = (event, first == event.span)
        return _broken_text(event)

    def _open(self, event: Start) -> None:
        container: Json = {} if event.is_mapping else []
        self._stack.append(_Frame(container, *self._put(container, event.span)))

    def _close(self, event: End) -> None:
        frame = self._stack.pop()
        # A block collection's end mark stands at the next token; people see the end of its last value.
        width = event.span.end - event.span.start
        end = event.span.end if width else max(self._last_end, frame.span.end)
        if frame.live:
            self.places[frame.path] = self.places[frame.path]._replace(value=Span(frame.span.start, end))
        self._last_end = max(self._last_end, end)

    def _scalar(self, event: Scalar) -> Refusal | None:
        if event.span.start == event.span.end and self._stack and (pending := self._stack[-1].pending):
            # Nothing stands after the colon: point right behind it, not at the next token.
            event = event._replace(span=Span(*(pending[0].span.end + 1,) * 2))
        path, *_ = self._put(resolve(event.text) if event.plain else event.text, event.span)
        if event.plain:
            self.plain.append(Plain(path, event.span, is_key=False))
        self._last_end = event.span.end
        return _broken_text(event)

    def _put(self, value: Json, span: Span) -> tuple[Path, Span, bool]:
        """Put *value* where it belongs, the first of two equal keys winning; return what a frame for it needs."""
        path: Path = ()
        key: Span | None = None
        live = True
        if not self._stack:
            self.root = value
        elif isinstance(self._stack[-1].container, list):
            path, key, live = self._append(self._stack[-1], value)
        else:
            path, key, live = self._assign(self._stack[-1], value)
        if live:
            self.places[path] = Place(key, span)
        return path, span, live

    def _append(self, top: _Frame, value: Json) -> tuple[Path, Span | None, bool]:
        top.container.append(value)
        return (*top.path, len(top.container) - 1), None, top.live

    def _assign(self, top: _Frame, value: Json) -> tuple[Path, Span | None, bool]:
        assert top.pending, "a mapping's value follows its key"
        (key, is_first), top.pending = top.pending, None
        if is_first:
            top.container[key.text] = value
        return (*top.path, key.text), key.span, top.live and is_first


def _broken_text(event: Scalar) -> Refusal | None:
    if _SURROGATE.search(event.text):
        return Refusal(event.span, "the text holds half of a surrogate pair, which is no character")
    return None


def joined_surrogates(text: str) -> str:
    r"""Join `\ud83d\ude00`, as JSON writes characters beyond the BMP, into the one character that is meant."""
    return _PAIR.sub(lambda it: it[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def shifted(events: Iterable[Event], by: int) -> Iterator[Event]:
    """Move every event *by* code points, from its place in a part to its place in the file."""
    return (event._replace(span=event.span.shift(by)) for event in events)
