from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Note, Path, Severity
from reglint.facts import Backlink, Facts, LinkFact
from reglint.rule import rule
from reglint.text import Span


@rule(group="links", category="correctness", severity=Severity.error, since="0.1")
def missing_backlink(corpus: Corpus) -> Iterator[Located]:
    """The document that a link leads to does not link back.

    A schema asks for it by the keyword `inverse`. Links that lead nowhere are `broken-link`, and not this as well.

    ```json schema country
    {"properties": {"frontmatter": {"properties": {
      "region": {"wikilink": true, "inverse": "/frontmatter/countries"}
    }}}}
    ```

    ```json schema region
    {}
    ```

    ```md with asia.md
    ---
    type: region
    countries: ["[[japan]]"]
    ---
    [[china]] links here from its text only.
    ```

    ```md bad china.md
    ---
    type: country
    region: "«[[asia]]»"
    ---
    ```

    ```md good japan.md
    ---
    type: country
    region: "[[asia]]"
    ---
    ```
    """
    for facts in corpus:
        for claim in (it for it in facts.claims if isinstance(it, Backlink)):
            for resolved in corpus.claimed(facts, claim.span, claim.pointer):
                target = corpus.documents.get(resolved.outcome.target or "")
                if target and target is not facts and not _links_back(corpus, target, facts, claim.field):
                    yield facts.path, _finding(resolved.link, target, claim)


def _links_back(corpus: Corpus, source: Facts, target: Facts, field: Path) -> bool:
    links = corpus.resolved_from.get(source.path, ())
    return any(it.outcome.target == target.path and it.link.pointer[: len(field)] == field for it in links)


def _finding(link: LinkFact, target: Facts, claim: Backlink) -> Finding:
    place = f" in `{claim.field[-1]}`" if claim.field else ""
    return claim.grounds.finding(
        link.span,
        f"`{target.name}` does not link back{place}",
        claim.pointer,
        f"add the link{place} of `{target.path}`, or remove this one",
        (Note(target.path, target.title.span if target.title else Span(0, 0), "this one should"),),
    )
