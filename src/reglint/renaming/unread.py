"""Where front matter names what is renamed, and is no link that could follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reglint.corpus import Corpus
from reglint.document import document_name, parse
from reglint.folding import fold_name
from reglint.lazy import regex
from reglint.renaming.plan import Problem
from reglint.renaming.request import Rename
from reglint.text import Span, Text, is_within

_NAMED = regex(r"\[\[\s*(?:[^\[\]|#\n]*/)?([^\[\]|#\n/]+?)(?:\.md)?\s*(?=[\]|#])")


def unreadable(corpus: Corpus, rename: Rename, text: Callable[[str], Text]) -> Iterator[Problem]:
    """Yield the places in front matter that cannot be read: whether they are links nobody knows."""
    words = "its front matter cannot be read, and names what is renamed here; mend it first"
    for path, facts in corpus.documents.items():
        if facts.front == "broken":
            yield from (Problem(path, it, words) for it in _named(rename, text(path)))


def unquoted(corpus: Corpus, rename: Rename, text: Callable[[str], Text]) -> Iterator[Problem]:
    """Yield the places where quotes are missing, so that they are no links to any tool; *text* is as it was."""
    for path, facts in corpus.documents.items():
        if facts.front == "read" and "[[" in text(path).content:
            doc = parse(text(path))
            links = sorted(it.span for it in (*doc.links, *doc.mentions))
            for it in _named(rename, doc.text):
                if not is_within(it, links):
                    yield Problem(path, it, "this names it without quotes, is no link, and was left as it is")


def _named(rename: Rename, text: Text) -> Iterator[Span]:
    wanted = fold_name(document_name(rename.old))
    for it in _NAMED.finditer(text.content, 0, parse(text).front.body) if rename.is_move else ():
        if fold_name(it[1]) == wanted:
            yield Span(*it.span())
