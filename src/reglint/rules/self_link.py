from collections.abc import Iterator
from dataclasses import replace

from reglint.corpus import Corpus, Resolved
from reglint.diagnostic import Located, Path, Severity
from reglint.facts import Acyclic
from reglint.outline import within_section
from reglint.rule import rule

_MESSAGE = "the document links to itself, as `{:.80}`"
_HELP = "link to the document that was meant, or take the link out"


@rule(group="links", category="suspicious", severity=Severity.warning, since="0.1")
def self_link(docs: Corpus, *, prose: bool = False) -> Iterator[Located]:
    """A field of the document links to the document itself, as a whole.

    In a field such as `compile_into` that is a loop, and elsewhere another document was meant: a plugin is not
    developed by itself. Links to a heading or a block of the same document and embeds are left alone, but for fields
    that a schema wants to be `acyclic`. In prose the link leads nowhere as well; many wikis link every mention of a
    name, so that the rule speaks of those only if the option `prose` is set.

    ```md bad
    ---
    compile_into: ["«[[example]]»"]
    ---
    ## Facts

    | Field     | Value         |
    |-----------|---------------|
    | Regulator | «[[example]]» |
    ```

    ```md good
    ---
    compile_into: ["[[other]]"]
    ---
    ## Tax

    See [[#Tax]] and [[example#Tax]].
    ```
    """
    claimed = dict(_claimed(docs))
    yield from claimed.values()
    for it in docs.resolved_as("own"):
        is_held = _is_useless(it) and (prose or _is_in_field(it.link.pointer))
        if is_held and (it.source.path, it.link.span) not in claimed:
            yield it.found(_MESSAGE.format(it.link.target), _HELP)


def _claimed(corpus: Corpus) -> Iterator[tuple[object, Located]]:
    """Yield the links of acyclic fields that lead to their own document, each by its place."""
    for facts, claim, outcomes in corpus.led_by(Acyclic):
        for i, outcome in zip(claim.links, outcomes, strict=True):
            if outcome.target == facts.path:
                link = Resolved(facts, i, outcome).link
                message = _MESSAGE.format("#".join((link.target, *link.subpath)))
                found = claim.grounds.finding(link.span, message, link.pointer, _HELP)
                # The shortest circle weighs as much as a longer one, which is `link-cycle`.
                found = replace(found, severity=found.severity or Severity.error)
                yield (facts.path, link.span), (facts.path, found)


def _is_useless(resolved: Resolved) -> bool:
    """An embed may show the document within itself; `alias-link` speaks of links by alias."""
    link = resolved.link
    return resolved.outcome.kind != "alias" and bool(link.target) and not link.subpath and not link.is_embed


def _is_in_field(pointer: Path) -> bool:
    return pointer[:1] == ("frontmatter",) or (within_section(pointer) or ())[:1] == ("fields",)
