from collections import defaultdict
from collections.abc import Iterator

from reglint.corpus import Corpus, page_of
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.facts import Facts, Named
from reglint.resolution import fold_name
from reglint.rule import rule
from reglint.text import Span


@rule(group="identity", category="correctness", severity=Severity.error, since="0.1")
def duplicate_alias(corpus: Corpus) -> Iterator[Located]:
    """An alias belongs to two documents, or is the name of another one.

    Whoever looks for `KZ` finds both. Only documents that have a type with a schema are held to this; among the notes
    of a vault, two people may well be called John. Aliases and names are equal without regard to case. The same page in
    folders of other languages or versions (`en`, `pt-BR`, `v2`) may share its aliases.

    ```json schema country
    {}
    ```

    ```md with country--kazakhstan.md
    ---
    type: country
    aliases: [KZ, KAZ]
    ---
    ```

    ```md bad country--kyrgyzstan.md
    ---
    type: country
    aliases: [KGZ, «kz», «country--kazakhstan»]
    ---
    ```

    ```md good country--kyrgyzstan.md
    ---
    type: country
    aliases: [KG, KGZ]
    ---
    ```
    """
    holders: dict[str, list[tuple[Facts, Named]]] = defaultdict(list)
    for facts in corpus:
        for alias in facts.aliases if facts.type else ():
            holders[fold_name(alias.text.strip())].append((facts, alias))
    for name, held in holders.items():
        named = ((it, None) for it in corpus.by_name.get(name, ()) if it.type)
        by_page = {page_of(it.path): (it, place) for it, place in reversed((*held, *named))}
        claimants = sorted(by_page.items(), key=lambda it: it[1][0].path)
        for facts, alias in held if name else ():
            others = (it for page, it in claimants if page != page_of(facts.path))
            if other := next(others, None):
                yield facts.path, _finding(alias, *other)


def _finding(alias: Named, other: Facts, place: Named | None) -> Finding:
    what = "an alias" if place else "the name"
    return Finding(
        alias.span,
        f"the alias `{alias.text:.60}` is {what} of `{other.path:.80}` as well",
        help="leave it to the one of the two that readers look for by it",
        notes=(Note(other.path, place.span if place else Span(0, 0), "the other document"),),
        pointer=alias.pointer,
    )
