"""The links of a body, of what the parser found and of what its source says beyond that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reglint.syntax import dialect, wikilink
from reglint.syntax.blocks import Link, LinkKind
from reglint.syntax.wikilink import Wikilink
from reglint.text import Span, make


def links(tag: str, data: Any, source: str, span: Span) -> Sequence[Link]:
    """Return the links that a `Link` or an `Image` of the parser stands for; *source* is written at *span*."""
    kind = data["link_type"]
    if kind.__class__ is dict:
        if plain := wikilink.whole(source, span):
            return (make(Link, ("wikilink", plain.target, plain.shown or "", span, source, plain)),)
        return [_wikilink(it, span, source) for it in wikilink.find(source, span.start)]
    if kind == "Email":
        return ()
    link = _markdown_link("Autolink" if kind == "Autolink" else tag, data["dest_url"], source, span)
    return (*_linked_embed(source, span.start), link) if source.startswith("[![[") else (link,)


def _wikilink(found: Wikilink, span: Span, source: str) -> Link:
    return Link("embed" if found.is_embed else "wikilink", found.target, found.shown or "", span, source, found)


def _linked_embed(source: str, start: int) -> Iterator[Link]:
    """The embed that a link shows, if it shows nothing else."""
    if shown := dialect.LINKED_EMBED.match(source, 1):
        for found in wikilink.find(shown[0], start + 1):
            yield _wikilink(found, found.span, shown[0])


def _markdown_link(tag: str, target: str, source: str, span: Span) -> Link:
    if tag == "Autolink":
        return Link("autolink", target, target, span, source)
    kind: LinkKind = "image" if tag == "Image" else "markdown"
    shown = source[source.find("[") + 1 : max(source.rfind("]("), 0)]
    return make(Link, (kind, target, shown, span, source, None))
