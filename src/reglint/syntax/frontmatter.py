"""Where front matter begins and ends, in which language it is, and what it says.

The defaults of python-frontmatter also take `-----`, or a `---` behind blank lines, for a fence. Ours are the exact
lines that Obsidian, Hugo and Jekyll know: `---` (YAML; `...` may close it, as Jekyll and Pandoc have it), `+++` (TOML),
or a JSON object that opens and closes on lines of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from reglint.diagnostic import Finding
from reglint.lazy import regex
from reglint.syntax import yaml
from reglint.syntax.events import MAX_NODES
from reglint.syntax.tree import Tree, unreadable
from reglint.text import Span

if TYPE_CHECKING:
    from frontmatter import Post

_LOOKS_LIKE_A_KEY = regex(r"\s*+(?:#.*\n\s*+)*(?:#.*\s)?[\w-]++\s*+[:=]")


class Language(NamedTuple):
    """A language of front matter: what opens a document, what closes it with the line end before, and what should."""

    opening: re.Pattern[str]
    closing: re.Pattern[str]
    fence: str


def _language(opening: str, closing: str, fence: str) -> Language:
    return Language(re.compile(opening, re.MULTILINE), re.compile(closing, re.MULTILINE), fence)


YAML = _language(r"---[ \t]*\r?$", r"\n(?:---|\.\.\.)[ \t]*\r?$", "---")
TOML = _language(r"\+\+\+[ \t]*\r?$", r"\n\+\+\+[ \t]*\r?$", "+++")
JSON = _language(r"{[ \t]*\r?$(?=\s*[\"}])", r"\n[{}][ \t]*\r?$", "}")
_BY_FIRST = {"-": YAML, "+": TOML, "{": JSON}


class FrontMatter(NamedTuple):
    """The front matter of a document: where it stands with its fences, where the body begins, and what it says."""

    fence: Span
    body: int
    tree: Tree
    is_there: bool


def read(content: str) -> FrontMatter:
    """Split *content* and read its front matter; never raises. Without any, the tree's value is an empty mapping."""
    opened = _opened(content)
    if opened is None:
        return _absent()
    used, opening = opened
    closing = _closing(used, content, opening.end)
    if closing is None:
        return _unclosed(content, opening, used)
    body = closing.end + len(_line_ending(content, closing.end))
    tree = _tree(used, content, opening, closing)
    if not tree.errors and not isinstance(tree.value, dict):
        tree = _not_a_mapping(tree, opening)
    return FrontMatter(_line(content, opening), body, tree, is_there=True)


def language(content: str) -> Language | None:
    """Return the language of the front matter that *content* begins with, if it does."""
    opened = _opened(content)
    return opened[0] if opened else None


def post(content: str) -> Post:
    """Return *content* as other tools of the Python world know it. Raises what the handler's own reader raises."""
    from reglint.syntax import post as other

    return other.post(content)


def _opened(content: str) -> tuple[Language, Span] | None:
    used = _BY_FIRST.get(content[:1])
    found = used and used.opening.match(content)
    return (used, Span(*found.span())) if used and found else None


def _closing(used: Language, content: str, start: int) -> Span | None:
    """Return the fence that closes front matter, whose content begins at *start*."""
    if used is JSON:
        from reglint.syntax import json

        if end := json.end(content):
            return Span(end - 1, end)
    found = used.closing.search(content, start)
    return Span(found.start() + 1, found.end()) if found else None


def _tree(used: Language, content: str, opening: Span, closing: Span) -> Tree:
    if used is JSON:
        from reglint.syntax import json

        return json.read(content[opening.start : closing.end], opening.start, MAX_NODES)
    start = opening.end + len(_line_ending(content, opening.end))
    tree = _reader(used)(content[start : closing.start], start)
    is_empty = tree.value is None and not tree.errors
    return Tree({}, tree.places) if is_empty else tree


def _reader(used: Language) -> Callable[[str, int], Tree]:
    if used is YAML:
        return yaml.read
    from reglint.syntax import toml

    return toml.read


def _line_ending(content: str, at: int) -> str:
    return "\r\n" if content.startswith("\r\n", at) else content[at : at + 1]


def _line(content: str, opening: Span) -> Span:
    return Span(opening.start, opening.start + len(content[opening.start : opening.end].rstrip()))


def _absent() -> FrontMatter:
    tree = Tree({}, unreadable(Span(0, 0)).places)
    return FrontMatter(Span(0, 0), 0, tree, is_there=False)


def _unclosed(content: str, opening: Span, used: Language) -> FrontMatter:
    """A first line `---` that nothing closes is a thematic break, unless a key follows it."""
    if used is not JSON and not _LOOKS_LIKE_A_KEY.match(content, opening.end):
        return _absent()
    fence = _line(content, opening)
    error = Finding(
        fence,
        "the front matter is never closed",
        help=f"put a line `{used.fence}` behind its last key",
    )
    return FrontMatter(fence, 0, unreadable(fence, error), is_there=True)


def _not_a_mapping(tree: Tree, opening: Span) -> Tree:
    found = "a list" if isinstance(tree.value, list) else "a single value"
    error = Finding(opening, f"the front matter is {found}, where keys with values were expected")
    return Tree({}, tree.places, (error,))
