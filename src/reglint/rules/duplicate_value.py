from collections.abc import Iterator
from unicodedata import normalize

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.facts import Facts, Unique
from reglint.rule import rule
from reglint.text import Span


@rule(group="identity", category="correctness", severity=Severity.error, since="0.1")
def duplicate_value(corpus: Corpus) -> Iterator[Located]:
    """A value that the schema wants to be unique stands in a second place.

    A schema asks for it by the keyword `unique`: within one `document`, among all documents of the `type`, or in the
    whole `corpus`. The first place, in the order of paths, keeps the value.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {
      "code": {"unique": "type"},
      "steps": {"items": {"unique": "document"}}
    }}}}
    ```

    ```md with a.md
    ---
    type: page
    code: KZ
    steps: [apply, wait]
    ---
    ```

    ```md bad
    ---
    type: page
    code: «KZ»
    steps: [apply, wait, «apply»]
    ---
    ```

    ```md good
    ---
    type: page
    code: KG
    steps: [apply, wait]
    ---
    ```
    """
    first: dict[tuple[str, ...], tuple[str, Span]] = {}
    for facts in corpus:
        claims = {(it.grounds.note, it.span): it for it in facts.claims if isinstance(it, Unique)}
        for claim in sorted(claims.values(), key=lambda it: it.span):
            place = first.setdefault(_realm(facts, claim), (facts.path, claim.span))
            if place != (facts.path, claim.span):
                yield facts.path, _finding(claim, *place)


def _realm(facts: Facts, claim: Unique) -> tuple[str, ...]:
    """Return what two places with equal values have to have in common for one of them to be too many."""
    within = {"type": facts.type or "", "document": facts.path}.get(claim.scope, "")
    note = claim.grounds.note
    return claim.scope, within, note.path, *map(str, note.span), normalize("NFC", claim.value)


def _finding(claim: Unique, path: str, span: Span) -> Finding:
    return claim.grounds.finding(
        claim.span,
        f"`{claim.value:.80}` is taken: it stands in `{path:.80}` already",
        claim.pointer,
        "give one of the two places another value",
        (Note(path, span, "the first place"),),
    )
