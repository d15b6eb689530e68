import re
from collections.abc import Iterator

from reglint import urls
from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.lazy import regex
from reglint.rule import needed_for, rule
from reglint.sources import source_texts

_URL = regex(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@rule(group="sources", category="suspicious", severity=Severity.warning, since="0.1")
def url_as_name(doc: Document, *, key: str = "sources") -> Iterator[Finding]:
    """A source is named by its own URL.

    A name says who speaks: "Astana Financial Services Authority", which a reader knows and can look for when the page
    has moved. A host in small letters is no name either; `Booking.com`, with a capital, is one.

    ```md bad
    ---
    sources:
      - name: «"https://www.afsa.kz"»
        url: "https://www.afsa.kz"
      - name: «afsa.aifc.kz»
        url: "https://afsa.aifc.kz/"
    ---
    ```

    ```md good
    ---
    sources:
      - name: "Astana Financial Services Authority"
        url: "https://www.afsa.kz"
    ---
    ```
    """
    for entry in doc.strings("frontmatter", key):
        if entry.path[-1] == "name" and _is_url(entry.value.strip(), str(doc.get(*entry.path[:-1], "url") or "")):
            yield Finding(
                entry.span,
                f"`{entry.value:.80}` is an address and no name",
                help="write who publishes the page, or its title",
            )


@needed_for(url_as_name)
def _has_a_word(doc: Document, key: str) -> bool:
    """A name with a blank in it can only be that of a URL which has one, too."""
    entries = [it for it in source_texts(doc, key) if it.path[-1] in {"name", "url"}]
    return any((" " in it.value.strip()) == (it.path[-1] == "url") for it in entries)


def _is_url(name: str, url: str) -> bool:
    host = urls.host(url)
    return bool(_URL.fullmatch(name)) or (host != "" and name in {host, host.removeprefix("www."), url})
