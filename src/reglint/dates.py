"""What a written date means. Only dates that can be read in one way are read at all."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from reglint.lazy import regex

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    regex(it)
    for it in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?",
        r"(?P<year>\d{4})([/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}})",
        rf"{_MONTH}\s+(?:{_DAY},?\s+)?(?P<year>\d{{4}})",
        r"(?P<year>\d{4})",
    )
)
# 13/06/2026 can only be the 13th of June, 06/13/2026 too; 01/06/2026 is two dates and so is none.
_SLASHED = regex(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TIME = regex(r"(?P<date>\d{4}-\d{2}-\d{2})(?:[Tt]|\s+)(?P<time>\d{1,2}:\d{2}.*)")
_DATE_SHAPED = regex(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt ]\d{1,2}:\d{2}.*)?")

_KEPT = 1 << 12  # texts; most documents of a corpus share their dates with others


class Moment(NamedTuple):
    """A written date: its first and last day, and the instant where a time of day was written too."""

    first: date
    last: date
    instant: datetime | None = None


def read(text: object) -> Moment | None:
    """Return what *text* (or a year as a number) says, or None when that is no date or not one date only."""
    if isinstance(text, str | int) and not isinstance(text, bool):
        return _read(str(text))
    return None


@lru_cache(maxsize=_KEPT)
def _read(text: str) -> Moment | None:
    written = text.strip()
    if _is_iso(written):
        with suppress(ValueError):
            return Moment(day := date.fromisoformat(written), day)
    if timed := _TIME.fullmatch(written):
        return _timed(timed)
    if slashed := _SLASHED.fullmatch(written):
        return _slashed(*map(int, slashed.groups()))
    for form in _FORMS:
        if found := form.fullmatch(written):
            parts = found.groupdict()
            return _moment(parts["year"], parts.get("month"), parts.get("day"))
    return None


def _is_iso(written: str) -> bool:
    """Tell whether *written* has the looks of a day as almost everybody writes it, for which a library looks faster."""
    return len(written) == len("2026-11-22") and written[4] == written[7] == "-"


@lru_cache(maxsize=_KEPT)
def is_impossible(text: str) -> bool:
    """Tell whether *text* has the looks of an ISO 8601 date but names no day of the calendar."""
    found = _DATE_SHAPED.fullmatch(text.strip())
    return bool(found) and _days(*map(int, found.groups())) is None if found else False


def is_before(one: Moment, other: Moment) -> bool:
    """Tell whether *one* is certainly before *other*.

    Days compare with days, instants with instants. A day says nothing of its time zone, so an instant with one has to
    be more than a day away from it.
    """
    if one.instant is None and other.instant is None:
        return one.last < other.first
    if one.instant and other.instant and _is_aware(one) == _is_aware(other):
        return one.instant < other.instant
    slack = timedelta(days=int(_is_aware(one) != _is_aware(other)))
    return other.first - one.last > slack


def _is_aware(moment: Moment) -> bool:
    return bool(moment.instant and moment.instant.tzinfo)


def _timed(found: re.Match[str]) -> Moment | None:
    time = re.sub(r"\s+(?=[-+Z])", "", found["time"].strip()).upper()
    try:
        instant = datetime.fromisoformat(f"{found['date']}T{time.zfill(8) if len(time) in (4, 7) else time}")
        day = instant.astimezone(UTC).date() if instant.tzinfo else instant.date()
    except (ValueError, OverflowError):
        return None
    return Moment(day, day, instant)


def _slashed(one: int, two: int, year: int) -> Moment | None:
    readings = {it for it in (_days(year, one, two), _days(year, two, one)) if it}
    return readings.pop() if len(readings) == 1 else None


def _moment(year: str, month: str | None, day: str | None) -> Moment | None:
    number = None if month is None else int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    return _days(int(year), number, None if day is None else int(day))


def _days(year: int, month: int | None, day: int | None) -> Moment | None:
    """Return the days of a year, a month of it, or the one day; None stands for all."""
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
        if day is not None:
            return Moment(first, first)
        last = 12 if month is None else month
        return Moment(first, date(year, last, days_in(year, last)))
    except ValueError:
        return None


def days_in(year: int, month: int) -> int:
    """Return how many days a month (1 to 12) has."""
    from calendar import monthrange

    return monthrange(year, month)[1]


def days_after(day: date | None, count: int) -> str:
    """Return the day that is *count* days after *day*, as `2026-11-22`; empty where the calendar has no such day."""
    try:
        return (day + timedelta(days=count)).isoformat() if day else ""
    except OverflowError:
        return ""


def months_after(day: date, count: int) -> date | None:
    """Return the same day of the month *count* months after *day*, or the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(day.day, days_in(year, month + 1)))
