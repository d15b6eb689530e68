"""Fields of a body: rows of two-column tables, and lines `**Name:** value`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reglint.lazy import regex
from reglint.syntax.blocks import Block, Table
from reglint.text import Span

_LINE = regex(r"\*\*(?P<name>[^*\n]+?)(?::\*\*|\*\*:)[ \t]+(?P<value>\S(?:.*\S)?)[ \t]*$")
_COLUMNS = 2
_HOLDING_LINES = frozenset({"paragraph", "item"})

RECORD_HEADERS = ("field | value", "key | value", "property | value", "attribute | value", "type | rate")
"""Header rows of tables that can only be meant as records; many a table of two columns is none."""


class Field(NamedTuple):
    """A name and a value, each with its place."""

    name: str
    name_span: Span
    value: str
    span: Span


def rows(table: Table) -> Iterator[Field]:
    """Yield the rows of a two-column table; any other table has no fields."""
    for row in table.rows if is_two_columns(table) else ():
        name, value = row.cells
        yield Field(name.text, name.span, value.text, value.span)


def is_two_columns(table: Table) -> bool:
    """Tell whether the rows of *table* are fields."""
    return len(table.header.texts) == _COLUMNS


def lines(block: Block) -> list[Field]:
    """Return the `**Name:** value` lines of a paragraph or list item; none unless every line of it is one."""
    fields: list[Field] = []
    at = block.span.start
    for line in block.text.split("\n") if block.text.startswith("**") and block.kind in _HOLDING_LINES else ():
        match = _LINE.match(line.rstrip("\r"))
        if not match:
            return []
        name, value = Span(*match.span("name")).shift(at), Span(*match.span("value")).shift(at)
        fields.append(Field(match["name"], name, match["value"], value))
        at += len(line) + 1
    return fields


def is_record(table: Table, headers: tuple[str, ...]) -> bool:
    """Tell whether the header row of *table* is one of *headers*, written `field | value`; case makes no difference."""
    header = " | ".join(it.strip("*_` ") for it in table.header.texts)
    return header.casefold() in {it.casefold() for it in headers}
