from collections import defaultdict
from collections.abc import Iterator

from reglint.corpus import Corpus, page_of
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.facts import Facts, Named
from reglint.folding import fold_name
from reglint.rule import rule


@rule(group="identity", category="suspicious", severity=Severity.warning, since="0.1")
def duplicate_alias(corpus: Corpus) -> Iterator[Located]:
    """An alias belongs to two documents.

    Whoever looks for `KZ` finds both. Only documents that have a type with a schema are held to this; among the notes
    of a vault, two people may well be called John. Aliases are equal without regard to case. The same page in folders
    of other languages or versions (`en`, `pt-BR`, `v2`) may share its aliases. An alias that is the name of another
    document is `alias-hides-name`.

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
    aliases: [KGZ, «kz»]
    ---
    ```

    ```md good country--kyrgyzstan.md
    ---
    type: country
    aliases: [KG, KGZ]
    ---
    ```
    """
    holders: dict[tuple[str, str], list[tuple[Facts, Named]]] = defaultdict(list)
    for facts in corpus:
        for alias in facts.aliases if facts.type else ():
            name = fold_name(alias.text.strip())
            if name and name != fold_name(facts.name):
                holders[corpus.root_of(facts.path), name].append((facts, alias))
    for held in holders.values():
        pages = {page_of(it[0].path): it for it in reversed(held)}
        first_two = sorted(pages.items(), key=lambda it: it[1][0].path)[:2]
        for facts, alias in held:
            others = (it for page, it in first_two if page != page_of(facts.path))
            if other := next(others, None):
                yield facts.path, _finding(alias, *other)


def _finding(alias: Named, other: Facts, place: Named) -> Finding:
    return Finding(
        alias.span,
        f"the alias `{alias.text:.60}` is an alias of `{other.path:.80}` as well",
        help="leave it to the one of the two that readers look for by it",
        notes=(Note(other.path, place.span, "the other document"),),
        pointer=alias.pointer,
    )
