"""Run everything in turns, so that a machine that slows down does so for all alike."""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from bench.clock import Broken, Usage, timed
from bench.corpora import Corpus, editing
from bench.goals import GOALS
from bench.programs import SCRATCH, Program

_STARTS = 3
"""How many times more often a single document is checked, as it takes so little."""
_SETTLED = 2.5
"""Seconds after which a file is not taken for one that may be written to at this moment."""


class Run(NamedTuple):
    """A program on a corpus in one of its ways."""

    corpus: Corpus
    program: Program
    way: str

    @property
    def name(self) -> str:
        """What goals call it."""
        return f"{self.corpus.name} {self.program.name} {self.way}"

    def command(self, scratch: Path) -> list[str]:
        """Return the command, which keeps its cache below *scratch*."""
        folder = scratch / self.corpus.name / self.program.name
        return [it.replace(SCRATCH, str(folder)) for it in self.program.commands[self.way]]


class Measured(NamedTuple):
    """What each run took, round by round, by its name; and why a run did not end well."""

    usages: Mapping[str, list[Usage]]
    broken: Mapping[str, str]


def planned(programs: Iterable[Program], corpora: Iterable[Corpus]) -> list[Run]:
    """Return what is to be run: slow programs on a few documents, and on very many only what a goal asks for."""
    runs = (Run(corpus, it, way) for corpus in corpora for it in programs for way in it.commands)
    return [it for it in runs if _is_wanted(it)]


def _is_wanted(run: Run) -> bool:
    program, way = run.program, run.way
    if run.corpus.name == "one":
        return program.name != "cat" and way in {"cold", "warm", "version"}
    if run.corpus.name == "few":
        return way in {"cold", "warm"} and (program.is_slow or program.name == "reglint")
    if run.corpus.name == "large":
        return any(run.name in {it.ours, it.theirs} for it in GOALS)
    return way != "version" and not program.is_slow and program.name != "python"


def measured(runs: Sequence[Run], repetitions: int, scratch: Path) -> Measured:
    """Run all of *runs* so many times, one after the other, with the programs' caches in *scratch*, empty at first."""
    shutil.rmtree(scratch, ignore_errors=True)
    usages: dict[str, list[Usage]] = {}
    broken: dict[str, str] = {}
    with ExitStack() as stack:
        edited = {it.corpus.name: stack.enter_context(editing(it.corpus)) for it in runs if it.way == "changed"}
        for it, is_counted in _turns(runs, repetitions):
            if it.name in broken:
                continue
            if it.way == "changed":
                edited[it.corpus.name].again()
            try:
                used = timed(it.command(scratch), it.corpus.root)
            except Broken as error:
                broken[it.name] = str(error)
            else:
                usages.setdefault(it.name, []).extend([used] * is_counted)
    return Measured({name: it for name, it in usages.items() if name not in broken}, broken)


def _turns(runs: Sequence[Run], repetitions: int) -> Iterator[tuple[Run, bool]]:
    """Yield the runs round by round, and whether they count.

    Before a warm run the same one fills the cache, which waits until the times of files can tell that they have not
    been changed since.
    """
    edited = {it.corpus.root for it in runs if it.way == "changed"}
    for number in range(repetitions * _STARTS):
        for it in runs:
            if number >= repetitions and it.corpus.name != "one":
                continue
            for _ in range(_fillings(it, number, edited)):
                time.sleep(_SETTLED)
                yield it, False
            yield it, True


def _fillings(run: Run, number: int, edited: Collection[Path]) -> int:
    """Twice at first, as Python too keeps what it has compiled; then only where documents change in each round."""
    if run.way != "warm":
        return 0
    return 2 if number == 0 else int(run.corpus.root in edited)
