"""What a body is made of: headings, tables, other blocks, and links, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from reglint.syntax.wikilink import Wikilink
from reglint.text import Span

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
    """A table row; *width* is the number of cells that were written, *cells* are as many as the header has."""

    cells: tuple[Cell, ...]
    width: int
    span: Span


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
    """A link of any kind. *wikilink* is there for `[[…]]` and `![[…]]`; *target_span* marks the destination."""

    kind: LinkKind
    target: str
    shown: str
    span: Span
    target_span: Span
    wikilink: Wikilink | None = None


@dataclass(frozen=True, slots=True)
class Body:
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
