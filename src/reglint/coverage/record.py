"""The coverage of a corpus as one JSON object, in which everything is listed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reglint.coverage.held import Gap
from reglint.coverage.places import Location, written
from reglint.coverage.survey import Coverage, TypeCoverage
from reglint.schema.reach import Extent


def record(coverage: Coverage) -> dict[str, Any]:
    """Return the object. The contract: keys are added, none is ever changed."""
    return {
        "version": 1,
        "documents": coverage.documents,
        "values": _extent(coverage.extent),
        "types": [_type(it) for it in coverage.types],
        "untyped": {
            "values": _extent(coverage.untyped_extent),
            "documents": [{"path": it.path, "reason": it.reason} for it in coverage.untyped],
        },
        "unchecked": [{"path": it.path, "message": it.message} for it in coverage.unchecked],
        "rules": {
            "off": [{"rule": it.rule, "by": it.by, "documents": it.documents} for it in coverage.off],
            "idle": list(coverage.idle),
            "unasked": list(coverage.unasked),
        },
    }


def _type(it: TypeCoverage) -> dict[str, Any]:
    return {
        "name": it.type.name,
        "schema": it.type.schema,
        "applies_to": it.type.applies_to,
        "documents": it.documents,
        "values": _extent(it.extent),
        "frontmatter": _extent(it.frontmatter),
        "body": _extent(it.body),
        "unspoken": _gaps(it.unspoken),
        "accepted": _gaps(it.accepted),
        "unused": [{"place": written(un.place), "schema": _location(un.written)} for un in it.unused],
    }


def _extent(held: Extent) -> dict[str, int]:
    return {"all": held.values, "constrained": held.constrained, "percent": held.percent}


def _gaps(gaps: Iterable[Gap]) -> list[dict[str, Any]]:
    return [{"place": written(it.place), "documents": it.documents, "first": _location(it.first)} for it in gaps]


def _location(at: Location) -> dict[str, Any]:
    return {"path": at.path, "line": at.line, "column": at.column}
