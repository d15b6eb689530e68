"""Break any link of a clean vault, and exactly that finding appears, at that link."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from reglint.config import Config, select
from reglint.corpus import Corpus
from reglint.diagnostic import Diagnostic
from reglint.document import parse
from reglint.engine import Checked, Engine
from reglint.rules import MANUALS
from reglint.schema.library import load
from reglint.syntax.blocks import Link
from reglint.text import Span, Text

CORPUS = Path(__file__).parent.parent / "corpus"
LINK_RULES = frozenset(name for name, it in MANUALS.items() if it.group == "links" and it.enabled)
ENGINE = Engine(select(Config(), LINK_RULES | {"unescaped-pipe"}, frozenset()), load([]), date(2026, 11, 22))
STYLES = {
    "Home.md": "---\nrelated: ['[[Tax]]', \"[[notes/Law#Art. 1|law]]\"]\n---\n# Home\n\n## Plan\n\nText ^id-1\n\n[[#Plan]]\n",
    "notes/Tax.md": "---\naliases: [Levy]\n---\n# Tax\n\n[[Law]] [[../Home#Plan]] [t](Law.md#art-1) [t](<Two words.md>)\n",
    "notes/Law.md": "# Law\n\n## Art. 1\n\n![[pic.png|100]] ![p](../img/pic.png) ![[Home#^id-1]] > [[Home#Plan|x]]\n",
    "notes/Two words.md": "| a |\n|---|\n| [[notes/Tax\\|tax]] |\n\n- [t](Two%20words.md#a)\n\n# a\n\n> [[Tax|b]]\n",
}
FILES = ["img/pic.png"]


class Mutation(NamedTuple):
    """Text put in the place of *span*, and the rule that has to find it."""

    span: Span
    text: str
    rule: str


def mutations(text: Text, links: tuple[Link, ...], aliases: Mapping[str, str]) -> Iterator[tuple[Link, Mutation]]:
    """Every way to break each of *links*; *aliases* are those of the targets, by how links name these."""
    for link in links:
        place = link.target_span
        target, _, subpath = link.target.partition("#")
        end = place.start + len(target)
        missing = "broken-embed" if link.kind in {"embed", "image"} else "broken-link"
        if target:
            stem = end - (len(".md") if target.endswith(".md") else len(".png") if target.endswith(".png") else 0)
            yield link, Mutation(Span(stem, stem), "-x", missing)
        if not target.endswith(".png"):
            whole = Span(end, link.wikilink.subpath_spans[-1].end if link.wikilink and link.wikilink.subpath else end)
            whole = whole if link.wikilink else Span(end, place.end)
            yield link, Mutation(whole, "#no-such-heading", "broken-heading-link")
            yield link, Mutation(whole, "#^no-such-block", "broken-block-link")
        if link.wikilink and link.wikilink.pipe and text[link.wikilink.pipe] == "\\|":
            yield link, Mutation(link.wikilink.pipe, "|", "unescaped-pipe")
        if link.wikilink and target in aliases and not subpath:
            yield link, Mutation(place, aliases[target], "alias-link")


class Vault:
    """A clean vault, of which one document can be another for a moment."""

    def __init__(self, texts: Mapping[str, str], files: list[str]) -> None:
        self.texts = {path: Text(path, it) for path, it in texts.items()}
        self._checked = {path: ENGINE.check_document(it) for path, it in self.texts.items()}
        self._files = files
        self.aliases = {
            name: facts.aliases[0].text
            for facts in (it.facts for it in self._checked.values())
            for name in (facts.name, facts.path.removesuffix(".md"))
            if facts.aliases
        }

    def found(self, changed: Text | None = None) -> list[Diagnostic]:
        """All findings, with *changed* in the place of the document at its path."""
        fresh: dict[str, Checked] = {changed.path: ENGINE.check_document(changed)} if changed else {}
        checked = {**self._checked, **fresh}
        corpus = Corpus.of((it.facts for it in checked.values()), self._files)
        found, crashes = ENGINE.check_corpus(corpus)
        assert not crashes
        return [*found, *(it for each in checked.values() for it in each.diagnostics)]


def corpus_vault() -> Vault:
    return Vault({it.name: it.read_text(encoding="utf-8") for it in sorted(CORPUS.glob("*.md"))}, [])


@pytest.mark.parametrize(
    ("make", "every", "least"),
    [(lambda: Vault(STYLES, FILES), 1, 40), (corpus_vault, 9, 130)],
    ids=["styles", "corpus"],
)
def test_a_broken_link_is_found_and_nothing_else(make: Callable[[], Vault], every: int, least: int) -> None:
    vault = make()
    assert vault.found() == []

    tried = 0
    for text in vault.texts.values():
        doc = parse(text)
        internal = tuple(it for it in doc.links if "://" not in it.target)
        for link, it in [*mutations(text, internal, vault.aliases)][tried % every :: every]:
            content = text.content[: it.span.start] + it.text + text.content[it.span.end :]
            found = vault.found(Text(text.path, content))
            start = it.span.start if it.rule == "unescaped-pipe" else link.span.start

            assert [(d.path, d.span.start, d.rule) for d in found] == [(text.path, start, it.rule)], content
            tried += 1

    assert tried >= least
