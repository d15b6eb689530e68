"""The coverage of a corpus on one page: what is least enforced comes first."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from reglint.coverage.held import Gap
from reglint.coverage.places import written
from reglint.coverage.survey import Coverage
from reglint.schema.reach import Extent

_WIDTH = 100
_MOST = 10

Row = Sequence[str]


def page(coverage: Coverage, *, is_whole: bool) -> Iterator[str]:
    """Yield the lines of the page; *is_whole*: no list is cut short."""
    most = None if is_whole else _MOST
    yield _sum(coverage)
    yield from ("", *_table(list(_types(coverage)), right={1, 2, 3, 4, 5}))
    unspoken = [_gap(it.type.name, gap) for it in coverage.types for gap in it.unspoken]
    accepted = [_gap(it.type.name, gap) for it in coverage.types for gap in it.accepted]
    unused = [(it.type.name, written(un.place), str(un.written)) for it in coverage.types for un in it.unused]
    yield from _part("documents that no schema judges", coverage.untyped, most)
    yield from _part("in documents, and no schema speaks of it", unspoken, most)
    yield from _part("in documents and in a schema that accepts anything there", accepted, most)
    yield from _part("in a schema, and no document has it", unused, most)
    yield from _names("rules that are on, and found nothing to look at", coverage.idle)
    yield from _names("rules that are off", [_off(coverage, it.rule, it.by, it.documents) for it in coverage.off])
    if coverage.types:
        yield from _names("rules of schemas that no schema asks for", coverage.unasked)


def _sum(coverage: Coverage) -> str:
    held = coverage.extent
    return f"{held.percent} % of all values are constrained by a schema ({held.constrained:,} of {held.values:,})"


def _types(coverage: Coverage) -> Iterator[Row]:
    yield "type", "documents", "values", "constrained", "front matter", "body", "schema"
    for it in coverage.types:
        shares = map(_percent, (it.extent, it.frontmatter, it.body))
        part = " (front matter alone)" if it.type.applies_to == "frontmatter" else ""
        yield it.type.name, f"{it.documents:,}", f"{it.extent.values:,}", *shares, it.type.schema + part
    if coverage.untyped:
        held = coverage.untyped_extent
        yield "-", f"{len(coverage.untyped):,}", f"{held.values:,}", _percent(held), "", "", "none"


def _percent(held: Extent) -> str:
    return f"{held.percent} %" if held.values else "-"


def _gap(kind: str, gap: Gap) -> Row:
    number = f"{gap.documents:,} document{'' if gap.documents == 1 else 's'}"
    return kind, written(gap.place), number, str(gap.first)


def _off(coverage: Coverage, rule: str, by: str, documents: int) -> str:
    if documents < coverage.documents:
        return f"{rule} (for {documents:,} of {coverage.documents:,} documents)"
    return f"{rule} (by {'default' if by == 'default' else 'the configuration'})"


def _part(title: str, rows: Sequence[Row], most: int | None) -> Iterator[str]:
    if rows:
        yield from ("", f"{title}: {len(rows):,}")
        yield from (f"  {it}" for it in _table(rows[:most]))
    if most and len(rows) > most:
        yield f"  and {len(rows) - most:,} more; --all shows them"


def _names(title: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield from ("", f"{title}: {len(names)}")
        words = (it.replace(" ", "\0") for it in names)
        wrapped = textwrap.wrap(", ".join(words), _WIDTH, break_long_words=False, break_on_hyphens=False)
        yield from (f"  {it}".replace("\0", " ") for it in wrapped)


def _table(rows: Sequence[Row], right: Iterable[int] = ()) -> Iterator[str]:
    """Align the columns, those in *right* at their end."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    aligned = set(right)
    for row in rows:
        cells = (
            it.rjust(width) if i in aligned else it.ljust(width)
            for i, (it, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
