"""Write a corpus into a folder, with its configuration, its schemas, and a manifest of what is wrong in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from bench.corpus.defects import ONE_IN, Planted, plant
from bench.corpus.dice import Dice
from bench.corpus.pages import page
from bench.corpus.world import World

MANIFEST = "manifest.json"
_PROJECT = Path(__file__).with_name("project")


class Written(NamedTuple):
    """A page as it is written: its path from the root of the corpus, and its text with what was planted in it."""

    path: str
    planted: Planted


def pages(among: World) -> Iterator[Written]:
    """Yield every page. Of each fifty in a row, one has defects."""
    for i in range(among.documents):
        first = i - i % ONE_IN
        known, text = page(among, i)
        is_chosen = i == first + Dice(among.seed, "defects", first).below(ONE_IN)
        planted = plant(text, Dice(among.seed, "defect", i)) if is_chosen else Planted(text)
        yield Written(f"docs/{known.folder}/{known.name}.md", planted)


def write(among: World, root: Path) -> None:
    """Write a corpus to *root*, in the place of one that is there."""
    (root / MANIFEST).unlink(missing_ok=True)
    if (root / "docs").exists():
        shutil.rmtree(root / "docs")
    shutil.copytree(_PROJECT, root, dirs_exist_ok=True)
    found, size = [], 0
    for it in pages(among):
        raw = it.planted.text.encode()
        file = root / it.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
        size += len(raw)
        found += [it] * bool(it.planted.defects)
    manifest = json.dumps(_manifest(among, size, found), indent=1)
    (root / MANIFEST).write_text(manifest + "\n", encoding="utf-8", newline="\n")


def is_written(among: World, root: Path) -> bool:
    """Tell whether *root* holds the whole corpus as this generator writes it."""
    try:
        manifest = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    return bool(_identity(among).items() <= manifest.items())


def _manifest(among: World, size: int, found: list[Written]) -> dict[str, Any]:
    planted = [{"path": it.path, "defects": it.planted.defects, "rules": it.planted.rules} for it in found]
    return {**_identity(among), "bytes": size, "planted": planted}


def _identity(among: World) -> dict[str, Any]:
    return {"generator": _digest(), "seed": among.seed, "documents": among.documents}


@cache
def _digest() -> str:
    """Return what changes whenever the generator, its words or its schemas do."""
    files = sorted(it for it in Path(__file__).parent.rglob("*") if it.suffix in {".py", ".toml", ".json"})
    return sha256(b"".join(it.read_bytes() for it in files)).hexdigest()[:16]
