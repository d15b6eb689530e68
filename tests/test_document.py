"""A document always exists, everything in it has a place, and each place holds what it says."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglint.document import PARTS, parse
from reglint.facts import Facts
from reglint.text import Text
from strategies import documents, lines

SAMPLE = """---
type: country
sources:
  - name: "Agency"
    url: https://agency.example
---
# Kazakhstan (KZ)

> A summary
> of two lines.

## Overview

| Field | Value |
|-------|-------|
| Status | Legal |
| Region | [[domain--asia|Asia]] |
| Pipe | a \\| b |

Prose.

## DeFi

**Status:** regulated

- one
  - two [[x]]

## CBDC Status: launched

## FAQ

### Is it legal?

Yes.

---

*Last reviewed: 2026-06-01.*
"""


def paths(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from paths(item, (*at, key))


def test_one_instance_speaks_of_front_matter_and_body() -> None:
    doc = parse(Text("corpus/country--kazakhstan.md", SAMPLE))

    assert doc.instance["name"] == "country--kazakhstan"
    assert doc.get("frontmatter", "sources", 0, "url") == "https://agency.example"
    assert doc.get("title") == "Kazakhstan (KZ)"
    assert doc.get("lead", "quotes") == ["A summary\nof two lines."]
    assert doc.get("outline") == ["Overview", "DeFi", "CBDC Status: launched", "FAQ"]
    assert doc.get("sections", "Overview", "fields") == {
        "Status": "Legal",
        "Region": "[[domain--asia|Asia]]",
        "Pipe": "a | b",
    }
    assert doc.get("sections", "Overview", "tables", 0, "rows", 0) == {"Field": "Status", "Value": "Legal"}
    assert doc.get("sections", "Overview", "text") == "Prose."
    assert doc.get("sections", "DeFi", "fields") == {"Status": "regulated"}
    assert doc.get("sections", "DeFi", "items") == ["one", "two [[x]]"]
    assert doc.get("sections", "CBDC Status", "value") == "launched"
    assert doc.get("sections", "FAQ", "sections", "Is it legal?", "text") == "Yes."
    assert doc.get("footer", "text") == "*Last reviewed: 2026-06-01.*"


@pytest.mark.parametrize(
    ("path", "line", "column", "source"),
    [
        (("frontmatter", "sources", 0, "name"), 4, 11, '"Agency"'),
        (("frontmatter", "sources", 0, "url"), 5, 10, "https://agency.example"),
        (("title",), 7, 3, "Kazakhstan (KZ)"),
        (("sections", "Overview", "fields", "Region"), 17, 12, "[[domain--asia|Asia]]"),
        (("sections", "Overview", "fields", "Pipe"), 18, 10, "a \\| b"),
        (("sections", "DeFi", "fields", "Status"), 24, 13, "regulated"),
        (("sections", "CBDC Status", "value"), 29, 17, "launched"),
        (("sections", "FAQ", "sections", "Is it legal?", "text"), 35, 1, "Yes."),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_places(path: tuple[Any, ...], line: int, column: int, source: str, newline: str, bom: bytes) -> None:
    """Line ends and a byte order mark move no place, as people count them."""
    raw = bom + SAMPLE.replace("\n", newline).encode()
    doc = parse(Text.decode("a.md", raw))

    assert doc.text.position(doc.at(*path).start) == (line, column)
    assert doc.text[doc.at(*path)] == source


def test_the_parts_of_an_instance_are_those_that_schemas_may_name() -> None:
    assert set(parse(Text("a.md", SAMPLE)).instance) == set(PARTS)


def test_columns_count_code_points_behind_emoji_and_cjk() -> None:
    doc = parse(Text("a.md", '---\nname: {k: "😀日本", v: "é"}\n---\n| 😀 | 日本 |\n|---|---|\n| é | [[x]] |\n'))

    assert doc.text.position(doc.at("frontmatter", "name", "v").start) == (2, 21)
    assert doc.text.position(doc.links[0].span.start) == (6, 7)


def test_a_missing_value_stands_where_its_parent_does() -> None:
    doc = parse(Text("a.md", SAMPLE))

    assert doc.at("frontmatter", "sources", 0, "type") == doc.at("frontmatter", "sources", 0)
    assert doc.text[doc.key("frontmatter", "missing")] == "---"
    assert doc.text[doc.key("sections", "Overview", "fields", "missing")] == "Overview"


def test_code_that_looks_like_a_table_is_none() -> None:
    body = "## S\n\n```\n| a | b |\n|---|---|\n| [[x]] | 2 |\n```\n\n    | a | b |\n    |---|---|\n\n`| [[y]] |`\n"
    doc = parse(Text("a.md", body))

    assert doc.body.tables == ()
    assert doc.links == ()
    assert "fields" not in doc.get("sections", "S")


def test_a_footer_follows_the_last_thematic_break_only_when_no_heading_does() -> None:
    assert "footer" not in parse(Text("a.md", "# T\n\ntext\n\n---\n\n## S\n\nmore\n")).instance


@given(documents())
@settings(max_examples=400, deadline=None)
def test_parsing_never_raises_and_every_value_has_a_place(content: str) -> None:
    doc = parse(Text("a.md", content))

    json.dumps(doc.instance, allow_nan=False)
    assert set(paths(doc.instance)) <= doc.places.keys()
    for place in doc.places.values():
        for span in filter(None, place):
            assert 0 <= span.start <= span.end <= len(content)
    Facts.of(doc)


@given(documents())
@settings(max_examples=400, deadline=None)
def test_a_text_of_the_body_stands_at_its_place(content: str) -> None:
    """Every text is the source at its place; only joined prose, quotes and line ends are written otherwise."""
    doc = parse(Text("a.md", content))

    for entry in doc.strings("sections"):
        if entry.path[-1] in {"text", "target", "language"} or "quotes" in entry.path or "items" in entry.path:
            continue
        source = doc.text[entry.span]
        assert entry.value in {source, source.replace("\\|", "|")}


@given(st.lists(lines, max_size=10), st.data())
@settings(max_examples=200, deadline=None)
def test_a_mutated_document_never_raises(pieces: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SAMPLE)))
    end = data.draw(st.integers(at, len(SAMPLE)))

    parse(Text("a.md", SAMPLE[:at] + "\n".join(pieces) + SAMPLE[end:]))


def test_every_beginning_of_a_document_is_a_document() -> None:
    for end in range(len(SAMPLE)):
        parse(Text("a.md", SAMPLE[:end]))
