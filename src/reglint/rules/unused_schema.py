from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Severity
from reglint.rule import rule
from reglint.text import Span


@rule(group="config", category="suspicious", severity=Severity.warning, since="0.1")
def unused_schema(corpus: Corpus) -> Iterator[Located]:
    """A schema has no document that it could judge.

    Either the type is named differently in the documents, or the globs of its `files` miss them, and what the schema
    asks for is checked nowhere. The finding stands in the schema's file. With `schemas/country.schema.json` and

    ```toml
    [types.country]
    files = ["countries/*.md"]
    ```

    it is reported when there are documents, but none in `countries/`. Without `files`, it is when no document says
    `type: country`.

    ```json schema country
    {}
    ```

    ```md good
    ---
    type: country
    ---
    ```
    """
    types = {it.type for it in corpus}
    used = {it.schema for it in corpus.types if it.name in types}
    # Of a document whose front matter could not be read, nobody knows the type.
    is_known = bool(types) and not any(it.front == "broken" for it in corpus)
    for kind in corpus.types if is_known else ():
        if kind.schema not in used:
            yield (
                kind.schema,
                Finding(
                    Span(0, 0),
                    f"no document has the type `{kind.name:.80}`, so this schema checks nothing",
                    help="write the type in the documents as the schema is named, or remove the schema",
                ),
            )
