import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import dropwhile

from reglint import urls
from reglint.diagnostic import Finding, Note, Severity
from reglint.document import Document, Entry
from reglint.hints import derived, mentions
from reglint.lazy import regex
from reglint.rule import needed_for, rule
from reglint.sources import source_texts, source_urls
from reglint.syntax.blocks import Block
from reglint.text import Span

_MARK = regex("://")
_URL = regex(rf"(?<![\w/`(\[<]){urls.BARE}", re.IGNORECASE)
_ARCHIVES = ("archive.org", "archive.ph", "archive.is", "archive.today", "perma.cc")

Page = tuple[Span, str]


@rule(group="sources", category="suspicious", severity=Severity.warning, since="0.1")
def sources_disagree(doc: Document, *, key: str = "sources", label: str = "sources") -> Iterator[Finding]:
    """The list of sources at the foot of the page is not that of the front matter.

    Both say what the page rests on, one for readers and one for tools, so both name the same pages. The list stands
    behind a line `Sources:` or under the last heading of the page, `Sources`. A source without a link counts as listed
    when its name is there; an archived copy needs no entry of its own. Pages are compared as `duplicate-source` does.

    ```md bad
    ---
    sources:
      - name: AFSA
        url: https://www.afsa.kz
      - name: National Bank
        url: «https://nationalbank.kz»
    ---

    Text.

    **Sources:**

    - [AFSA](https://www.afsa.kz/)
    - «[Law on Digital Assets](https://adilet.zan.kz/eng/docs/Z2300000193)»
    ```

    ```md good
    ---
    sources:
      - name: AFSA
        url: https://www.afsa.kz
      - name: National Bank
        url: https://nationalbank.kz
    ---

    Text.

    ## Sources

    - [AFSA](https://www.afsa.kz/)
    - The National Bank
    ```
    """
    listed = _listed(doc, key)
    foot = _foot(doc, label)
    shown = _shown(doc, label)
    if listed and shown:
        yield from _unlisted(doc, key, listed, shown)
        yield from _unshown(doc, foot, listed, shown)


@needed_for(sources_disagree)
def _differ(doc: Document, key: str, label: str) -> bool:
    listed = _listed(doc, key)
    shown = _shown(doc, label) if listed else {}
    return bool(shown) and listed.keys() != shown.keys()


def _unlisted(doc: Document, key: str, listed: Mapping[str, Entry], shown: Mapping[str, Page]) -> Iterator[Finding]:
    for page, (span, url) in shown.items():
        if page not in listed and not _is_archived(page):
            yield Finding(
                span,
                f"`{url:.80}` is in this list, but not among the `{key}` of the front matter",
                help="add it there, or remove it here",
                notes=(_counterpart(doc, key, span),),
            )


def _counterpart(doc: Document, key: str, span: Span) -> Note:
    """Return the place of the source that goes by the name of the link at *span*, or that of all sources."""
    names = {it.shown.casefold() for it in doc.body.links if it.span == span}
    for entry in doc.strings("frontmatter", key):
        if entry.path[-1] == "name" and entry.value.casefold() in names:
            return Note(doc.path, doc.at(*entry.path[:-1], "url"), "the source of that name")
    return Note(doc.path, doc.key("frontmatter", key), f"`{key}` stands here")


def _unshown(doc: Document, foot: Span, listed: Mapping[str, Entry], shown: Mapping[str, Page]) -> Iterator[Finding]:
    words = doc.text[foot].casefold()
    copies = [it for it in shown if _is_archived(it)]
    for page, entry in listed.items():
        name = str(doc.get(*entry.path[:-1], "name") or page).casefold()
        if page not in shown and name not in words and not any(it.endswith(page) for it in copies):
            yield Finding(
                entry.span,
                f"`{entry.value:.80}` is missing in the list of sources at the foot of the page",
                help="add it there, or remove it here",
                notes=(Note(doc.path, Span(foot.start, foot.start), "the list"),),
            )


def _is_archived(page: str) -> bool:
    return page.split("/", 1)[0].endswith(_ARCHIVES)


@derived
def _listed(doc: Document, key: str) -> Mapping[str, Entry]:
    """Return the sources that are web pages; none where a wikilink leads to a source's own note."""
    if any("[[" in it.value for it in source_texts(doc, key)):
        return {}
    return {urls.normalised(it.value): it for it in source_urls(doc, key) if _is_page(it.value.strip())}


def _is_page(url: str) -> bool:
    return (urls.is_plain(url) and "(" not in url and ")" not in url) or _URL.fullmatch(url) is not None


def _is_address(target: str) -> bool:
    return urls.is_plain(target) or _URL.match(target) is not None


@derived
def _foot(doc: Document, label: str) -> Span:
    """Return the place of the list of sources, which no other section follows; an empty one when there is none."""
    heading = next((it for it in reversed(doc.body.headings) if not it.is_nested), None)
    start = heading.line.end if heading else doc.front.body
    blocks = [it for it in doc.body.blocks if it.span.start >= start]
    if heading and heading.plain.casefold().rstrip(": ") == label.casefold():
        rest = list(dropwhile(lambda it: it.kind == "paragraph", blocks))
        begin = rest[0].span.start if rest else start
        return _until_list_ends(doc, begin, rest) if rest or not blocks else Span(0, 0)
    paragraphs = (it for it in blocks if it.kind == "paragraph" and mentions(it.text, [label.casefold()]))
    found = [it.span.start + match.start() for it in paragraphs for match in _line(label.casefold()).finditer(it.text)]
    return _until_list_ends(doc, found[-1], [it for it in blocks if it.span.start > found[-1]]) if found else Span(0, 0)


@lru_cache(maxsize=8)
def _line(label: str) -> re.Pattern[str]:
    name = rf"[*_]{{0,3}}{re.escape(label)}[*_]{{0,3}}"
    return re.compile(rf"^[ \t]*(?:{name}[:\uff1a]|[*_]{name}[*_][ \t\r]*$)", re.IGNORECASE | re.MULTILINE)


def _until_list_ends(doc: Document, begin: int, blocks: Iterable[Block]) -> Span:
    """Return what stands from *begin* to the first of *blocks* that belongs to no list or table."""
    ends = (it.span.start for it in blocks if it.kind in {"paragraph", "rule", "footnote"})
    return Span(begin, next(ends, len(doc.text.content)))


@derived
def _shown(doc: Document, label: str) -> Mapping[str, Page]:
    """Return the web pages that the list links to, or whose bare URLs stand there."""
    foot = _foot(doc, label)
    links = [it for it in doc.body.links if it.span.start >= foot.start and foot.holds(it.span)]
    linked = [(it.span, it.target) for it in links if it.kind in {"markdown", "autolink"} and _is_address(it.target)]
    bare = (it for it in _bare(doc.text.content, foot) if not any(link.span.holds(it[0]) for link in links))
    return {urls.normalised(url): (span, url) for span, url in (*linked, *bare)}


def _bare(content: str, within: Span) -> Iterator[Page]:
    """Yield the URLs that stand for themselves, found by their `://`, for which others than a pattern look faster."""
    end = within.start
    for mark in _MARK.finditer(content, *within):
        starts = (mark.start() - length for length in (len("http"), len("https")))
        found = next(filter(None, (_URL.match(content, at, within.end) for at in starts if at >= end)), None)
        if found:
            end = found.end()
            url = urls.without_punctuation(found[0])
            yield Span(found.start(), found.start() + len(url)), url
