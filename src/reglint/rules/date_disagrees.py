import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from reglint import dates, hints
from reglint.dates import Moment
from reglint.diagnostic import Finding, Note, Severity
from reglint.document import Document
from reglint.hints import labelled_blocks, names_row
from reglint.rule import needed_for, rule
from reglint.text import Span

_LABELS = MappingProxyType(
    {
        "last reviewed": "last_reviewed reviewed",
        "last updated": "updated last_updated",
        "last modified": "updated modified last_modified lastmod",
    }
)
_MARKS = r"[*_]{0,3}[^\S\r\n]{0,3}[*_]{0,3}"
_DATE = r"(?=(?P<date>\S{1,40}(?:[^\S\r\n]{1,3}\S{1,40}){0,3}))"
_LONGEST = 80
_LINE_ENDS = "\r\n"
_SENTENCE_ENDS = ".;|(\u00b7\u2022\u2013\u2014"  # separators of a line of notes, too


class Stated(NamedTuple):
    """A date that the text gives behind a label; *leads*: the label is the first thing on its line."""

    label: str
    moment: Moment
    span: Span
    leads: bool


@rule(group="dates", category="suspicious", severity=Severity.warning, since="0.1")
def date_disagrees(
    doc: Document, *, labels: Mapping[str, str] = _LABELS, updated: str = "updated", created: str = "created"
) -> Iterator[Finding]:
    """A date in the text contradicts the front matter.

    Readers see the text, tools see the front matter, and only one of them is right. `labels` says which label in the
    text goes with which keys, of which the first that holds a date counts. In the lead and in the footer both have to
    name the same day; but `Last updated` behind another sentence may speak of what that one names. There, and in the
    sections, the date may be that of a part or of a source, which can be older than the page, but not younger. Where
    only `updated` is there to compare with, the date may be older than that, but not than `created`.

    ```md bad
    ---
    updated: 2026-04-02
    ---

    *Data from the public register. Last reviewed: «2026-06-01».*
    ```

    ```md bad
    ---
    created: 2026-04-02
    updated: 2026-06-01
    ---

    *Last reviewed: «2026-01-31».*
    ```

    ```md good
    ---
    created: 2026-04-02
    updated: 2026-06-01
    ---

    *Data from the public register. Last reviewed: 2026-06-01.*
    ```
    """
    keys = {label.casefold(): it.split() for label, it in labels.items()}
    for stated in (*_in_text(doc, keys), *_in_records(doc, keys)):
        own = next((it for it in keys.get(stated.label, ()) if dates.read(doc.get("frontmatter", it))), None)
        is_older = _is_before(doc, stated.moment, created)
        if not is_older and not _contradicts(doc, stated, own or updated, equal=True):
            continue  # before the place is looked for, which takes longer
        is_of_page = stated.leads or updated not in keys.get(stated.label, ())
        is_frame = is_of_page and doc.pointer(stated.span)[:1] in {("lead",), ("footer",)}
        if _contradicts(doc, stated, own or updated, equal=is_frame and own is not None):
            yield _finding(doc, stated, own or updated)
        elif is_frame and is_older and not _is_after(doc, created, updated):
            yield _finding(doc, stated, created)


@needed_for(date_disagrees)
def _is_dated(doc: Document, labels: Mapping[str, str]) -> bool:
    names = tuple([it.casefold() for it in labels])
    return names_row(doc, names) or bool(hints.labels(doc, names))


def _finding(doc: Document, stated: Stated, key: str) -> Finding:
    return Finding(
        stated.span,
        f"the text says `{doc.text[stated.span]}`, but `{key}` is {doc.get('frontmatter', key)}",
        help="correct the one that is wrong; readers see the text, and tools the front matter",
        notes=(Note(doc.path, doc.at("frontmatter", key), f"`{key}` stands here"),),
    )


def _contradicts(doc: Document, stated: Stated, key: str, *, equal: bool) -> bool:
    """Tell whether the date is after that of *key*, or, where they are to be *equal*, before it."""
    moment = dates.read(doc.get("frontmatter", key))
    if moment is None or stated.moment.first == moment.first:
        return False
    return dates.is_before(moment, stated.moment) or (equal and _is_before(doc, stated.moment, key))


def _is_before(doc: Document, moment: Moment, key: str) -> bool:
    other = dates.read(doc.get("frontmatter", key))
    return other is not None and dates.is_before(moment, other)


def _is_after(doc: Document, one: str, other: str) -> bool:
    """Tell whether the key *one* is after *other*; of two such dates, one is wrong."""
    last = dates.read(doc.get("frontmatter", other))
    return last is not None and _is_before(doc, last, one)


def _in_text(doc: Document, labels: Collection[str]) -> Iterator[Stated]:
    names, links = tuple(labels), doc.body.links
    for block in (it for it in labelled_blocks(doc, names) if not doc.is_quoted(it.span)):
        for found in _pattern(names).finditer(block.text):
            before = block.text[max(0, found.start() - 20) : found.start()].rstrip(" \t*_")[-1:]
            at = Span(block.span.start + found.start("date"), block.span.start + found.start("date"))
            link = max((it.span for it in links if it.span <= at), default=Span(0, 0))
            is_meant = at.start >= link.end and not doc.is_literal(at)
            if before in _LINE_ENDS + _SENTENCE_ENDS and is_meant:
                yield from _stated(found["label"], found["date"], at.start, leads=before in _LINE_ENDS)


@lru_cache(maxsize=8)
def _pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, labels)) or "(?!)"
    return re.compile(rf"(?P<label>{names})[*_]{{0,3}}[:\uff1a]{_MARKS}{_DATE}", re.IGNORECASE)


def _in_records(doc: Document, labels: Collection[str]) -> Iterator[Stated]:
    for table in doc.body.tables if names_row(doc, tuple(labels)) else ():
        for row in table.rows:
            name, *values = row.cells
            label = name.text.strip("*_: ").casefold()
            if len(values) == 1 and label in labels and not doc.is_quoted(row.span):
                yield from _stated(label, values[0].text, values[0].span.start, leads=False)


def _stated(label: str, written: str, at: int, *, leads: bool) -> Iterator[Stated]:
    """Read the longest date that *written*, which stands at *at*, begins with."""
    start = len(written) - len(written.lstrip("*_"))
    for end in sorted((it.end() for it in re.finditer(r"\S+", written[:_LONGEST])), reverse=True):
        date = written[start:end].rstrip(".,;:!*_)")
        if moment := dates.read(date):
            yield Stated(label.casefold(), moment, Span(start, start + len(date)).shift(at), leads)
            return
