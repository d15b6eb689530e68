from collections.abc import Iterator

from reglint import urls
from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.hints import field_values
from reglint.rule import needed_for, rule
from reglint.sources import source_urls
from reglint.text import Span

_HOSTS = ("example.com", "example.org", "example.net", "yourdomain.com", "your-domain.com")
_NOT_PUBLIC = ("localhost", "example", "test", "invalid")


@rule(group="sources", category="suspicious", severity=Severity.warning, since="0.1")
def placeholder_url(
    doc: Document,
    *,
    key: str = "sources",
    fields: tuple[str, ...] = ("website", "homepage", "official website"),
    hosts: tuple[str, ...] = _HOSTS,
) -> Iterator[Finding]:
    """A source leads to a host that only stands in for a real one.

    `example.com` and the like are reserved for examples; a template was filled in only in part. Looked at are the
    sources of the front matter and the `fields` of records. In the text, where an example may well be meant, such
    links are in order. `localhost`, `*.test` and the like are no source either, but a record may give the address of
    something that runs at home.

    ```md bad
    ---
    sources:
      - name: Central bank
        url: «"https://www.example.com/"»
    ---

    | Field | Value |
    | --- | --- |
    | Website | [Central bank](«https://example.org») |
    ```

    ```md good
    ---
    sources:
      - name: Central bank
        url: "https://www.nationalbank.kz/"
    ---

    Call `https://example.com/api`, or [see how](https://example.com).
    ```
    """
    in_sources = ((it.span, it.value) for it in source_urls(doc, key))
    for places, placeholders in ((in_sources, hosts + _NOT_PUBLIC), (_in_records(doc, fields), hosts)):
        for span, url in places:
            host = urls.host(url)
            if any(f".{host}".endswith(f".{it}") for it in placeholders):
                yield Finding(
                    span,
                    f"`{url:.80}` is a placeholder: nothing real is at `{host:.60}`",
                    help="write the address of the page that is meant, or remove it",
                )


@needed_for(placeholder_url)
def _may_be_placeholder(doc: Document, key: str, fields: tuple[str, ...], hosts: tuple[str, ...]) -> bool:
    endings = tuple(f".{it}" for it in (*hosts, *_NOT_PUBLIC))
    values = tuple(field_values(doc, fields))
    addresses = (*values, *(it.value for it in source_urls(doc, key)))
    has_link = any("[" in it or "<" in it for it in values)
    return has_link or any(f".{urls.host(it)}".endswith(endings) for it in addresses)


def _in_records(doc: Document, fields: tuple[str, ...]) -> Iterator[tuple[Span, str]]:
    """Yield the URL that a field is, and those that it links to."""
    for field in doc.fields(fields):
        yield field.span, field.value
        yield from ((it.target_span, it.target) for it in doc.body.links if field.span.holds(it.span))
