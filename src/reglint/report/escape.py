"""Makes text from documents safe to print: no character of it may act on a terminal or hide what is there."""

from __future__ import annotations

from reglint.lazy import regex

# C0 and C1 controls, bidirectional controls, line and paragraph separators, lone surrogates.
_UNSAFE = regex("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def masked(text: str) -> str:
    """Replace each unsafe character by one U+FFFD, a tab by a blank, so that columns stay right."""
    return _UNSAFE.sub(lambda it: " " if it[0] == "\t" else "\ufffd", text)


def escaped(text: str) -> str:
    r"""Write each unsafe character as `\u{…}`, so that a reader sees which it is."""
    return text if text.isprintable() else _UNSAFE.sub(lambda it: f"\\u{{{ord(it[0]):x}}}", text)
