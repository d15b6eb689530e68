"""The destination of a Markdown link: its exact place, and how a path is written in one."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from reglint.document import Document
from reglint.lazy import regex
from reglint.syntax.blocks import Link
from reglint.text import Span, is_within

_BARE = r"(?:\\[!-/:-@\[-`{-~]|[^\s\\<>()]|\\(?![!-/:-@\[-`{-~])|\((?:\\.|[^\s\\()])*\))++"
_DESTINATION = rf"(?:<(?P<angled>(?:\\.|[^<>\n\\])*)>|(?P<bare>{_BARE}))"
_TITLE = r"""(?:[ \t\r\n]+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?"""
_INLINE = regex(rf"(?=\]\(\s*{_DESTINATION}{_TITLE}\s*\)\Z)")
_DEFINITION = regex(rf"^[ \t>]*\[(?P<label>(?:\\.|[^\[\]\\])+)\]:[ \t]*(?:\r?\n[ \t>]*)?{_DESTINATION}", re.MULTILINE)
_LABEL = regex(r"\[((?:\\.|[^\[\]\\])*)\]\Z")
_UNIT = regex(r"\\[!-/:-@\[-`{-~]|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w+);|.", re.DOTALL)
_ENTITY = regex(r"&(?=#?\w+;)")
_ENCODED_LETTER = regex(r"%[89A-Fa-f][0-9A-Fa-f]")
# What Markdown, a URL or a template engine would read as something else.
_UNSAFE = regex(r"[\x00-\x1f\x7f%#?<>\\`|:]|\{(?=\{)|\$(?=\{)")


class Destination(NamedTuple):
    """*raw* is how it is written, *read* what it means, percent-encoded still, *offsets* where each letter of it is."""

    raw: str
    read: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the place in the file of what is read from *start* to *end*."""
        return Span(self.offsets[start], self.offsets[end])


class Destinations:
    """Finds the destinations of the links of *doc*, whose definitions are read once for all of them."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc

    def find(self, link: Link) -> Destination | None:
        """Return the destination of *link*; that of a reference is where it is defined. None: it is not to be found."""
        source = self._doc.text[link.span]
        places = _inline(source, link.span.start) if source.endswith(")") else self._defined.get(_label(source), ())
        read = (_read(self._doc.text[it], it) for it in places)
        return next((it for it in read if it.read == link.target), None)

    @cached_property
    def _defined(self) -> Mapping[str, Sequence[Span]]:
        """The places where each label is defined; the first counts."""
        code = [it.span for it in self._doc.body.blocks if it.kind == "code"]
        found: dict[str, list[Span]] = defaultdict(list)
        for match in _DEFINITION.finditer(self._doc.text.content, self._doc.front.body):
            if not is_within(_place(match), code):
                found[_folded(match["label"])].append(_place(match))
        return found


def encoded(text: str, *, like: str) -> str:
    """Write *text* so that it is one destination; *like* is the old one, with its brackets, and sets the manner."""
    is_angled, wants_ascii = like.startswith("<"), bool(_ENCODED_LETTER.search(like))
    found = _ENTITY.sub("%26", _UNSAFE.sub(_percent, text))
    if not is_angled or "%20" in like:
        found = found.replace(" ", "%20")
    if not is_angled and not _is_balanced(found):
        found = found.replace("(", "%28").replace(")", "%29")
    return re.sub(r"[^\x00-\x7f]", _percent, found) if wants_ascii else found


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{it:02X}" for it in match[0].encode())


def _is_balanced(text: str) -> bool:
    depth = 0
    for it in text:
        depth += (it == "(") - (it == ")")
        if depth < 0 or depth > 1:
            return False
    return depth == 0


def _read(raw: str, place: Span) -> Destination:
    inner = raw[1:-1] if raw.startswith("<") else raw
    start = place.start + raw.startswith("<")
    letters, offsets = [], []
    for unit in _UNIT.finditer(inner):
        said = unit[0][1:] if unit[0].startswith("\\") and unit[0] != "\\" else html.unescape(unit[0])
        letters.append(said)
        offsets += [start + unit.start()] * len(said)
    return Destination(raw, "".join(letters), (*offsets, start + len(inner)))


def _inline(source: str, start: int) -> Iterator[Span]:
    """The places within `[shown](…)` that could be the destination, the last first."""
    for match in reversed(list(_INLINE.finditer(source))):
        yield _place(match).shift(start)


def _label(source: str) -> str:
    """Return the label that `[shown][label]`, `[label][]` or `[label]` asks for, folded."""
    label = _LABEL.search(source)
    return _folded((label[1] if label else "") or source.removesuffix("[]").lstrip("!").removeprefix("[")[:-1])


def _place(match: re.Match[str]) -> Span:
    """Return the destination with the brackets around it."""
    if match["bare"] is not None:
        return Span(*match.span("bare"))
    start, end = match.span("angled")
    return Span(start - 1, end + 1)


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
