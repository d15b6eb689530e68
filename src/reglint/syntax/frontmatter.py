"""Where front matter begins and ends, and in which language it is: python-frontmatter's handlers decide.

Their default boundaries also take `-----`, or a `---` behind blank lines, for a fence. Ours are the exact lines that
Obsidian, Hugo and Jekyll know: `---` (YAML; `...` may close it, as Jekyll and Pandoc have it), `+++` (TOML), or a JSON
object that opens and closes on lines of its own.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any, NamedTuple

import frontmatter
from frontmatter import Post
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from reglint.diagnostic import Finding
from reglint.syntax import json as json_syntax
from reglint.syntax import toml, yaml
from reglint.syntax.events import MAX_NODES
from reglint.syntax.tree import Tree, unreadable
from reglint.text import Span


class _TomlHandler(BaseHandler):
    """As python-frontmatter's own, which is only there when the `toml` package is."""

    START_DELIMITER = END_DELIMITER = "+++"

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        return tomllib.loads(fm)


_YAML = YAMLHandler(re.compile(r"\A---[ \t]*\r?$|(?<!\A)^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE))
_TOML = _TomlHandler(re.compile(r"^\+\+\+[ \t]*\r?$", re.MULTILINE))
_JSON = JSONHandler(re.compile(r"^(?:{|})[ \t]*\r?$", re.MULTILINE))
_HANDLERS: tuple[BaseHandler, ...] = (_YAML, _TOML, _JSON)
_LOOKS_LIKE_A_KEY = re.compile(r"\s*(?:#.*\s+)*[\w-]+\s*[:=]")
_LOOKS_LIKE_JSON = re.compile(r'\{\s*"')


class FrontMatter(NamedTuple):
    """The front matter of a document: where it stands with its fences, where the body begins, and what it says."""

    fence: Span
    body: int
    tree: Tree
    is_there: bool


def read(content: str) -> FrontMatter:
    """Split *content* and read its front matter; never raises. Without any, the tree's value is an empty mapping."""
    handler = _handler(content)
    if handler is None:
        return _absent()
    boundary = handler.FM_BOUNDARY
    assert boundary is not None, "every handler above has a boundary"
    bounds = [Span(*it.span()) for _, it in zip(range(2), boundary.finditer(content), strict=False)]
    if handler is _JSON and (end := _json_end(content)):
        bounds = [bounds[0], Span(end - 1, end)]
    if len(bounds) == 1:
        return _unclosed(content, bounds[0], handler)
    opening, closing = bounds
    body = closing.end + len(_line_ending(content, closing.end))
    tree = _tree(handler, content, opening, closing)
    if not tree.errors and not isinstance(tree.value, dict):
        tree = _not_a_mapping(tree, opening)
    return FrontMatter(_line(content, opening), body, tree, is_there=True)


def post(content: str) -> Post:
    """Return *content* as other tools of the Python world know it. Raises what the handler's own reader raises."""
    return frontmatter.loads(content, handler=_handler(content))


def _handler(content: str) -> BaseHandler | None:
    handler = frontmatter.detect_format(content, _HANDLERS)
    if handler is _JSON and not _LOOKS_LIKE_JSON.match(content) and not re.match(r"\{\s*\}", content):
        return None
    return handler


def _json_end(content: str) -> int | None:
    """Return where a valid object ends: a nested one may close on a line of its own, too."""
    try:
        return json.JSONDecoder().raw_decode(content)[1]
    except (ValueError, RecursionError):
        return None


def _tree(handler: BaseHandler, content: str, opening: Span, closing: Span) -> Tree:
    if handler is _JSON:
        return json_syntax.read(content[opening.start : closing.end], opening.start, MAX_NODES)
    start = opening.end + len(_line_ending(content, opening.end))
    inner = content[start : closing.start]
    tree = yaml.read(inner, start) if handler is _YAML else toml.read(inner, start)
    is_empty = tree.value is None and not tree.errors
    return Tree({}, tree.places) if is_empty else tree


def _line_ending(content: str, at: int) -> str:
    return "\r\n" if content.startswith("\r\n", at) else content[at : at + 1]


def _line(content: str, opening: Span) -> Span:
    return Span(opening.start, opening.start + len(content[opening.start : opening.end].rstrip()))


def _absent() -> FrontMatter:
    tree = Tree({}, unreadable(Span(0, 0)).places)
    return FrontMatter(Span(0, 0), 0, tree, is_there=False)


def _unclosed(content: str, opening: Span, handler: BaseHandler) -> FrontMatter:
    """A first line `---` that nothing closes is a thematic break, unless a key follows it."""
    if handler is not _JSON and not _LOOKS_LIKE_A_KEY.match(content, opening.end):
        return _absent()
    fence = _line(content, opening)
    closing = "}" if handler is _JSON else handler.END_DELIMITER
    error = Finding(
        fence,
        "the front matter is never closed",
        help=f"put a line `{closing}` behind its last key",
    )
    return FrontMatter(fence, 0, unreadable(fence, error), is_there=True)


def _not_a_mapping(tree: Tree, opening: Span) -> Tree:
    found = "a list" if isinstance(tree.value, list) else "a single value"
    error = Finding(opening, f"the front matter is {found}, where keys with values were expected")
    return Tree({}, tree.places, (error,))
