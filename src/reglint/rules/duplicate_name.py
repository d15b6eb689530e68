from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from reglint.columns import PATHS
from reglint.corpus import Corpus, page_of
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.facts import Facts
from reglint.folding import fold_name
from reglint.resolution import Outcome
from reglint.rule import rule
from reglint.text import Span

_TOP = Span(0, 0)


@rule(group="identity", category="suspicious", severity=Severity.warning, since="0.1")
def duplicate_name(
    graph: Corpus,
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
    named = [paths for name, paths in graph.namesakes.items() if name not in common]
    kinds = (_kinds(graph, [graph.documents[it] for it in paths]) for paths in named)
    together = [pages for it in kinds for pages in it if 1 < len(pages) <= most]
    keyed = _linked_by_name(graph, {it.type for pages in together for it in pages.values() if it.type}, most)
    for first, *others in (pages.values() for pages in together):
        for it in others if first.type in keyed else ():
            yield it.path, _finding(it, first)


def _linked_by_name(corpus: Corpus, types: Collection[str], most: int) -> Collection[str]:
    """Return those of *types* that a wikilink of another document leads to; a name of many is no key."""
    keyed: set[str] = set()
    for facts in corpus if types else ():
        for kind, outcome in zip(facts.links.kinds, corpus.outcomes[facts.path], strict=True):
            if kind not in PATHS:
                keyed.update(_types(corpus, outcome, facts.path) if len(outcome.candidates) <= most else ())
        if keyed.issuperset(types):
            break
    return keyed


def _types(corpus: Corpus, outcome: Outcome, source: str) -> Iterator[str]:
    """Yield the types of the documents that a link leads to, or may have been meant to, but of its own."""
    for path in (outcome.target, *outcome.candidates):
        document = corpus.documents.get(path) if path and path != source else None
        if document and document.type:
            yield document.type


def _kinds(corpus: Corpus, documents: Iterable[Facts]) -> Iterable[Mapping[str, Facts]]:
    """Return the documents of each root and type, of counterparts in several languages or versions the first only."""
    kinds: dict[tuple[str, str | None], dict[str, Facts]] = defaultdict(dict)
    for it in documents:
        if it.type and not _is_folder_note(it.path):
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
