from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.document import document_name
from reglint.resolution import fold_name
from reglint.rule import rule


@rule(group="links", category="correctness", severity=Severity.error, since="0.1")
def alias_link(corpus: Corpus) -> Iterator[Located]:
    """The link names a document by its alias, which Obsidian does not resolve.

    Following such a link creates a new, empty document. `links.aliases = true` is for tools that do resolve aliases.

    ```md with entity--afsa.md
    ---
    aliases: [AFSA]
    ---
    ```

    ```md bad
    Licences are issued by the «[[AFSA]]».
    ```

    ```md good
    Licences are issued by the [[entity--afsa|AFSA]].
    ```
    """
    for source, link, outcome in corpus.resolved:
        if outcome.kind == "alias" and outcome.target:
            name = document_name(outcome.target)
            aliases = corpus.documents[outcome.target].aliases
            place = next(it.span for it in aliases if fold_name(it.text) == fold_name(link.target))
            yield (
                source.path,
                Finding(
                    link.span,
                    f"`{link.target}` is an alias of `{name}`, and links do not resolve by alias",
                    help=f"write `[[{name}|{link.shown or link.target}]]`",
                    notes=(Note(outcome.target, place, "the alias"),),
                    pointer=link.pointer,
                ),
            )
