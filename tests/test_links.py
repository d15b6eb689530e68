"""`reglint links`: every link is listed once, where it stands and where it leads, for people, programs and Graphviz."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from conftest import Files, Run, Write
from examples import Case, cases
from examples import run as found_by
from reglint.corpus import Corpus
from reglint.document import parse
from reglint.facts import Facts
from reglint.linkgraph.entry import entries
from reglint.linkgraph.graph import graph
from reglint.linkgraph.page import page
from reglint.linkgraph.record import record
from reglint.linkgraph.selection import Selection, selected
from reglint.lookup import fitting
from reglint.manual import Example
from reglint.resolution import BROKEN
from reglint.rules import MANUALS
from reglint.text import Text

LONG = "A heading so long that nobody would ever write a link to it by hand"
VAULT: Files = {
    "Home.md": '---\ntype: hub\nrelated: "[[Tax]]"\n---\n# Home\n\n[[tax|a long text of which the middle is left out]], [[Tax#Rates]],\n'
    "[law](law/Law.md), ![[chart.png|300]], [[#Home]] and [[Home]].\n",
    "Tax.md": "---\ntype: note\naliases: [Steuer]\n---\n# Tax\n\n## Rates\n\n### Low\n\ntext ^r1\n",
    "law/Law.md": "[[Tex]] [[Tax#Rats]] [[Tax#^r2]]\n![[chrat.png]] [[Steuer]] [[twin]]\n\n"
    "[[wikipedia:Tax]] [up](../) [[Tax#^r1]] [no](none.md)\n![税率の図表、とても長い説明のある図表、さらに長い説明](../chart.png)\n",
    "a/twin.md": f"# Twin\n\n## {LONG}\n",
    "b/twin.md": f"[[Tax#Rates|An enormous shown text that has to be cut]] [[a/twin#{LONG}|x]] [[tax#Rates#Low]]\n",
    "chart.png": "",
}

LISTING = f"""\
Home.md
  3:11  [[Tax]]                                       Tax.md
   7:1  [[tax|a long text of whi…iddle is left out]]  Tax.md
  7:54  [[Tax#Rates]]                                 Tax.md#Rates
   8:1  [law](law/Law.md)                             law/Law.md
  8:20  ![[chart.png|300]]                            chart.png
  8:40  [[#Home]]                                     Home.md#Home
  8:54  [[Home]]                                      Home.md

b/twin.md
    1:1  [[Tax#Rates|An enormous sho… has to be cut]]  Tax.md#Rates
   1:57  [[a/twin#{LONG}|x]]
           a/twin.md#{LONG}
  1:138  [[tax#Rates#Low]]                             Tax.md#Rates#Low

law/Law.md
   1:1  [[Tex]]                                     nowhere: there is no document `Tex`
   1:9  [[Tax#Rats]]  nowhere: `Tax.md` has no heading `Rats`; did you mean `Rates`?
  1:22  [[Tax#^r2]]                                 nowhere: `Tax.md` has no block `^r2`
   2:1  ![[chrat.png]]  nowhere: there is no file `chrat.png`; did you mean `chart.png`?
  2:16  [[Steuer]]  nowhere: `Steuer` is an alias of `Tax.md`, and links do not resolve by alias
  2:27  [[twin]]  nowhere certain: `twin` fits `a/twin.md` or `b/twin.md`
   4:1  [[wikipedia:Tax]]                           elsewhere: to a folder, or out of the corpus
  4:19  [up](../)                                   elsewhere: to a folder, or out of the corpus
  4:29  [[Tax#^r1]]                                 Tax.md#^r1
  4:41  [no](none.md)                               nowhere: there is no document `none.md`
   5:1  ![税率の図表、…らに長い説明](../chart.png)  chart.png
"""


def test_every_link_is_listed_by_document(corpus: Write, run: Run) -> None:
    corpus(VAULT)

    assert run("links") == (0, LISTING, "21 links in 3 of 5 documents; 7 broken\n")


@pytest.mark.parametrize(
    ("args", "code", "places", "summary"),
    [
        (("--from", "home"), 0, ["Home.md:3", "Home.md:7", "Home.md:7", "Home.md:8", "Home.md:8", "Home.md:8", "Home.md:8"], "7 links in Home.md; none broken"),
        (("--to", "law/Law.md"), 0, ["Home.md:8"], "1 link to law/Law.md in 1 of 5 documents; none broken"),
        (("--to", "chart.png"), 0, ["Home.md:8", "law/Law.md:5"], "2 links to chart.png in 2 of 5 documents; none broken"),
        (("--to", "CHART.PNG", "--from", "LAW"), 0, ["law/Law.md:5"], "1 link to chart.png in law/Law.md; none broken"),
        (("--to", "tax#rates"), 0, ["Home.md:7", "b/twin.md:1"], "2 links to Tax.md#rates in 2 of 5 documents; none broken"),
        (("--to", "tax#Rates#Low"), 0, ["b/twin.md:1"], "1 link to Tax.md#Rates#Low in 1 of 5 documents; none broken"),
        (("--to", "a/twin"), 0, ["b/twin.md:1", "law/Law.md:2"], "2 links to a/twin.md in 2 of 5 documents; 1 broken"),
        (("--to", "b/twin", "--from", "home"), 0, [], "no link to b/twin.md in Home.md"),
        (("--to", "b/twin.md", "--broken"), 1, ["law/Law.md:2"], "1 broken link to b/twin.md in 1 of 5 documents"),
        (("--broken",), 1, ["law/Law.md:1"] * 3 + ["law/Law.md:2"] * 3 + ["law/Law.md:4"], "7 broken links in 1 of 5 documents"),
        (("--broken", "--from", "Home"), 0, [], "no broken link in Home.md"),
        (("--broken", "--to", "home"), 0, [], "no broken link to Home.md in 5 documents"),
    ],
)  # fmt: skip
def test_options_narrow_the_list(
    corpus: Write, run: Run, args: tuple[str, ...], code: int, places: list[str], summary: str
) -> None:
    corpus(VAULT)
    actual, out, err = run("links", *args, "--output-format", "json")

    assert [f"{it['path']}:{it['line']}" for it in json.loads(out)["links"]] == places
    assert (actual, err) == (code, f"{summary}\n")
    assert run("links", *args)[0] == run("links", *args, "--output-format", "dot")[0] == code


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--to", "twin"), "`twin` may be `a/twin.md` or `b/twin.md`; name one of them by its path"),
        (("--to", "Chrat.png"), "there is no document or other file `Chrat.png`; did you mean `chart.png`?"),
        (("--from", "chart.png"), "there is no document `chart.png`"),
        (("--from", "twins"), "there is no document `twins`; did you mean `twin`?"),
        (("--to", "tax#Rats"), "`Tax.md` has no heading `Rats`; did you mean `Rates`?"),
        (("--to", "txa#Rates"), "there is no document `txa`"),
        (("--to", "/"), "lies outside of the root"),
        (("--output-format", "svg"), "svg"),
    ],
)  # fmt: skip
def test_what_cannot_be_listed(corpus: Write, run: Run, args: tuple[str, ...], words: str) -> None:
    corpus(VAULT)
    code, out, err = run("links", *args)

    assert (code, out) == (2, "")
    assert words in err


def test_a_path_counts_from_the_current_folder(corpus: Write, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = corpus({**VAULT, "reglint.toml": "", "a/Tax.md": "[[b/twin]]"})
    monkeypatch.chdir(root / "a")

    assert run("links", "--from", "Tax")[1:] == run("links", "--from", "Tax.md")[1:]
    assert "in a/Tax.md;" in run("links", "--from", "./Tax.md")[2]
    assert "in Tax.md" in run("links", "--from", "../Tax")[2]


def test_a_list_with_holes_is_not_complete(corpus: Write, run: Run) -> None:
    """What could be read is listed, and a link to what could not is no broken one."""
    corpus({"a.md": "[[latin]] [[b]] [[latin#Any]]", "latin.md": b"\xff"})
    code, out, err = run("links")
    record = json.loads(run("links", "--output-format", "json")[1])

    assert code == run("links", "--broken")[0] == 2
    assert (
        out
        == "a.md\n   1:1  [[latin]]      latin.md\n  1:11  [[b]]          nowhere: there is no document `b`\n  1:17  [[latin#Any]]  latin.md#Any\n"
    )
    assert err.startswith("could not read latin.md: byte 0 of the file is not UTF-8")
    assert record["unchecked"] == [
        {"path": "latin.md", "message": "byte 0 of the file is not UTF-8: invalid start byte"}
    ]
    assert record["documents"] == 1
    assert run("links", "--to", "latin#Any")[0] == 2


@pytest.mark.parametrize("args", [(), ("--broken",), ("--to", "a")])
def test_a_corpus_without_documents_is_told(corpus: Write, run: Run, args: tuple[str, ...]) -> None:
    corpus({"a.txt": ""})
    code, out, err = run("links", *args)

    assert (code, out) == (2, "")
    assert "there is no document" in err


RULES = ("broken-link", "broken-heading-link", "broken-block-link", "broken-embed", "alias-link", "ambiguous-link")
ODD = Example(
    "bad",
    "deep/From.md",
    "[[https://e.org/x]] ![[https://e.org/x]] [[wikipedia:Tax]] ![[wikipedia:Tax]] [a](a:b.md) ![i](<C:/x y.png>) [f](../) [f](..) "
    "[o](../../out.md) [[../../out]] [[./none]] [[none/]] [[/Tax]] [q](?x) [h](#none) [[#none]] [[#^none]] [t](<{{x}}>) <x.md> "
    "[[Tax]] [[tax.md]] [[Tax#rates]] [[Tax#Rates#Low]] [[Tax#Low#Rates]] [[Tax#^R1]] [[Tax#^r2]] [s](../Tax.md#rates) [s](../Tax.md#rats) "
    "[[Steuer]] [[Both]] ![[Steuer]] [[twin]] ![[twin]] [[a/twin]] ![[chart.png]] ![[chrat.png]] [c](../chart.png) [c](chart.PNG) [n](none.pdf) "
    "![][n] [r][n]\n\n| [[Tex\\|x]] | `[[code]]` |\n|---|---|\n| [[a|b]] | ![[Tex\\|300]] |\n\n[n]: none.png",
    (),
)  # fmt: skip
BESIDE = (
    *(Example("with", path, str(it), ()) for path, it in VAULT.items() if path != "law/Law.md"),
    Example("with", "x.md", "---\naliases: [Both]\n---\n", ()),
    Example("with", "y.md", "---\naliases: [Both]\n---\n", ()),
)
BROKEN_CASES = [
    Case(MANUALS["broken-link"], ODD, BESIDE),
    *(it for name in RULES for it in cases(MANUALS[name], MANUALS[name].examples)),
]


@pytest.mark.parametrize("case", BROKEN_CASES, ids=lambda it: f"{it.manual.name}-{it.example.role}")
def test_broken_is_what_the_rules_report(case: Case) -> None:
    """The same links and no others, as check has them with its default settings."""
    reported = {it.span for it in found_by(RULES, case.example, case.beside)}
    them = {it.name: it.content for it in (*case.beside, case.example)}
    files = [it for it in them if not it.endswith(".md")]
    texts = [Text(path, it) for path, it in them.items() if path not in files]
    known = Corpus.of([Facts.of(parse(it)) for it in texts], files)
    listed = {it.link.span for it in selected(known, Selection(case.example.name, is_broken=True))}

    assert listed == reported
    assert listed or case.example.role == "good"
    if case.example is ODD:
        assert len(listed) > 20


def test_check_and_links_agree(corpus: Write, run: Run) -> None:
    corpus(VAULT)
    checked = json.loads(run("check", "--select", ",".join(RULES), "--output-format", "json")[1])["diagnostics"]
    listed = json.loads(run("links", "--broken", "--output-format", "json")[1])["links"]

    assert [[it[key] for key in ("path", "line", "column", "end_line", "end_column", "pointer")] for it in listed] == [
        [it[key] for key in ("path", "line", "column", "end_line", "end_column", "pointer")] for it in checked
    ]


RECORD: dict[str, Any] = {
    "type": "object",
    "required": ["version", "documents", "unchecked", "links"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": 1},
        "documents": {"type": "integer"},
        "unchecked": {"items": {"required": ["path", "message"]}},
        "links": {"items": {
            "additionalProperties": False,
            "required": ["path", "line", "column", "end_line", "end_column", "kind", "target", "subpath", "shown", "pointer", "leads_to", "outcome", "broken", "reason", "candidates"],
            "properties": {
                "path": {"type": "string", "minLength": 1},
                **{it: {"type": "integer", "minimum": 1} for it in ("line", "column", "end_line", "end_column")},
                "kind": {"enum": ["wikilink", "embed", "markdown", "image"]},
                "target": {"type": "string"},
                "subpath": {"items": {"type": "string"}},
                "shown": {"type": ["string", "null"]},
                "pointer": {"type": ["string", "null"], "pattern": "^/"},
                "leads_to": {"type": ["string", "null"]},
                "outcome": {"enum": ["document", "file", "elsewhere", *sorted(BROKEN)]},
                "broken": {"type": "boolean"},
                "reason": {"type": ["string", "null"], "minLength": 1},
                "candidates": {"items": {"type": "string"}},
            },
            "allOf": [
                {"if": {"properties": {"broken": {"const": True}}}, "then": {"properties": {"outcome": {"enum": sorted(BROKEN)}, "reason": {"type": "string"}}},
                 "else": {"properties": {"reason": {"type": "null"}, "candidates": {"maxItems": 0}, "outcome": {"enum": ["document", "file", "elsewhere"]}}}},
                {"if": {"properties": {"outcome": {"enum": ["document", "file", "no-heading", "no-block"]}}},
                 "then": {"properties": {"leads_to": {"type": "string"}}}, "else": {"properties": {"leads_to": {"type": "null"}}}},
            ],
        }},
    },
}  # fmt: skip


@pytest.mark.parametrize("args", [(), ("--broken",), ("--from", "Tax")])
def test_json_keeps_its_contract(corpus: Write, run: Run, args: tuple[str, ...]) -> None:
    corpus(VAULT)
    record = json.loads(run("links", *args, "--output-format", "json")[1])

    Draft202012Validator(RECORD).validate(record)
    for it in record["links"]:
        assert list(it) == RECORD["properties"]["links"]["items"]["required"]


def test_a_link_in_json(corpus: Write, run: Run) -> None:
    corpus({"😀.md": "---\nto: '[[b#H#I|shown]]'\n---\n", "b.md": ""})

    assert json.loads(run("links", "--output-format", "json")[1])["links"] == [
        {
            "path": "😀.md",
            "line": 2,
            "column": 6,
            "end_line": 2,
            "end_column": 21,
            "kind": "wikilink",
            "target": "b",
            "subpath": ["H", "I"],
            "shown": "shown",
            "pointer": "/frontmatter/to",
            "leads_to": "b.md",
            "outcome": "no-heading",
            "broken": True,
            "reason": "`b.md` has no heading `H#I`",
            "candidates": [],
        }
    ]


_STRING = r'"(?:[^"\\\x00-\x1f]|\\.)*"'
_ATTRIBUTES = rf"(?: \[(?P<attributes>\w+={_STRING}(?:, \w+={_STRING})*)\])?;"
_NODE = re.compile(rf"  (?P<id>{_STRING}){_ATTRIBUTES}")
_EDGE = re.compile(rf"  (?P<source>{_STRING}) -> (?P<target>{_STRING}){_ATTRIBUTES}")
Look = Mapping[str, str]


def dot(text: str) -> tuple[dict[str, Look], dict[tuple[str, str], Look]]:
    """Read the part of DOT that we write, one statement a line: the nodes and the edges with their attributes."""
    first, *defaults, last = text.removesuffix("\n").split("\n")
    assert (first, last) == ("digraph links {", "}")
    assert all(re.fullmatch(rf"  (graph|node|edge){_ATTRIBUTES}", it) for it in defaults[:3])
    nodes: dict[str, Look] = {}
    edges: dict[tuple[str, str], Look] = {}
    for line in defaults[3:]:
        if node := _NODE.fullmatch(line):
            assert not edges, "nodes come first"
            assert node["id"] not in nodes
            nodes[node["id"]] = look(node["attributes"])
        else:
            edge = _EDGE.fullmatch(line)
            assert edge, line
            assert (edge["source"], edge["target"]) not in edges
            edges[edge["source"], edge["target"]] = look(edge["attributes"])
    assert {it for edge in edges for it in edge} <= nodes.keys()
    assert list(nodes) == sorted(nodes) or any("\\" in it for it in nodes)
    return nodes, edges


def look(attributes: str | None) -> Look:
    return {name: value[1:-1] for name, value in re.findall(rf"(\w+)=({_STRING})", attributes or "")}


def test_the_graph_of_a_vault(corpus: Write, run: Run) -> None:
    corpus(VAULT)
    nodes, edges = dot(run("links", "--output-format", "dot")[1])
    broken = {it for it in nodes if it.startswith('"/')}

    assert {it: look["label"] for it, look in nodes.items() if it not in broken} == {
        '"Home.md"': "Home", '"Tax.md"': "Tax", '"a/twin.md"': "twin", '"b/twin.md"': "twin", '"chart.png"': "chart.png", '"law/Law.md"': "Law",
    }  # fmt: skip
    assert {nodes[it]["label"] for it in broken} == {
        "Tex", "Tax.md#Rats", "Tax.md#^r2", "chrat.png", "Steuer", "twin", "law/none.md",
    }  # fmt: skip
    assert {nodes[it]["style"] for it in broken} == {"dashed"}
    assert nodes['"chart.png"']["shape"] == "box"
    assert nodes['"Home.md"']["fillcolor"] != nodes['"Tax.md"']["fillcolor"]
    assert edges['"Home.md"', '"Tax.md"'] == {"label": "3"}
    assert edges['"Home.md"', '"law/Law.md"'] == {}
    assert ('"Home.md"', '"Home.md"') not in edges
    assert len(edges) == 5 + 1 + len(broken) + 1


@pytest.mark.parametrize(
    ("args", "nodes"),
    [
        (("--to", "chart.png"), {"Home.md", "chart.png", "law/Law.md"}),
        (("--from", "Home"), {"Home.md", "Tax.md", "law/Law.md", "chart.png"}),
        (("--from", "Tax"), {"Tax.md"}),
        (("--to", "Tax", "--broken"), {"Tax.md", "law/Law.md", "/Tax.md#Rats", "/Tax.md#^r2", "/Steuer"}),
    ],
)
def test_a_part_of_the_graph(corpus: Write, run: Run, args: tuple[str, ...], nodes: set[str]) -> None:
    corpus(VAULT)

    assert {it[1:-1] for it in dot(run("links", *args, "--output-format", "dot")[1])[0]} == nodes


HOSTILE = st.text(st.sampled_from('a"\\\n\r\t\x00\x1b\u202e;{}<>[]|#^-> &=/.:%é😀日'), min_size=1, max_size=12)


@settings(deadline=None, max_examples=40)
@given(st.lists(HOSTILE, min_size=1, max_size=5, unique=True), st.lists(HOSTILE, max_size=5), HOSTILE)
def test_no_name_breaks_a_format(names: list[str], targets: list[str], kind: str) -> None:
    """Each document stays one node of its own, each line a line, and nothing of a name acts on a terminal."""
    paths = [f"{it.replace('/', '_')}.md" for it in names]
    links = "\n".join(f"[[{it}]] ![[{it}]] [{it}](<{it}>)" for it in [*names, *targets])
    texts = {it: Text(it, f"---\ntype: {json.dumps(kind)}\n---\n{links}") for it in paths}
    known = Corpus.of(Facts.of(parse(it)) for it in texts.values())
    listing = list(page(entries(known.resolved, texts.__getitem__), known))
    nodes, _ = dot("\n".join(graph(known.resolved, known, known.documents)))
    value = json.loads("\n".join(record(entries(known.resolved, texts.__getitem__), known, len(texts), ())))

    assert sum(not it.startswith('"/') for it in nodes) == len(set(paths))
    assert not [it for it in (*listing, *nodes) if re.search("[\x00-\x1f\x7f-\x9f\u202e]", it)]
    Draft202012Validator(RECORD).validate(value)
    assert len(value["links"]) == len(list(known.resolved))


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("a", ["a.md"]),
        ("A.MD", ["a.md"]),
        ("b", ["y/b.md"]),
        ("c", ["x/C.md", "y/C.md"]),
        ("B.md", ["x/B.md"]),
        ("y/b", ["y/b.md"]),
        ("LICENSE", ["LICENSE"]),
        ("license", ["LICENSE", "LICENSE.md"]),
        ("cafe\u0301", ["caf\u00e9.md"]),
        ("", []),
        ("d", []),
    ],
)
def test_names_fit_as_in_a_wikilink(named: str, found: list[str]) -> None:
    paths = ["a.md", "x/B.md", "y/b.md", "LICENSE", "LICENSE.md", "caf\u00e9.md", "x/C.md", "y/C.md", "x/cd.md"]

    documents = [it for it in paths if it.endswith(".md")]

    assert fitting(named, None, documents, paths) == found


def test_the_repository_has_no_broken_link(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent.parent)
    code, out, err = run("links", "--broken")

    assert (code, out) == (0, "")
    assert err.startswith("no broken link in ")
