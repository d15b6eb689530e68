"""Where a link leads, or why it leads nowhere, in words."""

from __future__ import annotations

from reglint.corpus import Corpus
from reglint.linkgraph.entry import Entry
from reglint.spelling import listed

_MOST = 5


class Words:
    """Tells of the links of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def where(self, it: Entry) -> str:
        """Return the path and the part of it that the link leads to, or "nowhere", or "to one of", and the reason."""
        if it.outcome.kind in {"document", "file"}:
            return "#".join((it.outcome.target or "", *it.link.subpath))
        if it.outcome.kind == "elsewhere":
            return "elsewhere: to a folder, or out of the corpus"
        nowhere = "nowhere certain" if it.outcome.kind == "ambiguous" else "nowhere"
        return f"{nowhere}: {self.reason(it)}"

    def reason(self, it: Entry) -> str:
        """Return why a broken link leads nowhere, or nowhere certain, and what may have been meant."""
        target = it.link.target
        match it.outcome.kind:
            case "ambiguous":
                return f"`{target}` fits {_some(it.outcome.candidates)}"
            case "no-heading" | "no-block" as kind:
                part = "#".join(it.link.subpath) if kind == "no-heading" else it.link.subpath[-1]
                return f"`{it.outcome.target}` has no {kind.removeprefix('no-')} `{part}`{self._near_part(it)}"
            case "alias":
                return f"`{target}` is an alias of `{it.outcome.target}`, and links do not resolve by alias"
            case "no-file":
                return f"there is no file `{target}`{self._near(it)}"
        if it.outcome.candidates:
            return f"there is no document `{target}`; it is an alias of {_some(it.outcome.candidates)}"
        return f"there is no document `{target}`{self._near(it)}"

    def _near(self, it: Entry) -> str:
        return self._corpus.suggestion(self._corpus.documents[it.path], it.link)

    def _near_part(self, it: Entry) -> str:
        return self._corpus.suggestion_within(it.outcome.target or "", it.link.subpath)


def _some(paths: tuple[str, ...]) -> str:
    shown = listed(paths[:_MOST])
    return shown if len(paths) <= _MOST else f"{shown} and {len(paths) - _MOST} more"
