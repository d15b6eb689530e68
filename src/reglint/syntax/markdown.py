"""The body of a document: blocks and links, each with its place. CommonMark and GFM tables by pulldown-cmark.

This is the only file that knows pyromark. Its ranges are UTF-8 bytes; what leaves this file is code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any

import pyromark

from reglint.lazy import regex
from reglint.syntax import dialect, links, markup, tables, wikilink
from reglint.syntax.blocks import Block, BlockKind, Body, Heading, Link, Table
from reglint.syntax.offsets import code_points
from reglint.syntax.source import Extent, Source
from reglint.text import Span, Text, is_within, make

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_WIKILINKS
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_MATH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_STRIKETHROUGH
)
_PARSER = pyromark.Markdown(options=_OPTIONS)
_QUOTE_MARK = regex(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_BLOCK_ID = regex(r"(?:^|[ \t])\^([A-Za-z0-9-]+)[ \t]*$")
Events = Iterable[tuple[Any, Extent]]
_INLINE = frozenset({"Code", "FootnoteReference", "InlineMath", "DisplayMath", "InlineHtml"})


def read(text: Text, start: int) -> Body:
    """Read the Markdown that begins at code point *start* of *text*; never raises."""
    body = text.content[start:]
    readable = dialect.readable(body)
    reader = _Reader(Source(text.content, readable, start, code_points(body, start)))
    events: Events = _PARSER.events_with_range(readable)  # type: ignore[assignment]  # as one kind of mapping
    reader.take(reader.noting_marks(events) if "^" in readable or "%%" in readable else events)
    return reader.body()


class _Container:
    """An item, quote or footnote that has begun; its own text, in bytes, ends where another block within it begins."""

    __slots__ = ("end", "is_own", "kind", "start")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.start = self.end = -1
        self.is_own = True


class _Reader:
    """Takes the parser's events.

    Inline content is gathered as a *run*, with what it says as *plain* text, until the block that it stands in ends, or
    another one begins; a table's cells until their row ends.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._containers: list[_Container] = []
        self._run: list[Extent] = []
        self._plain: list[str] = []
        self._cells: list[Extent] = []
        self._rows: list[tables.Found] = []
        self._begun: list[Any] = []  # links and code blocks, whose beginning says what their end does not
        self._is_code = False
        self._headings: list[Heading] = []
        self._tables: list[Table] = []
        self._blocks: list[Block] = []
        self._links: list[Link] = []
        self._block_ids: list[str] = []
        self._anchors: list[str] = []
        self._code_spans: list[Span] = []
        self._html_comments: list[Span] = []
        self._comment_marks: list[int] = []

    def body(self) -> Body:
        marks = self._comment_marks
        hidden = [Span(a, b + len("%%")) for a, b in zip(marks[::2], marks[1::2], strict=False)]
        return Body(
            tuple(self._headings),
            tuple(self._tables),
            tuple(sorted(self._blocks, key=attrgetter("span"))),
            tuple(it for it in self._links if not is_within(it.span, hidden)) if hidden else tuple(self._links),
            tuple(self._block_ids),
            tuple(self._anchors),
            tuple(sorted(self._html_comments + hidden)),
            tuple(self._code_spans),
        )

    def take(self, events: Events) -> None:
        """Take all *events*: each a name, or a name with its data, which is a name or one with data in turn."""
        run, plain, cells = self._run, self._plain, self._cells
        begin, end = _BEGINNINGS.get, _ENDINGS.get
        for event, extent in events:
            if "Text" in event:
                if not cells:
                    run.append(extent)
                    plain.append(event["Text"])
            elif "End" in event:
                data = event["End"]
                if handle := end(data if data.__class__ is str else next(iter(data))):
                    handle(self, data, extent)
            elif "Start" not in event:
                self._single(event, extent)
            elif (data := event["Start"]) == "TableCell":
                cells.append(extent)
            elif handle := begin(data if data.__class__ is str else next(iter(data))):
                handle(self, data, extent)

    def noting_marks(self, events: Events) -> Events:
        """Pass *events* on; note in them Obsidian's block ids and comment marks, neither of which CommonMark knows."""
        for event, extent in events:
            if "Text" in event and not self._is_code:
                source, span = self._source.whole(extent)
                self._comment_marks.extend(span.start + it.start() for it in re.finditer("%%", source))
                if found := _BLOCK_ID.search(event["Text"]):
                    self._block_ids.append(found[1])
            yield event, extent

    def _single(self, event: Any, extent: Extent) -> None:
        """Take what neither begins nor ends anything."""
        if event.__class__ is not str:
            [(kind, data)] = event.items()
            self._inline(kind, data, extent)
        elif event != "Rule":
            self._plain.append(" ")  # a line break
        elif not self._containers:
            self._block("rule", extent["start"], extent["end"])

    def _inline(self, kind: str, data: Any, extent: Extent) -> None:
        if kind not in _INLINE:
            return
        self._run.append(extent)
        self._plain.append(data if kind == "Code" else " ")
        if kind == "Code":
            self._code_spans.append(self._source.whole(extent)[1])
        elif kind == "InlineHtml":
            self._markup(*self._source.whole(extent))

    def hold(self, _data: Any, extent: Extent) -> None:
        """Let the run hold what it begins or ends with."""
        self._run.append(extent)

    def begin_link(self, data: Any, extent: Extent) -> None:
        self._run.append(extent)
        self._begun.append(data)

    def begin(self, _data: Any, _extent: Extent) -> None:
        """A paragraph or heading; what an item says before it has no block of its own."""
        if self._run:
            self._end_run()

    def begin_nested(self, _data: Any, _extent: Extent) -> None:
        """What follows a nested block is no longer the item's own text."""
        self._end_run()
        if self._containers:
            self._containers[-1].is_own = False

    def begin_code(self, data: Any, extent: Extent) -> None:
        self.begin_nested(data, extent)
        self._begun.append(data["CodeBlock"])
        self._is_code = True

    def begin_container(self, data: Any, extent: Extent) -> None:
        [kind] = data if data.__class__ is dict else (data,)
        begin = self.begin_nested if kind == "BlockQuote" else self.begin
        begin(data, extent)
        self._containers.append(_Container(kind))

    def _end_run(self) -> tuple[int, int] | None:
        """Hand the run to what it is the text of, and return where it stands."""
        run = self._run
        if not run:
            return None
        start, end = run[0]["start"], run[-1]["end"]
        run.clear()
        self._plain.clear()
        if self._containers and (it := self._containers[-1]).is_own:
            it.start, it.end = start if it.start < 0 else it.start, max(end, it.end)
        return start, end

    def end_link(self, tag: str, extent: Extent) -> None:
        self._run.append(extent)
        self._links += links.links(tag, self._begun.pop()[tag], *self._source.whole(extent))

    def end_code(self, _tag: Any, extent: Extent) -> None:
        self.drop_run(_tag, extent)
        kind = self._begun.pop()
        self._is_code = False
        text, span = self._source.stripped(extent["start"], extent["end"])
        info = kind.get("Fenced", "") if isinstance(kind, dict) else ""
        self._blocks.append(Block("code", text, span, info))

    def drop_run(self, _tag: Any, _extent: Extent) -> None:
        self._run.clear()
        self._plain.clear()

    def end_html(self, _tag: Any, extent: Extent) -> None:
        self._block("html", extent["start"], extent["end"])
        self._markup(*self._source.whole(extent))

    def _markup(self, html: str, span: Span) -> None:
        self._html_comments.extend(markup.comments(html, span.start))
        self._anchors.extend(markup.ids(html))

    def _block(self, kind: BlockKind, start: int, end: int) -> None:
        self._blocks.append(make(Block, (kind, *self._source.stripped(start, end), "")))

    def end_item(self, _tag: Any, extent: Extent) -> None:
        self._end_run()
        it = self._containers.pop()
        start = extent["start"] if it.start < 0 else it.start
        self._block("item", start, max(start, it.end))

    def end_paragraph(self, _tag: Any, extent: Extent) -> None:
        start, end = self._end_run() or (extent["start"], extent["end"])
        outer = self._containers[-1] if self._containers else None
        if outer is None or (outer.kind == "Item" and not outer.is_own):
            self._block("paragraph", start, end)
        elif outer.kind == "Item":
            outer.is_own = False
        elif outer.kind == "FootnoteDefinition":
            self._block("footnote", start, end)

    def end_footnote(self, _tag: Any, _extent: Extent) -> None:
        self._containers.pop()

    def end_quote(self, _tag: Any, extent: Extent) -> None:
        it = self._containers.pop()
        if not any(outer.kind == "BlockQuote" for outer in self._containers):
            _, whole = self._source.stripped(extent["start"], extent["end"])
            inner = Span(whole.end if it.start < 0 else self._source.point(it.start), whole.end)
            self._blocks.append(
                Block("quote", _QUOTE_MARK.sub("", self._source.content[inner.start : inner.end]), inner)
            )

    def end_heading(self, tag: Any, extent: Extent) -> None:
        plain = "".join(self._plain).replace(wikilink.MASK, " ").strip()
        start, end = self._end_run() or (extent["end"], extent["end"])
        text, span = self._source.whole({"start": start, "end": end})
        _, line = self._source.stripped(extent["start"], extent["end"])
        level, is_nested = int(tag["Heading"][1]), bool(self._containers)
        self._headings.append(make(Heading, (level, text, plain, span, line, is_nested)))
        if "{#" in plain:
            self._anchors.extend(markup.heading_ids(plain))

    def end_row(self, _tag: Any, extent: Extent) -> None:
        self._rows.append(make(tables.Found, (extent, tuple(self._cells))))
        self._cells.clear()

    def end_table(self, _tag: Any, extent: Extent) -> None:
        self.drop_run(_tag, extent)
        self._tables.append(tables.table(self._source, extent, self._rows))
        self._rows.clear()


