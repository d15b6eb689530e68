from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.rule import Unchecked, rule
from reglint.text import Span


@rule(group="files", category="correctness", severity=Severity.error, since="0.1")
def invalid_encoding(failure: Unchecked) -> Iterator[Finding]:
    """The file is not UTF-8, and so was not checked.

    Every document is read as UTF-8, with or without a byte order mark. In any other encoding letters would be guessed,
    and every place in the file with them. The message names the first byte that is wrong. A run with such a file exits
    with 2, whatever else it found.
    """
    if failure.kind == "encoding":
        yield Finding(
            Span(0, 0),
            failure.message,
            help='save the file as UTF-8; most editors offer that under "Save with encoding"',
        )
