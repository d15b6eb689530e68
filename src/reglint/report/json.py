"""One JSON object for machines. The contract: keys are added, none is ever changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reglint import __version__
from reglint.diagnostic import Diagnostic, json_pointer
from reglint.fingerprint import fingerprints
from reglint.report.report import Report
from reglint.text import Span


def render(report: Report) -> Iterator[str]:
    """Yield the lines of the object. Lines and columns are 1-based code points, ends are exclusive.

    Keys of what reglint cannot do yet (suppressions, a baseline, fixes, pages) are part of the contract already.
    """
    marks = fingerprints(report.diagnostics, report.text)
    value = {
        "version": 1,
        "tool": {"name": "reglint", "version": __version__},
        "summary": {
            "documents": report.documents,
            "errors": report.counts["error"],
            "warnings": report.counts["warning"],
            "infos": report.counts["info"],
            "suppressed": 0,
            "baselined": 0,
            "unchecked": report.unchecked,
        },
        "diagnostics": [_diagnostic(report, it, mark) for it, mark in zip(report.diagnostics, marks, strict=True)],
    }
    yield json.dumps(value, ensure_ascii=True, indent=2)


def _diagnostic(report: Report, it: Diagnostic, mark: str) -> dict[str, Any]:
    finding = it.finding
    return {
        "rule": it.rule,
        "group": report.groups[it.rule],
        "severity": it.severity.name,
        "message": it.message,
        "help": finding.help or None,
        "url": finding.url or None,
        "path": it.path,
        **_range(report, it.path, it.span),
        "pointer": json_pointer(finding.pointer) if finding.pointer else None,
        "fingerprint": mark,
        "related": [
            {"path": note.path, **_range(report, note.path, note.span), "message": note.message}
            for note in finding.notes
        ],
        "fix": None,
    }


def _range(report: Report, path: str, span: Span) -> dict[str, int]:
    start, end = report.position(path, span)
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}
