from collections.abc import Iterator

from reglint.corpus import Corpus, Resolved
from reglint.diagnostic import Located, Severity
from reglint.facts import Facts, TypedLink
from reglint.rule import rule
from reglint.spelling import listed


@rule(group="links", category="correctness", severity=Severity.error, since="0.1")
def wrong_link_type(corpus: Corpus) -> Iterator[Located]:
    """The link leads to a document of a type that the schema does not allow here.

    A schema asks for it by the keyword `wikilink`. Links that lead nowhere are `broken-link`, and not this as well.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"region": {"wikilink": {"type": ["domain"]}}}}}}
    ```

    ```json schema domain
    {}
    ```

    ```json schema entity
    {}
    ```

    ```md with domain--asia.md
    ---
    type: domain
    ---
    ```

    ```md with entity--kzt.md
    ---
    type: entity
    ---
    ```

    ```md bad
    ---
    type: page
    region: "«[[entity--kzt]]»"
    ---
    ```

    ```md good
    ---
    type: page
    region: "[[domain--asia]]"
    ---
    ```
    """
    for facts, claim in corpus.claims(TypedLink):
        for resolved in corpus.claimed(facts, claim.span, claim.pointer):
            yield from _judged(corpus, facts, resolved, claim)


def _judged(corpus: Corpus, facts: Facts, resolved: Resolved, claim: TypedLink) -> Iterator[Located]:
    target = corpus.documents.get(resolved.outcome.target or "")
    is_mention = any(True for _ in facts.mentions.within(resolved.link.span))
    if (target is None and not is_mention) or (target and target.type in claim.types):
        return
    found = "no document"
    if target:
        found = f"a document of type `{target.type}`" if target.type else "a document without a type"
    yield (
        facts.path,
        claim.grounds.finding(
            resolved.link.span,
            f"`{resolved.link.target}` is {found}, where {listed(claim.types)} was expected",
            claim.pointer,
        ),
    )
