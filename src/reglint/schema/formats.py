"""The values of `format`, asserted and not merely annotated. A name that is not here is an error in the schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import time
from functools import cache
from ipaddress import IPv4Address, IPv6Address
from types import MappingProxyType
from typing import NamedTuple

from reglint import dates, patterns, urls
from reglint.lazy import regex

_DATE = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = regex(r"\d{2}:\d{2}:(?P<seconds>\d{2})(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})", re.IGNORECASE | re.ASCII)
_YEAR_MONTH = regex(r"\d{4}-(?:0[1-9]|1[0-2])")
_URI = regex(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_UUID = regex(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# RFC 5646, §2.1, less the languages of four and more letters, of which none is registered.
_LANGUAGE_TAG = regex(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)
_POINTER = regex(r"(?:/(?:[^~/]|~[01])*)*")
_YEARS = range(10_000)  # YAML reads a year without quotes as an integer
_TWO = 2  # letters of a short code


class Format(NamedTuple):
    """What a format accepts, and what a text that it refuses was expected to be.

    *integers* are those that it accepts; without them, it says nothing of numbers.
    """

    accepts: Callable[[str], bool]
    expected: str
    integers: range = range(0)


def _is_date(text: str) -> bool:
    return bool(_DATE.fullmatch(text)) and not dates.is_impossible(text)


def _is_time(text: str) -> bool:
    found = _TIME.fullmatch(text)
    if not found:
        return False
    second = found["seconds"]
    return _reads(time.fromisoformat, text.replace(f":{second}", ":59", 1) if second == "60" else text)


def _is_date_time(text: str) -> bool:
    day, separator, rest = text[:10], text[10:11], text[11:]
    return separator in {"T", "t", " "} and _is_date(day) and _is_time(rest)


def _reads(reader: Callable[[str], object], text: str) -> bool:
    try:
        reader(text)
    except ValueError:
        return False
    return True


def _is_email(text: str) -> bool:
    user, _, domain = text.rpartition("@")
    return bool(user) and " " not in user and not set(domain) & set("/?#:") and urls.fault(f"https://{domain}") is None


@cache
def _listed(name: str) -> frozenset[str]:
    """The codes of a standard, as published; see the files in `reglint/data`."""
    from importlib.resources import files

    return frozenset(files("reglint").joinpath("data", f"{name}.txt").read_text("ascii").split())


def _is_language_tag(text: str) -> bool:
    """Codes of two letters have to be known; longer ones are still being added to."""
    found = _LANGUAGE_TAG.fullmatch(text)
    if not found:
        return False
    language, region = found["language"].lower(), (found["region"] or "").upper()
    is_known = len(language) > _TWO or language in _listed("iso-639-1")
    return is_known and (len(region) != _TWO or region in _listed("iso-3166-1-alpha-2"))


def _code(name: str, expected: str) -> Format:
    return Format(lambda text: text in _listed(name), expected)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "date": Format(_is_date, "a day of the calendar, such as `2026-06-01`"),
        "date-time": Format(_is_date_time, "a date with a time, such as `2026-06-01T12:00:00Z`"),
        "time": Format(_is_time, "a time, such as `12:00:00Z`"),
        "year": Format(lambda text: bool(re.fullmatch(r"[0-9]{4}", text)), "a year, such as `2026`", _YEARS),
        "year-month": Format(lambda text: bool(_YEAR_MONTH.fullmatch(text)), "a month, such as `2026-06`"),
        "url": Format(lambda text: urls.fault(text) is None, "a web address, such as `https://www.iso.org/`"),
        "uri": Format(
            lambda text: bool(_URI.fullmatch(text)), "an address with a scheme, such as `urn:isbn:9780131103627`"
        ),
        "email": Format(_is_email, "an e-mail address"),
        "ipv4": Format(lambda text: _reads(IPv4Address, text), "an IPv4 address, such as `192.0.2.1`"),
        "ipv6": Format(lambda text: _reads(IPv6Address, text), "an IPv6 address, such as `2001:db8::1`"),
        "uuid": Format(
            lambda text: bool(_UUID.fullmatch(text)), "a UUID, such as `f81d4fae-7dec-11d0-a765-00a0c91e6bf6`"
        ),
        "regex": Format(
            lambda text: patterns.fault(text) is None, "a regular expression that can be matched in linear time"
        ),
        "json-pointer": Format(
            lambda text: bool(_POINTER.fullmatch(text)), "a JSON Pointer, such as `/frontmatter/status`"
        ),
        "iso-3166-1-alpha-2": _code(
            "iso-3166-1-alpha-2", "a country code of two letters, such as `JP` (ISO 3166-1 alpha-2)"
        ),
        "iso-3166-1-alpha-3": _code(
            "iso-3166-1-alpha-3", "a country code of three letters, such as `JPN` (ISO 3166-1 alpha-3)"
        ),
        "bcp-47": Format(_is_language_tag, "a language tag, such as `de` or `zh-Hant-TW` (BCP 47)"),
        "iso-4217": _code("iso-4217", "a currency code, such as `JPY` (ISO 4217)"),
    }
)


def accepting(name: str) -> Callable[[object], bool]:
    """Return the function that tells whether a value of any type keeps the format *name*."""
    it = FORMATS[name]

    def accepts(value: object) -> bool:
        if isinstance(value, str):
            return it.accepts(value)
        return not it.integers or not isinstance(value, int) or isinstance(value, bool) or value in it.integers

    return accepts
