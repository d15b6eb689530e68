"""Which rules are off, which found nothing to look at, and which rule names no schema asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from reglint.config import Config, default_settings
from reglint.corpus import Corpus
from reglint.coverage.watch import Watch, WatchedCorpus, WatchedDocument
from reglint.document import Document
from reglint.rule import REDUCING, RULES, Rule
from reglint.rules import MANUALS
from reglint.schema.keyword import EXPLAINERS, KEYWORDS
from reglint.syntax.tree import Json


class Off(NamedTuple):
    """A rule that is off by `default`, or by the `configuration`, and for how many documents."""

    rule: str
    by: str
    documents: int


class Attention:
    """Lets every rule that is on look at documents until one has something for it, and counts where rules are off."""

    def __init__(self, config: Config, today: date) -> None:
        self._config = config
        self._today = today
        self._off: Counter[str] = Counter()
        self._documents = 0
        self._waiting = {it.name: it for it in RULES.values() if it.scope in {"doc", *REDUCING}}

    def see(self, doc: Document) -> None:
        """Show *doc* to the rules that wait for something to look at."""
        self._documents += 1
        on = {name for name in MANUALS if self._config.setting(name, doc.path).severity is not None}
        self._off.update(MANUALS.keys() - on)
        for rule in [it for it in self._waiting.values() if it.scope == "doc" and it.name in on]:
            watch = Watch()
            self._show(rule, WatchedDocument(doc, watch), watch, self._config.setting(rule.name, doc.path).options)

    def see_all(self, corpus: Corpus) -> None:
        """Show the facts of all documents to the rules that look at them."""
        for rule in [it for it in self._waiting.values() if it.scope in REDUCING and self._config.is_on(it.name)]:
            watch = Watch()
            self._show(rule, WatchedCorpus(corpus, watch), watch, self._config.settings[rule.name].options)

    def _show(self, rule: Rule, view: object, watch: Watch, options: Mapping[str, Json]) -> None:
        """A rule that finds something had something to look at, and so had one that breaks down."""
        try:
            watch.note(any(True for _ in rule.run(view, self._today, options)))
        except Exception:  # noqa: BLE001 - `check` tells of it
            watch.note("it broke down")
        if watch.saw:
            del self._waiting[rule.name]

    @property
    def off(self) -> tuple[Off, ...]:
        """The rules that are off, somewhere or everywhere."""
        settings = default_settings()
        by = {it: "configuration" if settings[it].severity else "default" for it in self._off}
        return tuple(Off(it, by[it], self._off[it]) for it in sorted(self._off))

    @property
    def idle(self) -> tuple[str, ...]:
        """The rules that are on, and had nothing to look at."""
        return tuple(it for it in sorted(self._waiting) if self._off[it] < self._documents)


def unasked(schemas: Iterable[Mapping[str, Json]]) -> tuple[str, ...]:
    """Return the rule names that none of *schemas* can report under, as it holds no keyword of theirs."""
    keywords = {it for schema in schemas for it in schema}
    asked = {it.manual.name for keyword in keywords for it in EXPLAINERS.get(keyword, ())}
    asked |= {name for keyword in keywords & KEYWORDS.keys() for name in KEYWORDS[keyword].reports}
    return tuple(it for it in sorted(MANUALS.keys() - RULES.keys()) if it not in asked)
