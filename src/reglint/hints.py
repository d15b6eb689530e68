"""What a document may hold: quick answers, so that a rule looks closer where there may be a finding, and only there.

A hint may say yes too often, but never no too often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from reglint import fields, urls
from reglint.document import Document
from reglint.syntax.blocks import Block

_P = ParamSpec("_P")
_T = TypeVar("_T")

# The letters, other than those of ASCII, that `re.IGNORECASE` takes for letters of ASCII.
_ALSO_ASCII = (("\u0130", "i"), ("\u0131", "i"), ("\u017f", "s"), ("\u212a", "k"))
_ENCODED_COLONS = (b":", "\uff1a".encode())
_MARKS_AND_COLON = 6  # bytes: three marks of emphasis and a wide colon


def derived(make: Callable[Concatenate[Document, _P], _T]) -> Callable[Concatenate[Document, _P], _T]:
    """Let what *make* derives from a document and from hashable values be made once, and kept with the document."""

    @wraps(make)
    def kept(doc: Document, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        store = vars(doc).setdefault("derived", {})
        key = (make, *args, *kwargs.values())
        if key not in store:
            store[key] = make(doc, *args, **kwargs)
        found: _T = store[key]
        return found

    return kept


def mentions(text: str, words: Iterable[str]) -> bool:
    """Tell whether one of *words* may stand in *text*, be it in capitals or not."""
    folded = _folded(text)
    return any(not it.isascii() or it.lower().encode() in folded for it in words)


def _folded(text: str) -> bytes:
    """Return *text* in a form that holds what ASCII an IGNORECASE pattern finds in it, in small letters.

    UTF-8, as `bytes.lower` is many times as fast as `str.casefold`.
    """
    if not text.isascii():
        for letter, as_ascii in _ALSO_ASCII:
            text = text.replace(letter, as_ascii)
    return text.encode(errors="surrogatepass").lower()


@derived
def labelled_blocks(doc: Document, names: tuple[str, ...]) -> tuple[Block, ...]:
    """Return the paragraphs and list items in which one of *names* may stand before a colon."""
    encoded = [it.lower().encode() if it.isascii() else b"" for it in names]
    return tuple(block for block, folded in _blocks_with_colons(doc) if any(_labels(it, folded) for it in encoded))


@derived
def _blocks_with_colons(doc: Document) -> list[tuple[Block, bytes]]:
    blocks = (it for it in doc.body.blocks if ":" in it.text or "\uff1a" in it.text)
    return [(it, _folded(it.text)) for it in blocks if it.kind in {"paragraph", "item"}]


def _labels(name: bytes, folded: bytes) -> bool:
    """Tell whether *name* stands before a colon; without a name, it may be one that has other letters than ASCII's."""
    at = folded.find(name)
    while at >= 0:
        end = at + len(name)
        if folded[end : end + _MARKS_AND_COLON].lstrip(b"*_").startswith(_ENCODED_COLONS):
            return True
        at = folded.find(name, at + 1)
    return False


@derived
def names_row(doc: Document, names: tuple[str, ...]) -> bool:
    """Tell whether one of *names*, in lower case, names a row of a record, be it emphasised or not."""
    return any(it.strip("*_: ") in names for it in fields_by_name(doc))


def field_values(doc: Document, names: Iterable[str]) -> Iterator[str]:
    """Yield the values of the fields that are called one of *names*, in lower case."""
    by_name = fields_by_name(doc)
    return (value for name in names for value in by_name.get(name, ()))


@derived
def fields_by_name(doc: Document) -> Mapping[str, Sequence[str]]:
    """Return the values of the fields of the body by their names, without case; with those no instance has."""
    values: dict[str, list[str]] = {}
    for row in (row for table in doc.body.tables if fields.is_two_columns(table) for row in table.rows):
        values.setdefault(row.texts[0].casefold(), []).append(row.texts[1])
    for field in (field for it in doc.body.blocks if it.text.startswith("**") for field in fields.lines(it)):
        values.setdefault(field.name.casefold(), []).append(field.value)
    return values


@derived
def odd_addresses(doc: Document) -> tuple[str, ...]:
    """Return the texts of the front matter, and the destinations of Markdown links, with the marks of an address.

    Plain URLs, of which there is nothing to say, are left out.
    """
    linked = (it.target for it in doc.body.links if it.wikilink is None)
    texts = (*(it.value for it in doc.strings("frontmatter")), *linked)
    return tuple(it for it in texts if (":" in it or "//" in it or "\\\\" in it) and not urls.is_plain(it))
