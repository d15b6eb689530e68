from collections.abc import Iterator

from reglint.columns import LinkFact
from reglint.corpus import Corpus, Resolved
from reglint.diagnostic import Located, Severity
from reglint.facts import Facts, TypedLink
from reglint.rule import rule
from reglint.spelling import listed


@rule(group="links", category="correctness", severity=Severity.error, since="0.1")
def wrong_link_type(docs: Corpus) -> Iterator[Located]:
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
    for facts, claim, outcomes in docs.led_by(TypedLink):
        for i, outcome in zip(claim.links, outcomes, strict=True):
            target = docs.documents.get(outcome.target or "")
            if target is None or target.type not in claim.types:
                yield from _judged(Resolved(facts, i, outcome).link, facts, target, claim)


def _judged(link: LinkFact, facts: Facts, target: Facts | None, claim: TypedLink) -> Iterator[Located]:
    is_mention = any(True for _ in facts.mentions.within(link.span))
    if target is None and not is_mention:
        return
    found = "no document"
    if target:
        found = f"a document of type `{target.type}`" if target.type else "a document without a type"
    yield (
        facts.path,
        claim.grounds.finding(
            link.span,
            f"`{link.target}` is {found}, where {listed(claim.types)} was expected",
            claim.pointer,
        ),
    )
