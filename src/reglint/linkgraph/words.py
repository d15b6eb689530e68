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
        if it.outcome.kind == "ambiguous":
            return f"nowhere certain: `{it.link.target}` fits {_some(it.outcome.candidates)}"
        return f"nowhere: {self._reason(it)}"

    def _reason(self, it: Entry) -> str:
        target = it.link.target
        match it.outcome.kind:
            case "no-heading":
                return f"`{it.outcome.target}` has no heading `{'#'.join(it.link.subpath)}`{self._near_part(it)}"
            case "no-block":
                return f"`{it.outcome.target}` has no block `{it.link.subpath[-1]}`{self._near_part(it)}"
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
