"""`reglint rename`: every link leads where it did, and nothing else changes by one byte."""

from __future__ import annotations

import posixpath
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from conftest import Files, Run, Write
from reglint.corpus import Corpus
from reglint.document import document_name, parse
from reglint.edits import applied
from reglint.facts import Facts
from reglint.folding import in_link
from reglint.lookup import Unclear
from reglint.renaming.plan import plan
from reglint.renaming.request import Impossible, Rename, destination, subject
from reglint.resolution import Links
from reglint.slugs import numbered, slug
from reglint.text import Text

Vault = dict[str, str]
FILES = ("img/chart.png", "img/two words.png", "data/tax.csv")


def corpus_of(vault: Vault, links: Links | None = None, files: Sequence[str] = FILES) -> Corpus:
    return Corpus.of((Facts.of(parse(Text(*it))) for it in vault.items()), files, links)


def rename(vault: Vault, old: str, new: str, links: Links | None = None) -> Vault | list[str]:
    """Return the vault as it is afterwards, or the reasons why it cannot be."""
    corpus = corpus_of(vault, links)
    found = subject(corpus, old, lambda it: it)
    if found.heading is None:
        intent = Rename(found.path, destination(found.path, new, lambda it: it.strip("/")))
    else:
        intent = Rename(found.path, found.path, found.heading, new)
    done = plan(corpus, intent, lambda path: Text(path, vault[path]))
    if done.problems:
        return [
            f"{it.path}:{vault[it.path].count(chr(10), 0, it.span.start) + 1}: {it.message}" for it in done.problems
        ]
    return {intent.moved(path): applied(text, done.edits.get(path, ())) for path, text in vault.items()}


def changed(before: Vault, after: Vault | list[str]) -> Vault:
    assert isinstance(after, dict), after
    return {path: text for path, text in after.items() if before.get(path) != text}


TAX = "# Tax\n\n## Old heading\n\ntext ^id\n\n## Other\n"


