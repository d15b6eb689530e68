"""Names for findings that stay when lines move and words change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from reglint.diagnostic import Diagnostic, json_pointer
from reglint.text import Text


def fingerprints(diagnostics: Iterable[Diagnostic], text: Callable[[str], Text]) -> Iterator[str]:
    """Yield one for each diagnostic: made of rule, document, place in the instance, value, and number among equals.

    No line, column, message or version is part of it.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for it in diagnostics:
        value = " ".join(text(it.path)[it.span].split())
        key = (it.rule, it.path, json_pointer(it.finding.pointer or ()), value)
        yield sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        seen[key] += 1
