from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from reglint.corpus import Corpus, page_of
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.facts import Facts
from reglint.folding import fold_name
from reglint.rule import rule
from reglint.text import Span

_TOP = Span(0, 0)


@rule(group="identity", category="suspicious", severity=Severity.warning, since="0.1")
def duplicate_name(
    corpus: Corpus,
    *,
    allowed: tuple[str, ...] = ("readme", "index", "_index", "changelog", "contributing", "license"),
    most: int = 3,
) -> Iterator[Located]:
    """Two documents of one type have the same name, in different folders.

    They are records, and their names are keys: one was copied, or they are about one thing. Documents of different
    types, as a plugin and a person, may well share a name, and so may notes without a type; links that fit both are
    `ambiguous-link`. Names that folders have in common (those `allowed`, and all that more documents than `most`
    share), a note named like its folder, and the same page in folders of other languages or versions (`en`, `pt-BR`,
    `v2`) are left alone, as are all names of a type whose documents no wikilink of another document leads to: where
    links go by path, as on websites, paths are keys. Names are equal without regard to case.

    ```json schema entity
    {}
    ```

    ```md with banks/entity--nbk.md
    ---
    type: entity
    ---
    It is no [[entity--afsa]].
    ```

    ```md with regulators/entity--afsa.md
    ---
    type: entity
    ---
    ```

    ```md bad regulators/entity--NBK.md
    «»---
    type: entity
    ---
    ```

    ```md good regulators/entity--sca.md
    ---
    type: entity
    ---
    ```

    ```md good notes/entity--nbk.md
    # A note, and no record
    ```
    """
    common = {fold_name(it) for it in allowed}
    keyed = frozenset(_types_linked_by_name(corpus))
    for name, documents in corpus.by_name.items():
        for pages in _pages_by_type(documents, keyed).values() if name not in common else ():
            first, *others = pages.values()
            for it in others if len(pages) <= most else ():
                yield it.path, _finding(it, first)


def _types_linked_by_name(corpus: Corpus) -> Iterator[str]:
    """Yield the types of documents that a wikilink of another document leads to."""
    for source, link, outcome in corpus.resolved:
        targets = {outcome.target, *outcome.candidates} if link.kind in {"wikilink", "embed"} else set()
        for target in (corpus.documents.get(it or "") for it in targets - {source.path}):
            if target and target.type:
                yield target.type


def _pages_by_type(documents: tuple[Facts, ...], types: Collection[str]) -> Mapping[str, Mapping[str, Facts]]:
    """Return the documents of each type, of counterparts in several languages or versions the first only."""
    by_type: dict[str, dict[str, Facts]] = defaultdict(dict)
    for it in documents:
        if it.type in types and not _is_folder_note(it.path):
            by_type[it.type or ""].setdefault(page_of(it.path), it)
    return by_type


def _finding(facts: Facts, first: Facts) -> Finding:
    return Finding(
        _TOP,
        f"the name `{facts.name:.80}` is taken: `{first.path:.80}` has it too",
        help="rename one of the two, or make one document of them",
        notes=(Note(first.path, _TOP, "the other document"),),
    )


def _is_folder_note(path: str) -> bool:
    *_, folder, file = ("", *path.split("/"))
    return fold_name(file) == fold_name(f"{folder}.md")
