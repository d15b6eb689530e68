"""For people: each finding with its source line, a caret, the places that explain it, and help."""

from __future__ import annotations

from collections.abc import Iterator

from reglint.diagnostic import Diagnostic, Note
from reglint.report.escape import escaped, masked
from reglint.report.report import Report
from reglint.text import Span

_WINDOW = 100  # columns of a source line that are shown
_LEAD = 30  # of them before the caret, when the line is cut


def render(report: Report) -> Iterator[str]:
    """Yield the lines of each finding, with an empty line between two."""
    for i, it in enumerate(report.diagnostics):
        if i:
            yield ""
        yield from _finding(report, it)


def _finding(report: Report, it: Diagnostic) -> Iterator[str]:
    start, _ = report.position(it.path, it.span)
    margin = " " * len(str(start.line))
    yield escaped(f"{it.severity.name}[{it.rule}]: {it.message}")
    yield escaped(f"{margin}--> {it.path}:{start.line}:{start.column}")
    yield from _snippet(report, it, margin)
    for note in it.finding.notes:
        yield escaped(f"{margin} = note: {_noted(report, note)}")
    if it.finding.help:
        yield escaped(f"{margin} = help: {it.finding.help}")
    if it.finding.url:
        yield escaped(f"{margin} = see: {it.finding.url}")


def _snippet(report: Report, it: Diagnostic, margin: str) -> Iterator[str]:
    """The line that the finding begins in, and a caret below each of its characters on that line."""
    text = report.text(it.path)
    start = text.position(it.span.start)
    line = text.line(start.line)
    source = masked(text[line])
    if not source.strip():
        return
    at = start.column - 1
    end = min(max(it.span.end, it.span.start + 1), max(line.end, it.span.start + 1)) - line.start
    shown, skipped = _window(source, at)
    before = shown[: at - skipped]
    width = _width(source[at : min(end, skipped + len(shown))])
    cut = "…" if skipped else ""
    rest = "…" if skipped + len(shown) < len(source) else ""
    yield f"{margin} |"
    yield f"{start.line} | {cut}{shown}{rest}"
    yield f"{margin} | {' ' * (len(cut) + _width(before))}{'^' * max(width, 1)}"


def _window(source: str, at: int) -> tuple[str, int]:
    """Return the part of a long line around column *at* (from 0), and how many characters were cut before it."""
    if len(source) <= _WINDOW:
        return source, 0
    skipped = max(0, min(at - _LEAD, len(source) - _WINDOW))
    return source[skipped : skipped + _WINDOW], skipped


def _width(text: str) -> int:
    """Columns of a terminal; East Asian characters and emoji take two."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    width = wcswidth(text)
    return width if width >= 0 else len(text)


def _noted(report: Report, note: Note) -> str:
    if note.span == Span(0, 0):
        return f"{note.message}: {note.path}"
    start, _ = report.position(note.path, note.span)
    return f"{note.message}: {note.path}:{start.line}:{start.column}"
