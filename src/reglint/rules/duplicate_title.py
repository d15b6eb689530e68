import re
from collections import defaultdict
from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.facts import Named
from reglint.resolution import fold_name
from reglint.rule import rule

_VARIANT = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?|v?\d+(?:\.\d+)*")


@rule(group="identity", category="suspicious", severity=Severity.warning, since="0.1")
def duplicate_title(
    corpus: Corpus, *, allowed: tuple[str, ...] = ("readme", "index", "_index", "changelog", "contributing", "license")
) -> Iterator[Located]:
    """Two documents have the same title.

    One was copied from the other and its title forgotten, or both are about one thing. Only a corpus with schemas is
    held to this. Titles are equal without regard to case and blanks. The same page in folders of other languages or
    versions may have the same title, and so may pages with the names that folders have in common (`allowed`).

    ```json schema entity
    {}
    ```

    ```md with entity--afsa.md
    # Astana Financial Services Authority
    ```

    ```md bad entity--nbk.md
    # «Astana  Financial Services authority»
    ```

    ```md good entity--nbk.md
    # National Bank of Kazakhstan
    ```
    """
    titled: dict[str, dict[str, tuple[str, Named]]] = defaultdict(dict)
    for facts in corpus if corpus.types else ():
        title, page = facts.title, _page(facts.path)
        pages = titled[" ".join(fold_name(title.text).split()) if title else ""]
        if title is None or fold_name(facts.name) in allowed or page in pages:
            continue
        if pages:
            yield facts.path, _finding(title, *next(iter(pages.values())))
        pages[page] = (facts.path, title)


def _finding(title: Named, path: str, first: Named) -> Finding:
    return Finding(
        title.span,
        f"`{path:.100}` has the same title",
        help="say in the title what this document is about that the other is not",
        notes=(Note(path, first.span, "the other title"),),
        pointer=title.pointer,
    )


def _page(path: str) -> str:
    """Return the path without the folders of a language or a version, in which pages have their counterparts."""
    return "/".join(it for it in fold_name(path).split("/") if not _VARIANT.fullmatch(it))
