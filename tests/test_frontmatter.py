"""Where front matter begins and ends, and the known traps of python-frontmatter."""

from typing import Any

import pytest

from reglint.document import parse
from reglint.syntax import frontmatter
from reglint.text import Text


@pytest.mark.parametrize(
    ("content", "value", "body"),
    [
        ("---\na: 1\n---\nbody", {"a": 1}, "body"),
        ("---\na: 1\n...\nbody\n", {"a": 1}, "body\n"),
        ("...\na: 1\n---\n", {}, None),
        ("---\r\na: 1\r\n---\r\nbody", {"a": 1}, "body"),
        ("--- \na: 1\n---\t\nbody", {"a": 1}, "body"),
        ("---\n---\nbody", {}, "body"),
        ("---\n# only a comment\n---\nbody", {}, "body"),
        ("---\na: 1\n---", {"a": 1}, ""),
        ("---\na: 1\n---\n---\nb", {"a": 1}, "---\nb"),
        ("---\na: 1\n---\ntext\n\n---\n\nmore\n", {"a": 1}, "text\n\n---\n\nmore\n"),
        ("---\na: 1\n---\nHello\n---\n", {"a": 1}, "Hello\n---\n"),
        ("---\ncode: |\n  ---\n---\nbody", {"code": "---\n"}, "body"),
        ("+++\na = 1\n+++\nbody", {"a": 1}, "body"),
        ("+++\r\nd = 2026-01-01\r\n+++\r\nbody", {"d": "2026-01-01"}, "body"),
        ('{\n"a": {"b": 1}\n}\nbody', {"a": {"b": 1}}, "body"),
        ('{\r\n"a": 1\r\n}\r\nbody', {"a": 1}, "body"),
        ("\n---\na: 1\n---\n", {}, None),
        ("\n\n---\na: 1\n---\n", {}, None),
        ("-----\na: 1\n-----\n", {}, None),
        ("----\n", {}, None),
        ("---\n" + "# " * 60 + "!", {}, None),
        ("---\n\nprose after a thematic break\n", {}, None),
        ("# Title\n\n---\na: 1\n---\n", {}, None),
        ("{\nno: json\n}\n", {}, None),
        ("{{< shortcode >}}\n", {}, None),
        ("", {}, None),
        ("---", {}, None),
    ],
)  # fmt: skip
def test_split(content: str, value: Any, body: str | None) -> None:
    """*body* None: there is no front matter, and all of it is body."""
    front = frontmatter.read(content)

    assert front.tree.errors == ()
    assert front.tree.value == value
    assert front.is_there == (body is not None)
    assert content[front.body :] == (content if body is None else body)


@pytest.mark.parametrize(
    ("content", "words", "at"),
    [
        ("---\na: 1\n", "never closed", 0),
        ("---\n\n# a\n # b\nc : 1\n", "never closed", 0),
        ("+++\na = 1\n", "never closed", 0),
        ('{\n"a": 1\n', "never closed", 0),
        ("---\n- a\n- b\n---\n", "is a list", 0),
        ("---\njust words\n---\n", "is a single value", 0),
        ("---\na: b: c\n---\n", "mapping values are not allowed", 8),
        ("---\r\na: 1\r\nb: [\r\n---\r\n", "expected the node content", 17),
        ("+++\na = = 1\n+++\n", "invalid TOML", 8),
        ('{\n"a": 1,\n}\n', "invalid JSON", 10),
    ],
)
def test_errors_stand_in_the_file(content: str, words: str, at: int) -> None:
    [error] = frontmatter.read(content).tree.errors

    assert words in error.message
    assert error.span.start == at
    assert parse(Text("a.md", content)).frontmatter == {}


def test_a_byte_order_mark_hides_nothing_and_moves_nothing() -> None:
    doc = parse(Text.decode("a.md", b"\xef\xbb\xbf---\ntype: x\n---\n# T\n"))

    assert doc.frontmatter == {"type": "x"}
    assert doc.text.position(doc.at("frontmatter", "type").start) == (2, 7)


def test_yaml_has_its_meaning_of_today() -> None:
    """python-frontmatter reads YAML 1.1: NO is false to it, 010 is 8, and a date is no text."""
    doc = parse(Text("a.md", "---\ncountry: NO\ncode: 010\nday: 2026-06-01\nat: 12:30:45\n---\n"))

    assert doc.frontmatter == {"country": "NO", "code": 10, "day": "2026-06-01", "at": "12:30:45"}
    assert doc.post["country"] is False


def test_other_tools_get_a_post() -> None:
    doc = parse(Text("a.md", "---\ntype: x\n---\n\nbody\n"))

    assert doc.post.metadata == {"type": "x"}
    assert doc.post.content == "body"
    assert parse(Text("a.md", "+++\na = 1\n+++\nbody")).post.metadata == {"a": 1}


def test_duplicate_keys_are_seen() -> None:
    front = frontmatter.read("---\na: 1\na: 2\n---\n")

    assert front.tree.value == {"a": 1}
    assert [it.span.start for it in front.tree.duplicates] == [9]
