"""Which written dates are read, as which days, and which are left alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglint import dates


@pytest.mark.parametrize(
    "written",
    [
        "2026-06-01", "2026-6-1", "2026/06/01", "2026.06.01", "20260601", "01.06.2026", "1.6.2026", "1. 6. 2026",
        "1 June 2026", "1st June 2026", "1st of June, 2026", "June 1, 2026", "June 1st, 2026", "Jun 1 2026", "Jun. 1, 2026", "1 JUN 2026",
        "2026-06-01T10:00", "2026-06-01 10:00:30", "2026-06-01T10:00:00Z", "2026-06-01T10:00:00.5+02:00", " 2026-06-01 ",
    ],
)  # fmt: skip
def test_twenty_ways_to_write_one_day(written: str) -> None:
    moment = dates.read(written)

    assert moment
    assert (moment.first, moment.last) == (date(2026, 6, 1), date(2026, 6, 1))


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        (2026, date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("13/06/2026", date(2026, 6, 13), date(2026, 6, 13)),
        ("06/13/2026", date(2026, 6, 13), date(2026, 6, 13)),
        ("06/06/2026", date(2026, 6, 6), date(2026, 6, 6)),
    ],
)
def test_spans_of_days(written: object, first: date, last: date) -> None:
    moment = dates.read(written)

    assert moment
    assert (moment.first, moment.last) == (first, last)


@pytest.mark.parametrize(
    "written",
    ["01/06/2026", "2026-02-30", "2026-13-01", "30 February 2026", "tomorrow", "", None, True, 3.5, [], "2026-06-01T25:00", "Foo 1, 2026", "0000-01-01", "1.2.3"],
)  # fmt: skip
def test_what_is_no_date_or_two_dates_is_not_read(written: object) -> None:
    assert dates.read(written) is None


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2026-04-02", "2026-06-01", True),
        ("2026-06-01", "2026-06-01", False),
        ("2026", "2026-06-01", False),
        ("2025", "2026-01-01", True),
        ("2026-06-01T09:00Z", "2026-06-01T10:00Z", True),
        ("2026-06-01T10:30+02:00", "2026-06-01T09:00Z", True),
        ("2026-06-01T23:30:00Z", "2026-06-02", False),
        ("2026-06-01T23:30:00Z", "2026-06-03", True),
        ("2026-06-01T09:00", "2026-06-01T10:00", True),
        ("2026-06-01T09:00", "2026-06-01", False),
    ],
)
def test_before_means_certainly_before(one: str, other: str, before: bool) -> None:
    first, second = dates.read(one), dates.read(other)

    assert first
    assert second
    assert dates.is_before(first, second) == before


@pytest.mark.parametrize(
    ("text", "impossible"),
    [
        ("2026-02-30", True),
        ("2026-2-30", True),
        ("2026-13-01T10:00", True),
        ("2026-02-28", False),
        ("2026-02", False),
        ("x", False),
    ],
)
def test_impossible_dates(text: str, impossible: bool) -> None:
    assert dates.is_impossible(text) == impossible


@given(st.text(max_size=20))
def test_never_raises(text: str) -> None:
    dates.read(text)
    dates.is_impossible(text)
