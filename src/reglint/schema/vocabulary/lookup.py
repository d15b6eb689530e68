from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reglint.diagnostic import Path
from reglint.pointer import POINTER, POINTER_IS, misplaced, resolved
from reglint.schema import excerpt, wording
from reglint.schema.excerpt import PATTERN, Excerpt
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
        "read": PATTERN,
        "agrees": {
            "type": "object",
            "additionalProperties": excerpt.place({"type": "string", "pattern": POINTER, "description": POINTER_IS}),
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
    asks that other columns of one such row say what other places of the document say, which JSON Pointers name:
    `/frontmatter/country` from the document's root, `1/Country` from one level above the value. A wikilink is looked up
    by its target and by what it shows, each item of a list by itself. Where the pattern `read` is there, only what its
    group catches is looked up, and a text that it does not match is left alone; `{"at": "/title", "read": …}` takes
    such a part of the other place.

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

    ```json schema authority
    {"properties": {"title": {"lookup": {
      "in": "regulators.csv", "column": "name", "read": "[(](.+)[)]", "agrees": {
        "country": {"at": "/frontmatter/seat", "read": "[^,]+$"}
      }
    }}}}
    ```

    ```md bad
    ---
    type: authority
    seat: Bern,Switzerland
    ---
    # Financial Services Authority («AFSA»)
    ```

    ```md good
    ---
    type: authority
    seat: Bern,Switzerland
    ---
    # Financial Market Supervisory Authority (FINMA)
    ```
    """
    table = tables[wanted["in"]]
    column = wanted["column"]
    names = table.values(column)
    for within, one, part in _texts(value, wanted.get("read")):
        if not _rows(table, column, one):
            yield Violation(
                "unlisted-value",
                f"{wording.shown(one)} stands in no row of `{table.path}`{table.suggestion(column, one)}",
                f"the column `{column}` has {listed(names)}" if len(names) <= _SHOWN else "",
                within=within,
                part=part,
            )


@also_relates("lookup")
def row_agrees(site: Site, wanted: Mapping[str, Json], *, tables: Mapping[str, Table]) -> Iterator[Violation]:
    """Hold the other columns of the row against the document."""
    for within, one, part in _texts(site.value, wanted.get("read")):
        told = [_disagreements(site, wanted, row) for row in _rows(tables[wanted["in"]], wanted["column"], one)]
        for column, due, path, said in told[0] if told and all(told) else ():
            yield Violation(
                "row-disagrees",
                f"`{path[-1]}` is {wording.shown(said)}, where the row of {wording.shown(one)} has `{due}`",
                f"see the column `{column}` of `{wanted['in']}`; one of the two is wrong",
                within=within,
                part=part,
                related=((path, "the other place"),),
            )


def _disagreements(site: Site, wanted: Mapping[str, Json], row: Row) -> list[tuple[str, str, Path, Json]]:
    """Return each column in which *row* differs from the document, what it has there, the other's path and words."""
    found = []
    for column, where in wanted.get("agrees", {}).items():
        path = resolved(site.doc, site.path, excerpt.pointer(where))
        said = excerpt.part(where, site.doc.get(*path)) if path else None
        others = [it for _, it, _ in _texts(said)]
        if path and others and not any(row.cells[column] in wikilink.names(it) for it in others):
            found.append((column, row.cells[column], path, said))
    return found


@also_faults("lookup")
def missing_parts(wanted: Mapping[str, Json], *, tables: Mapping[str, Table]) -> Iterator[Fault]:
    """The file and its columns are there, and so is what they are held against."""
    for column, where in wanted.get("agrees", {}).items():
        if why := misplaced(excerpt.pointer(where)):
            yield ("agrees", column), why
    table = tables.get(wanted["in"])
    if table is None:
        yield ("in",), f"there is no file `{wanted['in']}`{suggestion(wanted['in'], tables)}"
        return
    named: dict[Path, str] = {("column",): wanted["column"], **{("agrees", it): it for it in wanted.get("agrees", {})}}
    for path, column in named.items():
        if column not in table.columns:
            near = suggestion(column, table.columns) or f"; it has {', '.join(f'`{it}`' for it in table.columns)}"
            yield path, f"`{table.path}` has no column `{column}`{near}"


def _texts(value: Json, pattern: str | None = None) -> Iterator[tuple[Path, str, Excerpt | None]]:
    """Yield what can stand in a cell, with its place in *value*: the value itself, or the items of a list.

    With a *pattern*, it is the part of each that the pattern catches.
    """
    for within, one in [((i,), it) for i, it in enumerate(value)] if isinstance(value, list) else [((), value)]:
        if isinstance(one, str | int | float) and not isinstance(one, bool):
            caught = excerpt.read(pattern, str(one)).values() if pattern else ()
            yield from ((within, it.said, it) for it in caught) if pattern else [(within, str(one), None)]


def _rows(table: Table, column: str, value: str) -> Sequence[Row]:
    return [row for it in wikilink.names(value) for row in table.having(column, it)]


@also_describes("lookup")
def in_words(wanted: Mapping[str, Json], *, tables: Mapping[str, Table]) -> Description:
    """Name the list, what stands in it where that is short, and the columns that have to fit."""
    table = tables[wanted["in"]]
    names = table.values(wanted["column"])
    words = "in part, " if "read" in wanted else ""
    words += f"a value of the column `{wanted['column']}` of `{table.path}`"
    words += f": {listed(names)}" if 0 < len(names) <= _SHOWN else ""
    fits = [
        f"`{column}` of its row is what {excerpt.shown(it)} says" for column, it in wanted.get("agrees", {}).items()
    ]
    words = "; ".join([words, *fits])
    return Description(words) if "read" in wanted else Description(words, next(iter(names), None), is_kind=True)
