r"""Regular expressions that users write: those of ECMA-262 that RE2 can match in linear time.

Look-around and back-references cannot be, and are mistakes of whoever asks for them; so is what only RE2 knows, such as
`\A`. As in ECMA-262, `$` matches at the very end only, `.` no end of a line, `\d`, `\w` and `\b` know ASCII, and `\s`
all of Unicode's white space. A group is repeated at most 1,000 times, everything else as memory allows.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from reglint.lazy import regex

_MOST_MEMORY = 64 << 20  # bytes
_KEPT = 4096  # compiled patterns; a corpus has some hundred
_MOST_TIMES = 1000  # that RE2 repeats anything
_MOST_PIECES = 100  # that a longer repetition is made of
_ESCAPE = regex(
    r"\\(?:u(?P<high>d[89ab][0-9a-f]{2})\\u(?P<low>d[c-f][0-9a-f]{2})|u(?P<four>[0-9a-f]{4})|u\{(?P<braced>[0-9a-f]+)\}"
    r"|(?P<kind>p)\{(?:(?:General_Category|gc|Script|sc)=)?(?P<property>\w+)\}|c(?P<control>[a-z])"
    r"|(?P<foreign>x\{|(?-i:[ACEGH-MNOQRTUVXYZaceg-jlmopqyz]))|.)",
    re.IGNORECASE | re.DOTALL,
)
_TOKEN = regex(
    r"(?:\[(?P<negated>\^?)(?P<members>(?:\\.|[^]\\])*)\]|(?P<foreign>\(\?(?![:=!<]|[im]+:).?)"
    rf"|(?P<escape>{re.sub(r'[?]P<[a-z]+>', '?:', _ESCAPE.pattern)})|(?P<one>.))"
    r"(?P<times>\{(?P<least>[0-9]{1,6})(?P<range>,(?P<most>[0-9]{0,6}))?\}(?P<lazy>\??))?",
    re.IGNORECASE | re.DOTALL,
)
_POSIX = regex(r"\[:\^?\w+:$")
_SPACE = r"\v\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\s"
_NO_SPACE = (
    r"\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}"
    r"\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}"
)
_IN_CLASS = {r"\s": _SPACE, r"\S": _NO_SPACE, r"\b": r"\x08"}
_OUTSIDE = {r"\s": f"[{_SPACE}]", r"\S": f"[^{_SPACE}]", ".": r"[^\n\r\x{2028}\x{2029}]"}
_NOTHING_BUT = {"": r"^\x{0}-\x{10ffff}", "^": r"\x{0}-\x{10ffff}"}  # the members of `[]` and of `[^]`
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
    import re2

    try:
        return re2.compile(_TOKEN.sub(_token, pattern), _options())
    except (re2.error, UnicodeEncodeError) as error:
        raise Fault(_words(str(error.args[0] if isinstance(error.args[0], str) else error.args[0].decode()))) from error


@cache
def _options() -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MOST_MEMORY
    return options


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


def _token(found: re.Match[str]) -> str:
    """Write an atom of ECMA-262, with how often it stands there, as RE2 has it. Raises Fault."""
    if foreign := found["foreign"]:
        raise Fault(_no_part(foreign))
    if found["members"] is not None:
        atom = f"[{_members(found['negated'], found['members'])}]"
    else:
        written = found["escape"] or found["one"]
        atom = _OUTSIDE.get(written) or _ESCAPE.sub(_for_re2, written)
    return _repeated(atom, found) if found["times"] else atom


def _members(negated: str, members: str) -> str:
    """Write what stands between the brackets of a class."""
    if posix := _POSIX.search(members):
        raise Fault(_no_part(f"[{posix[0]}]"))
    return negated + _ESCAPE.sub(_in_class, members) if members else _NOTHING_BUT[negated]


def _in_class(found: re.Match[str]) -> str:
    return _IN_CLASS.get(found[0]) or _for_re2(found)


def _repeated(atom: str, found: re.Match[str]) -> str:
    """Return *atom* as often as was asked for; what RE2 does not repeat at once is written as several pieces."""
    least = int(found["least"])
    most = least if found["range"] is None else int(found["most"]) if found["most"] else None
    longest = least if most is None else most
    if longest < least or not _MOST_TIMES < longest <= _MOST_TIMES * _MOST_PIECES or atom == ")":
        return atom + found["times"]
    pieces = []
    while max(least, most or 0) > _MOST_TIMES:
        pieces.append(f"{{{min(least, _MOST_TIMES)},{_MOST_TIMES}}}")
        least, most = max(least - _MOST_TIMES, 0), None if most is None else most - _MOST_TIMES
    pieces.append(f"{{{least},{'' if most is None else most}}}")
    return f"(?:{''.join(atom + it + found['lazy'] for it in pieces)})"


def _for_re2(found: re.Match[str]) -> str:
    """Write an escape of ECMA-262 as RE2 has it. Raises Fault."""
    if found["foreign"]:
        raise Fault(_no_part(found[0]))
    if found["high"]:
        return f"\\x{{{0x10000 + (int(found['high'], 16) - 0xD800) * 0x400 + int(found['low'], 16) - 0xDC00:x}}}"
    if code := found["four"] or found["braced"]:
        return f"\\x{{{code}}}"
    if letter := found["control"]:
        return f"\\x{{{ord(letter) % 32:x}}}"
    if name := found["property"]:
        return f"\\{found['kind']}{{{_CATEGORIES.get(name, name)}}}"
    return found[0]


def _no_part(written: str) -> str:
    return f"is not a regular expression here: `{written}` is no part of ECMA-262"


def _words(reason: str) -> str:
    if reason.startswith("invalid perl operator: (?"):
        return "looks ahead or behind, which cannot be matched in linear time"
    if re.match(r"invalid escape sequence: \\[1-9k]", reason):
        return "refers back to a group, which cannot be matched in linear time"
    if reason.startswith("invalid repetition size"):
        return _repetition(*re.findall(r"\d+", reason))
    if reason.startswith("pattern too large"):
        return "is too large, so that it cannot be matched in bounded memory"
    return f"is not a regular expression: {reason}"


def _repetition(least: str = "", most: str = "", *_: str) -> str:
    if most and (len(most), most) < (len(least), least):
        return f"is not a regular expression: it repeats at least {least} and at most {most} times"
    return "repeats more than 1,000 times, which cannot be matched in bounded memory"
