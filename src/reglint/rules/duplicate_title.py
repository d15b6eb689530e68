from collections.abc import Iterator

from reglint.corpus import Corpus, page_of
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.facts import Facts
from reglint.folding import fold_name
from reglint.rule import rule
from reglint.text import Span


@rule(group="identity", category="suspicious", severity=Severity.warning, since="0.1")
def duplicate_title(corpus: Corpus, *, most: int = 3) -> Iterator[Located]:
    """Two documents of one type have the same title.

    One was copied from the other and its title forgotten, or both are about one thing. Titles are equal without regard
    to case and blanks. A title that more documents than `most` share is what such pages are called (`Meeting notes`);
    where the names of both documents hold the title, `Rope (2014)` and `Rope (2024)`, the names tell them apart, and
    equal names are `duplicate-name`. A title is the first heading, and the only one of the first level. The same page
    in folders of other languages or versions (`en`, `pt-BR`, `v2`) may have the same title.

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
    first: dict[tuple[str, str, str], Facts] = {}
    together: dict[tuple[str, str, str], list[Facts]] = {}
    for facts in corpus:
        if facts.type is not None and facts.title is not None and facts.headings.have_title:
            key = corpus.root_of(facts.path), facts.type, " ".join(fold_name(facts.title.text).split())
            if first.setdefault(key, facts) is not facts:
                together.setdefault(key, [first[key]]).append(facts)
    for (*_, title), documents in together.items():
        yield from _judged(title, documents, most)


def _judged(title: str, together: list[Facts], most: int) -> Iterator[Located]:
    """Judge the documents of one type and title, of which the one that is named by its title keeps it."""
    pages: dict[str, Facts] = {}
    for facts in together:
        pages.setdefault(page_of(facts.path), facts)
    first, *others = sorted(pages.values(), key=lambda it: not _is_named_by(it, title))
    for facts in others if len(pages) <= most else ():
        if not _is_named_by(facts, title) and fold_name(facts.name) != fold_name(first.name):
            yield facts.path, _finding(facts, first)


def _is_named_by(facts: Facts, title: str) -> bool:
    return _letters(title) in _letters(facts.name)


def _letters(text: str) -> str:
    return "".join(it for it in fold_name(text) if it.isalnum())


def _finding(facts: Facts, first: Facts) -> Finding:
    here, there = (it.title.span if it.title else Span(0, 0) for it in (facts, first))
    return Finding(
        here,
        f"`{first.path:.100}` has the same title",
        help="say in the title what this document is about that the other is not",
        notes=(Note(first.path, there, "the other title"),),
        pointer=("title",),
    )
