"""The page about a document type: as text for a terminal, and as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from reglint.guide.entries import Entry
from reglint.lazy import regex
from reglint.schema.wording import cut
from reglint.spelling import listed

_WIDTH = 110
_COLUMN = 30
_STEP = 2
_LONGEST = 60
_QUOTED = regex(r"`[^`]*`")
_LABELS = {
    "frontmatter": "front matter",
    "items": "list",
    "quotes": "block quotes",
    "code": "blocks of code",
    "value": "value in the heading",
}


@dataclass(frozen=True)
class Page:
    """What an author of documents wants to know of a type.

    *sample* is the path of a document in which nothing is wrong, or empty. *example* is a document that holds what the
    schema asks for, and no more.
    """

    type: str
    title: str
    description: str
    schema: str
    globs: tuple[str, ...]
    documents: int
    sample: str
    entries: tuple[Entry, ...]
    example: str

    @property
    def held(self) -> str:
        """Which documents the type holds for."""
        by_path = f", or at a path that matches {listed(self.globs)}" if self.globs else ""
        return f"{self.documents}, with `type: {self.type}` in their front matter{by_path}"


def text(page: Page) -> Iterator[str]:
    """Yield the lines of the page for a terminal."""
    yield f"{page.type}: {page.title}" if page.title else page.type
    yield from _wrapped(page.description, _WIDTH)
    yield ""
    yield f"schema     {page.schema}"
    yield f"documents  {page.held}"
    if page.sample:
        yield f"see        {page.sample}"
    yield ""
    yield "What is marked with * has to be there."
    for it in page.entries:
        yield ""
        yield from _lines(it, 0)
    yield ""
    yield "Example:"
    yield ""
    yield from (f"    {it}".rstrip() for it in page.example.removesuffix("\n").split("\n"))


def _lines(entry: Entry, depth: int) -> Iterator[str]:
    """Yield what is said of one entry beside its name, and then its members."""
    label = " " * (_STEP * depth) + label_of(entry) + (" *" if entry.is_required else "")
    beside = [it for words in _told(entry) for it in _wrapped(words, _WIDTH - _COLUMN)]
    for it in entry.conditions:
        first, *rest = _wrapped(it, _WIDTH - _COLUMN - _STEP)
        beside += [f"- {first}", *(f"  {line}" for line in rest)]
    if beside and len(label) < _COLUMN:
        label = f"{label:{_COLUMN}}{beside.pop(0)}"
    yield label
    yield from (" " * _COLUMN + it for it in beside)
    for member in entry.members:
        yield from _lines(member, depth + 1)


def _wrapped(words: str, width: int) -> list[str]:
    """Break *words* into lines, but never what stands in backquotes."""
    kept = _QUOTED.sub(lambda it: it[0].replace(" ", "\0"), words)
    return [it.replace("\0", " ") for it in wrap(kept, width, break_long_words=False, break_on_hyphens=False)]


def _told(entry: Entry) -> Iterator[str]:
    """Yield what is said of an entry; for one with members the words of the schema's author come first."""
    words = [_said(entry), entry.help]
    yield from filter(None, reversed(words) if entry.members else words)


def _said(entry: Entry) -> str:
    shown = example_of(entry)
    return "; ".join([*entry.words, *([f"such as {shown}"] if shown else [])])


def label_of(entry: Entry) -> str:
    """Return what an entry is called on a page."""
    return _LABELS.get(entry.name, entry.name) if entry.role == "part" else entry.name


def example_of(entry: Entry) -> str:
    """Return an example for a value, where neither its words nor its help show one; empty if none is known."""
    if entry.example is None or isinstance(entry.example, dict | list):
        return ""
    written = cut(entry.example if isinstance(entry.example, str) else json.dumps(entry.example), _LONGEST)
    is_shown = any(f"`{written}" in it for it in (*entry.words, entry.help))
    has_other = "as in `" in " ".join((*entry.words, entry.help))
    return "" if is_shown or has_other else f"`{written}`"


def markdown(page: Page) -> Iterator[str]:
    """Yield the lines of the page as Markdown: a list in a list for each part."""
    yield f"# {page.title or page.type}"
    yield ""
    if page.description:
        yield page.description
        yield ""
    yield f"- Schema: `{page.schema}`"
    yield f"- Documents: {page.held}"
    if page.sample:
        yield f"- See `{page.sample}`"
    for it in page.entries:
        yield from ("", f"## {_capitalised(label_of(it))}{_required(it)}")
        for words in (*_told(it), *it.conditions):
            yield from ("", f"{_capitalised(words).rstrip('.')}.")
        yield from [""] if it.members else []
        for member in it.members:
            yield from _item(member, 0)
    yield ""
    yield "## Example"
    yield ""
    yield from _fenced(page.example)


def _item(entry: Entry, depth: int) -> Iterator[str]:
    name = label_of(entry)
    shown = name if "`" in name or entry.role in {"part", "item", "choice"} else f"`{name}`"
    first, *others = (*_told(entry), *entry.conditions, "")
    words = ". ".join([first, *map(_capitalised, filter(None, others))])
    yield f"{'  ' * depth}- {shown}{_required(entry)}{': ' if words else ''}{words}"
    for member in entry.members:
        yield from _item(member, depth + 1)


def _required(entry: Entry) -> str:
    return " (required)" if entry.is_required else ""


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _fenced(content: str) -> Iterator[str]:
    lines: Sequence[str] = content.removesuffix("\n").split("\n")
    fence = "`" * max(3, max((len(it) - len(it.lstrip("`")) for it in lines), default=0) + 1)
    yield f"{fence}md"
    yield from lines
    yield fence
