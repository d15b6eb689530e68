"""What a Markdown parser reads, and how what it says leads back to the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reglint.text import BLANKS, Span, make

Extent = Mapping[str, int]
"""Where the parser found something: `start` and `end` in UTF-8 bytes."""


class Source:
    """The *content* of a file, and what the parser is shown of it, *readable*, which begins at code point *start*.

    *point* makes a code point of the file of a byte that the parser counts.
    """

    __slots__ = ("content", "point", "readable", "start")

    def __init__(self, content: str, readable: str, start: int, point: Callable[[int], int]) -> None:
        self.content = content
        self.readable = readable
        self.start = start
        self.point = point

    def whole(self, extent: Extent) -> tuple[str, Span]:
        """Return what stands at *extent*, and where that is."""
        start, end = self.point(extent["start"]), self.point(extent["end"])
        return self.content[start:end], make(Span, (start, end))

    def stripped(self, start: int, end: int) -> tuple[str, Span]:
        """Return what stands between two bytes without the blanks at its ends, and where; its start if all are."""
        first = self.point(start)
        whole = self.content[first : self.point(end)]
        text = whole.strip(BLANKS)
        first += whole.find(text)
        return text, make(Span, (first, first + len(text)))

    def shown(self, span: Span) -> str:
        """Return what the parser is shown of what stands at *span*."""
        return self.readable[span.start - self.start : span.end - self.start]
