from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.rule import Unchecked, rule
from reglint.text import Span


@rule(group="files", category="correctness", severity=Severity.error, since="0.1")
def too_large(failure: Unchecked) -> Iterator[Finding]:
    """The file is too large for a document, and so was not checked.

    A file of many megabytes is a log or an export that ended up in the wrong folder. A run with such a file exits
    with 2, whatever else it found.
    """
    if failure.kind == "size":
        yield Finding(Span(0, 0), failure.message, help="split the file, or leave it out by `exclude`")
