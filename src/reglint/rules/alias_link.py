from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Located, Note, Severity
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
    for it in corpus.resolved_as("alias"):
        target = corpus.documents[str(it.outcome.target)]
        place = next(alias.span for alias in target.aliases if fold_name(alias.text) == fold_name(it.link.target))
        whole = "#".join([target.name, *it.link.subpath])
        yield it.found(
            f"`{it.link.target}` is an alias of `{target.name}`, and links do not resolve by alias",
            help=f"write `[[{whole}|{it.link.shown or it.link.target}]]`",
            notes=(Note(target.path, place, "the alias"),),
        )
