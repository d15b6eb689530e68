"""The sources that a document names in its front matter."""

from __future__ import annotations

from collections.abc import Iterator

from reglint.document import Document, Entry


def source_urls(doc: Document, key: str) -> Iterator[Entry]:
    """Yield the address of each source: the `url` of an item, or the item itself where it is a text."""
    for entry in doc.strings("frontmatter", key):
        is_item = not any(isinstance(step, str) for step in entry.path[2:])
        if entry.path[-1] == "url" or is_item:
            yield entry
