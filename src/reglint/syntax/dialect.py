"""What the Markdown parser would read otherwise than Obsidian and CommonMark do, put so that it reads the same."""

from __future__ import annotations

import re

from reglint.lazy import regex
from reglint.syntax import wikilink

_SURROGATE = regex("[\ud800-\udfff]")  # an editor may hand one over; U+FFFD has as many bytes
# A tab may follow a closing fence (CommonMark 0.31, 4.5); pyromark 0.10 reads on to the end of the document.
_FENCE = regex(r"^([ \t>]*(?:`{3,}|~{3,}))([ ]*\t[ \t]*)$", re.MULTILINE)
# `[![[picture.png]]](page.md)` is an image of another kind to CommonMark, and an embed within a link to Obsidian.
LINKED_EMBED = regex(r"(?<=\[)!\[\[([^\[\]\n]+)\]\](?=\]\()")


def readable(source: str) -> str:
    """Return *source* as the parser understands it: no offset in bytes moves."""
    text = wikilink.mask(source if _is_encodable(source) else _SURROGATE.sub("\ufffd", source))
    text = LINKED_EMBED.sub(lambda it: wikilink.MASK * 3 + it[1] + wikilink.MASK * 2, text) if "[![[" in text else text
    return _FENCE.sub(lambda it: it[1] + " " * len(it[2]), text) if "\t" in text else text


def _is_encodable(source: str) -> bool:
    try:
        return bool(source.isascii() or source.encode())
    except UnicodeEncodeError:
        return False
