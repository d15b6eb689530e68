"""Links as one JSON object, a line for each of them, so that a million of them never stand in memory together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reglint.corpus import Corpus
from reglint.diagnostic import json_pointer
from reglint.linkgraph.entry import Entry
from reglint.linkgraph.words import Words
from reglint.resolution import BROKEN
from reglint.rule import Unchecked


def record(links: Iterable[Entry], corpus: Corpus, documents: int, unchecked: Sequence[Unchecked]) -> Iterator[str]:
    """Yield the lines of the object. The contract: keys are added, none is ever changed.

    Lines and columns are 1-based code points, ends are exclusive. *documents* of the *corpus* were read, *unchecked*
    could not be.
    """
    words = Words(corpus)
    yield "{"
    yield '  "version": 1,'
    yield f'  "documents": {documents},'
    yield f'  "unchecked": {json.dumps([{"path": it.path, "message": it.message} for it in unchecked])},'
    yield '  "links": ['
    last = ""
    for it in links:
        if last:
            yield f"{last},"
        last = f"    {json.dumps(_link(it, words))}"
    if last:
        yield last
    yield "  ]"
    yield "}"


def _link(it: Entry, words: Words) -> dict[str, Any]:
    link, outcome = it.link, it.outcome
    is_alias = outcome.kind == "alias"
    return {
        "path": it.path,
        "line": it.start.line,
        "column": it.start.column,
        "end_line": it.end.line,
        "end_column": it.end.column,
        "kind": link.kind,
        "target": link.target,
        "subpath": list(link.subpath),
        "shown": link.shown or None,
        "pointer": json_pointer(link.pointer) if link.pointer else None,
        "leads_to": None if is_alias else outcome.target,
        "outcome": outcome.kind,
        "broken": outcome.kind in BROKEN,
        "reason": words.reason(it) if outcome.kind in BROKEN else None,
        "candidates": [outcome.target] if is_alias else list(outcome.candidates),
    }
