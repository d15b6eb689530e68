"""CSV files that are kept beside the schemas: lists of regulators, of members, of codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from reglint.diagnostic import Finding
from reglint.spelling import Names, counted, suggestion
from reglint.text import Span, Text

ENDING = ".csv"
_COMPARED = 500  # values that each miss may be held against; of more, an index is made


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
    def _by_column(self) -> Mapping[str, Mapping[str, list[Row]]]:
        found: dict[str, dict[str, list[Row]]] = {name: {} for name in self.columns}
        for row in self.rows:
            for name in self.columns:
                found[name].setdefault(row.cells[name], []).append(row)
        return found

    @cached_property
    def _names(self) -> dict[str, Names]:
        return {}

    def having(self, column: str, value: str) -> Sequence[Row]:
        """Return the rows whose *column* holds *value*, in their order."""
        return self._by_column[column].get(value, ())

    def suggestion(self, column: str, value: str) -> str:
        """Return "; did you mean `…`?" with the nearest value of *column*, or nothing."""
        values = self.values(column)
        if len(values) <= _COMPARED:
            return suggestion(value, values)
        if column not in self._names:
            self._names[column] = Names(values)
        return self._names[column].suggestion(value)

    def values(self, column: str) -> tuple[str, ...]:
        """Return what stands in *column*, each value once."""
        return tuple(self._by_column[column])


def read(text: Text) -> Table:
    """Read a CSV file; never raises. Cells are stripped of blanks, empty lines are skipped."""
    import csv

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
    import csv

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
