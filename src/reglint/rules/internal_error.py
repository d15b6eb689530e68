from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.rule import Unchecked, rule
from reglint.text import Span


@rule(group="files", category="correctness", severity=Severity.error, since="0.1")
def internal_error(failure: Unchecked) -> Iterator[Finding]:
    """A rule of reglint broke down on the document, which says nothing about the document.

    The other rules have run, and what they found is reported. A run in which this happens exits with 2, so that it
    cannot pass for a clean one.
    """
    if failure.kind == "crash":
        yield Finding(
            Span(0, 0),
            failure.message,
            help="this is a mistake in reglint: please report it, with the command and the document",
        )
