from collections import defaultdict
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.facts import Facts, Unique
from reglint.rule import rule
from reglint.text import Span

_Realm = tuple[str, str, str, Span]


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
    realms: dict[_Realm, dict[str, tuple[str, Span]]] = defaultdict(dict)
    for path, facts in corpus.documents.items():
        for claim in _claims(facts):
            value = claim.value if claim.value.isascii() else normalize("NFC", claim.value)
            place = path, claim.span
            first = realms[_realm(facts, claim)].setdefault(value, place)
            if first != place:
                yield path, _finding(claim, *first)


def _claims(facts: Facts) -> Sequence[Unique]:
    """Return the claims in order of their places, each once."""
    claims = [it for it in facts.claims if isinstance(it, Unique)]
    if len(claims) > 1:
        claims = sorted({(it.grounds.note, it.span): it for it in claims}.values(), key=lambda it: it.span)
    return claims


def _realm(facts: Facts, claim: Unique) -> _Realm:
    """Return what two places with equal values have to have in common for one of them to be too many."""
    within = facts.type if claim.scope == "type" else facts.path if claim.scope == "document" else None
    return claim.scope, within or "", claim.grounds.note.path, claim.grounds.note.span


def _finding(claim: Unique, path: str, span: Span) -> Finding:
    return claim.grounds.finding(
        claim.span,
        f"`{claim.value:.80}` is taken: it stands in `{path:.80}` already",
        claim.pointer,
        "give one of the two places another value",
        (Note(path, span, "the first place"),),
    )
