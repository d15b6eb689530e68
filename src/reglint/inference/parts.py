"""The schema of a document type: front matter, title, lead, sections and footer of its documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reglint.document import PARTS
from reglint.inference.columns import Column, Seen, Source
from reglint.inference.drafting import Draft, mapping_schema, value_schema
from reglint.inference.support import MANY, SOME, is_told, with_support
from reglint.inference.texts import text_schema
from reglint.syntax.tree import Json

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_OUTSIDE = ("lead", "footer")  # of the sections, and without any
_RECORD = 2  # columns of a table whose rows are fields


def frontmatters(sources: Sequence[Source], everywhere: Column | None = None) -> Column:
    """Return the front matter of the documents *sources*."""
    return Column(tuple(Seen(it, ("frontmatter",), it.doc.frontmatter) for it in sources), len(sources), everywhere)


def document_schema(name: str, sources: Sequence[Source], everywhere: Column) -> Json:
    """Return the schema of the type *name*, whose documents are *sources*; *everywhere* is the front matter of all."""
    root = Column(tuple(Seen(it, (), it.doc.instance) for it in sources), len(sources))
    drafts = {
        "frontmatter": lambda _: value_schema(frontmatters(sources, everywhere)),
        "title": _prose,
        "lead": _content,
        "sections": _sections,
        "footer": _content,
    }
    parts = [it for it in PARTS if it in drafts and it in root.members]
    properties = {it: drafts[it](root.members[it]) for it in parts}
    return {
        **_head(name, len(sources)),
        "type": "object",
        "required": [it for it in parts if root.members[it].support == root.total],
        "properties": {name: it for name, it in properties.items() if is_told(it)},
    }


def frontmatter_schema(name: str, sources: Sequence[Source], everywhere: Column) -> Json:
    """Return the schema of the front matter alone."""
    head, schema = _head(name, len(sources)), value_schema(frontmatters(sources, everywhere))
    return {**head, **schema, "$comment": head["$comment"]}


def _head(name: str, number: int) -> dict[str, Json]:
    count = "1 document" if number == 1 else f"{number} documents"
    words = f"Drafted by `reglint schema infer` from {count}; take away what holds by accident only."
    return {"$schema": _DIALECT, "title": name, "$comment": words}


def _field(column: Column) -> dict[str, Json]:
    return with_support(text_schema(column), column)


def _prose(column: Column) -> dict[str, Json]:
    """Return the schema of texts that are never empty, as the Markdown would not show them."""
    found = text_schema(column)
    return with_support({} if found.keys() == {"minLength"} else found, column)


def _sections(column: Column) -> dict[str, Json]:
    return with_support(mapping_schema(column, _content, of_sections=True), column)


def _fields(column: Column) -> dict[str, Json]:
    return with_support(mapping_schema(column, _field), column)


def _content(column: Column) -> dict[str, Json]:
    """Return the schema of a section, the lead or the footer: what stands there, by kind."""
    kinds = [it for it in _CONTENT if it in column.members and not _is_told_as_fields(it, column.members[it])]
    is_usual = column.support > 1 or column.total == 1
    required = [it for it in kinds if is_usual and len(column.members[it].seen) == len(column.seen)]
    properties = {it: drafted for it in kinds if is_told(drafted := _DRAFTS[it](column.members[it]))}
    if column.support >= MANY:
        unseen = ("fields",) if column.seen[0].path[0] in _OUTSIDE else ("fields", "sections")
        properties |= {it: {"additionalProperties": False} for it in unseen if it not in kinds}
    schema = {"required": required} if required else {}
    return with_support({**schema, "properties": properties} if properties else schema, column)


def _is_told_as_fields(kind: str, column: Column) -> bool:
    """Tell whether *column* shows tables whose rows are fields."""
    return kind == "tables" and any(len(it["columns"]) == _RECORD for it in column.items.values)


def _quotes(column: Column) -> dict[str, Json]:
    is_single = column.support >= SOME and all(len(it) == 1 for it in column.values)
    return with_support({"maxItems": 1} if is_single else {}, column)


def _items(column: Column) -> dict[str, Json]:
    items = _prose(column.items)
    return with_support({"items": items} if is_told(items) else {}, column)


def _tables(column: Column) -> dict[str, Json]:
    """Return the schema of tables that all have the same columns."""
    headers = [it["columns"] for it in column.items.values]
    if column.support < SOME or any(it != headers[0] for it in headers):
        return with_support({}, column)
    rows = column.items.members["rows"].items
    return with_support(
        {"items": {"properties": {"columns": {"const": headers[0]}, "rows": {"items": _fields(rows)}}}}, column
    )


_DRAFTS: Mapping[str, Draft] = {
    "fields": _fields,
    "text": _prose,
    "quotes": _quotes,
    "items": _items,
    "tables": _tables,
    "sections": _sections,
}
_CONTENT = tuple(_DRAFTS)
