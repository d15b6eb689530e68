"""The sources that a document names in its front matter."""

from __future__ import annotations

from reglint.document import Document, Entry
from reglint.hints import derived


@derived
def source_texts(doc: Document, key: str) -> tuple[Entry, ...]:
    """Return every text that stands under *key*, in document order."""
    if key not in doc.frontmatter:
        return ()
    return tuple([it for it in doc.strings("frontmatter") if it.path[1] == key])  # which other rules ask for as well


@derived
def source_urls(doc: Document, key: str) -> tuple[Entry, ...]:
    """Return the address of each source: the `url` of an item, or the item itself where it is a text."""
    return tuple([it for it in source_texts(doc, key) if it.path[-1] == "url" or _is_item(it)])


def _is_item(entry: Entry) -> bool:
    return str not in map(type, entry.path[2:])
