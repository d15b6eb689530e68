"""Real vaults as they were before somebody mended a link: each of those links has to be found, at its line, by its rule.

`data/mended_links.csv` holds coordinates only. Run as a program, it reads every tree out of a clone, checks it once, and
says which defects were missed.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from reglint import project
from reglint.config import select
from reglint.engine import Engine
from reglint.text import Text

DEFECTS = Path(__file__).parent / "data/mended_links.csv"
CACHE = Path.home() / ".cache/reglint/vaults"
TODAY = date(2026, 1, 1)
_SYMLINK = "120000"


class Unavailable(Exception):
    """A repository, or an object of it, cannot be had."""


class Tree(NamedTuple):
    """A vault at one commit: *folder* is its root inside the repository, empty for all of it."""

    repository: str
    commit: str
    folder: str


class Defect(NamedTuple):
    """A link that was broken in *tree*: its document there, its line (from 1), and the rule that has to find it."""

    tree: Tree
    path: str
    line: int
    rule: str


class Blob(NamedTuple):
    """A file of a tree: its path from the vault's root, its name among git's objects, and whether it is a document."""

    path: str
    id: str
    is_document: bool


def defects(file: Path) -> list[Defect]:
    """Read the table of defects, sorted so that those of one tree stand together."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        return sorted(
            Defect(Tree(it["repository"], it["commit"], it["folder"]), it["path"], int(it["line"]), it["rule"])
            for it in rows
        )


def clone(name: str, folder: Path, *, is_cache: bool) -> Path:
    """Return the bare clone of *name* in *folder*; in a cache it is made where it is missing. Raises Unavailable."""
    owner, _, short = name.partition("/")
    places = (folder / f"{owner}+{short}" / "repo", folder / owner / f"{short}.git")
    if found := next((it for it in places if it.is_dir()), None):
        return found
    if not is_cache:
        raise Unavailable(f"{name}: there is no clone of it in {folder}")
    url = f"https://github.com/{name}"
    if subprocess.run(["git", "clone", "--bare", "--quiet", url, str(places[1])], check=False).returncode:
        raise Unavailable(f"{name}: {url} could not be cloned")
    return places[1]


def blobs(clone: Path, tree: Tree) -> list[Blob]:
    """List the files of a tree; what a symbolic link leads to is not followed."""
    listed = _git(clone, "ls-tree", "-r", "-z", f"{tree.commit}:{tree.folder}").decode(errors="surrogateescape")
    entries = (it.partition("\t") for it in listed.split("\0") if it)
    return [
        Blob(path, head.split(" ")[2], path.endswith(".md") and not head.startswith(_SYMLINK))
        for head, _, path in entries
    ]


def contents(clone: Path, wanted: Sequence[Blob]) -> Iterator[Text]:
    """Read documents out of git, in one go. Raises Unavailable for one that the clone lacks."""
    answer = _git(clone, "cat-file", "--batch", given="".join(f"{it.id}\n" for it in wanted))
    start = 0
    for it in wanted:
        head, _, _ = answer[start : start + 200].partition(b"\n")
        if head.endswith(b"missing"):
            raise Unavailable(f"{clone}: the clone lacks {it.path}")
        begin = start + len(head) + 1
        start = begin + int(head.rpartition(b" ")[2]) + 1
        yield Text.decode(it.path, answer[begin : start - 1])


def findings(clone: Path, tree: Tree, rules: frozenset[str]) -> set[Defect]:
    """Check a tree once, and return what the *rules* find there."""
    files = blobs(clone, tree)
    texts = {it.path: it for it in contents(clone, [it for it in files if it.is_document])}
    loaded = project.load(None, ())
    engine = Engine(select(loaded.config, rules, frozenset()), loaded.library, TODAY)
    run = engine.lint(texts.values(), (), [it.path for it in files if not it.is_document])
    return {
        Defect(tree, it.path, texts[it.path].position(it.span.start).line, it.rule)
        for it in run.diagnostics
        if it.rule in rules
    }


def missed(folder: Path, wanted: Sequence[Defect], *, is_cache: bool) -> Iterator[Defect]:
    """Yield the defects that are not found. Raises Unavailable."""
    rules = frozenset(it.rule for it in wanted)
    for tree, group in groupby(wanted, key=lambda it: it.tree):
        found = findings(clone(tree.repository, folder, is_cache=is_cache), tree, rules)
        yield from (it for it in group if it not in found)


def _git(clone: Path, *arguments: str, given: str = "") -> bytes:
    command = ["git", f"--git-dir={clone}", *arguments]
    done = subprocess.run(command, input=given.encode(), capture_output=True, check=False)
    if done.returncode:
        raise Unavailable(f"{clone}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def main() -> int:
    """Print each defect that is missed. Returns 1 if there is one, 2 if a repository is out of reach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--repositories", type=Path, help="a folder of bare clones; without it they are made in a cache"
    )
    parser.add_argument("--only", default="", help="a part of the names of the repositories to look at")
    parser.add_argument("--defects", type=Path, default=DEFECTS, help="the table of defects")
    given = parser.parse_args()
    wanted = [it for it in defects(given.defects) if given.only in it.tree.repository]
    try:
        lost = list(missed(given.repositories or CACHE, wanted, is_cache=not given.repositories))
    except Unavailable as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for it in lost:
        sys.stdout.write(f"missed {it.rule}: {'/'.join(filter(None, it.tree))}/{it.path}:{it.line}\n")
    trees = len({it.tree for it in wanted})
    sys.stdout.write(f"{len(wanted) - len(lost)} of {len(wanted)} defects found, in {trees} trees\n")
    return 1 if lost or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
