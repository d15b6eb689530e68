r"""Regular expressions that users write: those of ECMA-262 that RE2 can match in linear time.

Look-around and back-references cannot be, and are mistakes of whoever asks for them. As in JSON Schema's own dialect,
`$` matches at the very end only, and `\d`, `\w` and `\b` know ASCII.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import re2

_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_KEPT = 4096  # compiled patterns; a corpus has some hundred
_ESCAPE = re.compile(
    r"\\(?:u(?P<high>d[89ab]..)\\u(?P<low>d[c-f]..)|u(?P<four>[0-9a-f]{4})|u\{(?P<braced>[0-9a-f]+)\}"
    r"|(?P<kind>p)\{(?:(?:General_Category|gc|Script|sc)=)?(?P<property>\w+)\}|.)",
    re.IGNORECASE | re.DOTALL,
)
# The long names of general categories (UAX #44, table 12), of which RE2 knows the short ones only.
_CATEGORIES = {
    "Letter": "L", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Titlecase_Letter": "Lt", "Other_Letter": "Lo",
    "Mark": "M", "Number": "N", "Decimal_Number": "Nd", "Letter_Number": "Nl", "Other_Number": "No", "Other": "C",
    "Punctuation": "P", "Symbol": "S", "Math_Symbol": "Sm", "Currency_Symbol": "Sc", "Separator": "Z",
}  # fmt: skip


class Fault(ValueError):
    """Why a pattern cannot be used, in words that follow "`…` "."""


@lru_cache(maxsize=_KEPT)
def compiled(pattern: str) -> Any:
    """Return RE2's form of *pattern*, an ECMA-262 regular expression. Raises Fault."""
    try:
        return re2.compile(_ESCAPE.sub(_for_re2, pattern), _OPTIONS)
    except (re2.error, UnicodeEncodeError) as error:
        raise Fault(_words(str(error.args[0] if isinstance(error.args[0], str) else error.args[0].decode()))) from error


def search(pattern: str, text: str) -> bool:
    """Tell whether *pattern* matches anywhere in *text*. Raises Fault."""
    return compiled(pattern).search(text.encode("utf-8", "replace")) is not None


def fault(pattern: str) -> str | None:
    """Say why *pattern* cannot be used; None when it can."""
    try:
        compiled(pattern)
    except Fault as error:
        return str(error)
    return None


def _for_re2(found: re.Match[str]) -> str:
    """Write an escape of ECMA-262 as RE2 has it."""
    if found["high"]:
        return f"\\x{{{0x10000 + (int(found['high'], 16) - 0xD800) * 0x400 + int(found['low'], 16) - 0xDC00:x}}}"
    if code := found["four"] or found["braced"]:
        return f"\\x{{{code}}}"
    if name := found["property"]:
        return f"\\{found['kind']}{{{_CATEGORIES.get(name, name)}}}"
    return found[0]


def _words(reason: str) -> str:
    if reason.startswith("invalid perl operator: (?"):
        return "looks ahead or behind, which cannot be matched in linear time"
    if re.match(r"invalid escape sequence: \\[1-9k]", reason):
        return "refers back to a group, which cannot be matched in linear time"
    return f"is not a regular expression: {reason}"
