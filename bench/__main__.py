"""`python -m bench`: measure reglint and its peers side by side, and print what came of it."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterable
from pathlib import Path

from bench.clock import Broken
from bench.corpora import Corpus, corpora
from bench.peers.install import Installed, Missing, install
from bench.peers.peer import peers
from bench.programs import Program, peer, python, reglint
from bench.rounds import measured, planned
from bench.tables import Results, page
from bench.writing import write

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Measure what the command line asks for, and print the tables."""
    given = _arguments()
    found = _found(given.peers, given.cache / "peers")
    _tell("writing corpora")
    over = corpora(given.cache / "corpora", given.documents, large=given.large)
    programs = [reglint(given.reglint), python(), *(peer(it) for it in found if isinstance(it, Installed))]
    unfit = _unfit(programs, over["few"])
    if reason := unfit.get("reglint"):
        sys.exit(f"reglint does not find what it should: {reason}")
    runs = planned([it for it in programs if it.title not in unfit], over.values())
    _tell(f"measuring {len(runs)} runs, {given.repetitions} times")
    usages = measured(runs, given.repetitions, given.cache / "scratch")
    missing = [it for it in found if isinstance(it, Missing)]
    text = page(Results(runs, usages, missing, unfit, given.repetitions))
    print(text)  # noqa: T201 - it is what the command is for
    if given.write:
        write(text, ROOT / "docs/performance.md")


def _arguments() -> argparse.Namespace:
    program = [str(Path(sys.executable).with_name("reglint"))]
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000, metavar="N", help="how many; slow peers see 1,000")
    parser.add_argument("--repetitions", type=int, default=5, metavar="N", help="how many rounds")
    parser.add_argument("--large", action="store_true", help="also ten times as many documents")
    parser.add_argument("--peers", metavar="NAMES", help="only these of `bench/peers/peers.toml`, with commas")
    parser.add_argument("--reglint", type=shlex.split, default=program, metavar="COMMAND", help="another reglint")
    parser.add_argument("--cache", type=_resolved, default=ROOT / ".bench", metavar="FOLDER", help="default: .bench")
    parser.add_argument("--write", action="store_true", help="also write the tables to docs/performance.md")
    return parser.parse_args()


def _resolved(path: str) -> Path:
    return Path(path).resolve()


def _found(names: str | None, folder: Path) -> list[Installed | Missing]:
    found = []
    for it in peers():
        if names is None or it.name in names.split(","):
            _tell(f"looking for {it.name}")
            found.append(install(it, folder))
    return found


def _unfit(programs: Iterable[Program], corpus: Corpus) -> dict[str, str]:
    """Return what programs do instead of what they are said to, by the titles of those that do."""
    found = {}
    for it in programs:
        _tell(f"proving {it.name}")
        try:
            reason = it.prove(corpus)
        except Broken as error:
            reason = str(error)
        if reason:
            found[it.title] = reason
    return found


def _tell(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201 - progress


main()
