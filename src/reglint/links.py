"""Which links of a document lead to files of its corpus: wikilinks, and Markdown links without a scheme."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from reglint import urls
from reglint.columns import LinkFact
from reglint.document import Document
from reglint.lazy import regex
from reglint.syntax.blocks import Link
from reglint.text import Span, make

# What a link in a template, or with one in it, leads to only its engine knows.
_TEMPLATE = regex(r"<%(?:(?!%>|<%)[\s\S])*+%>|\{\{[^{}\n]*+\}\}|\$\{[^{}\n]*+\}")


def internal(doc: Document, links: Iterable[Link]) -> Iterator[LinkFact]:
    """Yield those of *links*, which stand in *doc*, that lead to a file of the corpus, or may do so."""
    content = doc.text.content
    templates = [Span(*it.span()) for it in _TEMPLATE.finditer(content)] if _may_hold_templates(content) else []
    for link in links:
        if templates and _is_template(link, templates):
            continue
        if link.wikilink:
            target, subpath = link.wikilink.target, link.wikilink.subpath
        elif _is_internal(link):
            target, subpath = _destination(link.target)
        else:
            continue
        yield make(LinkFact, (link.kind, target, subpath, link.shown, link.span, doc.pointer(link.span)))


def _may_hold_templates(content: str) -> bool:
    """One character is found in a tenth of the time that two take, and few documents have these."""
    return ("{" in content and ("{{" in content or "${" in content)) or ("<" in content and "<%" in content)


def _destination(written: str) -> tuple[str, tuple[str, ...]]:
    """Return the path that a Markdown link leads to, and what follows each `#`."""
    path, *rest = written.split("#")
    return unquote(path.partition("?")[0]), tuple([unquote(it) for it in rest if it])


def _is_template(link: Link, templates: Sequence[Span]) -> bool:
    """Tell whether *link* touches one of *templates*, or has one in its definition further down."""
    touched = bisect_right(templates, link.span.start, key=lambda it: it.end)
    is_touched = touched < len(templates) and templates[touched].start < link.span.end
    return is_touched or bool(_TEMPLATE.search(link.target))


def _is_internal(link: Link) -> bool:
    """A Markdown link without a scheme; a query belongs to a web server, not to the corpus."""
    target = link.target
    is_local = urls.scheme(target) is None and urls.misspelt_scheme(target) is None
    return bool(target) and is_local and not target.startswith(("//", "?")) and link.kind != "autolink"
