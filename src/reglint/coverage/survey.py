"""The whole of it: documents by type, what schemas and documents lack of each other, rules without a subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from reglint import provenance
from reglint.config import Config, DocumentType
from reglint.coverage.attention import Attention, Off, unasked
from reglint.coverage.held import Gap, Tally
from reglint.coverage.unused import Unused, Usage
from reglint.engine import Engine, Examined
from reglint.facts import Facts
from reglint.rule import Unchecked
from reglint.schema.library import Library
from reglint.schema.reach import Extent
from reglint.text import Text


class Untyped(NamedTuple):
    """A document that no schema judges, and why."""

    path: str
    reason: str


class TypeCoverage(NamedTuple):
    """The documents of one type, and what they and the schema lack of each other.

    *unspoken* are places that no schema speaks of, *accepted* ones that it speaks of without asking anything, *unused*
    what it speaks of and no document holds.
    """

    type: DocumentType
    documents: int
    frontmatter: Extent
    body: Extent
    unspoken: tuple[Gap, ...]
    accepted: tuple[Gap, ...]
    unused: tuple[Unused, ...]

    @property
    def extent(self) -> Extent:
        """Front matter and body together."""
        return self.frontmatter + self.body


@dataclass(frozen=True)
class Coverage:
    """What a run enforces. *idle* rules had nothing to look at, *unasked* names can be reported by no schema."""

    types: tuple[TypeCoverage, ...]
    untyped: tuple[Untyped, ...]
    untyped_extent: Extent
    unchecked: tuple[Unchecked, ...]
    off: tuple[Off, ...]
    idle: tuple[str, ...]
    unasked: tuple[str, ...]

    @property
    def documents(self) -> int:
        """The number of documents that were read."""
        return len(self.untyped) + sum(it.documents for it in self.types)

    @property
    def extent(self) -> Extent:
        """The values of all documents."""
        return sum((it.extent for it in self.types), self.untyped_extent)


class _Survey:
    """What is known after some documents."""

    def __init__(self, engine: Engine, config: Config, library: Library, today: date) -> None:
        self._engine = engine
        self._config = config
        self._library = library
        self.attention = Attention(config, today)
        self.facts: list[Facts] = []
        self.crashes: list[Unchecked] = []
        self.untyped: list[Untyped] = []
        self.without_type = Tally()
        self.tallies = {name: Tally() for name in config.types}
        self.usages = {name: Usage(library, it.schema, _root(it)) for name, it in config.types.items()}

    def see(self, text: Text) -> None:
        examined = self._engine.examine(text)
        self.facts.append(examined.facts)
        self.crashes += examined.crashes
        self.attention.see(examined.doc)
        if examined.facts.type:
            self._see_typed(examined, examined.facts.type)
        else:
            reason = provenance.of_document(self._config, "", text.path, text).type_reason
            self.untyped.append(Untyped(text.path, reason.words if reason else ""))
            self.without_type.add(examined.doc, examined.values)

    def _see_typed(self, examined: Examined, name: str) -> None:
        self.tallies[name].add(examined.doc, examined.values)
        root = [it for it in _root(self._config.types[name]) if isinstance(it, str)]
        self.usages[name].see(examined.doc.get(*root))

    def type(self, kind: DocumentType) -> TypeCoverage:
        """A type without documents uses nothing of its schema, which is said once by their number."""
        tally = self.tallies[kind.name]
        unused = self.usages[kind.name].unused() if tally.documents else ()
        gaps = (tally.gaps("unspoken"), tally.gaps("accepted"))
        return TypeCoverage(kind, tally.documents, tally.frontmatter, tally.body, *gaps, unused)


def _root(kind: DocumentType) -> tuple[str, ...]:
    return ("frontmatter",) if kind.applies_to == "frontmatter" else ()


def survey(  # noqa: PLR0913, PLR0917 - all that a run is made of
    config: Config,
    library: Library,
    texts: Iterable[Text],
    unchecked: Sequence[Unchecked],
    files: Iterable[str],
    today: date,
) -> Coverage:
    """Look at every document of a corpus, and at what its schemas and rules make of it.

    *unchecked* are the files that could not be read, *files* those beside the documents.
    """
    engine = Engine(config, library, today)
    found = _Survey(engine, config, library, today)
    for text in texts:
        found.see(text)
    found.attention.see_all(engine.corpus(found.facts, files))
    asking = [it for usage in found.usages.values() for it in usage.asking.values()]
    return Coverage(
        tuple(found.type(it) for _, it in sorted(config.types.items())),
        tuple(found.untyped),
        found.without_type.extent,
        (*unchecked, *found.crashes),
        found.attention.off,
        found.attention.idle,
        unasked(asking),
    )
