"""One document: a JSON instance for front matter and body together, and a place for everything in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import basename, splitext
from typing import NamedTuple

from frontmatter import Post

from reglint.diagnostic import Path
from reglint.outline import Repeated, RepeatedField, outline, within_section
from reglint.sections import empty_headings
from reglint.syntax import frontmatter as front_matter
from reglint.syntax import markdown, wikilink
from reglint.syntax.blocks import Body, Heading, Link
from reglint.syntax.frontmatter import FrontMatter
from reglint.syntax.tree import Json, Place, nearest_place
from reglint.text import Span, Text, is_within

PARTS = ("path", "name", "frontmatter", "title", "lead", "outline", "sections", "footer")
"""The keys of an instance."""
_SHOWN_TWICE = frozenset({("links",), ("tables",), ("heading",), ("level",)})


class Entry(NamedTuple):
    """One value inside the instance: its path, the value, and where it stands."""

    path: Path
    value: Json
    span: Span


@dataclass(frozen=True)
class Document:
    """A parsed document. It always exists: what could not be read is in `front.tree.errors`.

    *instance* is the value that a schema judges, *places* says where each part of it stands, *body* holds the Markdown
    with more detail than the instance has. *repeated* and *repeated_fields* are the sections and fields that the
    instance leaves out, as their name is taken.
    """

    text: Text
    instance: Mapping[str, Json]
    places: Mapping[Path, Place]
    front: FrontMatter
    body: Body
    repeated: tuple[Repeated, ...]
    repeated_fields: tuple[RepeatedField, ...]

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

    def at(self, *path: str | int) -> Span:
        """Return where the value at *path* stands; a missing one stands where its nearest ancestor does."""
        return nearest_place(self.places, path).value

    def key(self, *path: str | int) -> Span:
        """Return where the key of *path* stands, or its value where there is no key."""
        place = nearest_place(self.places, path)
        return place.key or place.value

    def get(self, *path: str | int) -> Json:
        """Return the value at *path*, or None when there is none."""
        value: Json = self.instance
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def strings(self, *path: str | int) -> Iterator[Entry]:
        """Yield every string at or below *path*, in document order."""
        stack: list[tuple[Path, Json]] = [(path, self.get(*path))]
        while stack:
            at, value = stack.pop()
            if isinstance(value, str):
                yield Entry(at, value, self.at(*at))
            elif isinstance(value, dict):
                stack.extend(((*at, key), it) for key, it in reversed(value.items()))
            elif isinstance(value, list):
                stack.extend(((*at, i), it) for i, it in reversed(list(enumerate(value))))

    def fields(self, names: tuple[str, ...] = ()) -> Iterator[Entry]:
        """Yield the fields of the body that are called one of *names*, in lower case (none: all of them)."""
        for path, place in self.places.items():
            rest = within_section(path) or ()
            is_field = rest[:1] == ("fields",) and len(rest) > 1
            if is_field and (not names or str(path[-1]).casefold() in names):
                yield Entry(path, self.get(*path), place.value)

    @property
    def is_template(self) -> bool:
        """Whether the document is there to be filled in, by its path, title or type."""
        names = (self.path, self.get("title"), self.get("frontmatter", "type"))
        return any("template" in str(it).casefold() for it in names)

    def is_literal(self, span: Span) -> bool:
        """Tell whether *span* of the body lies in a code span, or in a comment."""
        return is_within(span, self.body.code_spans) or is_within(span, self.body.comments)

    @cached_property
    def empty_headings(self) -> tuple[Heading, ...]:
        """Every heading with nothing below it; the footer of a typed page is not below its last heading."""
        breaks = [it.span.start for it in self.body.blocks if it.kind == "rule"]
        has_footer = len(breaks) == 1 and "type" in self.frontmatter
        return tuple(empty_headings(self.text, self.body, breaks[0] if has_footer else len(self.text.content)))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link of the document, those of the front matter first."""
        return (*(link for link, is_whole in self._frontmatter_wikilinks if is_whole), *self.body.links)

    @cached_property
    def mentions(self) -> tuple[Link, ...]:
        """Wikilinks within the prose of front matter, which link nowhere in Obsidian; a schema may ask for them."""
        return tuple(link for link, is_whole in self._frontmatter_wikilinks if not is_whole)

    @cached_property
    def _frontmatter_wikilinks(self) -> tuple[tuple[Link, bool], ...]:
        """Every wikilink of the front matter, and whether it is the whole of its value."""
        return tuple(self._find_frontmatter_wikilinks())

    def _find_frontmatter_wikilinks(self) -> Iterator[tuple[Link, bool]]:
        for entry in self.strings("frontmatter"):
            at = entry.span.start
            for found in wikilink.find(entry.value):
                written = entry.value[found.span.start : found.span.end]
                start = self.text.content.find(written, at, entry.span.end)
                span = Span(start, start + len(written)) if start >= 0 else entry.span
                at = span.end
                moved = found.shift(start - found.span.start)._replace(span=span)
                target_span = moved.target_span if start >= 0 else span
                is_whole = written == entry.value.strip()
                yield Link("wikilink", found.target, found.shown or "", span, target_span, moved), is_whole

    def pointer(self, span: Span) -> Path:
        """Return the path of the key that *span* is, or of the smallest value that holds it.

        A record's `fields` are preferred to the `tables` and `links` that show the same text.
        """
        keys, starts, places = self._by_place
        if span in keys:
            return keys[span]
        for i in range(bisect_right(starts, span.start) - 1, -1, -1):
            if places[i][1] >= span.end:
                return places[i][2]
        return ()

    @cached_property
    def _by_place(self) -> tuple[Mapping[Span, Path], list[int], list[tuple[int, int, Path]]]:
        """Spans of values nest, so that the last one before a place that reaches beyond it is the innermost."""
        paths = [it for it in self.places if (within_section(it) or ("",))[:1] not in _SHOWN_TWICE]
        keys = {key: path for path in reversed(paths) if (key := self.places[path].key) and key != Span(0, 0)}
        spans = sorted((self.places[it].value.start, -self.places[it].value.end, len(it), it) for it in paths)
        return keys, [it[0] for it in spans], [(start, -end, path) for start, end, _, path in spans]


def document_name(path: str) -> str:
    """Return the name that wikilinks know the file at *path* by."""
    return splitext(basename(path))[0]


def parse(text: Text) -> Document:
    """Read a whole document. Pure, and never raises."""
    front = front_matter.read(text.content)
    body = markdown.read(text, front.body)
    shape = outline(text, body, front.body)
    meta = front.tree.value if isinstance(front.tree.value, dict) else {}
    instance = {"path": text.path, "name": document_name(text.path), "frontmatter": meta, **shape.instance}
    return Document(
        text, instance, _places(text, front, shape.places), front, body, shape.repeated, shape.repeated_fields
    )


def _places(text: Text, front: FrontMatter, shape: Mapping[Path, Place]) -> Mapping[Path, Place]:
    top = Place(Span(0, 0), Span(0, 0))
    return {
        (): Place(None, Span(0, len(text.content))),
        ("path",): top,
        ("name",): top,
        **{("frontmatter", *path): place for path, place in front.tree.places.items()},
        ("frontmatter",): Place(front.fence, front.tree.places[()].value),
        **shape,
    }
