from collections.abc import Collection, Iterator
from functools import lru_cache, partial
from itertools import chain

from reglint.columns import LinkFact
from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Note, Path, Severity
from reglint.facts import Backlink, Facts
from reglint.outline import within_section
from reglint.rule import rule
from reglint.text import Span


@rule(group="links", category="correctness", severity=Severity.error, since="0.1")
def missing_backlink(docs: Corpus) -> Iterator[Located]:
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
    answered = lru_cache(maxsize=1 << 10)(partial(_answered, docs))
    for facts, claim in docs.claims(Backlink):
        for resolved in docs.claimed(facts, claim):
            target = docs.documents.get(resolved.outcome.target or "")
            if target is None or target.path == facts.path:
                continue
            if facts.path not in answered(target.path, _without_list(claim.field)):
                yield facts.path, _finding(resolved.link, target, claim)


def _answered(corpus: Corpus, path: str, place: Path) -> Collection[str]:
    """Return the documents that one document links to in *place*.

    Links that fit several documents, and wikilinks in prose of the front matter, may link back too. What many documents
    have in common is looked at once, however often a page names it.
    """
    source = corpus.documents[path]
    every = chain(corpus.resolved_from(source), corpus.mentioned_by(source))
    outcomes = {id(it.outcome): it.outcome for it in every if _is_within(it.link.pointer, place)}
    return {to for it in outcomes.values() for to in (it.target, *it.candidates) if to}


def _is_within(pointer: Path, place: Path) -> bool:
    """Names of a schema's pointer are texts, also where they count the items of a list."""
    return tuple(map(str, pointer[: len(place)])) == place


def _without_list(field: Path) -> Path:
    """A link that a section lists under `links` or `tables` is known by the section that it stands in."""
    rest = within_section(field) or ()
    return field[: len(field) - len(rest)] if rest[:1] in {("links",), ("tables",)} else field


def _finding(link: LinkFact, target: Facts, claim: Backlink) -> Finding:
    place = f" in `{claim.field[-1]}`" if claim.field else ""
    return claim.grounds.finding(
        link.span,
        f"`{target.name}` does not link back{place}",
        claim.pointer,
        f"add the link{place} of `{target.path}`, or remove this one",
        (Note(target.path, target.title.span if target.title else Span(0, 0), "this one should"),),
    )
