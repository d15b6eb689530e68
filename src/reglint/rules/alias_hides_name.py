from collections.abc import Iterator

from reglint.corpus import Corpus, page_of
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.facts import Facts, Named
from reglint.folding import fold_name
from reglint.rule import rule
from reglint.text import Span


@rule(group="identity", category="suspicious", severity=Severity.warning, since="0.1")
def alias_hides_name(docs: Corpus) -> Iterator[Located]:
    """An alias is the name of another document.

    Whoever looks for that document is offered this one as well, and a link by the alias leads to the other. Only
    documents that have a type with a schema are held to this. Aliases and names are equal without regard to case. An
    alias that is the document's own name hides nothing. The same page in folders of other languages or versions (`en`,
    `pt-BR`, `v2`) may share its aliases; two documents with one alias are `duplicate-alias`.

    ```json schema measure
    {}
    ```

    ```md with recall.md
    ---
    type: measure
    ---
    ```

    ```md bad true-positive-rate.md
    ---
    type: measure
    aliases: [TPR, «Recall»]
    ---
    ```

    ```md good true-positive-rate.md
    ---
    type: measure
    aliases: [TPR, sensitivity]
    ---
    ```
    """
    for facts in docs:
        for alias in facts.aliases if facts.type else ():
            named = (it for it in docs.named(alias.text.strip()) if it.type)
            here = docs.root_of(facts.path), page_of(facts.path)
            others = (it for it in named if docs.root_of(it.path) == here[0] and page_of(it.path) != here[1])
            other = next(others, None)
            if other and not _is_own_name(facts, alias):
                yield facts.path, _finding(alias, other)


def _is_own_name(facts: Facts, alias: Named) -> bool:
    return fold_name(alias.text.strip()) == fold_name(facts.name)


def _finding(alias: Named, other: Facts) -> Finding:
    return Finding(
        alias.span,
        f"the alias `{alias.text:.60}` is the name of `{other.path:.80}`",
        help="leave the name to that document, or make one document of the two",
        notes=(Note(other.path, other.title.span if other.title else Span(0, 0), "the document of that name"),),
        pointer=alias.pointer,
    )
