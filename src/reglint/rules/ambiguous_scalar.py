import math
from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.lazy import regex
from reglint.rule import needed_for, rule
from reglint.syntax.events import resolve
from reglint.syntax.tree import Json, Plain

# What YAML 1.1 says of a plain scalar, as PyYAML has it. Only what YAML 1.2 may read in another way is here.
_OLD_BOOL = {
    **dict.fromkeys(("yes", "Yes", "YES", "on", "On", "ON"), True),
    **dict.fromkeys(("no", "No", "NO", "off", "Off", "OFF"), False),
}
_OLD_INT = regex(r"[-+]?(?:0b_*[01][01_]*|0x_*[0-9a-fA-F][0-9a-fA-F_]*|0[0-7_]*|[1-9][0-9_]*)")
_OLD_FLOAT = regex(r"(?:[-+]?[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?")
_OLD_SIXTIES = regex(r"[-+]?(?:[1-9][0-9_]*(?::[0-5]?[0-9])+|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)")
_SHORT_DATE = regex(r"[0-9]{4}-(?![0-9]{2}-[0-9]{2}$)(?:1[0-2]|0?[1-9])-(?:3[01]|[12][0-9]|0?[1-9])")
_HUGE = regex(r"[-+]?[0-9]{1,9}(?:\.[0-9]*)?[eE]\+?[0-9]{4,}")
_NUMBER_LIKE = regex(r"[-+.0-9][-+.0-9A-Fa-fox_:]*")
# What may be such a scalar, anywhere in the front matter: no full date, no plain number, the last thing on its line.
_SOUND = r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[1-9][0-9]*|[0-9]+\.[0-9]+|0"
_ODD = regex(
    rf"[\s\[{{,:\ufeff](?=[-+.0-9yYnNoO])(?:(?:{'|'.join(_OLD_BOOL)})|(?!(?:{_SOUND})[\s,\]}}])[-+.]*[0-9][-+.0-9A-Fa-fox_:]*)"
    r"(?=[ \t]*(?:[\r\n\x85\u2028\u2029,:#\[\]{}]|\Z))"
)
_LONGEST = 60
_BASES = {"0b": 2, "0x": 16}


@rule(group="frontmatter", category="suspicious", severity=Severity.warning, since="0.1")
def ambiguous_scalar(doc: Document) -> Iterator[Finding]:
    """A value without quotes means one thing to YAML 1.1 and another to YAML 1.2.

    Both versions are in use: PyYAML and Ruby's reader follow the older one, most others the newer. So `NO` for Norway
    is `false` in one tool and text in the next, the postcode `01067` becomes 567, `1:30` becomes 90, a short commit id
    such as `12e4` becomes 120000, and a version `1_000` may be a number or not. Quotes make the value text everywhere.

    Words: `yes`, `no`, `on` and `off` in the three ways of writing them that YAML 1.1 knows, also as keys. Numbers:
    a leading zero, `0o17`, `0b11`, `1_000`, `1:30`, `1e3`, `-.5`. Dates: `2026-6-1`, which is a date to some readers
    and text to others. Nothing is said of `true`, `null`, `y`, plain numbers, full dates and timestamps.

    ```md bad
    ---
    countries: [SE, «NO», FI]
    postcode: «01067»
    «on»: 2026-06-01
    duration: «1:30»
    created: «2026-6-1»
    ---
    ```

    ```md good
    ---
    countries: [SE, "NO", FI]
    postcode: "01067"
    "on": 2026-06-01
    duration: "1:30"
    created: 2026-06-01
    ---
    ```
    """
    if not doc.text[doc.front.fence].startswith("---"):
        return  # TOML and JSON read every value in one way
    for plain in doc.front.tree.plain:
        text = doc.text[plain.span]
        if meanings := _meanings(text, plain):
            what = f"the key `{text}`" if plain.is_key else f"`{text}`"
            yield Finding(plain.span, f"{what} is {meanings[0]}, and {meanings[1]}", help=_help(text, plain))


@needed_for(ambiguous_scalar)
def _is_odd(doc: Document) -> bool:
    return _ODD.search(doc.text.content, 0, doc.front.body) is not None


def _meanings(text: str, plain: Plain) -> tuple[str, str] | None:
    """Say what two readers make of *text*, where they differ. A key that is a number stays the same key to most."""
    if text not in _OLD_BOOL and (plain.is_key or len(text) > _LONGEST or not _NUMBER_LIKE.fullmatch(text)):
        return None
    if _SHORT_DATE.fullmatch(text):
        return "a date to some readers of YAML, such as Go's", "text to others"
    old, new = _old(text), math.inf if _HUGE.fullmatch(text) else resolve(text)
    if old == new:
        return None
    return f"{_said(old)} to readers of YAML 1.1 such as PyYAML", f"{_said(new)} to those of YAML 1.2"


def _old(text: str) -> Json:
    """Return what YAML 1.1 makes of *text*."""
    digits = text.replace("_", "")
    if text in _OLD_BOOL:
        return _OLD_BOOL[text]
    if _OLD_INT.fullmatch(text):
        bare = digits.lstrip("+-")
        return int(digits, _BASES.get(bare[:2], 8 if bare[0] == "0" else 10))
    if _OLD_FLOAT.fullmatch(text):
        return float(digits)
    return _sixties(digits) if _OLD_SIXTIES.fullmatch(text) else text


def _sixties(digits: str) -> float:
    """`1:30` is sixty and thirty."""
    total = 0.0
    for part in digits.lstrip("+-").split(":"):
        total = total * 60 + float(part)
    return -total if digits[0] == "-" else total


def _said(value: Json) -> str:
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    return "text" if isinstance(value, str) else f"the number {value:.15g}"


def _help(text: str, plain: Plain) -> str:
    if text in _OLD_BOOL and not plain.is_key:
        return f'write `"{text}"` in quotes where text is meant, and {_said(_OLD_BOOL[text])} where a truth value is'
    if _SHORT_DATE.fullmatch(text):
        year, month, day = text.split("-")
        return f"write {year}-{month:0>2}-{day:0>2}"
    otherwise = "" if plain.is_key else " where text is meant, else the number in plain digits"
    return f'write `"{text}"` in quotes{otherwise}'
