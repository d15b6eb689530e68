from collections import defaultdict
from collections.abc import Iterator

from reglint.corpus import Corpus, page_of
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.facts import Named
from reglint.resolution import fold_name
from reglint.rule import rule


@rule(group="identity", category="suspicious", severity=Severity.warning, since="0.1")
def duplicate_title(corpus: Corpus) -> Iterator[Located]:
    """Two documents have the same title.

    One was copied from the other and its title forgotten, or both are about one thing. Only documents that have a type
    with a schema are held to this. Titles are equal without regard to case and blanks. The same page in folders of
    other languages or versions (`en`, `pt-BR`, `v2`) may have the same title.

    ```json schema entity
    {}
    ```

    ```md with entity--afsa.md
    ---
    type: entity
    ---
    # Astana Financial Services Authority
    ```

    ```md bad entity--nbk.md
    ---
    type: entity
    ---
    # «Astana  Financial Services authority»
    ```

    ```md good entity--nbk.md
    ---
    type: entity
    ---
    # National Bank of Kazakhstan
    ```
    """
    titled: dict[str, dict[str, tuple[str, Named]]] = defaultdict(dict)
    for facts in corpus:
        title, page = facts.title, page_of(facts.path)
        if title is None or facts.type is None:
            continue
        pages = titled[" ".join(fold_name(title.text).split())]
        if pages and page not in pages:
            yield facts.path, _finding(title, *next(iter(pages.values())))
        pages.setdefault(page, (facts.path, title))


def _finding(title: Named, path: str, first: Named) -> Finding:
    return Finding(
        title.span,
        f"`{path:.100}` has the same title",
        help="say in the title what this document is about that the other is not",
        notes=(Note(path, first.span, "the other title"),),
        pointer=title.pointer,
    )
