"""One document of the disk, read and mapped."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from reglint import disk
from reglint.cache import digest
from reglint.engine import Checked, Engine, Told
from reglint.facts import Facts
from reglint.packed import packed, unpacked
from reglint.rule import Unchecked
from reglint.surface import leads, surface


class Mapped(NamedTuple):
    """What the map made of the document at *path*, and the bytes that it was given."""

    path: str
    raw: bytes
    checked: Checked


class Packed(NamedTuple):
    """What the map made of a document as bytes, with the digests of the document, its surface, and its links."""

    path: str
    digest: bytes
    surface: bytes
    leads: bytes
    told: bytes
    facts: bytes

    def unpacked(self) -> Checked:
        """Return what was packed."""
        return Checked(unpacked(Facts, self.facts), told(self.told))


@lru_cache(maxsize=1 << 12)
def told(packed: bytes) -> Told:
    """Return what there is to tell of a document, which of most is nothing but how far a schema reaches."""
    return unpacked(Told, packed)


def content_digest(raw: bytes) -> bytes:
    """Return the digest that documents are known by."""
    return digest(raw)


def mapped(engine: Engine, root: Path, path: str) -> Mapped | Unchecked:
    """Read and map one document."""
    raw = disk.content(root, path)
    if isinstance(raw, Unchecked):
        return raw
    text = disk.decoded(path, raw)
    return text if isinstance(text, Unchecked) else Mapped(path, raw, engine.map(text))


def as_bytes(it: Mapped, *, is_kept: bool = True) -> Packed:
    """Pack what the map made of a document; where it is not to be kept, nobody asks for the digests."""
    facts, told = it.checked
    if not is_kept:
        return Packed(it.path, b"", b"", b"", packed(told), packed(facts))
    seen, led = digest(packed(surface(facts))), digest(packed(leads(facts)))
    return Packed(it.path, content_digest(it.raw), seen, led, packed(told), packed(facts))
