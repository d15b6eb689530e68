from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Located, Severity
from reglint.rule import rule


@rule(group="links", category="correctness", severity=Severity.error, since="0.1")
def broken_embed(docs: Corpus) -> Iterator[Located]:
    """An embedded document, image or attachment does not exist.

    ```text with chart.png
    ```

    ```md bad
    «![[chrat.png]]» and «![a chart](charts/none.png)»
    ```

    ```md good
    ![[chart.png|300]] and ![a chart](chart.png)
    ```
    """
    for it in docs.resolved_as("no-file"):
        near = docs.suggestion(it.source, it.link)
        yield it.found(f"nothing can be embedded here: there is no file `{it.link.target}`{near}")
