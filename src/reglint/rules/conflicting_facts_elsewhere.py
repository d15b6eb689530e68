from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.facts import Fact, SameFact
from reglint.rule import rule
from reglint.syntax import wikilink


@rule(group="facts", category="correctness", severity=Severity.error, since="0.1")
def conflicting_facts_elsewhere(corpus: Corpus) -> Iterator[Located]:
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
    for facts in corpus:
        for claim in (it for it in facts.claims if isinstance(it, SameFact)):
            for resolved in corpus.claimed(facts, claim.span, claim.via):
                target = corpus.documents.get(resolved.outcome.target or "")
                other = target.values.get(claim.field) if target else None
                if target and other and not _agree(claim.value, other):
                    yield facts.path, _finding(claim, target.path, other)


def _agree(value: str, other: Fact) -> bool:
    """Two links say the same when one name of theirs is the same, however they are written."""
    return bool(set(wikilink.names(value)) & set(wikilink.names(other.value)))


def _finding(claim: SameFact, path: str, other: Fact) -> Finding:
    return claim.grounds.finding(
        claim.span,
        f"`{claim.value:.80}` contradicts `{path:.80}`, which says `{other.value:.80}`",
        claim.pointer,
        "one of the two pages is wrong, or out of date",
        (Note(path, other.span, "the other page says so here"),),
    )
