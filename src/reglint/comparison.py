"""What differs between the findings of two runs over the same documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reglint.diagnostic import Diagnostic, Severity

Types = tuple[str | None, str | None]
"""The type of a document before and after; None: it has none."""


@dataclass(frozen=True)
class Change:
    """What differs for one file. *failed* is whether it has errors before and after, *types* its types then.

    A file that is no document, such as a schema, can have findings too; it has no *types*.
    """

    path: str
    appeared: tuple[Diagnostic, ...]
    gone: tuple[Diagnostic, ...]
    failed: tuple[bool, bool]
    types: Types | None

    @property
    def newly_fails(self) -> bool:
        """Whether a document has errors now, and had none."""
        return self.types is not None and self.failed == (False, True)

    @property
    def newly_passes(self) -> bool:
        """Whether a document had errors, and has none any more."""
        return self.types is not None and self.failed == (True, False)

    @property
    def is_lost(self) -> bool:
        """Whether a document that a schema judged would be judged by none."""
        return self.types is not None and self.types[0] is not None and self.types[1] is None

    @property
    def is_retyped(self) -> bool:
        """Whether a document has another type now, or none."""
        return self.types is not None and self.types[0] != self.types[1]


def compare(old: Iterable[Diagnostic], new: Iterable[Diagnostic], types: Mapping[str, Types]) -> tuple[Change, ...]:
    """Return what differs, by file; *types* holds every document.

    Two findings are the same where path, rule, place in the document's instance, message and severity are, so that a
    line that moved in a schema makes no difference.
    """
    before, after = _by_path(old), _by_path(new)
    paths = sorted({*before, *after, *types})
    changes = (_change(it, before.get(it, ()), after.get(it, ()), types.get(it)) for it in paths)
    return tuple(it for it in changes if it.appeared or it.gone or it.is_retyped)


def _change(path: str, old: Sequence[Diagnostic], new: Sequence[Diagnostic], types: Types | None) -> Change:
    return Change(path, tuple(_without(new, old)), tuple(_without(old, new)), (_fails(old), _fails(new)), types)


def _by_path(found: Iterable[Diagnostic]) -> Mapping[str, Sequence[Diagnostic]]:
    by_path: dict[str, list[Diagnostic]] = {}
    for it in found:
        by_path.setdefault(it.path, []).append(it)
    return by_path


def _fails(found: Iterable[Diagnostic]) -> bool:
    return any(it.severity is Severity.error for it in found)


def _without(found: Iterable[Diagnostic], others: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield what is found more often than among the others."""
    left = Counter(map(_identity, others))
    for it in found:
        if left[_identity(it)]:
            left[_identity(it)] -= 1
        else:
            yield it


def _identity(it: Diagnostic) -> Hashable:
    return it.rule, it.finding.pointer, it.message, it.severity
