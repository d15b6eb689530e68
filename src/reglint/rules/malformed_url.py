import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from reglint import urls
from reglint.diagnostic import Finding, Severity
from reglint.document import Document, Entry
from reglint.hints import field_values, odd_addresses
from reglint.lazy import regex
from reglint.rule import needed_for, rule
from reglint.sources import source_urls
from reglint.text import Span

_WEB = regex(r"https?://(?:[^/?#@]*@)?(?P<host>[^/?#:]*)", re.IGNORECASE)
_TEMPLATE = regex(r"\{\{|\{%|<%|\$\{")
_PLACEHOLDER = regex(r"[{}<>$%*\[\]]")
_LOCAL = ("/", "./", "../", "#", "[[")


class Flaw(NamedTuple):
    """A URL that leads nowhere: where it stands, what it is, and why."""

    span: Span
    url: str
    reason: str


@rule(group="sources", category="correctness", severity=Severity.error, since="0.1")
def malformed_url(
    doc: Document,
    *,
    key: str = "sources",
    keys: tuple[str, ...] = ("url", "website", "homepage", "source"),
    fields: tuple[str, ...] = ("website", "url"),
) -> Iterator[Finding]:
    """A URL is written so that nothing can follow it.

    A source has to be an absolute URL that any reader can open: with a host that has a domain, without blanks, without
    a user name, and not at an IP address. A source of another kind (`doi:`, `urn:`, a path, a wikilink) is left alone.
    Links, and other `keys` of the front matter and `fields` of records that are one URL, are only looked at where they
    begin with `http://` or `https://`; and only a blank, a missing host or a character that no host name has is
    reported there. Pages about software rightly link to `http://localhost:8080` or to `https://{host}/`.

    ```md bad
    ---
    sources:
      - name: AFSA
        url: «"https://www..afsa.kz"»
      - name: The registry
        url: «www.registry.kz»
    ---

    The [rules](«https://afsa,kz/rules») are public.
    ```

    ```md good
    ---
    sources:
      - name: AFSA
        url: "https://www.afsa.kz"
    ---

    The [rules](https://afsa.kz/rules) are public; see `https://..` for the [draft](http://localhost:8080/).
    ```
    """
    for flaw in (*_in_sources(doc, key), *_in_front_matter(doc, key, keys), *_in_body(doc, fields)):
        yield Finding(
            flaw.span,
            f"`{flaw.url:.80}` is no URL that can be followed: {flaw.reason:.60}",
            help="copy the address from a browser that shows the page",
        )


@needed_for(malformed_url)
def _has_odd_url(doc: Document, key: str, fields: tuple[str, ...]) -> bool:
    values = (it for it in field_values(doc, fields) if not urls.is_plain(it))
    is_odd = any("://" in it for it in (*odd_addresses(doc), *values))
    return is_odd or any(_is_meant(it) and not urls.is_plain(it.value) for it in source_urls(doc, key))


def _in_sources(doc: Document, key: str) -> Iterator[Flaw]:
    for entry in source_urls(doc, key):
        if _is_meant(entry) and (reason := _source_fault(entry.value)):
            yield Flaw(entry.span, entry.value, reason)


def _is_meant(source: Entry) -> bool:
    """Tell whether a source is one that has to be a URL, or looks as if."""
    looks_like_one = source.value[:4].casefold() in {"http", "www."} and _is_one_word(source.value)
    return source.path[-1] == "url" or looks_like_one


def _source_fault(url: str) -> str | None:
    scheme = urls.scheme(url) or ""
    is_other = scheme and scheme.lower() not in {"http", "https"}
    if is_other or url.startswith(_LOCAL) or _TEMPLATE.search(url) or urls.misspelt_scheme(url):
        return None
    if fault := urls.fault(url):
        return fault if url.strip() else "it is empty"
    if "@" in urlsplit(url).netloc:
        return "it holds a user name"
    return "its host is an IP address" if urls.is_address(urls.host(url)) else None


def _in_front_matter(doc: Document, key: str, keys: tuple[str, ...]) -> Iterator[Flaw]:
    for entry in doc.strings("frontmatter"):
        named = next((step for step in reversed(entry.path) if isinstance(step, str)), "")
        is_other = named in keys and entry.path[1] != key
        if is_other and _is_one_word(entry.value) and (reason := _link_fault(entry.value.strip())):
            yield Flaw(entry.span, entry.value, reason)


def _in_body(doc: Document, fields: tuple[str, ...]) -> Iterator[Flaw]:
    for link in doc.body.links:
        if not link.wikilink and (reason := _link_fault(link.target)):
            yield Flaw(link.target_span, link.target, reason)
    for field in doc.fields(fields):
        if _is_one_word(field.value) and (reason := _link_fault(field.value)):
            yield Flaw(field.span, field.value, reason)


def _is_one_word(value: str) -> bool:
    """Tell whether *value* is not a URL with words about it, or several URLs."""
    return not re.search(r"\s", value.strip())


def _link_fault(url: str) -> str | None:
    """Say why a link leads nowhere, which is less than what `urls.fault` asks of a source."""
    found = _WEB.match(url)
    if not found or _TEMPLATE.search(url) or _PLACEHOLDER.search(found[0]) or urls.misspelt_scheme(url):
        return None
    host = found["host"]
    if re.search(r"\s", url):
        return "it holds a blank"
    if not host or ".." in host or host.startswith("."):
        return "its host name has an empty part" if host else "it names no host"
    bad = next((it for it in host if it.isascii() and not it.isalnum() and it not in "._-"), None)
    return f"no host name holds `{bad}`" if bad else None