@pytest.mark.parametrize(
    ("written", "new", "expected"),
    [
        ("[[Tax]]", "Levy", "[[Levy]]"),
        ("[[Tax|shown]] ![[Tax]]", "Levy", "[[Levy|shown]] ![[Levy]]"),
        ("[[ Tax | shown ]]", "Levy", "[[ Levy | shown ]]"),
        ("[[Tax.md]]", "Levy", "[[Levy.md]]"),
        ("[[tax]]", "Levy", "[[Levy]]"),
        ("[[TAX]]", "Levy", "[[Levy]]"),
        ("[[Tax#Old heading|x]] [[Tax#^id]] ![[Tax#Other]]", "Levy", "[[Levy#Old heading|x]] [[Levy#^id]] ![[Levy#Other]]"),
        ("[[Tax#Gone]] [[Tax#^gone]]", "Levy", "[[Levy#Gone]] [[Levy#^gone]]"),
        ("[[notes/Tax]]", "Levy", "[[notes/Levy]]"),
        ("[[notes/Tax]]", "law/Levy", "[[law/Levy]]"),
        ("[[../notes/Tax]] [[../notes/Tax.md]]", "law/Tax", "[[../law/Tax]] [[../law/Tax.md]]"),
        ("[[Tax]]", "law/", "[[Tax]]"),
        ("[[Tax]]", "Law", "[[notes/Law]]"),
        ("[[Tax]]", "v1.2", "[[v1.2]]"),
        ("[t](../notes/Tax.md)", "Levy", "[t](../notes/Levy.md)"),
        ("[t](../notes/Tax)", "law/Tax", "[t](../law/Tax)"),
        ("[t](../notes/Tax.md#old-heading 'Tax.md')", "law/x/Levy", "[t](../law/x/Levy.md#old-heading 'Tax.md')"),
        ("[t](notes/Tax.md)", "Levy", "[t](notes/Levy.md)"),
        ("[t](/notes/Tax.md)", "Levy", "[t](/notes/Levy.md)"),
        ("[t](Tax.md)", "Levy", "[t](Levy.md)"),
        ("[t](../notes/Tax.md)", "A b", "[t](../notes/A%20b.md)"),
        ("[t](<../notes/Tax.md>)", "A b", "[t](<../notes/A b.md>)"),
        ("[t](../notes/Tax.md)", "A (b)", "[t](../notes/A%20(b).md)"),
        ("[t](../notes/Tax.md)", "A b)", "[t](../notes/A%20b%29.md)"),
        ("[t](../notes/Tax.md)", "100%", "[t](../notes/100%25.md)"),
        ("[t](../notes/Tax.md)", "é", "[t](../notes/é.md)"),
        ("[t](../notes/T%61x.md?plain=1#other)", "R&amp;D", "[t](../notes/R%26amp;D.md?plain=1#other)"),
        ('[Tax.md](Tax.md "Tax.md")', "Levy", '[Tax.md](Levy.md "Tax.md")'),
        ("![[chart.png]] [t](../notes/T\\ax.md)", "Levy", "![[chart.png]] [t](../notes/T\\ax.md)"),
        ("[t](../notes/&#84;ax.md)", "Levy", "[t](../notes/Levy.md)"),
        ("[[x] y](../notes/Tax.md)", "Levy", "[[x] y](../notes/Levy.md)"),
        ("[t][r] [r] [R][]\n\n[r]: ../notes/Tax.md 'x'", "Levy", "[t][r] [r] [R][]\n\n[r]: ../notes/Levy.md 'x'"),
        ("[../notes/Tax.md][r]\n\n[r]: <../notes/Tax.md>", "Levy", "[../notes/Tax.md][r]\n\n[r]: <../notes/Levy.md>"),
        ("> [t][r]\n>\n> [r]:\n> ../notes/Tax.md", "Levy", "> [t][r]\n>\n> [r]:\n> ../notes/Levy.md"),
        ("| a |\n|---|\n| [[Tax\\|x]] [t](Tax.md) |", "Levy", "| a |\n|---|\n| [[Levy\\|x]] [t](Levy.md) |"),
        ("---\na: \"[[Tax]]\"\nb: ['[[Tax|x]]']\nc: see [[Tax]]\n---\n", "Levy", "---\na: \"[[Levy]]\"\nb: ['[[Levy|x]]']\nc: see [[Levy]]\n---\n"),
        ("---\na: '[[Tax]]'\nb: \"[[Tax]]\"\n---\n", "O'B", "---\na: '[[O''B]]'\nb: \"[[O'B]]\"\n---\n"),
        ('---\nx: &x "[[Tax]]"\ny: *x\nz: >-\n  a [[Tax]]\n  b\n---\n', "Levy", '---\nx: &x "[[Levy]]"\ny: *x\nz: >-\n  a [[Levy]]\n  b\n---\n'),
        ("+++\na = '[[Tax]]'\nb = \"[[Tax]]\"\n+++\n", "Levy", "+++\na = '[[Levy]]'\nb = \"[[Levy]]\"\n+++\n"),
        ('{\n"a": "[[Tax]]"\n}\n', "Levy", '{\n"a": "[[Levy]]"\n}\n'),
        ("`[[Tax]]` %%[[Tax]]%% <!-- [[Tax]] -->\n\n```\n[[Tax]]\n```\n\n$[[Tax]]$ \\[[Tax]]", "Levy", None),
        ("[[Tax]]\r\n[t](Tax.md)", "Levy", "[[Levy]]\r\n[t](Levy.md)"),
    ],
)  # fmt: skip
def test_a_link_follows_in_its_own_style(written: str, new: str, expected: str | None) -> None:
    vault = {"notes/Tax.md": TAX, "other/From.md": written, "Law.md": ""}
    moved = "notes/Tax.md" if "/" not in new else ""
    found = rename(vault, moved or "Tax", new)
    assert isinstance(found, dict), found

    assert found["other/From.md"] == (written if expected is None else expected)
    assert TAX in found.values()


NAMED = "---\na: '[[O''Brien#A]]'\nb: \"[[O'Brien|x]]\"\n---\n[[O'Brien]]"


