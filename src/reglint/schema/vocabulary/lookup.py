from collections.abc import Iterator, Mapping
from typing import Any

from reglint.diagnostic import Path
from reglint.pointer import POINTER, POINTER_IS, resolved, shown
from reglint.schema import wording
from reglint.schema.keyword import (
    Description,
    Fault,
    Site,
    Violation,
    also_describes,
    also_faults,
    also_relates,
    keyword,
)
from reglint.schema.table import Row, Table
from reglint.spelling import listed, suggestion
from reglint.syntax import wikilink
from reglint.syntax.tree import Json

_META = {
    "type": "object",
    "required": ["in", "column"],
    "properties": {
        "in": {"type": "string", "pattern": r"\.csv$", "description": "the name of a CSV file, which ends with `.csv`"},
        "column": {"type": "string"},
        "agrees": {
            "type": "object",
            "additionalProperties": {"type": "string", "pattern": POINTER, "description": POINTER_IS},
        },
    },
    "additionalProperties": False,
}
_SHOWN = 12  # values of a column that help lists


@keyword("lookup", group="facts", meta=_META, since="0.1", files=("in",))
def lookup(
    _: Any, wanted: Mapping[str, Json], value: Json, __: Mapping[str, Json], *, tables: Mapping[str, Table]
) -> Iterator[Violation]:
    """The value stands in a column of a CSV file that is kept beside the schema.

    `in` is the file, counted from the schema's own folder, `column` the name of a column in its first line. `agrees`
    asks that other columns of the same row say what other places of the document say, which JSON Pointers name:
    `/frontmatter/country` from the document's root, `1/Country` from one level above the value. A wikilink is looked up
    by its target and by what it shows.

    ```text with schemas/regulators.csv
    name,country
    AFSA,Kazakhstan
    FINMA,Switzerland
    ```

    ```json schema page
    {"properties": {"frontmatter": {"properties": {
      "regulator": {"lookup": {"in": "regulators.csv", "column": "name", "agrees": {"country": "1/country"}}}
    }}}}
    ```

    ## unlisted-value

    A value stands in no row of the list that the schema names.

    ```md bad
    ---
    type: page
    regulator: «AFSSA»
    ---
    ```

    ```md good
    ---
    type: page
    regulator: "[[entity--afsa|AFSA]]"
    ---
    ```

    ## row-disagrees

    The row that the value stands in says something else than the document does.

    ```md bad
    ---
    type: page
    regulator: «FINMA»
    country: Kazakhstan
    ---
    ```

    ```md good
    ---
    type: page
    regulator: FINMA
    country: Switzerland
    ---
    ```
    """
    table = tables[wanted["in"]]
    if _is_text(value) and not _row(table, wanted["column"], value):
        names = table.values(wanted["column"])
        yield Violation(
            "unlisted-value",
            f"{wording.shown(value)} stands in no row of `{table.path}`{suggestion(str(value), names)}",
            f"the column `{wanted['column']}` has {listed(names)}" if len(names) <= _SHOWN else "",
        )


@also_relates("lookup")
def row_agrees(site: Site, wanted: Mapping[str, Json], *, tables: Mapping[str, Table]) -> Iterator[Violation]:
    """Hold the other columns of the row against the document."""
    row = _row(tables[wanted["in"]], wanted["column"], site.value) if _is_text(site.value) else None
    for column, pointer in wanted.get("agrees", {}).items() if row else ():
        path = resolved(site.doc, site.path, pointer)
        other = site.doc.get(*path) if path else None
        if row and path and _is_text(other) and row.cells[column] not in wikilink.names(str(other)):
            said, due = wording.shown(other), f"the row of {wording.shown(site.value)} has `{row.cells[column]}`"
            yield Violation(
                "row-disagrees",
                f"`{path[-1]}` is {said}, where {due}",
                f"see the column `{column}` of `{wanted['in']}`; one of the two is wrong",
                related=((path, "the other place"),),
            )


@also_faults("lookup")
def missing_table(wanted: Mapping[str, Json], *, tables: Mapping[str, Table]) -> Iterator[Fault]:
    """The file and its columns are there."""
    table = tables.get(wanted["in"])
    if table is None:
        yield ("in",), f"there is no file `{wanted['in']}`{suggestion(wanted['in'], tables)}"
        return
    named: dict[Path, str] = {("column",): wanted["column"], **{("agrees", it): it for it in wanted.get("agrees", {})}}
    for path, column in named.items():
        if column not in table.columns:
            near = suggestion(column, table.columns) or f"; it has {', '.join(f'`{it}`' for it in table.columns)}"
            yield path, f"`{table.path}` has no column `{column}`{near}"


def _is_text(value: Json) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _row(table: Table, column: str, value: Json) -> Row | None:
    return next((row for it in wikilink.names(str(value)) if (row := table.row(column, it))), None)


@also_describes("lookup")
def in_words(wanted: Mapping[str, Json], *, tables: Mapping[str, Table]) -> Description:
    """Name the list, what stands in it where that is short, and the columns that have to fit."""
    table = tables[wanted["in"]]
    names = table.values(wanted["column"])
    words = f"a value of the column `{wanted['column']}` of `{table.path}`"
    words += f": {listed(names)}" if 0 < len(names) <= _SHOWN else ""
    fits = [f"`{column}` of its row is what {shown(it)} says" for column, it in wanted.get("agrees", {}).items()]
    return Description("; ".join([words, *fits]), next(iter(names), None), is_kind=True)
