"""The forms in which two names, or two headings, are equal."""

from __future__ import annotations

from unicodedata import normalize

from reglint.lazy import regex

# What Obsidian reads as a blank in a heading, on both sides, when it follows a link; a hyphen or an apostrophe counts.
_HEADING_NOISE = regex(r"""[\s!"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\]+""")
# What a link cannot carry; Obsidian leaves it out of the links to headings that it writes.
_LINK_SYNTAX = regex(r"(?:[:#|^\\\s]|%%|\[\[|\]\])+")
_NO_LETTER = regex(r"[\W_]")
_BLANKS = str.maketrans("\u00a0\u202f", "  ")


def fold_name(name: str) -> str:
    """Return the form in which names of files are equal: NFC, without case, no blank differing from another."""
    if name.isascii():
        return name.lower()
    # A sigma is written in another way at the end of a word, but which end that is depends on what follows the name.
    return normalize("NFC", normalize("NFC", name.translate(_BLANKS)).lower()).replace("\u03c2", "\u03c3")


def fold_heading(heading: str) -> str:
    """Return the form in which Obsidian (1.13) compares a heading with a link: punctuation is a blank, case none."""
    return _HEADING_NOISE.sub(" ", fold_name(heading)).strip()


def fold_loosely(heading: str) -> str:
    """Return only letters and digits, without case, so that a heading equals whatever a renderer makes of it."""
    return _NO_LETTER.sub("", fold_name(heading))


def in_link(heading: str) -> str:
    """Return *heading* as Obsidian writes it in a link, without what means something there."""
    return _LINK_SYNTAX.sub(" ", heading).strip()
