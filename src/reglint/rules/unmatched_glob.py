from collections.abc import Iterator

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Severity
from reglint.rule import rule


@rule(group="config", category="correctness", severity=Severity.error, since="0.1")
def unmatched_glob(corpus: Corpus) -> Iterator[Located]:
    """A pattern of the configuration matches no file.

    A folder was renamed or a letter is wrong, and what the line was to check or set holds for nothing. In

    ```toml
    include = ["corpus/**/*.md"]

    [[overrides]]
    paths = ["corpus/contries/**"]
    rules = { stale-document = "warning" }
    ```

    the second pattern is reported, at its place in the configuration, when the folder is `corpus/countries`. `*` and
    `?` stay within a folder, `**` does not, and a folder's name stands for all that is in it.

    ```md good corpus/countries/kazakhstan.md
    # Kazakhstan
    ```
    """
    for glob in corpus.globs:
        if not glob.is_matched:
            yield (
                glob.path,
                Finding(
                    glob.span,
                    f"the pattern `{glob.pattern:.120}` matches no file",
                    help="correct the pattern, or remove it",
                ),
            )
