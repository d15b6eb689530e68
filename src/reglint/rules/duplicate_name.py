from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

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
    keyed = _types_linked_by_name(corpus, most)
    for name, documents in corpus.by_name.items():
        records = [it for it in documents if it.type in keyed and not _is_folder_note(it.path)]
        for pages in _kinds(corpus, records) if name not in common else ():
            first, *others = pages.values()
            for it in others if len(pages) <= most else ():
                yield it.path, _finding(it, first)


def _types_linked_by_name(corpus: Corpus, most: int) -> Collection[str]:
    """Return the types of documents that a wikilink of another document leads to; a name of many is no key."""
    types: set[str] = set()
    for facts in corpus:
        for i, outcome in enumerate(corpus.outcomes[facts.path]):
            named = (outcome.target, *outcome.candidates) if len(outcome.candidates) <= most else ()
            targets = (corpus.documents.get(it) for it in named if it and it != facts.path)
            new = {it.type for it in targets if it and it.type} - types
            # Of a million links few lead to a type that none before led to, and only these are made.
            if new and not facts.links[i].is_path:
                types |= new
    return types


def _kinds(corpus: Corpus, documents: Iterable[Facts]) -> Iterable[Mapping[str, Facts]]:
    """Return the documents of each root and type, of counterparts in several languages or versions the first only."""
    kinds: dict[tuple[str, str | None], dict[str, Facts]] = defaultdict(dict)
    for it in documents:
        kinds[corpus.root_of(it.path), it.type].setdefault(page_of(it.path), it)
    return kinds.values()


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
