import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from reglint import fields, hints, urls
from reglint.diagnostic import Finding, Note, Severity
from reglint.document import Document
from reglint.hints import labelled_blocks, names_row
from reglint.lazy import regex
from reglint.rule import needed_for, rule
from reglint.sources import source_texts
from reglint.syntax.blocks import Link
from reglint.text import Span

_URL = regex(urls.BARE, re.IGNORECASE)
_AND = regex(r"[ \t]*(?:[,;/&]|and\b)?[ \t]*")
_FORGES = ("github.com", "gitlab.com", "codeberg.org", "bitbucket.org", "sr.ht")

Page = tuple[Span, str, str]


@rule(group="sources", category="suspicious", severity=Severity.warning, since="0.1")
def unlisted_source(
    doc: Document, *, key: str = "sources", labels: tuple[str, ...] = ("data source", "data sources", "source")
) -> Iterator[Finding]:
    """A page that the text names as its source is not among the sources of the front matter.

    Whoever checks or refreshes the document goes by the list, and so never looks at where the figures really come
    from. A line, item or field that begins with one of the `labels` and a link names a source. A page below a listed
    one counts as listed. Credits under an image, and `Source:` before a code repository, are left alone.

    ```md bad
    ---
    sources:
      - name: AFSA
        url: https://www.afsa.kz
    ---

    *Data source: «[Crypto Legal Map](https://soken.dev/crypto-map/)». Last reviewed: 2026-06-01.*
    ```

    ```md good
    ---
    sources:
      - name: Crypto Legal Map
        url: https://soken.dev/crypto-map
    ---

    *Data source: [Crypto Legal Map](https://soken.dev/crypto-map/). Last reviewed: 2026-06-01.*
    ```
    """
    listed, names = _listed(doc, key)
    seen: set[str] = set()
    for span, url, shown in _named(doc, labels) if listed else ():
        page = urls.normalised(url)
        is_below = any(page == it or page.startswith((f"{it}/", f"{it}?")) for it in listed)
        if not is_below and page not in seen and shown.casefold() not in names:
            seen.add(page)
            yield Finding(
                span,
                f"the text names `{url:.80}` as a source, but `{key}` does not",
                help=f"add it to `{key}`, or do not call it a source",
                notes=(Note(doc.path, doc.key("frontmatter", key), f"`{key}` stands here"),),
            )


@needed_for(unlisted_source)
def _names_a_source(doc: Document, key: str, labels: tuple[str, ...]) -> bool:
    return key in doc.frontmatter and (names_row(doc, labels) or bool(hints.labels(doc, labels)))


def _listed(doc: Document, key: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the pages and the names of the sources; no pages where a wikilink leads to a source's own note."""
    entries = source_texts(doc, key)
    pages = frozenset(urls.normalised(url) for it in entries for url in _URL.findall(it.value))
    names = frozenset(it.value.casefold() for it in entries if it.path[-1] == "name")
    return frozenset() if any("[[" in it.value for it in entries) else pages, names


def _named(doc: Document, labels: tuple[str, ...]) -> Iterator[Page]:
    """Yield the pages behind each label that begins a line or names a field."""
    links = {it.span.start: it for it in doc.body.links if it.kind in {"markdown", "autolink"}}
    for label, start, end in (*_in_text(doc, labels), *_in_records(doc, labels)):
        at = start
        while at < end and (page := _page(doc, links, at, end)):
            if label != "source" or not f".{urls.host(page[1])}".endswith(tuple(f".{it}" for it in _FORGES)):
                yield page
            gap = _AND.match(doc.text.content, page[0].end)
            at = gap.end() if gap else end


def _page(doc: Document, links: Mapping[int, Link], at: int, end: int) -> Page | None:
    """Return the web page that is linked to, or whose bare URL stands, at code point *at*."""
    if link := links.get(at):
        return (link.span, link.target, link.shown) if _URL.match(link.target) else None
    found = _URL.match(doc.text.content, at, end)
    url = urls.without_punctuation(found[0]) if found else ""
    return (Span(at, at + len(url)), url, url) if url else None


def _in_text(doc: Document, labels: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    line = _line(labels)
    images = {doc.text.position(it.span.start).line for it in doc.body.links if it.kind in {"image", "embed"}}
    for block in (it for it in labelled_blocks(doc, labels) if not doc.is_quoted(it.span)):
        for found in line.finditer(block.text):
            at = block.span.start + found.end()
            if not images & {doc.text.position(at).line - back for back in (1, 2)}:
                yield found[1].casefold(), at, block.span.end


@lru_cache(maxsize=8)
def _line(labels: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, labels)) or "(?!)"
    pattern = rf"^[ \t]*[*_(]{{0,3}}({names})[*_]{{0,3}}[:\uff1a][*_]{{0,3}}[ \t]*"
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


def _in_records(doc: Document, labels: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    for field in (it for table in doc.body.tables for it in fields.rows(table)):
        label = field.name.strip("*_: ").casefold()
        if label in labels:
            yield label, *field.span
