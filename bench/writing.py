"""The page in `docs/`, of which two parts are written by the command."""

from __future__ import annotations

import re
from pathlib import Path

from bench.peers.peer import peers


def write(results: str, page: Path) -> None:
    """Put *results*, and what each peer does, between their marks on *page*."""
    text = _between("results", results, page.read_text(encoding="utf-8"))
    page.write_text(_between("peers", _what_peers_do(), text), encoding="utf-8", newline="\n")


def _between(name: str, content: str, text: str) -> str:
    """Return *text* with *content* between its marks for *name*. Raises ValueError if it has none."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    written, times = re.subn(f"{begin}.*?{end}", lambda _: f"{begin}\n\n{content}\n\n{end}", text, flags=re.DOTALL)
    if times != 1:
        raise ValueError(f"there is no `{begin} … {end}`")
    return written


def _what_peers_do() -> str:
    rows = (f"| {it.title} ({it.language}) | {it.does} | {it.lacks} |" for it in peers())
    return "\n".join(["| Peer | Does | Does not |", "| --- | --- | --- |", *rows])
