"""What is to be renamed, and to what."""

from __future__ import annotations

from typing import NamedTuple

from reglint.text import Span


class Impossible(Exception):
    """Why nothing can be renamed, in one sentence that says what to do."""


class Rename(NamedTuple):
    """The document at *old* moves to *new*; where they are equal, its heading at index *heading* becomes *text*."""

    old: str
    new: str
    heading: int | None = None
    text: str = ""

    def moved(self, path: str) -> str:
        """Return where the file at *path* is afterwards."""
        return self.new if path == self.old else path

    def before(self, path: str) -> str:
        """Return where the file was that is at *path* afterwards."""
        return self.old if path == self.new else path


class Problem(NamedTuple):
    """Why a rename cannot be, and the place (in the text as it is) that keeps it from being."""

    path: str
    span: Span
    message: str
