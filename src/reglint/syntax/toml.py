"""TOML: the standard library says what it means, a scan of the valid text says where everything stands.

No library at hand gives places: tomllib has none, and tomlkit keeps them to itself.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from reglint.diagnostic import Finding, Path
from reglint.lazy import regex
from reglint.syntax.events import MAX_DEPTH, MAX_NODES
from reglint.syntax.tree import Json, Place, Tree, unreadable
from reglint.text import Span

_BLANK = regex(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE = regex(r"[ \t]*")
_STRING = regex(
    r'"""(?:[^\\]|\\.)*?"{3,5}|' r"'''.*?'{3,5}|" r'"(?:[^"\\\n]|\\.)*"|' r"'[^'\n]*'",
    re.DOTALL,
)
_BARE_KEY = regex(r"[A-Za-z0-9_-]+")
_BARE_VALUE = regex(r"[^,\]}#\r\n]+")
_ERROR_AT = regex(r"\(at line (\d+), column (\d+)\)")


def read(content: str, base: int = 0) -> Tree:
    """Read TOML 1.0 that stands at *base* in its file; dates stay the text they are. Never raises."""
    whole = Span(base, base + len(content))
    try:
        value = tomllib.loads(content.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        return unreadable(whole, _error(str(error), content, base))
    except (ValueError, RecursionError) as error:
        return unreadable(whole, Finding(Span(base, base), f"invalid TOML: {error}"))
    scan = _Scan(content)
    scan.document()
    places = {path: Place(_moved(it.key, base), it.value.shift(base)) for path, it in scan.places.items()}
    places[()] = Place(None, whole)
    if len(places) > MAX_NODES or max(map(len, places)) > MAX_DEPTH:
        return unreadable(
            whole, Finding(Span(base, base), "invalid TOML: more values, or deeper ones, than anybody reads")
        )
    return Tree(_as_json(value, (), places, content, base), places)


def _error(message: str, content: str, base: int) -> Finding:
    said = _ERROR_AT.sub("", message).strip()
    at = len(content)
    if found := _ERROR_AT.search(message):
        line, column = int(found[1]), int(found[2])
        starts = [0, *(it.end() for it in re.finditer("\n", content))]
        at = min(starts[line - 1] + column - 1, len(content))
    return Finding(Span(base + at, base + min(at + 1, len(content))), f"invalid TOML: {said[:1].lower()}{said[1:]}")


def _moved(span: Span | None, by: int) -> Span | None:
    return span.shift(by) if span else None


def _as_json(value: Any, path: Path, places: Mapping[Path, Place], content: str, base: int) -> Json:
    """Keep JSON values; a date, time, infinity or NaN becomes the text that stands in the file."""
    match value:
        case dict():
            return {name: _as_json(it, (*path, name), places, content, base) for name, it in value.items()}
        case list():
            return [_as_json(it, (*path, i), places, content, base) for i, it in enumerate(value)]
        case datetime() | date() | time():
            return content[places[path].value.start - base : places[path].value.end - base]
        case float() if not math.isfinite(value):
            return content[places[path].value.start - base : places[path].value.end - base]
    return value


class _Scan:
    """Walks over *valid* TOML and notes every place."""

    def __init__(self, content: str) -> None:
        self.places: dict[Path, Place] = {}
        self._content = content
        self._at = 0
        self._tables: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        self._skip(_BLANK)
        while self._at < len(self._content):
            if self._content[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> Span:
        start = self._at
        if found := pattern.match(self._content, start):
            self._at = found.end()
        return Span(start, self._at)

    def _header(self) -> Path:
        """`[a.b]` or `[[a.b]]`; return the path that the following pairs belong to.

        A name that is an array of tables is followed by the index of its current element.
        """
        start = self._at
        is_array = self._content.startswith("[[", start)
        self._at += 1 + is_array
        steps = self._keys("]")
        self._at += 1 + is_array
        header = Span(start, self._at)
        path: Path = ()
        for i, (name, key) in enumerate(steps):
            path = (*path, name)
            if is_array and i == len(steps) - 1:
                self._tables[path] = self._tables.get(path, -1) + 1
            self.places.setdefault(path, Place(key, header))
            if path in self._tables:
                path = (*path, self._tables[path])
                self.places.setdefault(path, Place(key, header))
        return path

    def _keys(self, end: str) -> list[tuple[str, Span]]:
        """A dotted key up to *end*."""
        steps = []
        self._skip(_SPACE)
        while self._content[self._at] != end:
            quoted = self._content[self._at] in "\"'"
            span = self._skip(_STRING if quoted else _BARE_KEY)
            name = self._content[span.start : span.end]
            steps.append((_text(name) if quoted else name, span))
            self._skip(_SPACE)
            if self._content[self._at] == ".":
                self._at += 1
                self._skip(_SPACE)
        return steps

    def _pair(self, table: Path) -> None:
        steps = self._keys("=")
        self._at += 1
        self._skip(_SPACE)
        path = (*table, *(name for name, _ in steps))
        value = self._value(path)
        for depth, (_, key) in enumerate(steps, len(table) + 1):
            self.places.setdefault(path[:depth], Place(key, Span(key.start, value.end)))
        self.places[path] = Place(steps[-1][1], value)

    def _value(self, path: Path) -> Span:
        start = self._at
        match self._content[start]:
            case '"' | "'":
                return self._skip(_STRING)
            case "[":
                self._array(path)
            case "{":
                self._inline_table(path)
            case _:
                span = self._skip(_BARE_VALUE)
                width = len(self._content[span.start : span.end].rstrip(" \t"))
                return Span(start, start + width)
        return Span(start, self._at)

    def _array(self, path: Path) -> None:
        self._at += 1
        index = 0
        self._skip(_BLANK)
        while self._content[self._at] != "]":
            place = (*path, index)
            self.places[place] = Place(None, self._value(place))
            index += 1
            self._separator()
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        self._skip(_BLANK)
        while self._content[self._at] != "}":
            self._pair(path)
            self._separator()
        self._at += 1

    def _separator(self) -> None:
        self._skip(_BLANK)
        if self._content[self._at] == ",":
            self._at += 1
            self._skip(_BLANK)


def _text(quoted: str) -> str:
    """What a quoted key says."""
    return str(next(iter(tomllib.loads(f"{quoted} = 0"))))
