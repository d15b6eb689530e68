"""What is run: reglint, its peers, and bare Python, each with the ways in which it can be run."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench import planted
from bench.clock import output
from bench.corpora import Corpus
from bench.peers.install import Installed

TODAY = "2026-11-22"
"""The day that reglint judges dates by."""
SCRATCH = "{scratch}"
"""Stands in a command for the folder of the program's own cache."""


class Program(NamedTuple):
    """A program, its commands by the way that it is run, and the check that it does what it is said to do.

    The ways are `cold` (no cache), `warm` (nothing changed), `changed` (one document did), `one process` and `version`.
    *prove* returns what is wrong with what the program did with a corpus, or nothing. It raises Broken.
    """

    name: str
    title: str
    version: str
    commands: Mapping[str, Sequence[str]]
    is_slow: bool = False
    prove: Callable[[Corpus], str] = lambda _: ""


def python() -> Program:
    """Return the interpreter alone."""
    return Program("python", "`python -c pass`", sys.version.split()[0], {"cold": [sys.executable, "-c", "pass"]})


def peer(found: Installed) -> Program:
    """Return a peer as it is installed."""
    it = found.peer

    def command(*arguments: str) -> list[str]:
        return [str(found.program), *(part.replace("{home}", str(found.home)) for part in arguments)]

    def prove(corpus: Corpus) -> str:
        said = output(command(*it.cold), corpus.root)
        return _miscounted("\n".join(said), it.proof, corpus.documents) if it.proof else ""

    ways = {"cold": it.cold and (*it.cold, *it.quiet), "warm": it.warm and (*it.warm, *it.quiet), "version": it.version}
    commands = {way: command(*arguments) for way, arguments in ways.items() if arguments}
    return Program(it.name, it.title, found.version, commands, it.is_slow, prove)


def reglint(program: Sequence[str]) -> Program:
    """Return reglint as *program* starts it. What it does not offer by its own `--help`, it is not asked for."""
    here = Path()
    offered = output([*program, "check", "--help"], here).out
    check = [*program, "check", "--now", TODAY]
    commands = {"cold": check, "version": [*program, "--version"]}
    if "--no-cache" in offered and "--cache-dir" in offered:
        warm = [*check, "--cache-dir", SCRATCH]
        commands |= {"cold": [*check, "--no-cache"], "warm": warm, "changed": warm}
    if "--jobs" in offered:
        commands["one process"] = [*commands["cold"], "--jobs", "1"]

    def prove(corpus: Corpus) -> str:
        report = output([*commands["cold"], "--output-format", "json"], corpus.root).out
        return planted.difference(report, corpus.manifest)

    version = output([*program, "--version"], here).out.split()[-1]
    return Program("reglint", "reglint", version, commands, prove=prove)


def _miscounted(said: str, proof: str, documents: int) -> str:
    """The output names each file that was checked, or says how many there were."""
    found = set(re.findall(proof, said, re.MULTILINE))
    if found == {str(documents)} or len(found) == documents:
        return ""
    return f"its output speaks of {', '.join(sorted(found))[:200] or 'no file'} instead of {documents} documents"
