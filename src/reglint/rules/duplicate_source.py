from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urldefrag

from reglint import urls
from reglint.diagnostic import Finding, Note, Severity
from reglint.document import Document, Entry
from reglint.rule import needed_for, rule
from reglint.sources import source_urls


@rule(group="sources", category="suspicious", severity=Severity.warning, since="0.1")
def duplicate_source(doc: Document, *, key: str = "sources") -> Iterator[Finding]:
    """Two sources are the same page.

    `http` or `https`, `www.`, a final slash, the order of parameters and parameters that only track the reader make no
    difference. Two places of one page, `#article-1` and `#article-2`, are two sources; a page and a place of it are
    one.

    ```md bad
    ---
    sources:
      - name: AFSA
        url: https://www.afsa.kz/
      - name: Astana Financial Services Authority
        url: «"http://afsa.kz?utm_source=newsletter"»
    ---
    ```

    ```md good
    ---
    sources:
      - name: AFSA
        url: https://www.afsa.kz/
      - name: AFSA, public register
        url: https://www.afsa.kz/register
    ---
    ```
    """
    parts_of_page: dict[str, dict[str, Entry]] = defaultdict(dict)
    for entry in (it for it in source_urls(doc, key) if urls.host(it.value)):
        parts = parts_of_page[urls.normalised(entry.value)]
        part = urldefrag(entry.value.strip()).fragment
        earlier = parts.get(part) or parts.get("") or (None if part else next(iter(parts.values()), None))
        if earlier:
            yield Finding(
                entry.span,
                f"`{entry.value:.80}` is the same page as an earlier source",
                help="keep one of the two",
                notes=(Note(doc.path, earlier.span, "the earlier source"),),
            )
        parts.setdefault(part, entry)


@needed_for(duplicate_source)
def _has_equal_pages(doc: Document, key: str) -> bool:
    pages = [urls.normalised(it.value) for it in source_urls(doc, key)]
    return len(pages) != len(set(pages))
