"""The tables of a body: rows and cells with their places, and what renderers take for the end of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reglint.syntax import wikilink
from reglint.syntax.blocks import Row, Table
from reglint.syntax.source import Extent, Source
from reglint.text import BLANKS, Span, make


class Found(NamedTuple):
    """Where the parser found a row, and its cells."""

    row: Extent
    cells: Sequence[Extent]


def table(source: Source, extent: Extent, found: Sequence[Found]) -> Table:
    """Return the table at *extent* whose rows the parser *found*."""
    text, span = source.stripped(extent["start"], extent["end"])
    shown = source.shown(span) if "[[" in text else text
    header, *rows = _rows(source, span.start, text, shown, found)
    # Pipes that the parser was not shown stand in wikilinks; those that nothing escapes are no pipes to it.
    is_hiding = shown is not text and _pipes(shown) < _pipes(text)
    pipes = tuple(pipe for it in (header, *rows) for pipe in _unescaped(source, it.span)) if is_hiding else ()
    return make(Table, (header, tuple(rows), pipes, span))


def _rows(source: Source, start: int, text: str, shown: str, found: Sequence[Found]) -> Iterator[Row]:
    """Yield the rows of the table that stands at *start*, line by line where each line is a row."""
    lines = text.split("\n")
    seen = lines if shown is text else shown.split("\n")
    it = iter(found)
    for i, line in enumerate(lines) if len(lines) == len(found) + 1 else ():
        if i != 1:  # the dashes below the header
            row, cells = next(it)
            yield _plain_row(start, line, seen[i], cells) or _row(source, row, cells)
        start += len(line) + 1
    yield from (_row(source, *rest) for rest in it)


def _plain_row(start: int, line: str, shown: str, cells: Sequence[Extent]) -> Row | None:
    """Return the row that *line* is, if what the parser was *shown* of it leaves no doubt about its cells.

    Only a pipe ends a cell: where there are as many cells as pipes allow, what stands between pipes is a cell.
    """
    pieces = shown.split("|")
    end, begin = pieces.pop(), pieces.pop(0) if pieces else ""
    last = cells[-1]
    if len(pieces) != len(cells) or "\\" in shown or (begin + end).strip(BLANKS) or last["start"] == last["end"]:
        return None
    first = start + len(begin)
    written = pieces if shown == line else list(_cut(line, len(begin), pieces))
    span = make(Span, (first, start + len(shown) - len(end)))
    return make(Row, (_texts(written, line), len(written), span, first + 1, tuple(written)))


def _cut(line: str, at: int, pieces: Iterable[str]) -> Iterator[str]:
    """Yield of *line*, from the pipe at *at* on, what stands where *pieces* do."""
    for piece in pieces:
        yield line[at + 1 : at + 1 + len(piece)]
        at += 1 + len(piece)


def _texts(pieces: Iterable[str], source: str) -> tuple[str, ...]:
    texts = [it.strip(BLANKS) for it in pieces]
    return tuple([it.replace("\\|", "|") for it in texts] if "\\" in source else texts)


def _row(source: Source, extent: Extent, cells: Sequence[Extent]) -> Row:
    text, span = source.stripped(extent["start"], extent["end"])
    shown = source.shown(span) if "[[" in text else text
    inner = shown.count("|", 1) - shown.count("\\|")
    is_closed = shown.endswith("|") and not shown.endswith("\\|")  # the pipes at either end are optional
    pieces = tuple(source.whole(it)[0] for it in cells)
    start = source.point(cells[0]["start"])
    return Row(_texts(pieces, text), inner + (not inner or not is_closed), span, start, pieces)


def _pipes(text: str) -> int:
    return text.count("|") - text.count("\\|")


def _unescaped(source: Source, row: Span) -> Iterator[Span]:
    for link in wikilink.find(source.content[row.start : row.end], row.start):
        if link.pipe and link.pipe.end - link.pipe.start == 1:
            yield link.pipe
