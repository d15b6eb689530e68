"""What reglint reports against what was planted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any


def difference(report: str, manifest: Mapping[str, Any]) -> str:
    """Return how *report*, one of reglint in JSON, differs from the *manifest* of a corpus, or nothing."""
    found = Counter((it["path"], it["rule"]) for it in json.loads(report)["diagnostics"])
    wanted = Counter((it["path"], rule) for it in manifest["planted"] for rule in it["rules"])
    missing, surplus = wanted - found, found - wanted
    if not missing and not surplus:
        return ""
    path, rule = min((missing + surplus).elements())
    return f"{missing.total()} planted findings are missing and {surplus.total()} were not planted: {rule} in {path}"
