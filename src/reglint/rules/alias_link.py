from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Note, Severity
from reglint.folding import fold_name
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
    for source, link, outcome in corpus.resolved_as("alias"):
        target = corpus.documents[str(outcome.target)]
        place = next(it.span for it in target.aliases if fold_name(it.text) == fold_name(link.target))
        whole = "#".join([target.name, *link.subpath])
        yield (
            source.path,
            Finding(
                link.span,
                f"`{link.target}` is an alias of `{target.name}`, and links do not resolve by alias",
                help=f"write `[[{whole}|{link.shown or link.target}]]`",
                notes=(Note(target.path, place, "the alias"),),
                pointer=link.pointer,
            ),
        )