@pytest.mark.parametrize(
    ("vault", "old", "new", "expected"),
    [
        pytest.param(
            {"a/From.md": "[[Law]] [[img/chart.png]] [t](Law.md) [t](deep/) ![i](../img/two%20words.png) [o](../../x.md) [t](gone.md) [[#H]] [t](#h)\n# H", "a/Law.md": "", "b/Law.md": "", "a/deep/x.md": ""},
            "From", "c/d/", {"c/d/From.md": "[[a/Law]] [[img/chart.png]] [t](../../a/Law.md) [t](../../a/deep/) ![i](../../img/two%20words.png) [o](../../../x.md) [t](gone.md) [[#H]] [t](#h)\n# H"},
            id="what is moved takes its links along",
        ),
        pytest.param(
            {"a/tax.md": "", "b/Levy.md": "", "c/From.md": "[[tax]] [[Levy]] [t](tax.md)"},
            "Levy", "/tax.md", {"tax.md": "", "c/From.md": "[[a/tax]] [[tax]] [t](a/tax.md)"},
            id="what a new name would capture",
        ),
        pytest.param({"tax.md": "", "x.md": "[[tax]] [[Tax]]"}, "tax", "Tax", {"Tax.md": "", "x.md": "[[Tax]] [[Tax]]"}, id="case alone"),
        pytest.param({"O'Brien.md": "# A", "x.md": NAMED}, "O'Brien", "D'Arcy", {"D'Arcy.md": "# A", "x.md": NAMED.replace("Brien", "Arcy").replace("O'", "D'")}, id="quotes"),
        pytest.param({"a.md": "[[a]] [[a#H]] [t](a.md)\n# H"}, "a.md", "b", {"b.md": "[[b]] [[b#H]] [t](b.md)\n# H"}, id="links to itself"),
        pytest.param(
            {"a.md": "", "b.md": "## See [[a]]\n\n[[b#See a]] [t](#see-a)"}, "a", "c",
            {"c.md": "", "b.md": "## See [[c]]\n\n[[b#See c]] [t](#see-c)"}, id="a heading that holds a link",
        ),
        pytest.param({"C#.md": "", "x.md": "[t](C%23.md)"}, "C#.md", "F", {"F.md": "", "x.md": "[t](F.md)"}, id="a # in the name"),
        pytest.param({"a.md": "", "x.md": "[[b]] [t](b.md)"}, "a", "b", {"b.md": ""}, id="what was broken may lead there"),
        pytest.param({"n/a.md": "---\naliases: [A, Z]\n---\n", "x.md": "[[Z]] [[a]]"}, "a", "z", {"n/z.md": "---\naliases: [A, Z]\n---\n", "x.md": "[[Z]] [[z]]"}, id="an alias"),
    ],
)  # fmt: skip
def test_documents(vault: Vault, old: str, new: str, expected: Vault) -> None:
    assert changed(vault, rename(vault, old, new)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[[Tax#Old heading]] ![[Tax#old heading|x]]", "[[Tax#New a b]] ![[Tax#New a b|x]]"),
        ("[[Tax#Tax#Old heading]]", "[[Tax#Tax#New a b]]"),
        ("[[Tax# Old heading #Sub]]", "[[Tax# New a b #Sub]]"),
        ("[t](../notes/Tax.md#old-heading)", "[t](../notes/Tax.md#new-a-b)"),
        ("[t](../notes/Tax.md#Old%20heading)", "[t](../notes/Tax.md#New%20a%20b)"),
        ("[t](<../notes/Tax.md#Old heading>)", "[t](<../notes/Tax.md#New a b>)"),
        ("[t](Tax.md#Tax#Old%20heading)", "[t](Tax.md#Tax#New%20a%20b)"),
        ("| a |\n|---|\n| [[Tax#Old heading\\|x]] |", "| a |\n|---|\n| [[Tax#New a b\\|x]] |"),
        ("---\na: '[[Tax#Old heading]]'\nb: see [[Tax#Old heading]]\n---\n", "---\na: '[[Tax#New a b]]'\nb: see [[Tax#New a b]]\n---\n"),
        ("[[Tax]] [[Tax#^id]] [[Tax#Other]] [[Old heading]] [t](Tax.md#own)", None),
    ],
)  # fmt: skip
def test_a_link_to_a_heading_follows_in_its_own_style(written: str, expected: str | None) -> None:
    document = (
        "# Tax\n\n## Old heading {#own}\n\n### Sub\n\ntext ^id\n\n[[#Old heading]] [t](#old-heading)\n\n## Other\n"
    )
    vault = {"notes/Tax.md": document, "other/From.md": written}
    found = rename(vault, "Tax#Old heading", "New: a|b")

    renamed = (
        document.replace("[#Old heading", "[#New a b")
        .replace("Old heading", "New: a|b")
        .replace("#old-heading", "#new-ab")
    )
    assert isinstance(found, dict), found
    assert found["other/From.md"].replace("new-ab", "new-a-b") == (written if expected is None else expected)
    assert found["notes/Tax.md"] == renamed


@pytest.mark.parametrize(
    ("document", "old", "new", "expected"),
    [
        ("## Old ##\n", "Old", "New", "## New ##\n"),
        ("  ##   Old   \n", "Old", "New", "  ##   New   \n"),
        ("Old\n===\n", "Old", "New", "New\n===\n"),
        ("Old\ntwo\n---\n\n[[#Old two]]", "Old two", "New", "New\n---\n\n[[#New]]"),
        ("# Old ^id\n\n[[#^id]] [[#Old id]]", "Old ^id", "New", "# New ^id\n\n[[#^id]] [[#New]]"),
        ("# Old **b**\n\n[[#Old b]] [[#Old **b**]]", "Old b", "New", "# New\n\n[[#New]] [[#New]]"),
        ("> # Old\n\n- ## Old too\n\n[[#Old]]", "Old", "New", "> # New\n\n- ## Old too\n\n[[#New]]"),
        ("# See [[x]]\n\n[[#See x]] [[y]]", "See x", "See", "# See\n\n[[#See]] [[y]]"),
        ("# A\n## Old\n# B\n## Old\n\n[[#A#Old]] [[#B#Old]] [[#Old]]", "B#Old", "New", "# A\n## Old\n# B\n## New\n\n[[#A#Old]] [[#B#New]] [[#Old]]"),
        ("# A\n## New\n# B\n## Old\n\n[[#Old]] [[#New]]", "Old", "New", "# A\n## New\n# B\n## New\n\n[[#B#New]] [[#New]]"),
        ("# A\n## Old\n# B\n## New\n\n[[#Old]] [[#New]] [t](#new)", "Old", "New", "# A\n## New\n# B\n## New\n\n[[#New]] [[#B#New]] [t](#new-1)"),
        ("# Old\n# Old\n\n[t](#old-1) [t](#old)", "old-1", "New", "# Old\n# New\n\n[t](#new) [t](#old)"),
        ("# C# & F#\n\n[[#C F]]", "C# & F#", "Go", "# Go\n\n[[#Go]]"),
    ],
)  # fmt: skip
def test_headings(document: str, old: str, new: str, expected: str) -> None:
    assert changed({"a.md": document}, rename({"a.md": document}, f"a#{old}", new)) == {"a.md": expected}


@pytest.mark.parametrize(
    ("vault", "old", "new", "reasons"),
    [
        ({"a/x.md": "", "b/x.md": "", "c.md": "\n[[x]]"}, "a/x.md", "y", ["c.md:2: this link may lead to `a/x.md` or `b/x.md`; name one of them by its path first"]),
        ({"a.md": "", "c.md": '---\nx: "[[\\u0061]]"\n---\n'}, "a", "b", ["c.md:2: this link leads to `a.md`, and its target is spelt in a way that cannot be edited; write it without escapes, on one line"]),
        ({"a.md": "", "c.md": "+++\nx = '[[a]]'\n+++\n"}, "a", "o'b", ["c.md:2: with `o'b` here, the document would be read differently"]),
        ({"a.md": "", "c.md": "---\nx: see [[a]]\n---\n"}, "a", "o: b", ["c.md:2: with `o: b` here, the document would be read differently"]),
        ({"a.md": "# Old\n"}, "a#Old", "New #", ["a.md:1: with `New #` here, the document would be read differently"]),
        ({"a.md": "Old\n===\n"}, "a#Old", "- New", ["a.md:1: with `- New` here, the document would be read differently"]),
        ({"a.md": "# Old\n"}, "a#Old", "New ^id", ["a.md:1: with `New ^id` here, the document would be read differently"]),
        ({"a.md": "# Old\n# New\n\n[[#New]] [[#Old]]"}, "a#Old", "New", ["a.md:4: this link leads to `a.md` at that heading, and no text in its place would do so afterwards"]),
    ],
)  # fmt: skip
def test_what_cannot_follow_is_told_at_its_place(vault: Vault, old: str, new: str, reasons: list[str]) -> None:
    assert rename(vault, old, new) == reasons


@pytest.mark.parametrize(
    ("old", "words"),
    [
        ("x", "`x` may be `a/x.md` or `b/x.md`; name one of them by its path"),
        ("hom", "there is no document `hom`; did you mean `home`?"),
        ("home#Stps", "home.md has no heading `Stps`; did you mean `Steps`?"),
        ("home#Steps", "`Steps` may be `Home#Plan#Steps` or `Home#Done#Steps` of home.md; name it with the headings above it, as in `A#B`"),
        ("chart.png", "there is no document `chart.png`; `reglint files` lists them"),
    ],
)  # fmt: skip
def test_what_old_cannot_be(old: str, words: str) -> None:
    vault = {"a/x.md": "", "b/x.md": "", "home.md": "# Home\n## Plan\n### Steps\n## Done\n### Steps\n"}
    with pytest.raises((Impossible, Unclear)) as refused:
        subject(corpus_of(vault), old, lambda it: it)

    assert str(refused.value) == words


@pytest.mark.parametrize("named", ["Tax", "tax", "TAX.md"])
def test_rename_and_links_refuse_what_several_are_called(corpus: Write, run: Run, named: str) -> None:
    corpus({"reglint.toml": "", "a/Tax.md": "", "b/c/Tax.md": "", "x.md": "[[Tax]]"})
    words = f"error: `{named}` may be `a/Tax.md` or `b/c/Tax.md`; name one of them by its path\n"

    assert run("rename", named, "Levy") == run("links", "--to", named) == (2, "", words)
    assert run("rename", "--diff", "c/tax", "Levy")[0] == run("links", "--to", "c/tax")[0] == 0


@pytest.mark.parametrize(
    ("named", "path"),
    [("b", "n/b.md"), ("b.md", "n/b.md"), ("m/", "m/a.md"), ("m/b", "m/b.md"), ("v1.2", "n/v1.2.md"), ("b.MD", "n/b.md")],
)  # fmt: skip
def test_what_new_means(named: str, path: str) -> None:
    assert destination("n/a.md", named, lambda it: it.strip("/")) == path


@pytest.mark.parametrize(
    "named", ["a[b", "a]b", "a|b", "a#b", "a^b", "a%%b", "a\nb", " ", "", ".md", "..", "a ", "c#/"]
)
def test_names_that_no_link_could_carry(named: str) -> None:
    with pytest.raises(Impossible):
        destination("n/a.md", named, lambda it: it.removesuffix("/"))


NAMES = ("Tax", "tax law", "Law", "Über", "v1.2", "O'Brien", "A (b)", "C & D")
FOLDERS = ("", "a/", "a/b/", "c d/")
HEADINGS = ("One", "Two words", "Ünï", "What? Now!", "One", "x.y & `z`")


OTHERS = (
    *FILES,
    "README.md",
    "a/Law.md",
    "c d/Tax.md",
    "LICENSE",
    "a/Tax",
    "Law",
    ".hidden/Tax.md",
    ".Tax.md",
    "a/v1.2",
)
"""Files that are no documents: left out by the configuration, without an ending, hidden."""


@st.composite
def vaults(draw: st.DrawFn) -> tuple[Vault, tuple[str, ...]]:
    """Documents that link to each other and to other files in all styles, mostly right; and these files."""
    named = draw(
        st.lists(st.tuples(st.sampled_from(FOLDERS), st.sampled_from(NAMES)), min_size=2, max_size=6, unique=True)
    )
    headings = {f"{folder}{name}.md": draw(st.lists(st.sampled_from(HEADINGS), max_size=4)) for folder, name in named}
    files = [it for it in draw(st.lists(st.sampled_from(OTHERS), max_size=5, unique=True)) if it not in headings]
    return {path: draw(texts(path, headings, files)) for path in headings}, tuple(files)


@st.composite
def texts(draw: st.DrawFn, path: str, headings: dict[str, list[str]], files: Sequence[str]) -> str:
    targets = draw(st.lists(st.sampled_from([*sorted(headings) * 2, *files]), max_size=6))
    links = [draw(links_to(path, it, headings.get(it, []))) for it in targets]
    levels = draw(st.lists(st.integers(1, 3), min_size=4, max_size=4))
    marks: list[bool] = draw(st.lists(st.booleans(), min_size=7, max_size=7))
    front = [f"k{i}: {_quoted(it, is_double=marks[i])}" for i, it in enumerate(links) if it.startswith("[[")]
    lines = [
        *(f"{'#' * level} {it}" for it, level in zip(headings[path], levels, strict=False)),
        *links,
        f"| a |\n|---|\n| {_cell(links)} |",
    ]
    body = "\n\n".join(draw(st.permutations(lines)))
    has_front, ending = marks[6], draw(st.sampled_from(["\n", "\r\n"]))
    text = "\n".join(["---", *front, "---", body]) if has_front else body
    return text.replace("\n", ending)


def _quoted(text: str, *, is_double: bool) -> str:
    return f'"{text}"' if is_double else "'" + text.replace("'", "''") + "'"


def _cell(links: list[str]) -> str:
    return " ".join(it.replace("|", "\\|") for it in links if "](<" not in it and not it.startswith("[r"))


@st.composite
def links_to(draw: st.DrawFn, source: str, path: str, headings: list[str]) -> str:
    heading: str = draw(st.sampled_from([*headings, ""]))
    stem, relative = path.removesuffix(".md"), posixpath.relpath(path, posixpath.dirname(source) or ".")
    in_wiki = "#" + in_link(heading) if heading else ""
    in_slug = "#" + slug(heading.replace("`", "")) if heading else ""
    in_text = "#" + quote(in_link(heading)) if heading else ""
    wiki = [stem, posixpath.basename(stem), path, posixpath.basename(stem).lower(), f"./{relative.removesuffix('.md')}"]
    forms = [f"[[{it}{in_wiki}{shown}]]" for it in wiki for shown in ("", "|shown")]
    forms += [f"![[{stem}{in_wiki}]]", f"[t]({quote(relative)}{in_slug})", f"[t]({quote(path)}{in_text} 'title')"]
    forms += [
        f"[t](<{relative}{in_slug}>)",
        f"![i](./{quote(relative, safe='/é()')})",
        f"[r{len(path)}]: {quote(relative)}\n\n[r{len(path)}]",
    ]
    return draw(st.sampled_from(forms))


def leads(vault: Vault, moved: Rename, files: Sequence[str]) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Where every link leads, by the paths of afterwards."""
    corpus = corpus_of(vault, files=files)
    found = []
    for path, facts in corpus.documents.items():
        mine: list[tuple[object, ...]] = []
        for link in (*facts.links, *facts.mentions):
            kind, target, candidates, _ = corpus.resolver.resolve(facts, link)
            headings = (
                corpus.resolver.headings(corpus.documents[target], link)
                if target and target in corpus.documents and link.subpath
                else ()
            )
            by_id = (
                numbered(corpus.documents[target].headings, link.subpath[-1])
                if target and headings == () and link.kind == "markdown" and link.subpath and target in corpus.documents
                else None
            )
            headings = headings[-1:] if by_id is None else (by_id,)
            mine.append((kind, target and moved.moved(target), tuple(sorted(map(moved.moved, candidates))), headings))
        found.append((moved.moved(path), mine))
    return sorted(found)


SAME = Rename("", "")


@settings(max_examples=20, deadline=None)
@given(drawn=vaults(), data=st.data())
def test_any_rename_of_a_document_keeps_all_links(drawn: tuple[Vault, tuple[str, ...]], data: st.DataObject) -> None:
    vault, files = drawn
    old = data.draw(st.sampled_from(sorted(vault)), "old")
    new = data.draw(st.sampled_from(FOLDERS)) + data.draw(st.sampled_from(NAMES)) + ".md"
    assume(all(it.lower() != new.lower() for it in (*vault, *files)))
    after = held(vault, Rename(old, new), files)
    if after is not None:
        held(after, Rename(new, old), files)


@settings(max_examples=20, deadline=None)
@given(drawn=vaults(), data=st.data())
def test_any_rename_of_a_heading_keeps_all_links(drawn: tuple[Vault, tuple[str, ...]], data: st.DataObject) -> None:
    vault, files = drawn
    headings = {it.path: it.headings for it in corpus_of(vault) if it.headings}
    assume(headings)
    old = data.draw(st.sampled_from(sorted(headings)), "old")
    at = data.draw(st.integers(0, len(headings[old]) - 1))
    new = data.draw(st.sampled_from((*HEADINGS, "New: a|b", "*x* y")))
    after = held(vault, Rename(old, old, at, new), files)
    if after is not None:
        held(after, Rename(old, old, at, headings[old][at].source), files)


def held(vault: Vault, intent: Rename, files: Sequence[str]) -> Vault | None:
    """Rename; unless it is refused, every link leads where it did, and what no edit covers is as it was."""
    before = corpus_of(vault, files=files)
    done = plan(before, intent, lambda path: Text(path, vault[path]))
    if done.problems:
        event("refused")
        # No link could tell a file without an ending from a document of that name beside it.
        is_hidden = document_name(intent.new) in {posixpath.basename(it) for it in files}
        is_ambiguous = any(kind == "ambiguous" for _, them in leads(vault, SAME, files) for kind, *_ in them)
        assert intent.heading is not None or is_hidden or is_ambiguous
        return None
    event("done")
    after = {intent.moved(path): applied(text, done.edits.get(path, ())) for path, text in vault.items()}
    for path, edits in done.edits.items():
        rest, at = after[intent.moved(path)], 0
        for edit in edits:
            kept = vault[path][at : edit.span.start]
            assert rest.startswith(kept + edit.text)
            rest, at = rest[len(kept + edit.text) :], edit.span.end
        assert rest == vault[path][at:]
    for (path, was), (same, now) in zip(leads(vault, intent, files), leads(after, SAME, files), strict=True):
        assert path == same
        led = [(one, other) for one, other in zip(was, now, strict=True) if one[0] in {"document", "file", "ambiguous"}]
        assert [one for one, _ in led] == [other for _, other in led]
    return after


def linking(count: int) -> Vault:
    """A page with many links of every kind to another one."""
    front = "".join(f"- '[[Tax|{i}]]'\n- see '[[Tax|{i}]]'\n" for i in range(count))
    lines = (f"[[Tax#Old|{i}]] [t{i}](Tax.md#same-{i + 1}) [r{i}] `c` <!-- c -->\n\n" for i in range(count))
    body = "".join((*lines, *(f"[r{i}]: Tax.md\n" for i in range(count))))
    return {"From.md": f"---\nto:\n{front}---\n{body}", "Tax.md": "# Old\n" + "# Same\n" * (count + 2)}


@pytest.mark.parametrize("intent", [Rename("Tax.md", "Levy.md"), Rename("Tax.md", "Tax.md", 0, "Same")])
def test_four_times_the_links_are_four_times_the_work(intent: Rename) -> None:
    """Work is counted in calls of functions."""

    def work(count: int) -> int:
        vault, calls = linking(count), 0

        def call(*_: object) -> None:
            nonlocal calls
            calls += 1

        before = corpus_of(vault)
        sys.setprofile(call)
        try:
            done = plan(before, intent, lambda path: Text(path, vault[path]))
        finally:
            sys.setprofile(None)
        assert not done.problems
        assert len(done.edits["From.md"]) >= 2 * count - 2
        return calls

    assert work(80) < 5 * work(20)


CORPUS: Files = {
    "reglint.toml": "include = ['**/*.md']\nexclude = ['old/**']\n\n[types.note]\nschema = 'note.json'\nfiles = ['notes/Tax.md']\n",
    "note.json": '{"properties": {"path": {}}}',
    "notes/Tax.md": "# Tax\n\n## Old\n",
    "From.md": '\ufeff---\r\na: "[[Tax]]"\r\n---\r\n[[Tax|x]] [t](notes/Tax.md) [[Levy]]'.encode(),
    "mac.md": b"---\ra: 1\r---\r[[Tax]]\r",
    "old/gone.md": "",
    "Ünï.md": "[[Tax#Old]]\n",
}


def snapshot(root: Path) -> dict[str, bytes]:
    return {it.relative_to(root).as_posix(): it.read_bytes() for it in sorted(root.rglob("*")) if it.is_file()}


def test_the_command(corpus: Write, run: Run) -> None:
    root = corpus(CORPUS)
    (root / "From.md").chmod(0o640)
    code, out, err = run("rename", "notes/Tax.md", "law/Levy")

    assert (code, err.splitlines()) == (
        0,
        [
            "note: From.md:4:29: this link led nowhere, and now leads to `law/Levy.md`",
            "note: reglint.toml:6:11 names `notes/Tax.md`, and was left as it is",
            "note: notes/Tax.md was of the type `note`, and law/Levy.md is of no type",
            "5 links in 3 documents now lead to law/Levy.md",
        ],
    )
    assert out.splitlines() == [
        "notes/Tax.md → law/Levy.md",
        "From.md:2:7: Tax → Levy",
        "From.md:4:3: Tax → Levy",
        "From.md:4:16: notes/Tax.md → law/Levy.md",
        "mac.md:4:3: Tax → Levy",
        "Ünï.md:1:3: Tax → Levy",
    ]
    assert (
        root / "From.md"
    ).read_bytes() == '\ufeff---\r\na: "[[Levy]]"\r\n---\r\n[[Levy|x]] [t](law/Levy.md) [[Levy]]'.encode()
    assert (root / "From.md").stat().st_mode & 0o777 == 0o640
    assert (root / "mac.md").read_bytes() == b"---\ra: 1\r---\r[[Levy]]\r"
    assert (root / "law/Levy.md").read_text() == "# Tax\n\n## Old\n"
    assert sorted(snapshot(root)) == sorted({*CORPUS, "law/Levy.md"} - {"notes/Tax.md"})


def test_a_heading(corpus: Write, run: Run) -> None:
    root = corpus(CORPUS)
    code, out, err = run("rename", "Tax#old", "New one")

    assert (code, out, err) == (
        0,
        "notes/Tax.md:3:4: Old → New one\nÜnï.md:1:7: Old → New one\n",
        "1 link in 1 document now leads to notes/Tax.md#New one\n",
    )
    assert (root / "notes/Tax.md").read_text() == "# Tax\n\n## New one\n"
    assert run("rename", "Tax#New one", "New one") == (0, "", "nothing to do: `Tax#New one` has that name already\n")


@pytest.mark.parametrize("tool", [["git", "apply"], ["patch", "-s", "-p1"]])
@pytest.mark.parametrize(("old", "new"), [("Tax", "a b/Le 'vy"), ("Ünï", "x/"), ("Tax#Old", "New")])
def test_a_patch_does_what_the_command_does(corpus: Write, run: Run, tool: list[str], old: str, new: str) -> None:
    root = corpus(CORPUS)
    before = snapshot(root)
    code, patch, err = run("rename", "--diff", old, new)
    assert (code, snapshot(root), err.endswith("; nothing was written\n")) == (0, before, True)
    assert run("rename", old, new)[0] == 0
    after = snapshot(root)
    for it in after:
        (root / it).unlink()
    corpus(dict(before))
    subprocess.run([*tool], input=patch.encode(), cwd=root, check=True)

    assert snapshot(root) == after


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Tax", "../out/Tax", "`../out/Tax` lies outside of the root"),
        ("Tax", "/from", "lies outside of the root"),
        ("Tax", "./From", "From.md is there already; choose another name"),
        ("Tax", "./from", "From.md is there already; choose another name"),
        ("Tax", "./U\u0308ni\u0308", "Ünï.md is there already; choose another name"),
        ("From", "NOTES/", "notes is there already; choose another name"),
        ("Tax", "old/Tax", "old/Tax.md would be no document, and links to it would break"),
        ("Tax", "old/gone", "old/gone.md is there already"),
        ("Tax", ".hidden", "it is hidden: `.hidden.md` begins with a dot"),
        ("Tax", "a#b", "`notes/a#b` could not be linked to: a wikilink cannot hold `#`; choose another name"),
        ("Tex", "x", "there is no document `Tex`; `reglint files` lists them"),
        ("Tax#^id", "x", "`^id` is the id of a block"),
        ("Tax#Old", "# #", "1 place could not follow"),
    ],
)  # fmt: skip
def test_what_is_refused_writes_nothing(corpus: Write, run: Run, old: str, new: str, words: str) -> None:
    root = corpus(CORPUS)
    before = snapshot(root)
    code, out, err = run("rename", old, new)

    assert (code, out, snapshot(root)) == (2, "", before)
    assert words in err


def test_a_document_that_cannot_be_read_may_hold_links(corpus: Write, run: Run) -> None:
    corpus({**CORPUS, "bad.md": b"\xff"})
    code, _, err = run("rename", "Tax", "Levy")

    assert code == 2
    assert err.startswith("could not read bad.md: byte 0 of the file is not UTF-8")


def test_a_folder_that_is_only_a_part_is_refused(corpus: Write, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links to `notes/Old.md` from above would stay behind."""
    root = corpus({".obsidian/app.json": "{}", "notes/Old.md": "", "x.md": "[[Old]]"})
    monkeypatch.chdir(root / "notes")
    code, _, err = run("rename", "Old", "New")

    assert code == 2
    assert "is only a part of" in err
    assert (root / "notes/Old.md").exists()

    (root / "notes/reglint.toml").write_text("")
    assert run("rename", "Old", "New")[0] == 0


def test_links_from_the_root_stay_so_in_each_root(corpus: Write, run: Run) -> None:
    root = corpus(
        {
            "reglint.toml": '[links]\nroots = ["en", "de"]\n',
            "en/Old.md": "",
            "en/B.md": "[b](/Old.md) [[/Old]] [[Old]] [c](Old.md)",
            "de/Old.md": "[[Old]]",
        }
    )

    assert run("rename", "en/Old.md", "New")[0] == 0
    assert (root / "en/B.md").read_text() == "[b](/New.md) [[/New]] [[New]] [c](New.md)"
    assert (root / "de/Old.md").read_text() == "[[Old]]"


def test_front_matter_that_cannot_be_read_may_hold_links(corpus: Write, run: Run) -> None:
    root = corpus({"Old.md": "", "x.md": '---\na: [ "[[Old]]"\nb: 1\n---\n', "y.md": "---\na: [ [[Other]]\n---\n"})
    code, _, err = run("rename", "Old", "New")

    assert code == 2
    assert "x.md:2:7: its front matter cannot be read" in err
    assert "y.md" not in err
    assert (root / "Old.md").exists()


def test_names_without_quotes_are_noted(corpus: Write, run: Run) -> None:
    corpus({"Old.md": "", "x.md": "---\na: [[Old]]\nb: '[[Old]]'\n---\n"})
    code, _, err = run("rename", "Old", "New")

    assert code == 0
    assert "note: x.md:2:4: this names it without quotes, is no link, and was left as it is" in err
    assert err.count("without quotes") == 1
