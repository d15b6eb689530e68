"""`python -m bench.corpus FOLDER`: write a corpus."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.corpus.generate import write
from bench.corpus.world import World


def main() -> None:
    """Write the corpus that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description="Write a generated corpus.")
    parser.add_argument("folder", type=Path, help="where to; the documents in it are replaced")
    parser.add_argument("--documents", type=int, default=10_000, metavar="N")
    parser.add_argument("--seed", type=int, default=5, metavar="N", help="the same seed gives the same bytes")
    given = parser.parse_args()
    write(World(given.seed, given.documents), given.folder)


main()
