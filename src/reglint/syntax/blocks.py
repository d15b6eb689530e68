"""What a body is made of: headings, tables, other blocks, and links, each with its place."""

from __future__ import annotations

from typing import Literal, NamedTuple

from reglint.syntax.wikilink import Wikilink
from reglint.text import BLANKS, Span, make

LinkKind = Literal["wikilink", "embed", "markdown", "image", "autolink"]
BlockKind = Literal["paragraph", "item", "quote", "code", "html", "rule", "footnote"]


class Heading(NamedTuple):
    """*text* is the source between the marks, *plain* what a reader sees of it; *is_nested*: in a list or quote."""

    level: int
    text: str
    plain: str
    span: Span
    line: Span
    is_nested: bool


class Cell(NamedTuple):
    r"""A cell's source without the blanks around it, `\|` read as `|`."""

    text: str
    span: Span


class Row(NamedTuple):
    """A table row, as many cells as the header has; *width* is the number of cells that were written.

    *texts* are those of the cells, *pieces* their source with the blanks around it, of which the first one stands at
    *start*, and each next one behind a pipe.
    """

    texts: tuple[str, ...]
    width: int
    span: Span
    start: int
    pieces: tuple[str, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells with their places; one that is not there stands at the end of the row."""
        cells = []
        at, most = self.start, self.span.end
        for text, piece in zip(self.texts, self.pieces, strict=True):
            inner = piece.strip(BLANKS)
            start = min(at + piece.find(inner), most)
            cells.append(make(Cell, (text, make(Span, (start, min(start + len(inner), most))))))
            at += len(piece) + 1
        return tuple(cells)


class Table(NamedTuple):
    """A GFM table; *pipes* are those inside `[[…|…]]` that renderers take for the end of a cell."""

    header: Row
    rows: tuple[Row, ...]
    pipes: tuple[Span, ...]
    span: Span


class Block(NamedTuple):
    """Any other block. *text* is its own source (a list item's without nested items); *info* a fence's info string."""

    kind: BlockKind
    text: str
    span: Span
    info: str = ""


class Link(NamedTuple):
    """A link of any kind, *source* as it is written, empty where quotes hide that.

    *wikilink* is there for `[[…]]` and `![[…]]`.
    """

    kind: LinkKind
    target: str
    shown: str
    span: Span
    source: str
    wikilink: Wikilink | None = None

    @property
    def target_span(self) -> Span:
        """Where the destination stands; the whole link if it is written elsewhere, or in another way."""
        if self.wikilink and self.source:
            return self.wikilink.target_span
        at = self.source.rfind(self.target) if self.source else -1
        return Span(at, at + len(self.target)).shift(self.span.start) if at >= 0 else self.span


class Body(NamedTuple):
    """Everything that reglint reads in a body, in document order.

    *comments* are HTML's and Obsidian's, *anchors* the ids that HTML or `{#…}` behind a heading sets.
    """

    headings: tuple[Heading, ...]
    tables: tuple[Table, ...]
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    block_ids: tuple[str, ...]
    anchors: tuple[str, ...]
    comments: tuple[Span, ...]
    code_spans: tuple[Span, ...]
