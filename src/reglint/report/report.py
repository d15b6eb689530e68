"""What every format is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from reglint.diagnostic import Diagnostic
from reglint.text import Position, Span, Text


@dataclass(frozen=True)
class Report:
    """The findings of a run in their total order, and the text of any file that they point into.

    *groups* gives the group of each rule. *documents*, *typed* and *unchecked* are numbers of files.
    """

    diagnostics: tuple[Diagnostic, ...]
    text: Callable[[str], Text]
    groups: Mapping[str, str]
    documents: int
    typed: int
    unchecked: int

    @cached_property
    def counts(self) -> Counter[str]:
        """The number of findings by severity."""
        return Counter(it.severity.name for it in self.diagnostics)

    def position(self, path: str, span: Span) -> tuple[Position, Position]:
        """Return where *span* begins and ends; the end is exclusive."""
        text = self.text(path)
        return text.position(span.start), text.position(span.end)
