"""The manual of a rule or a keyword: its docstring, and the examples in it, which are its tests.

An example is a fence whose info string says what it is:

    ```md bad [PATH]      findings of this rule stand exactly at the `«…»` marks
    ```md good [PATH]     no finding of this rule
    ```md with PATH       a neighbour in the corpus of all the others
    ```json schema TYPE   the schema of documents of that type
    ```text with PATH     any other file beside them
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from inspect import cleandoc
from typing import Any, NamedTuple

from reglint.diagnostic import Severity
from reglint.lazy import regex
from reglint.text import Span

CATEGORIES = ("correctness", "suspicious", "style", "pedantic", "preview")
GROUPS = (
    "frontmatter",
    "schema",
    "tables",
    "links",
    "dates",
    "sources",
    "scores",
    "facts",
    "identity",
    "text",
    "config",
    "files",
)

_FENCE = regex(
    r"^(?P<fence>`{3,})(?:md|json|text) (?P<role>good|bad|with|schema)(?: (?P<name>\S+))?\n"
    r"(?P<body>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
_DEFAULT_PATH = "example.md"


class Example(NamedTuple):
    """One fence of a manual: what it is, the path or type it names, its text, and where findings are due."""

    role: str
    name: str
    content: str
    marks: tuple[Span, ...]


class Manual(NamedTuple):
    """What there is to know about one rule name. *written* is its text, or a docstring as it stands in its file."""

    name: str
    group: str
    category: str
    severity: Severity
    since: str
    written: str

    @property
    def text(self) -> str:
        """The whole manual. A docstring ends in the indentation of its last line, and a text in a line ending."""
        return self.written if self.written.endswith("\n") else cleandoc(self.written)

    @property
    def summary(self) -> str:
        """The first paragraph, on one line."""
        return " ".join(self.text.partition("\n\n")[0].split())

    @property
    def enabled(self) -> bool:
        """Whether the rule runs without being asked to."""
        return self.category not in {"pedantic", "preview"}

    @property
    def examples(self) -> tuple[Example, ...]:
        """Every fence of the manual, in order."""
        return examples(self.text)


def parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    """Return the names of all parameters. `inspect` would take longer for them than all the rest of a rule's start."""
    inner = function.func if isinstance(function, partial) else function
    code = inner.__code__
    names: tuple[str, ...] = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return names


def examples(text: str) -> tuple[Example, ...]:
    """Read the example fences out of a manual or of a page of cases."""
    from textwrap import dedent

    return tuple(
        Example(it["role"], it["name"] or _DEFAULT_PATH, *unmark(dedent(it["body"]))) for it in _FENCE.finditer(text)
    )


def unmark(marked: str) -> tuple[str, tuple[Span, ...]]:
    """Take `«` and `»` out of an example; return the text and the spans that stood between them."""
    content = ""
    opened: list[int] = []
    spans: list[Span] = []
    for part in re.split("([«»])", marked):
        if part == "«":
            opened.append(len(content))
        elif part == "»":
            spans.append(Span(opened.pop(), len(content)))
        else:
            content += part
    return content, tuple(sorted(spans))
