"""Whether a document is the same before and after, but for what was edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reglint.document import Document
from reglint.edits import Edit, Shift
from reglint.syntax import wikilink
from reglint.syntax.tree import Json
from reglint.text import Span, is_within


class Piece(NamedTuple):
    """A part of a document: what it is, and where it stands."""

    what: str
    span: Span


def is_same(old: Document, new: Document, edits: Sequence[Edit]) -> bool:
    """Tell whether *new*, which is *old* with *edits*, has the same parts in the same places, and says the same.

    Where the edits lead links to is not asked here.
    """
    shift = Shift(edits)
    before = [Piece(it.what, shift.moved(it.span)) for it in _pieces(old, [it.span for it in edits])]
    after = list(_pieces(new, shift.places))
    same_ids = (old.body.block_ids, old.body.anchors) == (new.body.block_ids, new.body.anchors)
    same_front = _said(old.frontmatter) == _said(new.frontmatter) and bool(old.front.tree.errors) == bool(
        new.front.tree.errors
    )
    return before == after and same_ids and same_front


def _pieces(doc: Document, edited: Sequence[Span]) -> Iterator[Piece]:
    body = doc.body
    yield Piece("front matter", Span(doc.front.fence.start, doc.front.body))
    yield from (Piece("/".join(map(str, path)), it.value) for path, it in doc.front.tree.places.items())
    for heading in body.headings:
        yield from (Piece(f"heading {heading.level}", it) for it in (heading.span, heading.line))
    for table in body.tables:
        yield Piece("table", table.span)
        yield from (Piece("cell", cell.span) for row in (table.header, *table.rows) for cell in row.cells)
    yield from (Piece(it.kind, it.span) for it in body.blocks)
    inline = [
        *(Piece(it.kind, it.span) for it in body.links),
        *(Piece("code", it) for it in body.code_spans),
        *(Piece("comment", it) for it in body.comments),
    ]
    yield from (it for it in inline if not is_within(it.span, edited))


def _said(value: Json) -> Json:
    """Return a value of the front matter with blanks for what its wikilinks name."""
    if isinstance(value, dict):
        return {key: _said(it) for key, it in value.items()}
    if isinstance(value, list):
        return [_said(it) for it in value]
    return _around_links(value) if isinstance(value, str) else repr(value)


def _around_links(text: str) -> str:
    parts, at = [], 0
    for link in wikilink.find(text):
        end = link.subpath_spans[-1].end if link.subpath_spans else link.target_span.end
        parts.append(text[at : link.target_span.start])
        at = end
    return "\0".join([*parts, text[at:]])
