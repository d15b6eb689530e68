"""Blocks and links with exact places, in the shapes that the pinned parser gives them."""

import pytest

from reglint.syntax import markdown, wikilink
from reglint.syntax.blocks import Body
from reglint.text import Text


def read(content: str) -> tuple[Text, Body]:
    text = Text("a.md", content)
    return text, markdown.read(text, 0)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("# A `c` *x* #\n", ["A `c` *x*"]),
        ("Setext\n===\n", ["Setext"]),
        ("#\n", [""]),
        ("#no heading\n", []),
        ("```\n# in code\n```\n", []),
        ("> # in a quote\n", ["in a quote"]),
        ("#  two blanks\r\n", ["two blanks"]),
    ],
)
def test_headings(content: str, found: list[str]) -> None:
    text, body = read(content)

    assert [it.text for it in body.headings] == found
    assert [text[it.span] for it in body.headings] == found


def test_a_heading_s_plain_text_has_no_markup() -> None:
    _, body = read("## A `c` *x* [[l|m]] [n](o)\n")

    assert body.headings[0].plain == "A c x l m n"


def test_tables_down_to_the_cell() -> None:
    text, body = read("| 😀 | B |\n|---|:-:|\n| a \\| b | [[x|y]] z |\n| one |\n| 1 | 2 | 3 |\n|  | x |\n")
    [table] = body.tables

    assert [[it.text for it in row.cells] for row in table.rows] == [
        ["a | b", "[[x|y]] z"],
        ["one", ""],
        ["1", "2"],
        ["", "x"],
    ]
    assert [text[it.span] for it in table.rows[0].cells] == ["a \\| b", "[[x|y]] z"]
    assert [row.width for row in table.rows] == [2, 1, 3, 2]
    assert [text.position(it.start) for it in table.pipes] == [(3, 15)]


@pytest.mark.parametrize("prefix", ["> ", "- ", "1. "])
def test_tables_in_quotes_and_lists(prefix: str) -> None:
    rows = "| a | b |\n|---|---|\n| [[x]] | 2 |\n".splitlines()
    rest = "> " if prefix == "> " else " " * len(prefix)
    text, body = read("\n".join([prefix + rows[0], *(rest + it for it in rows[1:])]) + "\n")

    assert text[body.tables[0].rows[0].cells[0].span] == "[[x]]"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("[[a]] [[b|c]] ![[d.png|10]]", [("wikilink", "a"), ("wikilink", "b"), ("embed", "d.png")]),
        (
            "[t](u.md) ![i](v%20w.png) <https://x.y>",
            [("markdown", "u.md"), ("image", "v%20w.png"), ("autolink", "https://x.y")],
        ),
        ("[t][r]\n\n[r]: z.md", [("markdown", "z.md")]),
        ("`[[a]]` ``[[b]]``", []),
        ("```\n[[a]]\n```\n\n    [[b]]\n", []),
        ("<!-- [[a]] -->", []),
        ("text <!-- [[a]] --> [[b]]", [("wikilink", "b")]),
        ("%% [[a]] %% [[b]]", [("wikilink", "b")]),
        ("%%\n[[a]]\n\n[[b]]\n%%\n\n[[c]]", [("wikilink", "c")]),
        ("$[[a]]$ and $$[[b]]$$", []),
        ("it costs $5 [[a]] or $6 [[b]]", [("wikilink", "a"), ("wikilink", "b")]),
        ("\\[[a]]", []),
        ("[[]] [[ ]] [[|b]]", []),
        ("[[#Heading]] [[a#b#c]] [[a#^id]]", [("wikilink", ""), ("wikilink", "a"), ("wikilink", "a")]),
        ("| [[a\\|b]] | [[c|d]] |\n|---|---|\n", [("wikilink", "a"), ("wikilink", "c")]),
        ("mail <a@b.c>", []),
        ("[a\nb](c.md)", [("markdown", "c.md")]),
    ],
)
def test_links(content: str, found: list[tuple[str, str]]) -> None:
    _, body = read(content)

    assert [(it.kind, it.target) for it in body.links] == found


def test_places_of_links_count_code_points() -> None:
    text, body = read("😀 [[a]] 日本 [t](u.md)\r\né ![[b]]\n")

    assert [text[it.span] for it in body.links] == ["[[a]]", "[t](u.md)", "![[b]]"]
    assert text[body.links[1].target_span] == "u.md"


def test_list_items_have_their_own_text_only() -> None:
    _, body = read("- a\n  more\n  - b\n\n    second\n- [ ] c\n- \n\n1. d\n")

    assert [it.text for it in body.blocks if it.kind == "item"] == ["a\n  more", "b", "c", "", "d"]


def test_a_footnote_in_an_item_has_its_own_text() -> None:
    _, body = read("- a\n  [^1]: b\n")

    assert [(it.kind, it.text) for it in body.blocks] == [("item", "a"), ("footnote", "b")]


def test_quotes_lose_their_marks() -> None:
    _, body = read("> a\n> b\n>\n> > c\n")

    assert [it.text for it in body.blocks if it.kind == "quote"] == ["a\nb\n\nc"]


def test_block_ids() -> None:
    _, body = read("text ^one\n\n- item ^two\n\n| a |\n|---|\n\n^three\n\n`^no` x^2\n")

    assert body.block_ids == ("one", "two", "three")


@pytest.mark.parametrize("piece", ["[[", "[[a|", "> ", "- ", "*a **a", "[a](", "<!--", "%%", "|", "`", "$"])
def test_repetition_costs_linear_time(piece: str) -> None:
    """Work is counted in what comes out, which must stay of the size of what went in."""
    _, body = read(piece * 2_000)

    assert len(body.blocks) + len(body.links) <= 6_000


def test_wikilinks_in_text() -> None:
    [first, second] = wikilink.find("see [[a#B#^c|d]] and ![[e]] [[f")

    assert (first.target, first.subpath, first.shown, first.is_embed) == ("a", ("B", "^c"), "d", False)
    assert (second.target, second.is_embed, second.span) == ("e", True, (21, 27))


def test_comments_of_html_and_of_obsidian() -> None:
    text, body = read("a <!-- b --> c %% d %% e\n\n<!-- f\n\ng -->\n\n`<!-- h -->`\n\n<div><!-- i --><!-- j\n")

    assert [text[it] for it in body.comments] == ["<!-- b -->", "%% d %%", "<!-- f\n\ng -->", "<!-- i -->", "<!-- j"]
