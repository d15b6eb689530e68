"""Documents as people, models and enemies write them."""

from __future__ import annotations

from hypothesis import strategies as st

_PIECES = [
    "---", "--- ", "...", "+++", "{", "}", "type: country", "created: 2026-06-01", 'name: "a: b"', "tags: [a, 'b', [c]]",
    "on: NO", "n: 010", "k: !!int foo", "big: " + "9" * 5000, "z: 0b", "f: .nan", "i: -.inf", "? [a]", ": b", "a: &x 1", "b: *x",
    "c: *nobody", "<<: {q: 1}", "t:\tx", "- item", "  - nested", "    - deeper", "a = 1", "b = 2026-01-01", "[table]", "[[array]]",
    "x.y = {z = 'q'}", '"j": [1, {"k": null}],', "# Title", "## Section", "## Name: value", "### Sub", "Setext", "===", "| a | b |",
    "|---|:-:|", "| x | [[l|m]] |", "| [[l\\|m]] | `c|d` | extra |", "| only |", "**Field:** value", "**Other**: [[link#h|t]]", "> quote", "> > deep",
    "```py", "```", "~~~", "[[link]] and ![[img.png|300]]", "[md](a%20b.md#x) <https://e.org> `[[code]]`", "%% hidden [[x]] %%", "<!-- c [[x]] -->",
    "text ^block-id", "$m [[x]] $", "\\[[no]]", "* * *", "[ref]: https://e.org 't'", "[ref]", "1. one", "- [ ] task", "[^1]: note", "&amp; &#0;", "\x07", "\x00",
    "日本語 😀 é é", "\u202e", "\u2028", "\x85", "\ufeff", "\t| a |", "    indented", "<div>", "</div>", "[[", "]]", "[[]]", "[[|]]", "[[#h]]", "|", "`", "*a **b*",
]  # fmt: skip

newlines = st.sampled_from(["\n", "\r\n", "\r"])
lines = st.one_of(st.sampled_from(_PIECES), st.text(max_size=12))


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A document of any pieces in any order, mostly with front matter."""
    fence = draw(st.sampled_from(["---", "+++", "---", ""]))
    front = draw(st.lists(lines, max_size=8))
    body = draw(st.lists(lines, max_size=16))
    parts = [fence, *front, fence, *body] if fence else body
    joined = draw(newlines).join(parts)
    return joined if draw(st.booleans()) else joined + draw(newlines)
