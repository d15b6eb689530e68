"""What was measured, as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from bench.goals import GOALS, Goal, Spread, is_met, ratio
from bench.peers.install import Missing
from bench.programs import Program
from bench.rounds import Measured, Run

_BARE = "one python cold"
_PART = 1 / 3
"""Shares that are smaller are shown as one part of so many."""


class Results(NamedTuple):
    """All that one command found out. *unfit*: what peers did instead of what they were asked for, by their titles."""

    runs: Sequence[Run]
    measured: Measured
    missing: Sequence[Missing]
    unfit: Mapping[str, str]
    repetitions: int


def page(results: Results) -> str:
    """Return everything as a part of a page."""
    parts = (_introduction, _goals, _checks, _starts, _absent)
    return "\n\n".join(text for it in parts if (text := it(results)))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; all columns but the first are numbers."""
    ruler = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(it)} |" for it in (head, ruler, *rows))


def _introduction(results: Results) -> str:
    sizes = {it.corpus.name: it.corpus for it in results.runs}
    us = next(it.program.version for it in results.runs if it.program.name == "reglint")
    machine = f"{platform.system()}, {os.cpu_count()} processors, {datetime.now(UTC):%Y-%m-%d}"
    shown = (
        f"{name}: {it.documents:,} of {it.manifest['bytes'] / it.documents / 1000:.1f} KB" for name, it in sizes.items()
    )
    return (
        f"reglint {us}, Python {platform.python_version()}, {machine}. Documents: {'; '.join(shown)}. "
        f"{results.repetitions} rounds; shown are medians, and the least and the greatest behind them. Ratios are of "
        "what reglint takes to what the other takes."
    )


def _goals(results: Results) -> str:
    rows = (_goal(it, ratio(results.measured.usages, it.ours, it.theirs, it.of)) for it in GOALS)
    return table(("Goal", "at most", "measured", "met"), rows)


def _goal(goal: Goal, found: Spread | None) -> tuple[str, ...]:
    if found is None:
        return (goal.title, goal.bound, "not measured", "")
    return (goal.title, goal.bound, _spread(found), "yes" if is_met(goal, found) else "**no**")


def _checks(results: Results) -> str:
    runs = (it for it in results.runs if it.corpus.name != "one" and it.name in results.measured.usages)
    head = ("Check", "documents", "files/s", "CPU s", "MiB", "cold / it", "warm / it", "CPU", "memory")
    return table(head, (_check(it, results.measured) for it in runs))


def _check(run: Run, measured: Measured) -> tuple[str, ...]:
    count, usages = run.corpus.documents, measured.usages
    cold, warm = (f"{run.corpus.name} reglint {way}" for way in ("cold", "warm"))
    speed = Spread.of([count / it.wall for it in usages[run.name]])
    pairs = ((cold, "wall"), (warm, "wall"), (cold, "cpu"), (cold, "peak"))
    return (
        f"{run.program.title}, {run.way}",
        f"{count:,}",
        _spread(speed),
        _plain(ratio(usages, run.name, of="cpu")),
        _median(ratio(usages, run.name, of="peak")),
        *(_median(ratio(usages, ours, run.name, of)) for ours, of in pairs),
    )


def _starts(results: Results) -> str:
    names = {it.program.name: it.program for it in results.runs if it.corpus.name == "one"}
    head = ("Start", "version", "`--version`, ms", "/ Python", "one document, ms", "/ Python", "again, ms", "MiB")
    return table(head, (_start(it, results.measured) for it in names.values()))


def _start(program: Program, measured: Measured) -> tuple[str, ...]:
    usages = measured.usages
    version, cold, warm = (f"one {program.name} {it}" for it in ("version", "cold", "warm"))
    return (
        program.title,
        program.version,
        _milliseconds(ratio(usages, version)),
        _median(ratio(usages, version, _BARE)),
        _milliseconds(ratio(usages, cold)),
        _median(ratio(usages, cold, _BARE)),
        _milliseconds(ratio(usages, warm)),
        _median(ratio(usages, cold, of="peak")),
    )


def _absent(results: Results) -> str:
    """Name what is not in the tables, with the reason."""
    return "\n".join(f"- {it}" for it in _reasons(results))


def _reasons(results: Results) -> Iterator[str]:
    for missing in results.missing:
        yield f"{missing.peer.title} could not be had: {missing.reason}"
    for title, reason in results.unfit.items():
        yield f"{title} is left out: {reason}"
    for name, reason in results.measured.broken.items():
        yield f"{name} broke down: {reason}"
    names = {it.name for it in results.runs}
    if "many reglint warm" not in names:
        yield "reglint has no `--no-cache` and `--cache-dir` yet, so nothing is warm"
    if "large reglint cold" not in names:
        yield "ten times as many documents were not asked for (`--large`)"


def _milliseconds(found: Spread | None) -> str:
    return f"{found.median * 1000:.0f}" if found else ""


def _plain(found: Spread | None) -> str:
    return f"{found.median:.2f}" if found else ""


def _median(found: Spread | None) -> str:
    return _shown(found.median) if found else ""


def _spread(found: Spread) -> str:
    return f"{_shown(found.median)} ({_shown(found.least)} to {_shown(found.greatest)})"


def _shown(value: float) -> str:
    """Return a number with two digits that count, small shares as parts: `1/34`, `0.42`, `7.1`, `120`."""
    if 0 < value < _PART:
        return f"1/{_shown(1 / value)}"
    return f"{float(f'{value:.2g}'):,g}"
