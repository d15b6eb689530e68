from collections.abc import Iterator

from reglint.corpus import Corpus, page_of
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.facts import Facts
from reglint.rule import rule
from reglint.text import Span

_TOP = Span(0, 0)


@rule(group="identity", category="suspicious", severity=Severity.warning, since="0.1")
def duplicate_name(
    corpus: Corpus, *, allowed: tuple[str, ...] = ("readme", "index", "_index", "changelog", "contributing", "license")
) -> Iterator[Located]:
    """Two documents in different folders have the same name, so that a link by name fits both.

    Only documents that have a type with a schema are held to this: they are records, and their names are keys. Names
    that folders have in common (`allowed`), a note named like its folder, and the same page in folders of other
    languages or versions (`en`, `pt-BR`, `v2`) are left alone. Names are equal without regard to case.

    ```json schema entity
    {}
    ```

    ```md with banks/entity--nbk.md
    ---
    type: entity
    ---
    ```

    ```md bad regulators/entity--NBK.md
    «»---
    type: entity
    ---
    ```

    ```md good regulators/entity--afsa.md
    ---
    type: entity
    ---
    ```

    ```md good notes/entity--nbk.md
    # A note, and no record
    ```
    """
    for name, documents in corpus.by_name.items():
        pages: dict[str, Facts] = {}
        for it in documents:
            if it.type is None or name in allowed or _is_folder_note(it.path) or page_of(it.path) in pages:
                continue
            if pages:
                yield it.path, _finding(it, next(iter(pages.values())))
            pages[page_of(it.path)] = it


def _finding(facts: Facts, first: Facts) -> Finding:
    return Finding(
        _TOP,
        f"the name `{facts.name:.80}` is taken: `{first.path:.80}` has it too",
        help="rename one of the two, so that a link by name leads to one document",
        notes=(Note(first.path, _TOP, "the other document"),),
    )


def _is_folder_note(path: str) -> bool:
    *_, folder, file = ("", *path.split("/"))
    return file.removesuffix(".md") == folder
