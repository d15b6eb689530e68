"""The generated corpora that are measured, each in a folder of its own that is kept for the next time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bench.corpus import generate
from bench.corpus.world import World

SEED = 5
_TIMES = 10
_FEW = 1_000


class Corpus(NamedTuple):
    """A corpus on disk, and what the generator says of it."""

    name: str
    root: Path
    documents: int
    manifest: Mapping[str, Any]


def corpora(folder: Path, documents: int, *, large: bool) -> dict[str, Corpus]:
    """Return the corpora in *folder* by their names, written unless they are there already."""
    sizes = {"one": 1, "few": min(_FEW, documents), "many": documents}
    if large:
        sizes["large"] = documents * _TIMES
    return {name: corpus(name, folder, size) for name, size in sizes.items()}


def corpus(name: str, folder: Path, documents: int) -> Corpus:
    """Return a corpus below *folder*, written unless it is there already."""
    among, root = World(SEED, documents), folder / f"{SEED}-{documents}"
    if not generate.is_written(among, root):
        generate.write(among, root)
    manifest = json.loads((root / generate.MANIFEST).read_text(encoding="utf-8"))
    return Corpus(name, root, documents, manifest)


class Editing:
    """One document of a corpus, which is another one after each `again`, and as good."""

    def __init__(self, corpus: Corpus) -> None:
        planted = {it["path"] for it in corpus.manifest["planted"]}
        paths = sorted(it.relative_to(corpus.root).as_posix() for it in corpus.root.glob("docs/*/*.md"))
        self._file = corpus.root / next(it for it in paths if it not in planted)
        self._text = self._file.read_text(encoding="utf-8")
        self._times = 0

    def again(self) -> None:
        """Write the document with another lead."""
        self._times += 1
        text = re.sub(r"^> ", f"> Revision {self._times}: ", self._text, count=1, flags=re.MULTILINE)
        self._file.write_text(text, encoding="utf-8", newline="\n")

    def undo(self) -> None:
        """Write the document as it was."""
        self._file.write_text(self._text, encoding="utf-8", newline="\n")


@contextmanager
def editing(corpus: Corpus) -> Iterator[Editing]:
    """Hand out a document of *corpus* to be changed; it is as it was afterwards."""
    edited = Editing(corpus)
    try:
        yield edited
    finally:
        edited.undo()
