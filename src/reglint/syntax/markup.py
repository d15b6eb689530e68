"""What HTML in Markdown says by itself: comments, and ids that links may name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglint.text import Span, Text

_HTML_ID = re.compile(r"""\s(?:id|name)\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)
_BLOCK_ID = re.compile(r"(?<=[ \t])\^[A-Za-z0-9-]+[ \t]*$")
_HEADING_ID = re.compile(r"\{#([^\s{}]++)[^{}]*+\}[ \t]*$")


def comments(text: Text, span: Span) -> Iterator[Span]:
    """Yield every `<!-- … -->` within *span*; one that nothing closes hides the rest."""
    at = text.content.find("<!--", *span)
    while at >= 0:
        end = text.content.find("-->", at + 4, span.end)
        end = span.end if end < 0 else end + 3
        yield text.strip(Span(at, end))
        at = text.content.find("<!--", end, span.end)


def ids(html: str) -> list[str]:
    """Return the values of `id` and `name` in a piece of HTML."""
    return _HTML_ID.findall(html)


def heading_ids(heading: str) -> list[str]:
    """Return the id that some renderers read in `Title {#id}`."""
    return _HEADING_ID.findall(heading)


def without_id(heading: str) -> str:
    """Return the text of a heading without `{#id}` behind it, or Obsidian's `^id`."""
    return _BLOCK_ID.sub("", _HEADING_ID.sub("", heading)).rstrip()
