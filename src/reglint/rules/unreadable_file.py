from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.rule import Unchecked, rule
from reglint.text import Span


@rule(group="files", category="correctness", severity=Severity.error, since="0.1")
def unreadable_file(failure: Unchecked) -> Iterator[Finding]:
    """The file could not be read, and so was not checked.

    It has gone, may not be read, is a link that leads out of the corpus, or is no regular file. A run with such a file
    exits with 2, whatever else it found.
    """
    if failure.kind == "unreadable":
        yield Finding(
            Span(0, 0),
            failure.message,
            help="let the file be readable and inside the corpus, or leave it out by `exclude`",
        )
