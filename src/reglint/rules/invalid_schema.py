from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.rule import Mistake, rule


@rule(group="config", category="correctness", severity=Severity.error, since="0.1")
def invalid_schema(mistake: Mistake) -> Iterator[Finding]:
    """A schema file, or a table that it looks into, has a mistake by which it would check less than it says.

    A keyword is misspelt, a `$ref` leads nowhere, a pattern cannot be matched in linear time, two keywords contradict
    each other so that no document can pass. Nothing is checked until it is mended: `check` exits with 2.
    `reglint schema check` finds such mistakes alone, and exits with 1.
    """
    if not mistake.path.endswith(".toml"):
        yield mistake.finding
