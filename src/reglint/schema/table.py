"""CSV files that are kept beside the schemas: lists of regulators, of members, of codes."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from reglint.diagnostic import Finding
from reglint.schema.wording import counted
from reglint.text import Span, Text

ENDING = ".csv"


class Row(NamedTuple):
    """One record: its cells by column, and where its line stands."""

    cells: Mapping[str, str]
    span: Span


@dataclass(frozen=True)
class Table:
    """What a CSV file (RFC 4180, with a header) says. *errors* are what makes it unusable."""

    path: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    errors: tuple[Finding, ...]

    @cached_property
    def _by_column(self) -> Mapping[str, Mapping[str, Row]]:
        return {name: {it.cells[name]: it for it in reversed(self.rows)} for name in self.columns}

    def row(self, column: str, value: str) -> Row | None:
        """Return the first row whose *column* holds *value*."""
        return self._by_column[column].get(value)

    def values(self, column: str) -> tuple[str, ...]:
        """Return what stands in *column*, each value once."""
        return tuple(self._by_column[column])


def read(text: Text) -> Table:
    """Read a CSV file; never raises. Cells are stripped of blanks, empty lines are skipped."""
    records: list[tuple[tuple[str, ...], Span]] = []
    errors: list[Finding] = []
    try:
        records.extend(_records(text))
    except csv.Error as error:
        errors.append(Finding(Span(0, 0), f"this is not read as CSV: {error}"))
    if not records:
        empty = Finding(Span(0, 0), "the table is empty, where a header was expected")
        return Table(text.path, (), (), tuple(errors) or (empty,))
    (header, at), *others = records
    errors += _header_faults(header, at)
    errors += (_ragged(cells, header, span) for cells, span in others if len(cells) != len(header))
    rows = (Row(dict(zip(header, cells, strict=False)), span) for cells, span in others)
    return Table(text.path, header, tuple(rows), tuple(errors))


def _records(text: Text) -> Iterator[tuple[tuple[str, ...], Span]]:
    """Yield the cells of each record, and the lines that it stands on."""
    last = text.position(len(text.content)).line
    lines = [text.line(number) for number in range(1, last + 1)]
    reader = csv.reader((f"{text[it]}\n" for it in lines), strict=True, skipinitialspace=True)
    before = 0
    for cells in reader:
        span = Span(lines[before].start, lines[reader.line_num - 1].end)
        before = reader.line_num
        if any(it.strip() for it in cells):
            yield tuple(it.strip() for it in cells), span


def _header_faults(header: tuple[str, ...], span: Span) -> Iterator[Finding]:
    for name in sorted({it for it in header if header.count(it) > 1}):
        yield Finding(span, f"two columns are named `{name}`", help="give each column a name of its own")


def _ragged(values: tuple[str, ...], header: tuple[str, ...], span: Span) -> Finding:
    message = f"the row has {counted(len(values), 'cell')}, where the header has {len(header)}"
    return Finding(span, message, help="a cell that holds a comma is written in double quotes")
