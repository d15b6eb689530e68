"""Views of a document and of the corpus that remember whether a rule saw anything in them.

What a view does not know is taken for something, so that a rule which had something to look at is never called idle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from reglint.columns import LinkFact
from reglint.corpus import Corpus, Resolved, Trait
from reglint.diagnostic import Path
from reglint.document import Document, Entry
from reglint.facts import Claim, Facts
from reglint.resolution import Outcome
from reglint.syntax.tree import Json
from reglint.text import Span

_IDENTITY = {("path",), ("name",), ("frontmatter", "type")}


class Watch:
    """Whether anything was seen."""

    def __init__(self) -> None:
        self.saw = False

    def note(self, found: object) -> None:
        """Take note of what a rule was given; nothing is nothing to look at."""
        self.saw = self.saw or bool(found)


class _View:
    """Hands out what *real* has, and notes it: *_silent* not at all, *_parts* if there are any, all else always."""

    _silent: frozenset[str] = frozenset()
    _parts: frozenset[str] = frozenset()

    def __init__(self, real: Any, watch: Watch) -> None:
        self._real = real
        self._watch = watch

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._real, name)
        if name not in self._silent:
            self._watch.note(value if name in self._parts else True)
        return value


class _Text(_View):
    """The text of a document: its characters are something, a place in it is not."""

    _silent = frozenset({"path", "position", "line", "strip"})
    _parts = frozenset({"content"})

    def __getitem__(self, span: Span) -> str:
        found: str = self._real[span]
        self._watch.note(found.strip())
        return found


class _Body(_View):
    _parts = frozenset({"headings", "tables", "blocks", "links", "block_ids", "anchors", "comments", "code_spans"})


class _FrontMatter(Mapping[str, Json]):
    """Front matter by its keys; `type` only says which schema judges the document."""

    def __init__(self, real: Mapping[str, Json], watch: Watch) -> None:
        self._real = real
        self._watch = watch

    def __getitem__(self, key: str) -> Json:
        value = self._real[key]
        self._watch.note(key != "type")
        return value

    def __iter__(self) -> Iterator[str]:
        self._watch.note(self._real)
        return iter(self._real)

    def __len__(self) -> int:
        self._watch.note(self._real)
        return len(self._real)


class WatchedDocument(_View):
    """A document as a rule sees it.

    What holds defects only (`repeated`, the errors of the front matter) is empty where nothing is wrong, so that what
    they could be found in counts instead.
    """

    _silent = frozenset({"path", "name", "is_template", "is_literal", "is_quoted", "at", "key", "pointer"})
    _parts = frozenset({"links", "mentions"})
    _real: Document

    @cached_property
    def text(self) -> _Text:
        return _Text(self._real.text, self._watch)

    @cached_property
    def body(self) -> _Body:
        return _Body(self._real.body, self._watch)

    @cached_property
    def frontmatter(self) -> _FrontMatter:
        return _FrontMatter(self._real.frontmatter, self._watch)

    @property
    def front(self) -> Any:
        self._watch.note(self._real.front.is_there)
        return self._real.front

    @property
    def repeated(self) -> Any:
        self._watch.note(self._real.body.headings)
        return self._real.repeated

    @property
    def empty_headings(self) -> Any:
        self._watch.note(self._real.body.headings)
        return self._real.empty_headings

    @property
    def repeated_fields(self) -> Any:
        self._watch.note(any(self._real.fields()))
        return self._real.repeated_fields

    def get(self, *path: str | int) -> Json:
        self._watch.note(self._has(path) and path not in _IDENTITY)
        return self._real.get(*path)

    def strings(self, *path: str | int) -> Iterator[Entry]:
        self._watch.note(self._has(path))
        return iter(self._real.strings(*path))

    def fields(self, names: tuple[str, ...] = ()) -> Iterator[Entry]:
        found = list(self._real.fields(names))
        self._watch.note(found)
        return iter(found)

    def _has(self, path: Path) -> bool:
        """A key without a value is there, and may be given any."""
        is_there = path in self._real.places or self._real.get(*path) is not None
        return self._real.front.is_there if path == ("frontmatter",) else is_there


class _Facts(_View):
    _silent = frozenset({"path", "name", "type"})
    _parts = frozenset(
        {"declared", "front", "title", "aliases", "headings", "blocks", "anchors", "links", "mentions", "values"}
    )
    _real: Facts

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Claims of which one is seen when it is looked into: a rule passes over those of other kinds."""
        kinds: list[Any] = [type(it) for it in self._real.claims]
        return tuple(_watched(kind, self._watch)._make(it) for kind, it in zip(kinds, self._real.claims, strict=True))


@lru_cache(maxsize=16)
def _watched(kind: Any, watch: Watch) -> Any:
    """Return a kind of claim that is still an instance of *kind*, but notes it when it is looked into."""

    def get(self: Any, name: str) -> Any:
        watch.note(not name.startswith("_"))
        return object.__getattribute__(self, name)

    def steps(self: Any) -> Iterator[Any]:
        watch.note("all of it")
        return tuple.__iter__(self)

    return type(kind.__name__, (kind,), {"__getattribute__": get, "__iter__": steps})


def _could_be(link: LinkFact, trait: Trait) -> bool:
    """Tell whether *link* is one that can have that trait."""
    is_block = bool(link.subpath) and link.subpath[-1].startswith("^")
    own: dict[Trait, bool] = {"no-file": link.is_embed, "no-document": not link.is_embed, "no-block": is_block}
    return own.get(trait, bool(link.subpath) and not is_block if trait == "no-heading" else True)


class WatchedCorpus(_View):
    """The corpus as a rule sees it."""

    _silent = frozenset({"types", "claimed", "root_of"})
    _parts = frozenset({"globs", "files"})
    _real: Corpus

    @property
    def resolved(self) -> Iterator[Resolved]:
        self._watch.note(any(it.links for it in self._real))
        return self._real.resolved

    def claims(self, kind: type[Any]) -> Iterator[tuple[_Facts, Any]]:
        """Claims of one kind, of documents that note what is looked into."""
        return ((facts, it) for facts in self for it in facts.claims if isinstance(it, kind))

    def led_by(self, kind: type[Any]) -> Iterator[tuple[_Facts, Any, Sequence[Outcome]]]:
        """Claims about links, which are looked into when it is asked where these lead."""
        return ((facts, it, [link.outcome for link in self.claimed(facts, it)]) for facts, it in self.claims(kind))

    @property
    def namesakes(self) -> Mapping[str, Sequence[str]]:
        """Every document has a name that others might have."""
        self._watch.note(self._real.documents)
        return self._real.namesakes

    def resolved_as(self, trait: Trait) -> Iterator[Resolved]:
        """Links that lead elsewhere are looked at as well; one without `#` was no reason to look for headings."""
        links = (link for facts in self._real for link in facts.links)
        self._watch.note(any(_could_be(link, trait) for link in links))
        return self._real.resolved_as(trait)

    @cached_property
    def documents(self) -> Mapping[str, _Facts]:
        return {path: _Facts(it, self._watch) for path, it in self._real.documents.items()}

    def __iter__(self) -> Iterator[_Facts]:
        return iter(self.documents.values())
