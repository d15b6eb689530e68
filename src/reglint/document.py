"""One document: a JSON instance for front matter and body together, and a place for everything in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import basename, splitext
from typing import TYPE_CHECKING, NamedTuple

from reglint.diagnostic import Path
from reglint.outline import Outline, Repeated, RepeatedField, outline
from reglint.places import Places
from reglint.pointing import Pointing
from reglint.sections import empty_headings
from reglint.syntax import frontmatter as front_matter
from reglint.syntax import markdown, wikilink
from reglint.syntax.blocks import Body, Heading, Link
from reglint.syntax.frontmatter import FrontMatter
from reglint.syntax.tree import Json, Place
from reglint.text import Span, Text, is_within, make

if TYPE_CHECKING:
    from frontmatter import Post

PARTS = ("path", "name", "frontmatter", "title", "lead", "outline", "sections", "footer")
"""The keys of an instance."""


class Entry(NamedTuple):
    """One value inside the instance: its path and the value; its *span* is looked for when it is asked for."""

    path: Path
    value: Json
    places: Places

    @property
    def span(self) -> Span:
        """Where the value stands."""
        return self.places.at(self.path)


@dataclass(frozen=True)
class Document:
    """A parsed document. It always exists: what could not be read is in `front.tree.errors`.

    *instance* is the value that a schema judges, *shape* how the body became part of it, *body* holds the Markdown with
    more detail than the instance has.
    """

    text: Text
    front: FrontMatter
    body: Body
    shape: Outline
    instance: Mapping[str, Json]

    @property
    def path(self) -> str:
        """The file's path relative to the root."""
        return self.text.path

    @property
    def name(self) -> str:
        """The file's name without `.md`, which is what wikilinks use."""
        return document_name(self.path)

    @property
    def frontmatter(self) -> Mapping[str, Json]:
        """The front matter; empty when there is none, or when it could not be read."""
        meta: Mapping[str, Json] = self.instance["frontmatter"]
        return meta

    @property
    def post(self) -> Post:
        """The document as python-frontmatter knows it, with *its* reading of the values, for other tools."""
        return front_matter.post(self.text.content)

    @property
    def places(self) -> Mapping[Path, Place]:
        """Where each part of the instance stands. To make all of them takes its time: `at` and `key` tell one."""
        return self._places.all

    @cached_property
    def _places(self) -> Places:
        return Places(len(self.text.content), self.front, self.shape)

    def at(self, *path: str | int) -> Span:
        """Return where the value at *path* stands; a missing one stands where its nearest ancestor does."""
        return self._places.at(path)

    def key(self, *path: str | int) -> Span:
        """Return where the key of *path* stands, or its value where there is no key."""
        return self._places.key(path)

    @property
    def repeated(self) -> Sequence[Repeated]:
        """The sections that the instance leaves out, as their name is taken."""
        return self.shape.repeated

    @cached_property
    def repeated_fields(self) -> Sequence[RepeatedField]:
        """The fields that the instance leaves out, as their name is taken."""
        return tuple(it for part in self.shape for it in part.repeated_fields())

    def get(self, *path: str | int) -> Json:
        """Return the value at *path*, or None when there is none."""
        value: Json = self.instance
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def strings(self, *path: str | int) -> Sequence[Entry]:
        """Return every string at or below *path*, in document order."""
        if path not in self._strings:
            found: list[Entry] = []
            self._gather(found, path, self.get(*path))
            self._strings[path] = found
        return self._strings[path]

    @cached_property
    def _strings(self) -> dict[Path, Sequence[Entry]]:
        return {}

    def _gather(self, found: list[Entry], path: Path, value: Json) -> None:
        if isinstance(value, str):
            found.append(make(Entry, (path, value, self._places)))
        elif isinstance(value, dict):
            for key, it in value.items():
                self._gather(found, (*path, key), it)
        elif isinstance(value, list):
            for i, it in enumerate(value):
                self._gather(found, (*path, i), it)

    def fields(self, names: tuple[str, ...] = ()) -> Sequence[Entry]:
        """Return the fields of the body that are called one of *names*, in lower case (none: all of them)."""
        return [it for it in self._fields if str(it.path[-1]).casefold() in names] if names else self._fields

    @cached_property
    def _fields(self) -> Sequence[Entry]:
        return [
            make(Entry, ((*part.path, "fields", name), value, self._places))
            for part in self.shape
            for name, value in part.value.get("fields", {}).items()
        ]

    @cached_property
    def is_template(self) -> bool:
        """Whether the document is there to be filled in, by its path, title or type."""
        names = (self.path, self.get("title"), self.get("frontmatter", "type"))
        return any("template" in str(it).casefold() for it in names)

    def is_literal(self, span: Span) -> bool:
        """Tell whether *span* of the body lies in a code span, or in a comment."""
        return is_within(span, self.body.code_spans) or is_within(span, self.body.comments)

    def is_quoted(self, span: Span) -> bool:
        """Tell whether the mark of a quote stands before *span* on its line."""
        content = self.text.content
        start = max(content.rfind("\n", 0, span.start), content.rfind("\r", 0, span.start)) + 1
        return content.find(">", start, span.start) >= 0

    @cached_property
    def empty_headings(self) -> tuple[Heading, ...]:
        """Every heading with nothing below it; the footer of a typed page is not below its last heading."""
        breaks = [it.span.start for it in self.body.blocks if it.kind == "rule"]
        has_footer = len(breaks) == 1 and "type" in self.frontmatter
        return tuple(empty_headings(self.text, self.body, breaks[0] if has_footer else len(self.text.content)))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link of the document, those of the front matter first."""
        return (*(link for _, link, is_whole in self._frontmatter_wikilinks if is_whole), *self.body.links)

    @cached_property
    def mentions(self) -> tuple[Link, ...]:
        """Wikilinks within the prose of front matter, which link nowhere in Obsidian; a schema may ask for them."""
        return tuple(link for _, link, is_whole in self._frontmatter_wikilinks if not is_whole)

    @cached_property
    def _frontmatter_wikilinks(self) -> Sequence[tuple[Entry, Link, bool]]:
        """Every wikilink of the front matter, the value that it stands in, and whether it is the whole of that."""
        return tuple(self._find_frontmatter_wikilinks())

    def _find_frontmatter_wikilinks(self) -> Iterator[tuple[Entry, Link, bool]]:
        for entry in self.strings("frontmatter"):
            if "[[" not in entry.value:
                continue
            at, end = whole = entry.span
            for found in wikilink.find(entry.value):
                written = entry.value[found.span.start : found.span.end]
                start = self.text.content.find(written, at, end)
                span = Span(start, start + len(written)) if start >= 0 else whole
                at = span.end
                source = written if start >= 0 else ""
                link = Link("wikilink", found.target, found.shown or "", span, source, found._replace(span=span))
                yield entry, link, written == entry.value.strip()

    def pointer(self, span: Span) -> Path:
        """Return the path of the key that *span* is, or of the smallest value that holds it.

        A record's `fields` are preferred to the `tables` and `links` that show the same text.
        """
        if span.start < self.front.body and span in self._linking:
            return self._linking[span]
        return self._pointing.pointer(span)

    @cached_property
    def _linking(self) -> Mapping[Span, Path]:
        """The values of the front matter by the links that can be told to stand in them."""
        return {link.span: entry.path for entry, link, _ in self._frontmatter_wikilinks if link.source}

    @cached_property
    def _pointing(self) -> Pointing:
        return Pointing(self._places, self.front, self.shape)


def document_name(path: str) -> str:
    """Return the name that wikilinks know the file at *path* by."""
    return splitext(basename(path))[0]


def parse(text: Text) -> Document:
    """Read a whole document. Pure, and never raises."""
    front = front_matter.read(text.content)
    body = markdown.read(text, front.body)
    shape = outline(body, front.body)
    meta = front.tree.value if isinstance(front.tree.value, dict) else {}
    instance = {"path": text.path, "name": document_name(text.path), "frontmatter": meta, **shape.instance}
    return Document(text, front, body, shape, instance)
