"""Places and paths are told one by one, and are those that a plain look at all of them would tell."""

import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reglint.diagnostic import Path
from reglint.document import Document, parse
from reglint.outline import within_section
from reglint.syntax import markdown
from reglint.syntax.offsets import code_points
from reglint.syntax.tree import nearest_place
from reglint.text import Span, Text
from strategies import documents, newlines
from test_document import SAMPLE

SHOWN_TWICE = {("links",), ("tables",), ("heading",), ("level",)}
ODD = [
    "## [[a]]\n\n| [[b]] | [[c]] |\n|---|---|\n| x [[d]] | [[e]] |\n\n**K:** [[f]]\n\n### Sub\n\n- [[g]]\n  - [[h]]\n",
    "see [[x]].\n\n| a | b | c |\n|---|---|---|\n| [[x]] | | |\n\nmore\n\n---\n\n[[y]] end\n",
    "## A\n\n# Title [[t]]\n\n[[x]]\n\n## A\n\n[[y]]\n\n### A.B\n\n[[z]]\n\n##\n[[w]]\n",
    '---\na: "[[x]] [[x]]"\nb: &y "[[z]]"\nc: *y\nd: [ "[[q]]" ]\n---\n[[x]]\n',
    "---\nkey: never closed [[x]]\n\n[[y]]\n",
    "> [[a]]\n> ```py\n> [[b]]\n> ```\n\n```js title\ncode\n```\n[[c]]\n\n* * *\n",
    "| k | v |\n|---|---|\n| [[a]] | [[b]] |\n| [[a]] | again [[c]] |\n| x \\| y | [[d|e]] |\n| short |\n",
]


def pointer(doc: Document, span: Span) -> Path:
    """Return what `Document.pointer` has to, by a look at every place."""
    shown = {path: it for path, it in doc.places.items() if (within_section(path) or ("",))[:1] not in SHOWN_TWICE}
    keys = [path for path, it in shown.items() if it.key == span != Span(0, 0)]
    holding = [(it.value.start, -it.value.end, len(path), path) for path, it in shown.items() if it.value.holds(span)]
    return keys[0] if keys else max(holding)[3] if holding else ()


def variants(content: str) -> Document:
    return parse(Text.decode("a.md", content.encode("utf-8", "replace")))


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("prefix", ["", "\ufeff"])
@pytest.mark.parametrize("content", [SAMPLE, *ODD])
def test_every_place_has_the_path_that_a_plain_look_gives_it(content: str, prefix: str, newline: str) -> None:
    for written in (content, content.replace("a", "é").replace("x", "😀")):
        doc = variants(prefix + written.replace("\n", newline))
        ends = {at for it in doc.places.values() for span in it if span for at in span}
        for start in {at for end in ends for at in (end - 1, end, end + 1) if at >= 0}:
            for span in (Span(start, start), Span(start, start + 1), Span(start, start + 6)):
                assert doc.pointer(span) == pointer(doc, span)
        for link in (*doc.links, *doc.mentions):
            assert doc.pointer(link.span) == pointer(doc, link.span)


@given(documents(), newlines)
@settings(max_examples=200, deadline=None)
@example(ODD[0], "\n")
def test_a_document_of_any_kind_is_looked_into_alike(content: str, newline: str) -> None:
    doc = variants(content.replace("\n", newline))
    places = doc.places
    spans = [span for it in places.values() for span in it if span]

    for span in {*spans, *(it.span for it in (*doc.links, *doc.mentions)), Span(0, 0), Span(3, 4)}:
        assert doc.pointer(span) == pointer(doc, span)
    for path in [*places, *((*it, "missing") for it in places), *((*it, 7, "missing") for it in places)]:
        place = nearest_place(places, path)
        assert doc.at(*path) == place.value
        assert doc.key(*path) == (place.key or place.value)
    for entry in (*doc.strings(), *doc.fields()):
        assert (entry.value, entry.span) == (doc.get(*entry.path), places[entry.path].value)


def test_fields_come_in_the_order_of_the_document() -> None:
    doc = parse(Text("a.md", SAMPLE))

    assert [it.path[-1] for it in doc.fields()] == ["Status", "Region", "Pipe", "Status"]
    assert [it.value for it in doc.fields(("status",))] == ["Legal", "regulated"]
    assert [it.path for it in doc.strings("sections", "DeFi", "items")] == [
        ("sections", "DeFi", "items", i) for i in range(2)
    ]


@given(st.text(st.sampled_from("a\n|é日😀\ud800"), max_size=40), st.integers(0, 9))
@settings(deadline=None)
def test_bytes_are_counted_as_code_points(source: str, start: int) -> None:
    """Few characters beyond ASCII and many are counted in different ways."""
    for text in (source, source + "a" * 400):
        point = code_points(text, start)
        ends = [len(text[:i].encode("utf-8", "surrogatepass")) for i in range(len(text) + 1)]

        assert [point(it) for it in ends] == [*range(start, start + len(text) + 1)]


ROWS: list[tuple[str, list[Any]]] = [
    ("| a | b |", ["a", "b"]),
    ("a | b", ["a", "b"]),
    ("  | a|b  | ", ["a", "b"]),
    ("| a \\| | [[b\\|c]] |", ["a |", "[[b|c]]"]),
    ("| [[a|b]] | ![[c|d]] |", ["[[a|b]]", "![[c|d]]"]),
    ("| a |", ["a", ""]),
    ("| a | b | c |", ["a", "b"]),
    ("| 日 | 😀 |\t", ["日", "😀"]),
    ("||", ["", ""]),
    ("| `a | b |", ["`a", "b"]),
    ("| [a](b '|') | c |", ["[a](b '", "')"]),
]  # fmt: skip


@pytest.mark.parametrize(("row", "cells"), ROWS)
@pytest.mark.parametrize("prefix", ["", "> ", "- "])
def test_cells_stand_where_their_texts_do(prefix: str, row: str, cells: list[str]) -> None:
    rest = "> " if prefix == "> " else " " * len(prefix)
    text = Text("a.md", f"é\n\n{prefix}| x | y |\n{rest}|---|---|\n{rest}{row}\n")
    [table] = markdown.read(text, 0).tables

    assert list(table.rows[0].texts) == [it.text for it in table.rows[0].cells] == cells
    for cell in table.rows[0].cells:
        assert re.sub(r"\\\|", "|", text[cell.span]) == cell.text
