"""The body of a document: blocks and links, each with its place. CommonMark and GFM tables by pulldown-cmark.

This is the only file that knows pyromark. Its ranges are UTF-8 bytes; what leaves this file is code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import pyromark

from reglint.syntax import dialect, markup, wikilink
from reglint.syntax.blocks import Block, BlockKind, Body, Cell, Heading, Link, LinkKind, Row, Table
from reglint.text import Span, Text, is_within

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_WIKILINKS
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_MATH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_STRIKETHROUGH
)
_PARSER = pyromark.Markdown(options=_OPTIONS)
_CONTINUATION = range(0x80, 0xC0)  # the bytes of UTF-8 that begin no character
_IS_CHARACTER_START = bytes(byte not in _CONTINUATION for byte in range(256))
_QUOTE_MARK = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_BLOCK_ID = re.compile(r"(?:^|[ \t])\^([A-Za-z0-9-]+)[ \t]*$")
_INLINE = frozenset(
    {"Text", "Code", "FootnoteReference", "InlineMath", "DisplayMath", "InlineHtml", "SoftBreak", "HardBreak"}
)


def read(text: Text, start: int) -> Body:
    """Read the Markdown that begins at code point *start* of *text*; never raises."""
    source = text.content[start:]
    reader = _Reader(text, _offsets(source, start))
    for event, extent in _PARSER.events_with_range(dialect.readable(source)):
        reader.take(event, reader.span(extent))
    return reader.body()


def _offsets(source: str, start: int) -> Callable[[int], int]:
    """Return the function from UTF-8 byte offsets in *source* to code points in the file."""
    if source.isascii():
        return lambda at: start + at
    starts = source.encode("utf-8", "surrogatepass").translate(_IS_CHARACTER_START)
    points = [start, *accumulate(starts, initial=start)][1:]
    return points.__getitem__


@dataclass
class _Open:
    """A container that has begun; *inner* grows to hold its own inline content."""

    kind: str
    span: Span
    data: Any
    inner: Span | None = None
    plain: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    own: bool = True

    def grow(self, span: Span) -> None:
        self.inner = Span(self.inner.start, max(span.end, self.inner.end)) if self.inner else span


_LEAVES = frozenset({"Paragraph", "Heading", "TableCell"})
_CONTAINERS = frozenset({"Item", "BlockQuote", "FootnoteDefinition"})
_HOLDERS = _LEAVES | _CONTAINERS


class _Reader:
    """Takes one event after the other."""

    def __init__(self, text: Text, offset: Callable[[int], int]) -> None:
        self._text = text
        self._offset = offset
        self._stack: list[_Open] = []
        self._holders: list[_Open] = []  # those on the stack that hold inline content
        self._headings: list[Heading] = []
        self._tables: list[Table] = []
        self._blocks: list[Block] = []
        self._links: list[Link] = []
        self._block_ids: list[str] = []
        self._anchors: list[str] = []
        self._code_spans: list[Span] = []
        self._html_comments: list[Span] = []
        self._comment_marks: list[int] = []
        self._endings: Mapping[str, Callable[[_Open], None]] = {
            "Heading": self._heading,
            "Table": self._table,
            "TableCell": self._cell,
            "TableHead": self._row,
            "TableRow": self._row,
            "Link": self._link,
            "Image": self._link,
            "CodeBlock": self._code,
            "HtmlBlock": self._html,
            "Paragraph": self._paragraph,
            "Item": self._item,
            "BlockQuote": self._quote,
        }

    def span(self, extent: Any) -> Span:
        return Span(self._offset(extent["start"]), self._offset(extent["end"]))

    def body(self) -> Body:
        marks = self._comment_marks
        hidden = [Span(a, b + len("%%")) for a, b in zip(marks[::2], marks[1::2], strict=False)]
        links = (it for it in self._links if not is_within(it.span, hidden))
        blocks = sorted(self._blocks, key=lambda it: it.span)
        return Body(
            tuple(self._headings),
            tuple(self._tables),
            tuple(blocks),
            tuple(links),
            tuple(self._block_ids),
            tuple(self._anchors),
            tuple(sorted(self._html_comments + hidden)),
            tuple(self._code_spans),
        )

    def take(self, event: Any, span: Span) -> None:
        kind, data = _named(event)
        if kind == "Start":
            self._start(*_named(data), span)
        elif kind == "End":
            self._end()
        elif kind == "Rule" and not self._stack:
            self._blocks.append(Block("rule", self._text[self._text.strip(span)], self._text.strip(span)))
        elif kind in _INLINE:
            self._inline(kind, data, span)

    def _start(self, kind: str, data: Any, span: Span) -> None:
        if kind in {"Link", "Image", "Emphasis", "Strong", "Strikethrough"}:
            self._grow(span)
        elif kind in {"List", "CodeBlock", "HtmlBlock", "BlockQuote", "Table"} and self._stack:
            # What follows a nested block is no longer the item's own text.
            self._stack[-1].own = False
        opened = _Open(kind, span, data)
        self._stack.append(opened)
        if kind in _HOLDERS:
            self._holders.append(opened)

    def _inline(self, kind: str, data: Any, span: Span) -> None:
        if kind not in {"SoftBreak", "HardBreak"}:
            self._grow(span)
        for it in self._holders:
            if it.kind == "Heading":
                it.plain.append(data.replace(wikilink.MASK, " ") if kind in {"Text", "Code"} else " ")
        if kind == "Code":
            self._code_spans.append(span)
        elif kind == "InlineHtml":
            self._markup(span)
        elif kind == "Text":
            self._marks(data, span)

    def _marks(self, data: str, span: Span) -> None:
        """Note Obsidian's block ids and comment marks, neither of which CommonMark knows."""
        if self._stack and self._stack[-1].kind == "CodeBlock":
            return
        if found := _BLOCK_ID.search(data):
            self._block_ids.append(found[1])
        self._comment_marks.extend(span.start + it.start() for it in re.finditer("%%", self._text[span]))

    def _grow(self, span: Span) -> None:
        """Let the innermost block, and the item or quote that it is the first paragraph of, hold *span*."""
        for it in reversed(self._holders):
            if it.kind in _LEAVES or it.own:
                it.grow(span)
            if it.kind in _CONTAINERS:
                return

    def _end(self) -> None:
        it = self._stack.pop()
        if self._holders and self._holders[-1] is it:
            self._holders.pop()
        if handle := self._endings.get(it.kind):
            handle(it)

    def _code(self, it: _Open) -> None:
        info = it.data.get("Fenced", "") if isinstance(it.data, dict) else ""
        span = self._text.strip(it.span)
        self._blocks.append(Block("code", self._text[span], span, info))

    def _html(self, it: _Open) -> None:
        self._block("html", it.span)
        self._markup(it.span)

    def _markup(self, span: Span) -> None:
        self._html_comments.extend(markup.comments(self._text, span))
        self._anchors.extend(markup.ids(self._text[span]))

    def _item(self, it: _Open) -> None:
        self._block("item", it.inner or Span(it.span.start, it.span.start))

    def _block(self, kind: BlockKind, span: Span) -> None:
        inner = self._text.strip(span)
        self._blocks.append(Block(kind, self._text[inner], inner))

    def _paragraph(self, it: _Open) -> None:
        outer = next((o.kind for o in reversed(self._stack) if o.kind in _CONTAINERS), None)
        if outer == "Item" and self._stack[-1].own:
            self._stack[-1].own = False
        elif outer == "FootnoteDefinition":
            self._block("footnote", it.inner or it.span)
        elif outer != "BlockQuote":
            self._block("paragraph", it.inner or it.span)

    def _quote(self, it: _Open) -> None:
        if any(o.kind == "BlockQuote" for o in self._stack):
            return
        whole = self._text.strip(it.span)
        inner = Span(it.inner.start if it.inner else whole.end, whole.end)
        self._blocks.append(Block("quote", _QUOTE_MARK.sub("", self._text[inner]), inner))

    def _heading(self, it: _Open) -> None:
        inner = it.inner or Span(it.span.end, it.span.end)
        level = int(it.data["level"][1:])
        nested = bool(self._stack)
        plain = "".join(it.plain).strip()
        self._anchors.extend(markup.heading_ids(plain))
        self._headings.append(Heading(level, self._text[inner], plain, inner, self._text.strip(it.span), nested))

    def _cell(self, it: _Open) -> None:
        row = self._stack[-1]
        inner = self._text.strip(it.span)
        row.cells.append(Cell(self._text[inner].replace("\\|", "|"), inner))

    def _row(self, it: _Open) -> None:
        span = self._text.strip(it.span)
        cells = (cell._replace(span=Span(*(min(at, span.end) for at in cell.span))) for cell in it.cells)
        ends = wikilink.cell_ends(self._text[span])
        width = len(ends) + (not ends or ends[-1] + 1 < span.end - span.start)
        self._stack[-1].rows.append(Row(tuple(cells), width, span))

    def _table(self, it: _Open) -> None:
        span = self._text.strip(it.span)
        header, *rows = it.rows
        pipes = tuple(pipe for row in it.rows for pipe in self._unescaped(row.span))
        self._tables.append(Table(header, tuple(rows), pipes, span))

    def _unescaped(self, row: Span) -> Iterator[Span]:
        for link in wikilink.find(self._text[row]):
            if link.pipe and link.pipe.end - link.pipe.start == 1:
                yield link.pipe.shift(row.start)

    def _link(self, it: _Open) -> None:
        source = self._text[it.span]
        if isinstance(it.data["link_type"], dict):
            for found in wikilink.find(source):
                moved = found.shift(it.span.start)
                kind: LinkKind = "embed" if found.is_embed else "wikilink"
                self._links.append(Link(kind, found.target, found.shown or "", it.span, moved.target_span, moved))
        elif it.data["link_type"] != "Email":
            self._links.extend(self._linked_embed(it.span, source))
            self._links.append(self._markdown_link(it, source))

    @staticmethod
    def _linked_embed(span: Span, source: str) -> Iterator[Link]:
        """The embed that a link shows, if it shows nothing else."""
        shown = dialect.LINKED_EMBED.match(source, 1)
        for found in wikilink.find(source[1 : shown.end()]) if shown else ():
            moved = found.shift(span.start + 1)
            yield Link("embed", found.target, found.shown or "", moved.span, moved.target_span, moved)

    def _markdown_link(self, it: _Open, source: str) -> Link:
        target = it.data["dest_url"]
        is_auto = it.data["link_type"] == "Autolink"
        at = source.rfind(target)
        place = Span(at, at + len(target)).shift(it.span.start) if at >= 0 else it.span
        kind: LinkKind = "image" if it.kind == "Image" else "autolink" if is_auto else "markdown"
        shown = source[source.find("[") + 1 : max(source.rfind("]("), 0)]
        return Link(kind, target, target if is_auto else shown, it.span, place)


def _named(event: Any) -> tuple[str, Any]:
    """An event or tag is a bare name, or a mapping of its name to its data."""
    if isinstance(event, str):
        return event, None
    [(name, data)] = event.items()
    return name, data
