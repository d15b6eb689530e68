"""What a rule is spared holds no finding, and quick answers are those of the slow way."""

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import TODAY
from reglint import hints, lazy, urls
from reglint.config import default_settings
from reglint.document import Document, parse
from reglint.manual import examples
from reglint.rule import RULES, Rule
from reglint.rules import MANUALS
from reglint.text import Text
from strategies import documents

CASES = Path(__file__).parent / "cases"
SPARED = [it for it in RULES.values() if it.needed]
_PAGES = [*(it.examples for it in MANUALS.values()), *(examples(it.read_text("utf-8")) for it in CASES.glob("*.md"))]
CONTENTS = sorted({it.content for page in _PAGES for it in page if it.role in {"bad", "good"}})
PIECES = sorted({it for content in CONTENTS for it in re.split(r"(?<=\n)|(?<=\. )", content)})
PIECES += [
    "\u017fource: https://e.org\n",
    "Last rev\u0131ewed: 2020-01-01\n",
    "\u3000",
    "\t",
    "\0",
    "\\",
    "# ",
    "| |",
    "\u202e",
    "Last updated\uff1a 2026-05-01 12:00\n",
    "**Source**: [a](https://e.org)\n",
    "\u212azt: ",
    "\u00c9TAT \u00df ",
    "\u3002",
]


@cache
def parsed() -> Sequence[Document]:
    return [parse(Text("a.md", it)) for it in CONTENTS]


def is_spared(rule: Rule, doc: Document) -> bool:
    options = default_settings()[rule.name].options
    return not list(rule.bound(TODAY, options)(doc)) and bool(list(rule.run(doc, TODAY, options)))


def mutated(chance: random.Random) -> str:
    """An example in which pieces of others stand, or which lacks a part, or says a part twice."""
    content = chance.choice(CONTENTS)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at, to = sorted(chance.randrange(len(content) + 1) for _ in range(2))
        kept = chance.choice((content[at:to], content[at : at + 3].swapcase(), ""))
        content = content[:at] + kept + chance.choice(PIECES) + chance.choice((content[at:], content[to:]))
    return content


@given(st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_what_is_spared_holds_no_finding(chance: random.Random) -> None:
    doc = parse(Text("a.md", mutated(chance)))

    assert [it.name for it in SPARED if is_spared(it, doc)] == []


@given(documents())
@settings(max_examples=40, deadline=None)
def test_what_is_spared_of_any_document_holds_no_finding(content: str) -> None:
    doc = parse(Text("a.md", content))

    assert [it.name for it in SPARED if is_spared(it, doc)] == []


@pytest.mark.parametrize("rule", SPARED, ids=lambda it: it.name)
def test_rules_are_spared_what_others_find(rule: Rule) -> None:
    """A test that always says yes would spare nothing."""
    docs = parsed()
    looked_at = [it for it in docs if rule.bound(TODAY, default_settings()[rule.name].options)(it) != ()]

    assert len(looked_at) < len(docs) / 2


def test_what_ignores_case_is_found_in_any_case() -> None:
    """Python's patterns take some letters beyond ASCII for letters of ASCII, the same as `mentions` does."""
    letters = re.compile("[a-z]", re.IGNORECASE)
    alike = [chr(it) for it in range(0x110000) if letters.match(chr(it))]

    assert len(alike) > 52
    for it in alike:
        same = [letter for letter in map(chr, range(ord("a"), ord("z") + 1)) if re.match(letter, it, re.IGNORECASE)]
        assert all(hints.mentions(f"x{it}y", [f"X{letter}Y"]) for letter in same), it


def labels_in(text: str, names: tuple[str, ...]) -> list[str]:
    return [it.text for it in hints.labelled_blocks(parse(Text("a.md", text)), names)]


def test_labels_are_found_by_their_colons() -> None:
    names = ("last reviewed", "kurs_")
    for label in (
        "Last reviewed:",
        "**LA\u017fT Reviewed**:",
        "_last rev\u0131ewed\uff1a_",
        "a *last reviewed:*",
        "KUR\u017f_:",
    ):
        assert labels_in(f"a: b\n\n{label} c\n\n- last\n  reviewed: d\n", names) == [f"{label} c"]
    assert labels_in("---\nlast reviewed: a\n---\nlast reviewed a:\n", names) == []
    assert labels_in("a: b\n\nc\n", ("\u00e4",)) == ["a: b"]
    assert labels_in("a: b\n", ()) == []


def near_plain() -> st.SearchStrategy[str]:
    hosts = [
        "www.",
        "http",
        "https",
        "a-b.",
        "e.org",
        "WWW.",
        "10.0.0.1",
        "e",
        "..",
        "[::1]",
        "u@",
        ":443",
        ":0",
        "www.com",
    ]
    rest = [
        "/",
        "//",
        "a",
        "?b=1",
        "?",
        "#c",
        "%20",
        "%",
        "utm_source=x",
        "&",
        "@",
        ":",
        " ",
        "|",
        "(d)",
        "\u00e9",
        "*",
        ".",
    ]
    pieces = st.tuples(st.lists(st.sampled_from(hosts), max_size=3), st.lists(st.sampled_from(rest), max_size=4))
    return pieces.map(lambda it: "https://" + "".join(it[0]) + "".join(it[1]))


@given(near_plain())
@settings(max_examples=1000, deadline=None)
def test_plain_urls_are_as_the_slow_way_has_them(url: str) -> None:
    """None that begins in capitals is plain."""
    slow = url.replace("https", "HTTPS", 1)

    assert not urls.is_plain(slow)
    for ask in (urls.host, urls.normalised, urls.misspelt_scheme, urls.fault) if urls.is_plain(url) else ():
        assert ask(url) == ask(slow)


def test_something_is_plain() -> None:
    assert urls.is_plain("https://www.afsa.kz/rules/1?a=b#c")


def test_what_is_derived_is_made_once_for_each_document_and_values() -> None:
    made: list[object] = []

    @hints.derived
    def noted(doc: Document, *values: str) -> Iterator[str]:
        made.append((doc.path, *values))
        return iter(values)

    one, other = (parse(Text(it, "")) for it in ("1.md", "2.md"))
    assert noted(one, "a") is noted(one, "a")
    noted(one, "b"), noted(other, "a")
    assert made == [("1.md", "a"), ("1.md", "b"), ("2.md", "a")]


def test_a_lazy_pattern_is_compiled_when_it_is_used() -> None:
    pattern = lazy.regex("[", re.IGNORECASE)

    assert pattern.pattern == "["
    with pytest.raises(re.error):
        pattern.match("a")
    assert lazy.regex("(?P<a>x)", re.IGNORECASE).sub(r"\g<a>!", "X") == "X!"
