"""Where links lead, paragraph by paragraph of what Obsidian does."""

import pytest

from reglint.corpus import Corpus
from reglint.document import parse
from reglint.facts import Facts
from reglint.resolution import Links
from reglint.text import Text

VAULT = {
    "Home.md": '# Home\n\n## Ünïcode & more!\n\n## Plan\n\n### Steps\n\n## Done\n\n### Steps\n\ntext ^id-1\n\n## C# & F#\n\n<a id="by-hand"></a>\n\n## With an id {#own}\n',
    "notes/Tax.md": "---\naliases: [Steuer, Taxes]\n---\n# Tax\n",
    "notes/deep/Law.md": "# Law\n",
    "notes/deep/C#.md": "# C sharp\n",
    "other/Law.md": "# Other law\n",
    "v1.2.md": "# Version\n",
    "cafe\u0301.md": "# NFD\n",
}
FILES = ["img/chart.png", "img/two words.png"]


def resolve(content: str, path: str = "notes/From.md", links: Links | None = None) -> list[tuple[str, str | None]]:
    """The kind and target of each link in *content*."""
    facts = [Facts.of(parse(Text(name, it))) for name, it in {**VAULT, path: content}.items()]
    corpus = Corpus.of(facts, FILES, links)
    return [(it.outcome.kind, it.outcome.target) for it in corpus.resolved if it.source.path == path]


@pytest.mark.parametrize(
    ("link", "kind", "target"),
    [
        ("[[Home]]", "ok", "Home.md"),
        ("[[home]]", "ok", "Home.md"),
        ("[[Home.md]]", "ok", "Home.md"),
        ("[[Tax]]", "ok", "notes/Tax.md"),
        ("[[notes/Tax]]", "ok", "notes/Tax.md"),
        ("[[deep/Law]]", "ok", "notes/deep/Law.md"),
        ("[[../other/Law]]", "ok", "other/Law.md"),
        ("[[Law]]", "ok", "other/Law.md"),
        ("[[v1.2]]", "ok", "v1.2.md"),
        ("[[café]]", "ok", "cafe\u0301.md"),
        ("[[Nowhere]]", "missing", None),
        ("[[notes/Home]]", "missing", None),
        ("[[Steuer]]", "alias", "notes/Tax.md"),
        ("[[#A]]", "no-heading", "notes/From.md"),
        ("[[Home#Plan]]", "ok", "Home.md"),
        ("[[Home#unicode & more]]", "no-heading", "Home.md"),
        ("[[Home#ünïcode more]]", "ok", "Home.md"),
        ("[[Home#Plan#Steps]]", "ok", "Home.md"),
        ("[[Home#Done#Steps]]", "ok", "Home.md"),
        ("[[Home#Steps#Plan]]", "no-heading", "Home.md"),
        ("[[Home#Home#Steps]]", "ok", "Home.md"),
        ("[[Home#^id-1]]", "ok", "Home.md"),
        ("[[Home#^id-2]]", "no-block", "Home.md"),
        ("![[chart.png|300]]", "file", "img/chart.png"),
        ("![[none.png]]", "missing", None),
        ("[t](../Home.md)", "ok", "Home.md"),
        ("[t](Tax.md#tax)", "ok", "notes/Tax.md"),
        ("![i](../img/two%20words.png)", "file", "img/two words.png"),
        ("[t](deep/)", "file", None),
        ("[t](deep)", "file", None),
        ("[t](shallow/)", "missing", None),
        ("[t](../../outside.md)", "file", None),
        ("[t](Tax.md?plain=1#tax)", "ok", "notes/Tax.md"),
        ("[t](deep/C%23.md)", "ok", "notes/deep/C#.md"),
        ("[t](../Home.md#steps-1)", "ok", "Home.md"),
        ("[t](../Home.md#top)", "ok", "Home.md"),
        ("[t](../Home.md#by-hand)", "ok", "Home.md"),
        ("[t](../Home.md#own)", "ok", "Home.md"),
        ("[t](../Home.md#with-an-id)", "ok", "Home.md"),
        ("[[Home#steps-1]]", "no-heading", "Home.md"),
        ("[[Home#C# & F#]]", "ok", "Home.md"),
    ],
)
def test_links_as_in_obsidian(link: str, kind: str, target: str | None) -> None:
    assert resolve(link) == [(kind, target)]


def test_equally_short_paths_are_ambiguous_and_the_own_folder_comes_first() -> None:
    vault = {"a/X.md": "", "b/X.md": "", "c/From.md": "[[X]]", "a/From.md": "[[X]]"}
    corpus = Corpus.of([Facts.of(parse(Text(name, it))) for name, it in vault.items()])
    found = {it.source.path: (it.outcome.kind, it.outcome.target, it.outcome.candidates) for it in corpus.resolved}

    assert found == {"a/From.md": ("ok", "a/X.md", ()), "c/From.md": ("ambiguous", None, ("a/X.md", "b/X.md"))}


@pytest.mark.parametrize(
    "link", ["[t](https://e.org/a.md)", "[t](mailto:a@b.c)", "[t](/absolute.md)", "<https://e.org>", "[t]()"]
)
def test_what_leads_out_of_the_corpus_is_no_link_of_it(link: str) -> None:
    assert resolve(link) == []


def test_aliases_count_where_the_configuration_says_so() -> None:
    assert resolve("[[Taxes]]", links=Links(aliases=True)) == [("ok", "notes/Tax.md")]


def test_other_modes() -> None:
    assert resolve("[[deep/Law]] [[Law]]", links=Links("path")) == [("ok", "notes/deep/Law.md"), ("missing", None)]
    assert resolve("[[Tax]]", "other/From.md", links=Links("name")) == [("ok", "notes/Tax.md")]


def test_one_document_can_be_replaced() -> None:
    corpus = Corpus.of([Facts.of(parse(Text("a.md", "[[b]]")))])
    after = corpus.replace(Facts.of(parse(Text("b.md", ""))))

    assert [it.outcome.kind for it in corpus.resolved] == ["missing"]
    assert [it.outcome.kind for it in after.resolved] == ["ok"]
