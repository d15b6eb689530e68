"""A page as Markdown: front matter, title, lead, sections, footer with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Source(NamedTuple):
    """A source as front matter and footer have it."""

    name: str
    url: str
    type: str


@dataclass
class Section:
    """A heading with what stands below it; *grows*: paragraphs may be added."""

    heading: str
    blocks: list[str]
    grows: bool = True


@dataclass
class Sheet:
    """All parts of a page. *front* has its values as YAML."""

    front: Mapping[str, str]
    sources: Sequence[Source]
    title: str
    lead: str
    reviewed: str
    sections: list[Section] = field(default_factory=list)

    def render(self) -> str:
        """Return the page as text."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterable[str]:
        yield "---"
        yield from (f"{key}: {value}" for key, value in self.front.items())
        yield "sources:"
        for it in self.sources:
            yield from (f'  - name: "{it.name}"', f'    url: "{it.url}"', f"    type: {it.type}")
        yield from ("---", "", f"# {self.title}", "", f"> {self.lead}", "")
        for section in self.sections:
            yield from (f"## {section.heading}", "")
            for block in section.blocks:
                yield from (block, "")
        yield from ("---", "", f"*Generated for benchmarks. Last reviewed: {self.reviewed}.*", "", "**Sources:**", "")
        yield from (f"- [{it.name}]({it.url})" for it in self.sources)
        yield ""


def table(rows: Mapping[str, str]) -> str:
    """Return a table of two columns."""
    return "\n".join(["| Field | Value |", "| --- | --- |", *(f"| {name} | {it} |" for name, it in rows.items())])


def bullets(items: Iterable[str]) -> str:
    """Return a list of *items*."""
    return "\n".join(f"- {it}" for it in items)


def quoted(items: Iterable[str]) -> str:
    """Return a list of YAML on one line, each item in quotes."""
    return "[" + ", ".join(f'"{it}"' for it in items) + "]"
