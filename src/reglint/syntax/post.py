"""A document as other tools of the Python world know it: python-frontmatter's `Post`, with *its* reading of values.

Its handlers are given the exact lines that `reglint.syntax.frontmatter` takes for fences; both agree on where front
matter begins and ends.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import frontmatter
from frontmatter import Post
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from reglint.lazy import regex
from reglint.syntax.frontmatter import JSON, TOML, YAML, Language, language


class _TomlHandler(BaseHandler):
    """As python-frontmatter's own, which is only there when the `toml` package is."""

    START_DELIMITER = END_DELIMITER = "+++"

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        return tomllib.loads(fm)


HANDLERS: Mapping[Language, BaseHandler] = {
    YAML: YAMLHandler(regex(r"\A---[ \t]*\r?$|(?<!\A)^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)),
    TOML: _TomlHandler(regex(r"^\+\+\+[ \t]*\r?$", re.MULTILINE)),
    JSON: JSONHandler(regex(r"^(?:{|})[ \t]*\r?$", re.MULTILINE)),
}


def post(content: str) -> Post:
    """Return the post that *content* is. Raises what the handler's own reader raises."""
    used = language(content)
    return frontmatter.loads(content, handler=HANDLERS[used] if used else None)
