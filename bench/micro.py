"""`python -m bench.micro`: what each stage takes of a document's CPU time, beside reading its bytes."""

from __future__ import annotations

import argparse
import cProfile
import pstats
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bench.corpora import Corpus, corpus
from bench.programs import TODAY
from bench.stopwatch import Stopwatch
from bench.tables import table
from reglint import workspace
from reglint.engine import Engine
from reglint.mapping import Mapped, as_bytes
from reglint.report import FORMATS, renderer
from reglint.report.report import Report
from reglint.rules import MANUALS
from reglint.text import Text
from reglint.workspace import Workspace

# What happens within a stage and has no stage of its own belongs to it: what is left of `check_document` are the rules
# that see documents, and findings made diagnostics.
_WATCHED = {
    "front matter": "reglint.syntax.frontmatter:read",
    "Markdown": "reglint.syntax.markdown:read",
    "outline": "reglint.outline:outline",
    "document, the rest": "reglint.document:parse",
    "schema": "reglint.schema.judge:Schema.judge",
    "facts": "reglint.facts:Facts.of",
    "extent": "reglint.schema.reach:extent_of",
    "rules of documents": "reglint.engine:Engine.check_document",
}
_WARM_UP = 50
_SHOWN = 40


class Subject(NamedTuple):
    """A corpus, its engine, and the documents to be checked: each with its path from the root, and its file."""

    space: Workspace
    engine: Engine
    documents: Sequence[tuple[str, Path]]
    others: Sequence[str]

    @classmethod
    def of(cls, found: Corpus) -> Subject:
        """Return what is needed to check *found*."""
        space = workspace.load((), str(found.root / "reglint.toml"))
        files = space.files()
        documents = [(it, found.root / it) for it in files.documents]
        return cls(space, space.engine(date.fromisoformat(TODAY)), documents, files.others)


def main() -> None:
    """Print a table of stages, or what a profiler says of the same work."""
    root = Path(__file__).parent.parent
    parser = argparse.ArgumentParser(prog="python -m bench.micro", description=__doc__)
    parser.add_argument("--documents", type=int, default=500, metavar="N")
    parser.add_argument("--cache", type=Path, default=root / ".bench", metavar="FOLDER", help="for corpora")
    parser.add_argument("--profile", action="store_true", help=f"the {_SHOWN} functions that take most by themselves")
    given = parser.parse_args()
    found = corpus("micro", given.cache.resolve() / "corpora", given.documents)
    if given.profile:
        profile(Subject.of(found))
    else:
        print(stages(found))  # noqa: T201 - it is what the command is for


def stages(found: Corpus) -> str:
    """Return a table of what each stage takes."""
    watch = Stopwatch()
    absent = [name for name, place in _WATCHED.items() if not watch.watch(name, place)]
    subject = Subject.of(found)
    run(subject._replace(documents=subject.documents[:_WARM_UP]), watch)
    watch.reset()
    run(subject, watch)
    text = table(("Stage", "µs a document", "share", "/ read"), _rows(watch, len(subject.documents)))
    return "\n".join([text, "", *(f"- {it}: not measured, there is no `{_WATCHED[it]}`" for it in absent)]).rstrip()


def _rows(watch: Stopwatch, documents: int) -> Iterator[tuple[str, ...]]:
    spent = {name: it / 1000 / documents for name, it in watch.spent.items() if name}
    whole = sum(spent.values())
    for name, it in {**spent, "all": whole}.items():
        yield name, f"{it:,.1f}", f"{it / whole:.1%}", f"{it / spent['read']:.1f}"


def run(subject: Subject, watch: Stopwatch) -> None:
    """Check all documents, put their facts together, write them as bytes and their findings as reports."""
    checked = []
    for path, file in subject.documents:
        with watch.stage("read"):
            raw = file.read_bytes()
        with watch.stage("decode"):
            text = Text.decode(path, raw)
        checked.append(Mapped(path, raw, subject.engine.check_document(text)))
    with watch.stage("corpus"):
        together = subject.engine.corpus((it.checked.facts for it in checked), subject.others)
    with watch.stage("rules of the corpus"):
        reduced, _ = subject.engine.check_corpus(together)
    _serialise(checked, watch)
    diagnostics = tuple(sorted([*reduced, *(it for each in checked for it in each.checked.diagnostics)]))
    groups = {name: it.group for name, it in MANUALS.items()}
    report = Report(diagnostics, subject.space.texts(), groups, len(checked), len(checked), 0)
    for name in FORMATS:
        with watch.stage(f"report: {name}"):
            list(renderer(name)(report))


def _serialise(checked: Sequence[Mapped], watch: Stopwatch) -> None:
    with watch.stage("to bytes"):
        written = [as_bytes(it) for it in checked]
    with watch.stage("from bytes"):
        for it in written:
            it.unpacked()


def profile(subject: Subject) -> None:
    """Print which functions take the most time by themselves."""
    run(subject._replace(documents=subject.documents[:_WARM_UP]), Stopwatch())
    profiler = cProfile.Profile()
    profiler.runcall(run, subject, Stopwatch())
    pstats.Stats(profiler).sort_stats("tottime").print_stats(_SHOWN)


if __name__ == "__main__":
    main()
