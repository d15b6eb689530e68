"""What a section holds, by kind: as a JSON value, and where each part of that value stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from reglint import fields
from reglint.diagnostic import Path
from reglint.fields import Field
from reglint.sections import Section
from reglint.syntax.blocks import Block, Link, Table
from reglint.syntax.tree import Json, Place
from reglint.text import Span

Holding = Table | Block
"""What states fields."""


def contents(section: Section) -> Mapping[str, Sequence[Any]]:
    """Return what stands in a section itself, by kind and in the order of `KINDS`; a kind that it lacks is absent."""
    found: dict[str, list[Any]] = {}
    holding: list[Block] = []
    for block in section.blocks:
        kind = _KIND_OF.get(block.kind)
        if block.text.startswith("**") and fields.lines(block):
            holding.append(block)
            kind = None if kind == "text" else kind
        if kind:
            found.setdefault(kind, []).append(block)
    its = {**found, "tables": section.tables, "links": section.links, "fields": _holding(section.tables, holding)}
    return {kind: its[kind] for kind in KINDS if its.get(kind)}


def _holding(tables: Sequence[Table], blocks: Sequence[Block]) -> Sequence[Holding]:
    """Return what states fields in a section, in order, of its *tables*, and its *blocks* that do."""
    records = [it for it in tables if it.rows and fields.is_two_columns(it)]
    return sorted([*records, *blocks], key=lambda it: it.span) if records and blocks else records or blocks


_KIND_OF = {"paragraph": "text", "item": "items", "quote": "quotes", "code": "code"}


def stated(holding: Sequence[Holding]) -> Iterator[tuple[Field, Holding]]:
    """Yield the fields that stand in a section, and what each is part of; equal names come again."""
    for it in holding:
        yield from ((field, it) for field in (fields.rows(it) if isinstance(it, Table) else fields.lines(it)))


def names(holding: Sequence[Holding]) -> Iterator[tuple[str, str]]:
    """Yield name and value of each field that stands in a section; equal names come again."""
    for it in holding:
        if isinstance(it, Table):
            for row in it.rows:
                yield row.texts  # type: ignore[misc]  # two of them
        else:
            yield from ((field.name, field.value) for field in fields.lines(it))


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a mapping of *pairs*, the first of equal names winning."""
    known = list(pairs)
    found = dict(known)
    if len(found) < len(known):
        found |= dict(reversed(known))
    return found


def _with_lf(text: str) -> str:
    """A value does not depend on how its file ends its lines."""
    return text.replace("\r\n", "\n")


def _texts(blocks: Sequence[Block]) -> Json:
    return [_with_lf(it.text) for it in blocks]


def _blocks(blocks: Sequence[Block]) -> Iterator[tuple[Path, Place]]:
    return (((i,), Place(None, it.span)) for i, it in enumerate(blocks))


def _block_span(blocks: Sequence[Block], at: str | int) -> Span | None:
    return blocks[at].span if isinstance(at, int) and 0 <= at < len(blocks) else None


def _prose(blocks: Sequence[Block]) -> Json:
    return "\n\n".join(_with_lf(it.text) for it in blocks)


def _whole(_: Sequence[Block]) -> Iterator[tuple[Path, Place]]:
    return iter(())


def _fields(holding: Sequence[Holding]) -> Json:
    return _first(names(holding))


def _field_span(holding: Sequence[Holding], name: str | int) -> Span | None:
    for it in holding:
        if isinstance(it, Table):
            for row in it.rows:
                if row.texts[0] == name:
                    return row.cells[1].span
        else:
            for field in fields.lines(it):
                if field.name == name:
                    return field.span
    return None


def _fields_places(holding: Sequence[Holding]) -> Iterator[tuple[Path, Place]]:
    known = set()
    for field, _ in stated(holding):
        if field.name not in known:
            known.add(field.name)
            yield (field.name,), Place(field.name_span, field.span)


def _tables(tables: Sequence[Table]) -> Json:
    return [{"columns": list(it.header.texts), "rows": _rows(it)} for it in tables]


def _rows(table: Table) -> list[dict[str, str]]:
    columns = table.header.texts
    if len(set(columns)) == len(columns):
        return [dict(zip(columns, row.texts, strict=False)) for row in table.rows]
    return [_first(zip(columns, row.texts, strict=False)) for row in table.rows]


def _tables_places(tables: Sequence[Table]) -> Iterator[tuple[Path, Place]]:
    for at, table in enumerate(tables):
        header = table.header.cells
        yield (at,), Place(None, table.span)
        yield (at, "columns"), Place(None, table.header.span)
        yield from (((at, "columns", i), Place(None, cell.span)) for i, cell in enumerate(header))
        yield (at, "rows"), Place(None, table.span)
        for i, row in enumerate(table.rows):
            yield (at, "rows", i), Place(None, row.span)
            known = set()
            for column, cell in zip(header, row.cells, strict=False):
                if column.text not in known:
                    known.add(column.text)
                    yield (at, "rows", i, column.text), Place(column.span, cell.span)


def _links(links: Sequence[Link]) -> Json:
    return [{"target": it.target, "text": it.shown} for it in links]


def _links_places(links: Sequence[Link]) -> Iterator[tuple[Path, Place]]:
    for i, link in enumerate(links):
        yield (i,), Place(None, link.span)
        yield (i, "target"), Place(None, link.target_span)
        yield (i, "text"), Place(None, link.span)


def _code(blocks: Sequence[Block]) -> Json:
    return [{"language": it.info.partition(" ")[0], "text": it.text} for it in blocks]


def _code_places(blocks: Sequence[Block]) -> Iterator[tuple[Path, Place]]:
    for i, block in enumerate(blocks):
        yield from ((path, Place(None, block.span)) for path in ((i,), (i, "language"), (i, "text")))


def _any_span(_: Sequence[Any], __: str | int) -> None:
    return None


class Kind(NamedTuple):
    """How content of one kind becomes a value, and where the parts of that value stand, by their path in it.

    *span* tells where one member stands, without the places of all others; None: look among `places`.
    """

    value: Callable[[Sequence[Any]], Json]
    places: Callable[[Sequence[Any]], Iterator[tuple[Path, Place]]]
    span: Callable[[Sequence[Any], str | int], Span | None] = _any_span


KINDS: Mapping[str, Kind] = {
    "text": Kind(_prose, _whole),
    "fields": Kind(_fields, _fields_places, _field_span),
    "tables": Kind(_tables, _tables_places),
    "items": Kind(_texts, _blocks, _block_span),
    "quotes": Kind(_texts, _blocks, _block_span),
    "links": Kind(_links, _links_places),
    "code": Kind(_code, _code_places),
}
