"""What an http(s) URL names, and what is wrong with one."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from reglint.lazy import regex

# What almost every URL looks like, and of which no question here needs a closer look.
_PLAIN = regex(
    r"https?://(?P<host>(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*)(?P<path>(?:/[\w.~/:@!$&'()*+,;=-]*)?)"
    r"(?P<query>\?[\w.~/:@!$&'()*+,;=?-]*)?(?:#[\w.~/:@!$&'()*+,;=?-]*)?",
    re.ASCII,
)
_SCHEME = regex(r"(?P<scheme>[A-Za-z][A-Za-z0-9+-]*):")
_BAD_CHARACTER = regex(r"[\s<>\"{}|\\^`\x00-\x1f\x7f]")
_BAD_ESCAPE = regex(r"%(?![0-9A-Fa-f]{2})")
_DOUBLED = regex(r"https?:?/*(?P<inner>https?)(?:://?|//)", re.IGNORECASE)
_MISPUNCTUATED = regex(
    r"(?P<scheme>https?)(?://|[;.,]//|:{2,}/|:/(?!/)|:/{3,}(?=[^/])|:[ \t]+//|:?\\\\|:(?=[\w-]+\.\w))", re.IGNORECASE
)
_UNKNOWN_SCHEME = regex(r"(?P<scheme>[a-z]{3,6})(?:[:;]?//|:/|:(?=[\w-]+\.\w))", re.IGNORECASE)
_CLOSE_BUT_REAL = frozenset({"http", "https", "shttp", "httpg", "httpu"})
_TRACKING = regex(r"(?:utm_\w+|fbclid|gclid|mc_eid|igshid)")
_KEPT = 1 << 10  # URLs; those of one document come several times

BARE = r"https?://(?:[^\s<>()\[\]\"`|]|\([^\s<>()]*\))+"
"""A regular expression for a URL that stands in a text; parentheses belong to it where they pair."""


def without_punctuation(url: str) -> str:
    """Return a URL found in a text without the marks that end the sentence or the emphasis around it."""
    return url.rstrip(".,;:!?*_")


def is_plain(url: str) -> bool:
    """Tell whether *url* is an ordinary URL, at a host with a domain: no question here has another answer than that.

    Many an URL that is as sound as any is not plain in this sense.
    """
    return _plain(url) is not None


@lru_cache(maxsize=_KEPT)
def _plain(url: str) -> re.Match[str] | None:
    return _PLAIN.fullmatch(url)


def scheme(url: str) -> str | None:
    """Return the scheme as it is written, or None where there is none."""
    found = _SCHEME.match(url)
    return found["scheme"] if found else None


def misspelt_scheme(url: str) -> str | None:
    """Return the scheme that was meant, "http" or "https", where *url* begins with something close to it."""
    if is_plain(url):
        return None
    if found := _DOUBLED.match(url):
        return found["inner"].lower()
    if found := _MISPUNCTUATED.match(url):
        return found["scheme"].lower()
    found = _UNKNOWN_SCHEME.match(url)
    written = found["scheme"].lower() if found else ""
    if written in _CLOSE_BUT_REAL:
        return None
    return next((it for it in ("https", "http") if _is_one_slip(written, it)), None)


def _is_one_slip(written: str, meant: str) -> bool:
    """Tell whether a letter was left out, put in or mistaken, or two of them were swapped."""
    swapped = {meant[:i] + meant[i + 1] + meant[i] + meant[i + 2 :] for i in range(len(meant) - 1)}
    same = 0
    while written[same : same + 1] == meant[same : same + 1] != "":
        same += 1
    rest, due = written[same:], meant[same:]
    return written in swapped or rest == due[1:] or rest[1:] in {due, due[1:]}


def fault(url: str) -> str | None:
    """Say in a few words why *url* is no absolute http or https URL that a reader can follow; None when it is one."""
    return None if is_plain(url) else _fault(url)


def _fault(url: str) -> str | None:
    if bad := _BAD_CHARACTER.search(url):
        named = "a blank" if bad[0].isspace() else f"`{bad[0]}`" if bad[0].isprintable() else "a control character"
        return f"it holds {named}"
    if _BAD_ESCAPE.search(url):
        return "a `%` in it is not followed by two hexadecimal digits"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        return str(error).lower()
    if parts.scheme not in {"http", "https"}:
        return "it does not begin with `https://`"
    if not parts.hostname:
        return "it names no host"
    return _host_fault(parts.hostname) or ("its port is 0" if port == 0 else None)


def _host_fault(host: str) -> str | None:
    if is_address(host):
        return None
    labels = host.removesuffix(".").split(".")
    if not all(labels):
        return "its host name has an empty part"
    if len(labels) == 1 and host != "localhost":
        return f"its host `{host}` has no domain"
    return None


def is_address(host: str) -> bool:
    """Tell whether *host* is an IP address."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def host(url: str) -> str:
    """Return the host in lower case, or nothing."""
    if plain := _plain(url):
        return plain["host"]
    parts = _split(url)
    return (parts.hostname or "").removesuffix(".") if parts else ""


@lru_cache(maxsize=_KEPT)
def normalised(url: str) -> str:
    """Return the form in which two URLs of the same page are equal.

    Scheme, a leading `www.`, the default port, an empty path, a final slash, tracking parameters and the fragment make
    no difference; the order of parameters does not either.
    """
    plain = _plain(url)
    if plain and not plain["query"]:
        return plain["host"].removeprefix("www.") + plain["path"].rstrip("/")
    parts = _split(url)
    if parts is None:
        return url.strip()
    name = host(url).removeprefix("www.")
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    path = unquote(parts.path).rstrip("/")
    query = urlencode(sorted(it for it in parse_qsl(parts.query, keep_blank_values=True) if not is_tracking(it[0])))
    return f"{name}{port}{path}{'?' + query if query else ''}"


def is_tracking(parameter: str) -> bool:
    """Tell whether a query parameter only says where the reader came from."""
    return bool(_TRACKING.fullmatch(parameter))


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return None
    return parts
