import re
from collections.abc import Iterator
from functools import lru_cache

from reglint import dates
from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.lazy import regex
from reglint.rule import needed_for, rule
from reglint.text import Span

# Case numbers, phone numbers and the like have the same shape, so that a text which nothing calls a date has to be
# within reach of one: a day that its month lacks, or day and month swapped.
_NEARLY = regex(r"(?:1[5-9]|2[01])\d\d-(?P<month>\d{1,2})-(?P<day>\d{2})(?!\d)")
_BARE = regex(r"\d{4}-\d{2}-\d{2}")
_SHAPE = r"(?P<date>\d{4}-\d{1,2}-\d{1,2})(?![\d-])"
_DAY = regex(r"-\d{1,2}-\d{1,2}")
_YEAR = 4  # digits
_KEPT = 1 << 12  # dates
_MONTHS = 12
_DAYS = 31

Place = tuple[Span, str]


@rule(group="dates", category="correctness", severity=Severity.error, since="0.1")
def impossible_date(
    doc: Document,
    *,
    keys: tuple[str, ...] = ("date", "created", "updated", "modified", "published", "last_reviewed", "review_by"),
    labels: tuple[str, ...] = ("last reviewed", "last updated", "last modified", "reviewed", "updated", "created"),
) -> Iterator[Finding]:
    """A date names a day that no calendar has.

    Looked at are values of the front matter, whole table cells, fields, and dates behind a label such as
    `Last reviewed:`. Without quotes in YAML, or under one of the `keys`, or behind one of the `labels`, everything
    with the looks of `2026-02-30` has to be a day. Elsewhere the same looks may be a number of another kind, so only
    near misses are reported: a day too many for its month, or month and day swapped.

    ```md bad
    ---
    created: «2026-02-30»
    ---

    | Field | Value |
    | --- | --- |
    | Repealed | «2026-06-31» |

    *Last reviewed: «2026-13-01».*
    ```

    ```md good
    ---
    created: 2026-02-28
    case: "2021-45-12"
    ---

    | Field | Value |
    | --- | --- |
    | CAS number | 7732-18-5 |

    *Last reviewed: 2026-01-13.*
    ```
    """
    places = [*_in_front_matter(doc, keys), *_in_fields(doc), *_behind_labels(doc, labels)]
    for span, written in dict.fromkeys(places):
        yield Finding(
            span,
            f"`{written:.40}` is no day of the calendar{_reason(written)}",
            help="write the day that is meant; a text that is no date needs quotes in YAML",
        )


@needed_for(impossible_date)
def _has_odd_date(doc: Document) -> bool:
    """Only an escape, which takes a backslash, makes a date of front matter that does not stand in the text."""
    content = doc.text.content
    found = (content[max(0, it.start() - _YEAR) : it.end()] for it in _DAY.finditer(content))
    return any(map(_is_odd, found)) or "\\" in content[: doc.front.body]


@lru_cache(maxsize=_KEPT)
def _is_odd(date: str) -> bool:
    return date[:_YEAR].isdecimal() and dates.is_impossible(date)


def _in_front_matter(doc: Document, keys: tuple[str, ...]) -> Iterator[Place]:
    """YAML 1.1 takes an unquoted `2026-02-30` for a date too, and its readers fail."""
    unquoted = {("frontmatter", *it.path) for it in doc.front.tree.plain if not it.is_key}
    for entry in doc.strings("frontmatter"):
        written = entry.value.strip(" \t\r\n")
        meant = entry.path[-1] in keys or (entry.path in unquoted and _BARE.match(written))
        if dates.is_impossible(written) and (meant or _is_near_miss(written)):
            yield entry.span, written


def _in_fields(doc: Document) -> Iterator[Place]:
    cells = [(it.span, it.text) for table in doc.body.tables for row in table.rows for it in row.cells]
    fields = [(it.span, it.value) for it in doc.fields()]
    for span, written in (*cells, *fields):
        if dates.is_impossible(written) and _is_near_miss(written):
            yield span, written


def _behind_labels(doc: Document, labels: tuple[str, ...]) -> Iterator[Place]:
    pattern = _pattern(labels)
    for block in doc.body.blocks:
        for found in pattern.finditer(block.text) if block.kind in {"paragraph", "item"} else ():
            span = Span(*found.span("date")).shift(block.span.start)
            if dates.is_impossible(found["date"]) and not doc.is_literal(span):
                yield span, found["date"]


@lru_cache(maxsize=8)
def _pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, labels)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{names})[*_]{{0,3}}[:\uff1a][*_ \t]{{0,6}}{_SHAPE}", re.IGNORECASE)


def _is_near_miss(written: str) -> bool:
    found = _NEARLY.match(written.strip(" \t\r\n"))
    if not found:
        return False
    month, day = int(found["month"]), int(found["day"])
    return 0 < min(month, day) <= _MONTHS and max(month, day) <= _DAYS


def _reason(written: str) -> str:
    year, month, day = (int(it) for it in re.findall(r"\d+", written)[:3])
    if not 0 < month <= _MONTHS:
        swapped = f"; is `{year:04}-{day:02}-{month:02}` meant?" if 0 < day <= _MONTHS < month <= _DAYS else ""
        return f": there is no month {month}{swapped}"
    return f": that month has {dates.days_in(year, month)} days" if year else ""
