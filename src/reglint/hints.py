"""What a document may hold: quick answers, so that a rule looks closer where there may be a finding, and only there.

A hint may say yes too often, but never no too often.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
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
_COLONS = (":", "\uff1a")
_LONGEST = 60  # characters of a label
_MARKS = 3  # of emphasis, between a label and its colon


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


def labelled_blocks(doc: Document, names: tuple[str, ...]) -> list[Block]:
    """Return the paragraphs and list items in which one of *names* may stand before a colon."""
    places = labels(doc, names)
    blocks = (it for it in doc.body.blocks if it.kind in {"paragraph", "item"}) if places else ()
    return [it for it in blocks if bisect_left(places, it.span.start) < bisect_left(places, it.span.end)]


@derived
def labels(doc: Document, names: tuple[str, ...]) -> Sequence[int]:
    """Return, in order, where the colons of the body stand before which one of *names* may stand."""
    if not doc.body.blocks or not mentions(doc.text.content, names):
        return ()
    are_known = all(it.isascii() and len(it) <= _LONGEST for it in names)
    ends = tuple([it.lower().rstrip("*_").encode() for it in names]) if are_known else b""
    colons = (at for colon in _COLONS for at in _find(doc.text.content, colon, doc.front.body))
    return sorted([at for at in colons if _before(doc.text.content, at).endswith(ends)])


def _before(content: str, at: int) -> bytes:
    """Return what stands before a colon, in small letters and without marks."""
    return _folded(content[max(0, at - _LONGEST - _MARKS) : at].rstrip("*_"))


def _find(text: str, character: str, start: int) -> Iterator[int]:
    at = text.find(character, start)
    while at >= 0:
        yield at
        at = text.find(character, at + 1)


@derived
def names_row(doc: Document, names: tuple[str, ...]) -> bool:
    """Tell whether one of *names*, in lower case, names a row of a record, be it emphasised or not."""
    return not _bare_names(doc).isdisjoint(names)


@derived
def _bare_names(doc: Document) -> frozenset[str]:
    return frozenset([it.strip("*_: ") for it in fields_by_name(doc)])


def field_values(doc: Document, names: Iterable[str]) -> Iterator[str]:
    """Yield the values of the fields that are called one of *names*, in lower case."""
    by_name = fields_by_name(doc)
    return (value for name in names for value in by_name.get(name, ()))


@derived
def fields_by_name(doc: Document) -> Mapping[str, Sequence[str]]:
    """Return the values of the fields of the body by their names, without case; with those no instance has."""
    values: dict[str, list[str]] = defaultdict(list)
    for table in filter(fields.is_two_columns, doc.body.tables):
        for row in table.rows:
            name, value = row.texts
            values[name.casefold()].append(value)
    for field in (field for it in doc.body.blocks if it.text.startswith("**") for field in fields.lines(it)):
        values[field.name.casefold()].append(field.value)
    return values


@derived
def odd_addresses(doc: Document) -> tuple[str, ...]:
    """Return the texts of the front matter, and the destinations of Markdown links, with the marks of an address.

    Plain URLs, of which there is nothing to say, are left out.
    """
    linked = (it.target for it in doc.body.links if it.wikilink is None)
    texts = [*(it.value for it in doc.strings("frontmatter")), *linked]
    return tuple([it for it in texts if (":" in it or "//" in it or "\\\\" in it) and not urls.is_plain(it)])
