"""One line a finding: `path:line:column: severity[rule] message`."""

from __future__ import annotations

from collections.abc import Iterator

from reglint.report.escape import escaped
from reglint.report.report import Report


def render(report: Report) -> Iterator[str]:
    """Yield a line for each finding."""
    for it in report.diagnostics:
        start, _ = report.position(it.path, it.span)
        yield escaped(f"{it.path}:{start.line}:{start.column}: {it.severity.name}[{it.rule}] {it.message}")
