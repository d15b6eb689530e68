from collections.abc import Iterator

from reglint import urls
from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.hints import odd_addresses
from reglint.rule import needed_for, rule
from reglint.text import Span


@rule(group="sources", category="correctness", severity=Severity.error, since="0.1")
def misspelt_scheme(
    doc: Document, *, key: str = "sources", keys: tuple[str, ...] = ("url", "website", "homepage", "source")
) -> Iterator[Finding]:
    """A URL begins with something close to `https://` that is not quite that.

    `htps://`, `http//`, `https:/` or `http:https://`: a slip of the finger, or a part pasted twice. No browser follows
    it, and a link with it is taken for a path in the corpus. Schemes of other protocols are left alone, and so is
    `hxxps://`, which is written on purpose.

    ```md bad
    ---
    sources:
      - name: AFSA
        url: «htps://www.afsa.kz»
    ---

    The [rules](«http//afsa.kz/rules») are public.
    ```

    ```md good
    ---
    sources:
      - name: AFSA
        url: https://www.afsa.kz
    ---

    The [rules](http://afsa.kz/rules) are public.
    ```
    """
    for span, url in (*_in_front_matter(doc, {key, *keys}), *_in_body(doc)):
        if meant := urls.misspelt_scheme(url):
            yield Finding(
                span,
                f"`{url:.80}` begins with no scheme that browsers know; did you mean `{meant}://`?",
                help=f"let it begin with `{meant}://`",
            )


@needed_for(misspelt_scheme)
def _has_odd_scheme(doc: Document) -> bool:
    return any(map(urls.misspelt_scheme, odd_addresses(doc)))


def _in_front_matter(doc: Document, keys: set[str]) -> Iterator[tuple[Span, str]]:
    for entry in doc.strings("frontmatter"):
        named = next((step for step in reversed(entry.path) if isinstance(step, str)), "")
        if named in keys:
            yield entry.span, entry.value


def _in_body(doc: Document) -> Iterator[tuple[Span, str]]:
    return ((it.target_span, it.target) for it in doc.body.links if not it.wikilink)
