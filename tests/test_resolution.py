"""Where links lead, paragraph by paragraph of what Obsidian does."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglint.corpus import Corpus
from reglint.document import parse
from reglint.facts import Facts
from reglint.resolution import Links
from reglint.text import Text

Lead = tuple[str, str | None]

HOME = """# Home

## Ünïcode & more!

## Plan

### Steps

## Done

### Steps

text ^id-1

## C# & F#

<a id="by-hand"></a>

## With an id {#own}

## A-b c's

## *Marked* `up` [[Tax|taxes]]

### Deep under

#### Deeper

## 24:10 [sic] ^head

## 🎉
"""
VAULT = {
    "Home.md": HOME,
    "notes/Tax.md": "---\naliases: [Steuer, Taxes]\n---\n# Tax\n",
    "notes/deep/Law.md": "# Law\n",
    "notes/deep/C#.md": "# C sharp\n",
    "other/Law.md": "# Other law\n",
    "v1.2.md": "# Version\n",
    "cafe\u0301.md": "# NFD\n",
    "\u039f\u0394\u039f\u03a3.md": "# A sigma at the end\n",
    "Sq]uare.md": "",
    "a/b/Twice.md": "",
    "archive/Twice.md": "",
    "notes/Own.md": "# The one in the same folder\n",
    "Own/Own.md": "",
    "100%.md": "",
    "Two words.md": "",
}
FILES = ["img/chart.png", "img/two words.png", "paper.pdf", "board.canvas", "notes/table.base", "deep/Excluded.md"]


def led(vault: Mapping[str, str], source: str, links: Links | None = None, files: list[str] = FILES) -> list[Lead]:
    """The kind and target of each link in one document of *vault*."""
    corpus = Corpus.of([Facts.of(parse(Text(name, it))) for name, it in vault.items()], files, links)
    return [(it.outcome.kind, it.outcome.target) for it in corpus.resolved if it.source.path == source]


def resolve(content: str, path: str = "notes/From.md", links: Links | None = None) -> list[Lead]:
    """The kind and target of each link in *content*."""
    return led({**VAULT, path: content}, path, links)


@pytest.mark.parametrize(
    ("link", "kind", "target"),
    [
        ("[[Home]]", "document", "Home.md"),
        ("[[home]]", "document", "Home.md"),
        ("[[Home.md]]", "document", "Home.md"),
        ("[[Tax]]", "document", "notes/Tax.md"),
        ("[[notes/Tax]]", "document", "notes/Tax.md"),
        ("[[deep/Law]]", "document", "notes/deep/Law.md"),
        ("[[../other/Law]]", "document", "other/Law.md"),
        ("[[Law]]", "document", "other/Law.md"),
        ("[[v1.2]]", "document", "v1.2.md"),
        ("[[café]]", "document", "cafe\u0301.md"),
        ("[[\u039f\u0394\u039f\u03a3]]", "document", "\u039f\u0394\u039f\u03a3.md"),
        ("[[\u03bf\u03b4\u03bf\u03c2.md]]", "document", "\u039f\u0394\u039f\u03a3.md"),
        ("[[Nowhere]]", "no-document", None),
        ("[[notes/Home]]", "no-document", None),
        ("[[Steuer]]", "alias", "notes/Tax.md"),
        ("[[#A]]", "no-heading", "notes/From.md"),
        ("[[Home#Plan]]", "document", "Home.md"),
        ("[[Home#unicode & more]]", "no-heading", "Home.md"),
        ("[[Home#ünïcode more]]", "document", "Home.md"),
        ("[[Home#Plan#Steps]]", "document", "Home.md"),
        ("[[Home#Done#Steps]]", "document", "Home.md"),
        ("[[Home#Steps#Plan]]", "no-heading", "Home.md"),
        ("[[Home#Home#Steps]]", "document", "Home.md"),
        ("[[Home#^id-1]]", "document", "Home.md"),
        ("[[Home#^id-2]]", "no-block", "Home.md"),
        ("![[chart.png|300]]", "file", "img/chart.png"),
        ("![[none.png]]", "no-file", None),
        ("[t](../Home.md)", "document", "Home.md"),
        ("[t](Tax.md#tax)", "document", "notes/Tax.md"),
        ("![i](../img/two%20words.png)", "file", "img/two words.png"),
        ("[t](deep/)", "elsewhere", None),
        ("[t](deep)", "elsewhere", None),
        ("[t](shallow/)", "no-document", None),
        ("[t](../../outside.md)", "elsewhere", None),
        ("[t](Tax.md?plain=1#tax)", "document", "notes/Tax.md"),
        ("[t](deep/C%23.md)", "document", "notes/deep/C#.md"),
        ("[t](../Home.md#steps-2)", "document", "Home.md"),
        ("[t](../Home.md#steps-3)", "no-heading", "Home.md"),
        ("[t](../Home.md#plan-99)", "no-heading", "Home.md"),
        ("[t](../Home.md#🎂)", "no-heading", "Home.md"),
        ("[t](../Home.md#---)", "no-heading", "Home.md"),
        ("[[Home#!!!]]", "no-heading", "Home.md"),
        ("[t](../Home.md#steps-1)", "document", "Home.md"),
        ("[t](../Home.md#top)", "document", "Home.md"),
        ("[t](../Home.md#by-hand)", "document", "Home.md"),
        ("[t](../Home.md#own)", "document", "Home.md"),
        ("[t](../Home.md#with-an-id)", "document", "Home.md"),
        ("[[Home#steps-1]]", "no-heading", "Home.md"),
        ("[[Home#C# & F#]]", "no-heading", "Home.md"),
        ("[[Home#C & F]]", "document", "Home.md"),
        # 1: the same folder, then the shortest path by its letters
        ("[[Own]]", "document", "notes/Own.md"),
        ("[[Twice]]", "document", "a/b/Twice.md"),
        ("[[b/Twice]]", "document", "a/b/Twice.md"),
        ("[[archive/Twice.md]]", "document", "archive/Twice.md"),
        ("[[./Tax]]", "document", "notes/Tax.md"),
        ("[[./Home]]", "no-document", None),
        ("[[/Home]]", "document", "Home.md"),
        ("[[/Tax]]", "no-document", None),
        ("[[HOME.MD]]", "document", "Home.md"),
        ("[[caf\u00e9#nfd]]", "document", "cafe\u0301.md"),
        ("[[Two\u00a0words]]", "document", "Two words.md"),
        ("[[  Home  ]]", "document", "Home.md"),
        ("[[Home|]]", "document", "Home.md"),
        ("[[Home#]]", "document", "Home.md"),
        ("[[Home|a|b]]", "document", "Home.md"),
        ("[[Sq]uare]]", "document", "Sq]uare.md"),
        ("[t](My%20None.md)", "no-document", None),
        ("[t](Home.md)", "document", "Home.md"),
        ("[t](Law.md)", "document", "other/Law.md"),
        ("[t](/Home.md)", "document", "Home.md"),
        ("[t](/api/none)", "elsewhere", None),
        ("[t](<../Two words.md>)", "document", "Two words.md"),
        ("[t](../100%25.md)", "document", "100%.md"),
        ("[t](../100%.md)", "document", "100%.md"),
        ("[t](Home)", "document", "Home.md"),
        ("[t][r]\n\n[r]: ../Home.md 'x'", "document", "Home.md"),
        # 3: headings and blocks
        ("[[Home#A-b c's]]", "document", "Home.md"),
        ("[[Home#A b c s]]", "no-heading", "Home.md"),
        ("[[Home#Marked up taxes]]", "no-heading", "Home.md"),
        ("[[Home#Marked up Tax taxes]]", "document", "Home.md"),
        ("[[Home#Deep under#Deeper]]", "document", "Home.md"),
        ("[[Home#Plan#Deeper]]", "document", "Home.md"),
        ("[[Home#Deeper#Deep under]]", "no-heading", "Home.md"),
        ("[[Home#24 10 sic head]]", "document", "Home.md"),
        ("[[Home#24 10 sic]]", "document", "Home.md"),
        ("[[Home#^head]]", "document", "Home.md"),
        ("[[Home#^ID-1]]", "document", "Home.md"),
        ("[[Home#Plan#^id-1]]", "document", "Home.md"),
        ("[[Home#🎉]]", "document", "Home.md"),
        ("[[Home#🎂]]", "no-heading", "Home.md"),
        ("[[Home##Plan]]", "document", "Home.md"),
        ("[[v1.2#Version]]", "document", "v1.2.md"),
        ("[t](../Home.md#A-b%20c's)", "document", "Home.md"),
        ("[t](../Home.md#a-b-cs)", "document", "Home.md"),
        ("[t](../Home.md#%5Eid-1)", "document", "Home.md"),
        # 6: attachments
        ("![[paper.pdf#page=3]]", "file", "paper.pdf"),
        ("[[board.canvas|a board]]", "file", "board.canvas"),
        ("![[table.base#View]]", "file", "notes/table.base"),
        ("![[CHART.PNG|100x200]]", "file", "img/chart.png"),
        ("![[chart]]", "no-file", None),
        ("{{x}}[[Tax]]<% y %>", "document", "notes/Tax.md"),
        ("![[dendron://code/x]] [[wikipedia:X]]", "elsewhere", None),
        ("[t](/none.md)", "no-document", None),
        ("[t](/Tax.md)", "document", "notes/Tax.md"),
        ("```\na\n```\t\n\n[[Tax]]", "document", "notes/Tax.md"),
        ("> ~~~\n> a\n> ~~~ \t \n\n[[Tax]]", "document", "notes/Tax.md"),
        ("[[Excluded]] [[deep/excluded.md]]", "file", "deep/Excluded.md"),
        ("![a](chart.png)", "file", "img/chart.png"),
        ("![[Home#Plan]]", "document", "Home.md"),
    ],
)
def test_links_as_in_obsidian(link: str, kind: str, target: str | None) -> None:
    assert set(resolve(link)) == {(kind, target)}


def test_equally_short_paths_are_ambiguous_and_the_own_folder_comes_first() -> None:
    vault = {"a/X.md": "", "b/X.md": "", "c/From.md": "[[X]]", "a/From.md": "[[X]]"}
    corpus = Corpus.of([Facts.of(parse(Text(name, it))) for name, it in vault.items()])
    found = {it.source.path: (it.outcome.kind, it.outcome.target, it.outcome.candidates) for it in corpus.resolved}

    assert found == {"a/From.md": ("document", "a/X.md", ()), "c/From.md": ("ambiguous", None, ("a/X.md", "b/X.md"))}


@pytest.mark.parametrize(
    "link", ["[t](https://e.org/a.md)", "[t](mailto:a@b.c)", "[t](//host/absolute.md)", "<https://e.org>", "[t]()"]
)
def test_what_leads_out_of_the_corpus_is_no_link_of_it(link: str) -> None:
    assert resolve(link) == []


def test_aliases_count_where_the_configuration_says_so() -> None:
    assert resolve("[[Taxes]]", links=Links(aliases=True)) == [("document", "notes/Tax.md")]


@pytest.mark.parametrize(
    "content",
    [
        "`[[x]]`",
        "```\n[[x]]\n```",
        "    [[x]]",
        "%% [[x]] %%",
        "%%\n\n[[x]]\n\n%%",
        "<!-- [[x]] -->",
        "$[[x]]$",
        "$$\n[[x]]\n$$",
        "---\nnote: see [[x]] there\n---\n",
        "\\[[x]]",
        "[[x\ny]]",
        "[[]]",
        "[[ ]]",
        "[ [x]]",
        "[[<% tp.date.now() %>]] ![a](<% url %>) <% tp.file.include('[[x]]') %>",
        "[[{{title}}]] ![[{{title}}]] [a]({{url}}) [a](${url}) [{{x}}](y.md)",
        "[a][r]\n\n[r]: {{< ref x >}}",
    ],
)
def test_what_is_no_link(content: str) -> None:
    assert resolve(content) == []


@pytest.mark.parametrize(
    ("content", "targets"),
    [
        ('---\nrelated: "[[Tax]]"\ncompile_into: ["[[Home#Plan|x]]", "no link"]\n---\n', ["notes/Tax.md", "Home.md"]),
        ("---\na: {b: ['[[Tax]]']}\n---\n", ["notes/Tax.md"]),
        ("+++\na = '[[Tax]]'\n+++\n", ["notes/Tax.md"]),
        ("| a |\n|---|\n| [[Tax\\|x]] [[Home]] |\n", ["notes/Tax.md", "Home.md"]),
        ("| a |\n|---|\n| [[Tax|x]] |\n", ["notes/Tax.md"]),
        ("> [!note] [[Tax]]\n> - [ ] ![[Home]]\n", ["notes/Tax.md", "Home.md"]),
        ("text[^1]\n\n[^1]: [[Tax]]\n", ["notes/Tax.md"]),
        (
            "[![[chart.png|9]]](../Home.md) [[Tax|[1]]] ![[Home|a [b] c]]",
            ["Home.md", "img/chart.png", "notes/Tax.md", "Home.md"],
        ),
        ("# [[Tax]]\n\n**[[Home]]** ==[[Tax]]==", ["notes/Tax.md", "Home.md", "notes/Tax.md"]),
    ],
)
def test_where_links_are_found(content: str, targets: list[str]) -> None:
    assert [target for _, target in resolve(content) if target] == targets


@pytest.mark.parametrize(
    ("mode", "link", "kind", "target"),
    [
        ("path", "[[deep/Law]]", "document", "notes/deep/Law.md"),
        ("path", "[[notes/deep/Law]]", "document", "notes/deep/Law.md"),
        ("path", "[[Law]]", "no-document", None),
        ("path", "[t](Law.md)", "no-document", None),
        ("path", "[[Home#c-f]]", "document", "Home.md"),
        ("name", "[[Tax]]", "document", "notes/Tax.md"),
        ("name", "[[anything/Tax]]", "no-document", None),
        ("name", "[t](Law.md)", "no-document", None),
        ("name", "[t](deep/Law.md)", "document", "notes/deep/Law.md"),
        ("name", "[[Home#deep-under]]", "document", "Home.md"),
    ],
)
def test_other_modes(mode: str, link: str, kind: str, target: str | None) -> None:
    assert resolve(link, links=Links(mode)) == [(kind, target)]


ROOTS = {
    "docs/en/Tax.md": "# Tax\n\n[[Law]] [[sub/Fee]] [[/Law]] [[Steuer]] [t](../de/Tax.md) [t](Law.md)",
    "docs/en/Law.md": "",
    "docs/en/sub/Fee.md": "",
    "docs/de/Tax.md": "---\naliases: [Steuer]\n---\n[[Law]] [[sub/Fee]] [[Only]] [[Steuer]]",
    "docs/de/Law.md": "",
    "Only.md": "[[Law]] [[docs/de/Law]] [[Only]]",
}


def test_each_root_is_a_corpus_of_its_own_where_names_are_concerned() -> None:
    roots = Links(roots=("docs/en", "docs/de/"))

    assert led(ROOTS, "docs/en/Tax.md", roots) == [
        ("document", "docs/en/Law.md"),
        ("document", "docs/en/sub/Fee.md"),
        ("document", "docs/en/Law.md"),
        ("no-document", None),
        ("document", "docs/de/Tax.md"),
        ("document", "docs/en/Law.md"),
    ]
    assert led(ROOTS, "docs/de/Tax.md", roots) == [
        ("document", "docs/de/Law.md"),
        ("no-document", None),
        ("no-document", None),
        ("alias", "docs/de/Tax.md"),
    ]
    assert led(ROOTS, "Only.md", roots) == [
        ("no-document", None),
        ("document", "docs/de/Law.md"),
        ("document", "Only.md"),
    ]


SAME = {
    "README.md": "# Top",
    "docs/a.md": "[t](../README.md) [[README.md]] [[README]] [[README#Nope]] [[./LICENSE]] [[LICENSE]] [t](LICENSE)",
    "docs/LICENSE.md": "",
    "b/v1.2.md": "[[b/v1.2]] [[v1.2]] [t](v1.2.md) [[notes]]",
    "notes.md": "",
}
HIDDEN = [".github/README.md", "sub/LICENSE", "a/v1.2", "x/notes", ".trash/LICENSE.md", "README"]


def test_other_files_of_a_name_hide_no_document() -> None:
    readme, licence = ("document", "README.md"), ("document", "docs/LICENSE.md")

    assert led(SAME, "docs/a.md", files=HIDDEN) == [
        *[readme] * 3,
        ("no-heading", "README.md"),
        *[licence] * 3,
    ]
    assert led(SAME, "b/v1.2.md", files=HIDDEN)[2:] == [("document", "b/v1.2.md"), ("document", "notes.md")]


def test_roots_are_left_by_markdown_paths_alone() -> None:
    vault = {"en/A.md": "[[en/B]] [[/en/B]] [t](en/B.md) [[../de/C]] [t](../de/C.md)", "en/B.md": "", "de/C.md": ""}

    assert led(vault, "en/A.md", Links(roots=("en", "de"))) == [*[("no-document", None)] * 4, ("document", "de/C.md")]


def test_a_document_with_another_ending_is_known_without_it() -> None:
    vault = {"a.markdown": "", "b.md": "[[a]] [[a.markdown]] [[a.md]] [t](a.markdown)"}

    assert led(vault, "b.md") == [
        ("document", "a.markdown"),
        ("document", "a.markdown"),
        ("no-document", None),
        ("document", "a.markdown"),
    ]


NAME = st.text(alphabet="abAB é-", min_size=1, max_size=3).map(str.strip).filter(bool)
PATH = st.lists(NAME, min_size=1, max_size=3).map("/".join)


OTHERS = st.lists(
    st.builds("{}/{}{}".format, st.sampled_from([".github", "x", "x/y"]), NAME, st.sampled_from(["", ".md"]))
)


@given(st.lists(PATH, min_size=1, max_size=6, unique_by=str.lower), OTHERS, st.data())
def test_a_full_path_leads_to_its_document_from_anywhere(
    paths: list[str], others: list[str], data: st.DataObject
) -> None:
    target = data.draw(st.sampled_from(paths))
    source = data.draw(st.sampled_from(paths))
    vault = {f"{it}.md": f"[[{target}]] [[/{target}.md]]" for it in paths}
    files = [it for it in others if it.lower() not in {path.lower() for path in vault}]

    assert led(vault, f"{source}.md", files=files) == [("document", f"{target}.md")] * 2


@given(st.lists(PATH, min_size=1, max_size=6, unique_by=str.lower), OTHERS, st.data())
def test_a_name_leads_to_the_own_folder_or_the_shortest_path(
    paths: list[str], others: list[str], data: st.DataObject
) -> None:
    """The rule written as plainly as can be, over every document."""
    name = data.draw(st.sampled_from(paths)).split("/")[-1]
    source = data.draw(st.sampled_from(paths))
    folder = source.rpartition("/")[0]
    named = [it for it in paths if it.split("/")[-1].lower() == name.lower()]
    root = [it for it in named if "/" not in it]
    own = [it for it in named if it.rpartition("/")[0].lower() == folder.lower()]
    shortest = [it for it in named if len(it) == min(map(len, named))]
    wanted = root or own or shortest
    vault = {f"{it}.md": f"[[{name}]]" for it in paths}
    files = [it for it in others if it.lower() not in {path.lower() for path in vault}]
    [(kind, target)] = led(vault, f"{source}.md", files=files)

    assert kind == "document" or len([it for it in wanted if it.endswith(name)] or wanted) > 1
    assert target is None or target.removesuffix(".md") in wanted


def test_one_document_can_be_replaced() -> None:
    corpus = Corpus.of([Facts.of(parse(Text("a.md", "[[b]]")))])
    after = corpus.replace(Facts.of(parse(Text("b.md", ""))))

    assert [it.outcome.kind for it in corpus.resolved] == ["no-document"]
    assert [it.outcome.kind for it in after.resolved] == ["document"]
