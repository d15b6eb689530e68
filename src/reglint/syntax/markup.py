"""What HTML in Markdown says by itself: comments, and ids that links may name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglint.lazy import regex
from reglint.text import BLANKS, Span

_HTML_ID = regex(r"""\s(?:id|name)\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)
_BLOCK_ID = regex(r"(?<=[ \t])\^[A-Za-z0-9-]+[ \t]*$")
_HEADING_ID = regex(r"\{#([^\s{}]++)[^{}]*+\}[ \t]*$")


def comments(html: str, start: int) -> Iterator[Span]:
    """Yield every `<!-- … -->` in *html*, which stands at *start*; one that nothing closes hides the rest."""
    at = html.find("<!--")
    while at >= 0:
        end = html.find("-->", at + 4)
        end = len(html) if end < 0 else end + 3
        yield Span(start + at, start + at + len(html[at:end].rstrip(BLANKS)))
        at = html.find("<!--", end)


def ids(html: str) -> list[str]:
    """Return the values of `id` and `name` in a piece of HTML."""
    return _HTML_ID.findall(html)


def heading_ids(heading: str) -> list[str]:
    """Return the id that some renderers read in `Title {#id}`."""
    return _HEADING_ID.findall(heading)


def without_id(heading: str) -> str:
    """Return the text of a heading without `{#id}` behind it, or Obsidian's `^id`."""
    return _BLOCK_ID.sub("", _HEADING_ID.sub("", heading)).rstrip()
