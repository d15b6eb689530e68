from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Located, Severity
from reglint.rule import rule


@rule(group="links", category="correctness", severity=Severity.error, since="0.1")
def broken_link(docs: Corpus) -> Iterator[Located]:
    """The link leads to a document that does not exist.

    A target is looked for as Obsidian does: as a path from the root, then in the folder of the document that links,
    then as the shortest path that ends in it; without case, and with or without `.md`. That of a Markdown link is tried
    in the document's own folder first, as everybody else reads it. `links.resolution` and `links.roots` of the
    configuration are for other habits. What git ignores is not there for anybody else, and so no target.

    ```md with entity--afsa.md
    # AFSA
    ```

    ```md bad
    Licences are issued by the «[[entity--asfa|AFSA]]».
    ```

    ```md good
    Licences are issued by the [[entity--afsa|AFSA]].
    ```
    """
    for it in docs.resolved_as("no-document"):
        near = docs.suggestion(it.source, it.link)
        yield it.found(f"the link leads nowhere: there is no document `{it.link.target}`{near}")
