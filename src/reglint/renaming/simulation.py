"""The corpus as it will be: each document is parsed again only where its text has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from reglint.columns import LinkFact
from reglint.corpus import Corpus
from reglint.document import Document, parse
from reglint.edits import Edit, applied
from reglint.facts import Facts
from reglint.renaming.leads import Leads
from reglint.renaming.request import Rename
from reglint.renaming.sites import Sites
from reglint.resolution import Outcome
from reglint.text import Text

Edits = Mapping[str, Sequence[Edit]]
"""The edits of each document, in order, by the path that it has before."""


class Simulation:
    """Makes the corpus after *rename* from the one *before*; *text* reads a document of it."""

    def __init__(self, before: Corpus, rename: Rename, text: Callable[[str], Text]) -> None:
        self.before = before
        self.rename = rename
        self._text = text
        self._latest: dict[str, Document] = {}
        self.old = cache(lambda path: parse(text(path)))
        self.leads = Leads(before)
        self.sites = cache(lambda path: Sites(self.old(path)))
        self.outcomes = cache(self._outcomes)

    def after(self, edits: Edits) -> Corpus:
        """Return the corpus with *edits* applied and the document moved."""
        changed = {*edits, self.rename.old}
        kept = (it for path, it in self.before.documents.items() if path not in changed)
        made = (Facts.of(self.new(it, edits.get(it, ()))) for it in sorted(changed))
        return Corpus.of([*kept, *made], self.before.files, self.before.links)

    def new(self, path: str, edits: Sequence[Edit]) -> Document:
        """Return the document at *path* as it will be."""
        text = Text(self.rename.moved(path), applied(self._text(path).content, edits))
        latest = self._latest.get(path)
        if latest is None or latest.text != text:
            latest = self._latest[path] = parse(text)
        return latest

    def _outcomes(self, path: str) -> tuple[Outcome, ...]:
        """Where the links and mentions of a document lead before."""
        source = self.before.documents[path]
        return tuple(self.before.resolver.resolve(source, it) for it in links(source))


def links(facts: Facts) -> tuple[LinkFact, ...]:
    """Return every link of a document that follows a rename: those of Obsidian, and those in prose of front matter."""
    return (*facts.links, *facts.mentions)
