"""How a document's parts are called, and how one that is missing is written."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from reglint.diagnostic import Path
from reglint.document import Document
from reglint.outline import within_section

_LANGUAGES = {"-": "YAML", "+": "TOML", "{": "JSON"}
_COLLECTIONS: Mapping[str | int, str] = {
    "sections": "section", "fields": "field", "tables": "table", "rows": "row", "columns": "column", "items": "item",
    "quotes": "quote", "links": "link", "code": "block of code",
}  # fmt: skip
_ABSENT = {
    "title": ("a title", "the title is a heading of level 1: `# …`"),
    "lead": ("a lead", "the lead is what stands before the first section"),
    "outline": ("sections", "a section begins with a heading: `## …`"),
    "sections": ("sections", "a section begins with a heading: `## …`"),
    "footer": ("a footer", "the footer is what stands below the last line `---`"),
    "fields": ("fields", "fields are the rows of a table with two columns, or lines `**Name:** value`"),
    "tables": ("a table", "the cells of a table stand between `|`, and a line `|---|---|` below the first row"),
    "items": ("a list", "each item of a list begins with `- `"),
    "quotes": ("a quote", "each line of a quote begins with `> `"),
    "code": ("a block of code", "a block of code stands between two lines of three backquotes"),
    "links": ("a link", "a link is written `[[name of the document]]` or `[text](address)`"),
    "text": ("text", "write a paragraph; tables, lists and lines `**Name:** value` are not counted as text"),
    "value": ("a value in its heading", "the value stands behind a colon: `## Name: value`"),
}


class Part(NamedTuple):
    """What stands at a path.

    *name* is what it is called, *member* what each of its members is. *language* says what gives its values their
    types; it is empty for the body of a page, whose values are text. *listing* says where all members that may be there
    are listed, if that is not for a message to do.
    """

    name: str
    member: str
    language: str = ""
    listing: str = ""


def part_of_file(path: Path, whole: str, language: str) -> Part:
    """Return what stands at *path* in a file of keys and values: `("sources", 1)` is item 2 of `sources`."""
    if not path:
        return Part(whole, "key", language)
    above = part_of_file(path[:-1], whole, language)
    name = f"item {path[-1] + 1} of {above.name}" if isinstance(path[-1], int) else f"`{path[-1]}`"
    return above._replace(name=name)


def part_of(doc: Document, path: Path) -> Part:
    """Return what stands at *path* in a document."""
    if path[:1] == ("frontmatter",):
        mark = doc.text.content[doc.front.fence.start : doc.front.fence.start + 1]
        return part_of_file(path[1:], "the front matter", _LANGUAGES.get(mark, "YAML"))
    inner = within_section(path)
    if inner is None:
        return Part(f"the {path[0]}" if path else "the page", "part")
    if _is_collection(inner):
        return Part(_in_body(path[:-1], inner[:-1]), _COLLECTIONS[inner[-1]])
    return Part(_in_body(path, inner), "column" if inner[-2:-1] == ("rows",) else "part")


def _is_collection(inner: Path) -> bool:
    """`("tables", 0, "rows")` is one; a field may be called `rows`, too."""
    return len(inner) % 2 == 1 and inner[-1] in _COLLECTIONS and all(isinstance(it, int) for it in inner[1::2])


def _in_body(path: Path, inner: Path) -> str:
    """`("tables", 0, "rows", 2)` is row 3 of table 1."""
    if not inner and len(path) > 1:
        return f"the section `{path[-1]}`"
    if not inner:
        return f"the {path[0]}" if path else "the page"
    counted = [f"{_COLLECTIONS[it]} {number + 1}" for it, number in pairwise(inner) if isinstance(number, int)]
    if isinstance(inner[-1], int):
        return " of ".join(reversed(counted))
    return f"the {inner[0]}" if len(inner) == 1 else f"`{inner[-1]}`"


def absent(member: str, name: str) -> tuple[str, str]:
    """Return what a missing member is called, and how it is written, where that does not go without saying."""
    return _ABSENT.get(name, (f"`{name}`", "")) if member == "part" else (f"the {member} `{name}`", "")
