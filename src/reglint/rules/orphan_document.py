from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Severity
from reglint.facts import Facts
from reglint.folding import fold_name
from reglint.rule import rule
from reglint.text import Span


@rule(group="links", category="pedantic", severity=Severity.warning, since="0.1")
def orphan_document(
    graph: Corpus,
    *,
    allowed: tuple[str, ...] = ("readme", "index", "_index", "home", "changelog", "contributing", "license"),
    types: tuple[str, ...] = (),
) -> Iterator[Located]:
    """No other document links to this one, so that readers find it by search only.

    Every link counts: in front matter, to a heading, as an embed, in Markdown's form; one that fits several documents
    counts for all of them. A link of the document to itself does not. Where readers come in is no orphan: a document
    whose name is `allowed`, a note named like its folder, a template, the only document. `types` narrows the rule to
    documents of these types. Links that only a website or a plugin makes (menus, queries) are not seen: the rule is
    for corpora whose documents are reached by links.

    ```md with index.md
    See [[tax]].
    ```

    ```md bad mining.md
    # «Mining»

    See [[tax]] and [[mining]].
    ```

    ```md good tax.md
    # Tax
    ```
    """
    entrances = {fold_name(it) for it in allowed}
    linked = _linked(graph)
    for facts in graph if len(graph.documents) > 1 else ():
        is_held = facts.path not in linked and (not types or facts.type in types)
        if is_held and fold_name(facts.name) not in entrances and not _is_entrance(facts):
            yield facts.path, _finding(facts)


def _linked(corpus: Corpus) -> frozenset[str]:
    """Return the documents that another one links to, or may have been meant to, also in prose of the front matter."""
    found = {it.target for path, outcomes in corpus.outcomes.items() for it in outcomes if it.target != path}
    several = {it.candidates for outcomes in corpus.outcomes.values() for it in outcomes if it.candidates}
    for it in (mention for facts in corpus if facts.mentions for mention in corpus.mentioned_by(facts)):
        found |= {it.outcome.target} - {it.source.path}
        several.add(it.outcome.candidates)
    return frozenset(it for it in found.union(*several) if it)


def _is_entrance(facts: Facts) -> bool:
    """A note named like its folder is opened by the folder, a template by whoever starts a document."""
    *_, folder, file = ("", *facts.path.split("/"))
    said = (facts.path, facts.type or "", *(it.text for it in (facts.title, facts.declared) if it))
    return fold_name(file) == fold_name(f"{folder}.md") or any("template" in fold_name(it) for it in said)


def _finding(facts: Facts) -> Finding:
    return Finding(
        facts.title.span if facts.title else Span(0, 0),
        f"no other document links to `{facts.name:.100}`",
        help="link to it from a document that readers come from, or allow its name",
        pointer=facts.title.pointer if facts.title else None,
    )
