from collections.abc import Iterable, Iterator, Sequence

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.facts import Fact, SameFact
from reglint.rule import rule
from reglint.syntax import wikilink


@rule(group="facts", category="correctness", severity=Severity.error, since="0.1")
def conflicting_facts_elsewhere(docs: Corpus) -> Iterator[Located]:
    """Two documents contradict each other about one fact.

    A schema asks for it by the keyword `sameAs`: what this page says of its region, the page of the region says too.

    ```json schema regulator
    {"properties": {"frontmatter": {"properties": {
      "country": {"sameAs": {"via": "1/licence", "at": "/sections/Facts/fields/Country"}}
    }}}}
    ```

    ```json schema licence
    {}
    ```

    ```md with licence--casp.md
    ---
    type: licence
    ---
    ## Facts

    **Country:** Japan
    ```

    ```md bad
    ---
    type: regulator
    licence: "[[licence--casp]]"
    country: «China»
    ---
    ```

    ```md good
    ---
    type: regulator
    licence: "[[licence--casp]]"
    country: Japan
    ---
    ```
    """
    for facts, claim in docs.claims(SameFact):
        for resolved in docs.claimed(facts, claim):
            target = docs.documents.get(resolved.outcome.target or "")
            other = target.values.get(claim.field) if target else None
            if target and other and not _agree(claim.values, other.values):
                yield facts.path, _finding(claim, target.path, other)


def _agree(values: Sequence[str], others: Sequence[str]) -> bool:
    """Two lists say the same when each item has its like in the other, links when one name of theirs is the same."""
    ours, theirs = ([set(wikilink.names(it)) for it in side] for side in (values, others))
    return _hold(ours, theirs) and _hold(theirs, ours)


def _hold(ours: Iterable[set[str]], theirs: Iterable[set[str]]) -> bool:
    known = set[str]().union(*theirs)
    return all(it & known for it in ours)


def _finding(claim: SameFact, path: str, other: Fact) -> Finding:
    return claim.grounds.finding(
        claim.span,
        f"`{_shown(claim.values)}` contradicts `{path:.80}`, which says `{_shown(other.values)}`",
        claim.pointer,
        "one of the two pages is wrong, or out of date",
        (Note(path, other.span, "the other page says so here"),),
    )


def _shown(values: Sequence[str]) -> str:
    return f"{', '.join(values):.80}"
