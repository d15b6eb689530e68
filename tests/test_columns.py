"""What is kept of links, headings and claims can be written and read again, and what others see of a document."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglint.columns import LETTERS, HeadingFact, HeadingFacts, LinkFact, LinkFacts
from reglint.diagnostic import Note, Severity
from reglint.document import parse
from reglint.facts import Facts, Grounds, Unique
from reglint.packed import packed
from reglint.surface import leads, surface
from reglint.text import Span, Text

TEXT = st.text(max_size=5)
LINE = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=5)
LINKS = st.lists(
    st.builds(
        LinkFact,
        st.sampled_from(sorted(LETTERS)),
        TEXT,
        st.lists(TEXT, max_size=2).map(tuple),
        TEXT,
        st.builds(Span, st.integers(0, 99), st.integers(0, 99)),
        st.lists(TEXT | st.integers(0, 9), max_size=3).map(tuple),
    )
)


@given(LINKS)
def test_links_are_what_they_were_when_they_are_read_again(links: list[LinkFact]) -> None:
    made = LinkFacts.of(links)
    read = LinkFacts.from_columns(json.loads(json.dumps(made.columns())))

    assert list(made) == list(read) == sorted(links, key=lambda it: it.span)
    assert made == read
    assert hash(made) == hash(read)
    assert [made[i] for i in range(len(made))] == list(made)


@given(LINKS, st.builds(Span, st.integers(0, 99), st.integers(0, 99)))
def test_links_within_a_place(links: list[LinkFact], place: Span) -> None:
    made = LinkFacts.of(links)
    wanted = [i for i, it in enumerate(made) if place.start <= it.span.start < place.end and it.span.end <= place.end]

    assert list(made.within(place)) == wanted
    assert list(made.about(place, ())) == wanted
    assert set(made.about(place, ("",))) == {i for i in wanted if made[i].pointer[:1] == ("",)}


@given(st.lists(st.builds(HeadingFact, st.integers(1, 6), LINE, LINE)))
def test_headings_are_what_they_were_when_they_are_read_again(headings: list[HeadingFact]) -> None:
    made = HeadingFacts.of(headings)
    read = HeadingFacts.from_columns(json.loads(json.dumps(made.columns())))

    assert list(made) == list(read) == headings
    assert made == read
    assert made.have_title == ([i for i, it in enumerate(headings) if it.level == 1] == [0])


@pytest.mark.parametrize("severity", [None, Severity.info])
def test_equal_grounds_are_read_as_one_value(severity: Severity | None) -> None:
    grounds = Grounds(Note("a.schema.json", Span(1, 2), "here"), "help", "message", severity, "https://e.org/")
    read = Grounds.from_columns(grounds.columns())

    assert read == grounds
    assert type(read.severity) is type(severity)
    assert Grounds.from_columns(grounds.columns()) is read


PAGE = "---\naliases: [A]\ncode: x\n---\n# Title\n\nSee [[b]].\n\n## Part\n\ntext ^id\n"
CODE = Unique("corpus", "x", Span(0, 0), (), Grounds(Note("s.json", Span(0, 0), "asked")))


def facts(old: str = "", new: str = "", path: str = "a.md") -> Facts:
    doc = parse(Text(path, PAGE.replace(old, new)))
    return Facts.of(doc, "page", (CODE._replace(value=str(doc.get("frontmatter", "code"))),), ["/frontmatter/code"])


@pytest.mark.parametrize(("old", "new"), [("See", "Do not see"), ("[[b]]", "[[b#c|d]]"), ("text ^", "words ^")])
def test_prose_is_a_document_s_own_affair(old: str, new: str) -> None:
    assert packed(leads(facts(old, new))) == packed(leads(facts()))
    assert packed(surface(facts(old, new))) == packed(surface(facts()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[A]", "[B]"),
        ("code: x", "code: y"),
        ("Title", "Titel"),
        ("Part", "Port"),
        ("^id", "^is"),
        ("## P", "### P"),
    ],
)
def test_what_others_may_name_is_seen_from_outside(old: str, new: str) -> None:
    assert packed(surface(facts(old, new))) != packed(surface(facts()))


@pytest.mark.parametrize("new", ["[[c]]", "![[b]]", "[[b]] and [[b]]", "b"])
def test_links_are_seen_apart(new: str) -> None:
    assert packed(leads(facts("[[b]]", new))) != packed(leads(facts()))
    assert packed(surface(facts("[[b]]", new))) == packed(surface(facts()))