_Handler = Callable[[_Reader, Any, Extent], None]
_BEGINNINGS: Mapping[str, _Handler] = {
    **dict.fromkeys(("Emphasis", "Strong", "Strikethrough"), _Reader.hold),
    **dict.fromkeys(("Link", "Image"), _Reader.begin_link),
    **dict.fromkeys(("Paragraph", "Heading"), _Reader.begin),
    **dict.fromkeys(("List", "Table", "HtmlBlock"), _Reader.begin_nested),
    **dict.fromkeys(("Item", "BlockQuote", "FootnoteDefinition"), _Reader.begin_container),
    "CodeBlock": _Reader.begin_code,
}
"""What begins, with the parser's data of it."""
_ENDINGS: Mapping[str, _Handler] = {
    **dict.fromkeys(("Emphasis", "Strong", "Strikethrough"), _Reader.hold),
    **dict.fromkeys(("Link", "Image"), _Reader.end_link),
    **dict.fromkeys(("TableHead", "TableRow"), _Reader.end_row),
    "CodeBlock": _Reader.end_code,
    "HtmlBlock": _Reader.end_html,
    "Table": _Reader.end_table,
    "Heading": _Reader.end_heading,
    "Paragraph": _Reader.end_paragraph,
    "Item": _Reader.end_item,
    "BlockQuote": _Reader.end_quote,
    "FootnoteDefinition": _Reader.end_footnote,
}
