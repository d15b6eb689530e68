"""Where the parts of a link stand in its document, and how a new text is written there."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from reglint.columns import LinkFact
from reglint.document import Document
from reglint.lazy import regex
from reglint.renaming.markdown_destination import Destination, Destinations, encoded
from reglint.syntax.blocks import Link
from reglint.text import Span

_SCALAR = regex(r"""(?:[&!]\S*\s+)*(["']?)""")


class Site(NamedTuple):
    """*target* is None where a link begins with `#`; *write* makes of a text what stands for it in such a place."""

    target: Span | None
    subpath: tuple[Span, ...]
    write: Callable[[str], str]


class Sites:
    """Finds the places of the links of *doc*, which is gone through once for all of them."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._destinations = Destinations(doc)
        self._links = {_key(it): it for it in reversed((*doc.links, *doc.mentions))}

    def of(self, fact: LinkFact) -> Site | None:
        """Return the places of the link *fact*; None where they cannot be told exactly."""
        doc, link = self._doc, self._links.get(_key_of(fact))
        if link is None:
            return None
        if not link.wikilink:
            found = self._destinations.find(link)
            return Site(*_split(found), partial(encoded, like=found.raw)) if found else None
        if link.span.start >= doc.front.body or not doc.front.is_there:
            return Site(_some(link.wikilink.target_span), link.wikilink.subpath_spans, str)
        return _quoted(doc, link, fact)


_Key = tuple[str, Span, str, tuple[str, ...]]


def _key(link: Link) -> _Key:
    """Where quotes hide the exact place of wikilinks, several have that of the whole value."""
    named = (link.wikilink.target, link.wikilink.subpath) if link.wikilink else ("", ())
    return link.kind, link.span, *named


def _key_of(fact: LinkFact) -> _Key:
    return fact.kind, fact.span, *(("", ()) if fact.is_path else (fact.target, fact.subpath))


def _some(span: Span) -> Span | None:
    return span if span.start < span.end else None


def _split(found: Destination) -> tuple[Span | None, tuple[Span, ...]]:
    """Tell the path of a destination from the parts of its fragment; a query belongs to neither."""
    hashes = [i for i, it in enumerate(found.read) if it == "#"]
    ends = [*hashes, len(found.read)]
    path = re.split(r"[?#]", found.read)[0]
    parts = [found.span(start + 1, end) for start, end in pairwise(ends) if start + 1 < end]
    return _some(found.span(0, len(path))), tuple(parts)


def _quoted(doc: Document, link: Link, fact: LinkFact) -> Site | None:
    """Find a wikilink within a value of the front matter, as the quotes around it have it."""
    value = doc.at(*fact.pointer)
    mark = _SCALAR.match(doc.text.content, *value)
    write = _writer(doc.text.content[doc.front.fence.start], mark[1] if mark else "")
    assert link.wikilink, "front matter has no other links"
    if link.target_span != link.span:
        return Site(_some(link.wikilink.target_span), link.wikilink.subpath_spans, write)
    parts = "".join(rf"\s*#+\s*({re.escape(write(it))})" for it in fact.subpath)
    head = re.compile(rf"\[\[\s*({re.escape(write(fact.target))}){parts}\s*(?=\\?\\?\||\]\])")
    found = list(head.finditer(doc.text.content, *value))
    if len(found) != 1:
        return None
    target, *subpath = (Span(*found[0].span(i + 1)) for i in range(len(fact.subpath) + 1))
    return Site(_some(target), tuple(subpath), write)


def _writer(fence: str, quote: str) -> Callable[[str], str]:
    """YAML doubles a quote between single ones, TOML knows none there; between double ones all escape alike."""
    if quote == '"':
        return _escaped
    return _doubled if quote == "'" and fence == "-" else str


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _doubled(text: str) -> str:
    return text.replace("'", "''")
