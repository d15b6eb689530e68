from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.rule import Mistake, rule


@rule(group="config", category="correctness", severity=Severity.error, since="0.1")
def invalid_configuration(mistake: Mistake) -> Iterator[Finding]:
    """The configuration file has a mistake: an unknown key or rule, a type whose schema is missing, a broken glob.

    Nothing is checked until it is mended: the run exits with 2, so that a slip of the pen cannot turn a gate green.
    """
    if mistake.path.endswith(".toml"):
        yield mistake.finding
