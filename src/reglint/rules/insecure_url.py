from collections.abc import Iterator

from reglint import urls
from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.rule import needed_for, rule
from reglint.sources import source_urls

_PRIVATE = (".onion", ".i2p", ".local", ".localhost", ".internal", ".lan", ".home.arpa")
_RESERVED = (".test", ".example", ".invalid")


@rule(group="sources", category="suspicious", severity=Severity.warning, since="0.1")
def insecure_url(doc: Document, *, key: str = "sources") -> Iterator[Finding]:
    """A source is named by `http:`, where almost every host answers to `https:` by now.

    What arrives unencrypted can be changed on its way, and is no good evidence. Hosts of a local network, addresses
    and `.onion` are left alone; so is every link outside the front matter's sources. If a host really has no `https:`,
    switch the rule off for that page by an override.

    ```md bad
    ---
    sources:
      - name: AFSA
        url: «http://www.afsa.kz»
    ---
    ```

    ```md good
    ---
    sources:
      - name: AFSA
        url: https://www.afsa.kz
      - name: The archive in the cellar
        url: http://archive.local/
    ---
    ```
    """
    for entry in source_urls(doc, key):
        if entry.value[:7].lower() == "http://" and _is_public(entry.value):
            yield Finding(
                entry.span,
                f"`{entry.value:.80}` is fetched without encryption",
                help="try it with `https://`, and write that where it shows the same page",
            )


@needed_for(insecure_url)
def _has_insecure(doc: Document, key: str) -> bool:
    return any(it.value[:7].lower() == "http://" for it in source_urls(doc, key))


def _is_public(url: str) -> bool:
    """Tell whether *url* is in order, and at a host that has a name of its own in the public net."""
    host = urls.host(url)
    is_named = "." in host and not urls.is_address(host) and not host.endswith(_PRIVATE + _RESERVED)
    return is_named and not urls.misspelt_scheme(url) and urls.fault(url) is None
