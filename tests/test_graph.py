"""Documents that lead to one another, and what the examples in manuals cannot show: options, sizes, several schemas."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run, Write
from examples import TODAY
from reglint.config import Config, DocumentType, default_settings
from reglint.diagnostic import Diagnostic, Finding, Note, Severity
from reglint.engine import Engine
from reglint.facts import Acyclic, Grounds
from reglint.rules.link_cycle import link_cycle
from reglint.schema import library
from reglint.text import Span, Text

Graph = Mapping[int, Sequence[int]]
GROUNDS = Grounds(Note("page.schema.json", Span(0, 0), "asked"))
PART_OF = {"part_of": {"acyclic": True}}


class Vault:
    """A corpus of documents whose acyclic field leads on as *graph* says; a link's span says from where to where."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        claim = Acyclic(Span(0, 0), ("frontmatter", "part_of"), GROUNDS)
        facts = (SimpleNamespace(path=f"{it:06}.md", claims=(claim,)) for it in graph)
        self.documents = {it.path: it for it in facts}

    def led_by(self, _: object) -> Iterator[tuple[Any, Acyclic, list[Any]]]:
        for it in self.documents.values():
            yield it, it.claims[0], [link.outcome for link in self.claimed(it, it.claims[0])]

    def claimed(self, facts: Any, _: Acyclic) -> Iterator[Any]:
        source = int(facts.path.removesuffix(".md"))
        for it in self._graph[source]:
            link, outcome = SimpleNamespace(span=Span(source, it)), SimpleNamespace(target=f"{it:06}.md")
            yield SimpleNamespace(link=link, outcome=outcome)


def cycles(graph: Graph) -> list[tuple[str, Finding]]:
    return list(link_cycle(Vault(graph)))


def reachable(graph: Graph, start: int) -> Mapping[int, int]:
    """How many links it takes from *start* to each document, one at least."""
    steps: dict[int, int] = {}
    queue = deque((it, 1) for it in graph[start])
    while queue:
        here, far = queue.popleft()
        if here not in steps:
            steps[here] = far
            queue.extend((it, far + 1) for it in graph[here])
    return steps


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    size = draw(st.integers(1, 9))
    targets = st.lists(st.integers(0, size - 1), max_size=3)
    return {it: draw(targets) for it in range(size)}


@given(graphs())
def test_documents_that_lead_to_one_another_are_told_once_with_a_shortest_way(graph: Graph) -> None:
    reached = {it: reachable(graph, it) for it in graph}
    together = {it: {other for other in reached[it] if it in reached[other]} | {it} for it in graph}
    firsts = {min(them) for them in together.values() if len(them) > 1}
    found = {int(path.removesuffix(".md")): it for path, it in cycles(graph)}

    assert len(cycles(graph)) == len(found)
    assert found.keys() == firsts
    for first, finding in found.items():
        way = [finding.span, *(it.span for it in finding.notes[:-1])]
        assert [it.start for it in way] == [first, *(it.end for it in way[:-1])]
        assert all(it.end in graph[it.start] for it in way)
        assert way[-1].end == first
        others = {it: [to for to in graph[it] if to != first or it != first] for it in graph}
        assert len(way) == reachable(others, first)[first]
        assert ("lead to one another" in finding.message) == (len(together[first]) > len(way))


@pytest.mark.parametrize("size", [2, 20_000])
def test_a_chain_of_any_length_ends_no_run(size: int) -> None:
    chain = {it: [it + 1] for it in range(size - 1)} | {size - 1: []}

    assert cycles(chain) == []
    [(path, finding)] = cycles({**chain, size - 1: [0]})
    assert path == "000000.md"
    assert len(finding.message) < 200
    assert len(finding.notes) <= 10


def test_a_long_way_is_told_in_short() -> None:
    [(_, finding)] = cycles({it: [(it + 1) % 6] for it in range(6)})

    assert finding.message == (
        "`part_of` leads back to this document by way of `000001`, `000002`, `000003` and 2 more"
    )
    assert [it.message for it in finding.notes[-3:]] == ["leads on to `000005`", "leads on to `000000`", "asked"]


def lint(
    documents: Mapping[str, str], schemas: Mapping[str, Any], options: Mapping[str, Mapping[str, Any]]
) -> list[Diagnostic]:
    """Run the rules that *options* names, as these say, on front matter that *schemas* judge by type."""
    of_front = {name: {"properties": {"frontmatter": {"properties": it}}} for name, it in schemas.items()}
    loaded = library.load([Text(f"schemas/{name}.schema.json", json.dumps(it)) for name, it in of_front.items()])
    assert loaded.errors == ()
    types = {it: DocumentType(it, f"schemas/{it}.schema.json") for it in schemas}
    off = {name: it._replace(severity=None) for name, it in default_settings().items()}
    on = {
        name: off[name]._replace(severity=Severity.error, options={**off[name].options, **given_})
        for name, given_ in options.items()
    }
    config = replace(Config(), types=types, settings={**off, **on})
    run = Engine(config, loaded, TODAY).lint([Text(path, content) for path, content in documents.items()])
    assert run.unchecked == ()
    return list(run.diagnostics)


def page(type_: str, **front: str) -> str:
    return "\n".join(["---", f"type: {type_}", *(f"{key}: {it}" for key, it in front.items()), "---", ""])


def test_a_field_of_several_schemas_is_one_graph_and_two_fields_are_two() -> None:
    schemas = {
        "law": PART_OF,
        "region": {"part_of": {"items": {"acyclic": True}}, "follows": {"acyclic": True}},
        "free": {},
    }
    documents = {
        "a.md": page("law", part_of='"[[b]]"'),
        "b.md": page("region", part_of='["[[x]]", "from [[a]]"]', follows='"[[c]]"'),
        "c.md": page("region", part_of='["[[b]]"]'),
        "d.md": page("law", part_of='"[[e]]"'),
        "e.md": page("free", part_of='"[[d]]"'),
        "f.md": page("law", part_of='"[[f]]"') + "[[a]]",
    }

    found = lint(documents, schemas, {"link-cycle": {}, "self-link": {}})
    assert [(it.path, it.rule) for it in found] == [("a.md", "link-cycle"), ("f.md", "self-link")]
    assert [(it.path, it.message) for it in found[0].finding.notes] == [
        ("b.md", "leads on to `a`"),
        ("schemas/law.schema.json", "`acyclic` asks for it"),
    ]


def test_the_author_s_words_hold_for_circles() -> None:
    words = {"acyclic": True, "severity": "info", "errorMessage": "words", "url": "https://w3.org/"}
    documents = {
        "a.md": page("law", part_of='"[[b]]"'),
        "b.md": page("law", part_of='"[[a]]"'),
        "c.md": page("law", part_of='"[[c]]"'),
    }

    found = lint(documents, {"law": {"part_of": words}}, {"link-cycle": {}, "self-link": {}})
    assert [(it.path, it.rule, it.message, it.severity, it.finding.url) for it in found] == [
        ("a.md", "link-cycle", "words", Severity.info, "https://w3.org/"),
        ("c.md", "self-link", "words", Severity.info, "https://w3.org/"),
    ]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, ["law.md", "other.md"]),
        ({"types": ["law"]}, ["law.md"]),
        ({"allowed": ["OTHER"]}, ["README.md", "law.md"]),
    ],
)
def test_options_of_orphan_document(options: Mapping[str, Any], found: list[str]) -> None:
    documents = {"law.md": page("law"), "other.md": "Prose.\n", "README.md": "Prose.\n"}

    assert [it.path for it in lint(documents, {"law": {}}, {"orphan-document": options})] == found


@pytest.mark.parametrize(("prose", "lines"), [(False, [5]), (True, [3, 5])])
def test_self_link_holds_for_prose_if_asked_to(prose: bool, lines: list[int]) -> None:
    text = Text("a.md", "# A\n\n[[a]], [[a#A]], ![[a]], [[#A]]\n\n**By:** [[a]]\n")

    found = lint({text.path: text.content}, {"law": {}}, {"self-link": {"prose": prose}})
    assert [text.position(it.span.start).line for it in found] == lines


@pytest.mark.parametrize(("wikilinks", "lines"), [(False, [3]), (True, [1, 2, 3])])
def test_case_mismatch_link_holds_for_wikilinks_if_asked_to(wikilinks: bool, lines: list[int]) -> None:
    text = Text("a.md", "[[tax]]\n![[TAX]]\n[tax](tax.md)\n")
    documents = {text.path: text.content, "Tax.md": "# Tax\n"}

    found = lint(documents, {"law": {}}, {"case-mismatch-link": {"wikilinks": wikilinks}})
    assert [text.position(it.span.start).line for it in found] == lines


@pytest.mark.parametrize(
    ("rule", "content"), [("duplicate-name", page("law")), ("duplicate-title", page("law") + "# T\n")]
)
@pytest.mark.parametrize(("most", "number"), [(3, 0), (4, 3)])
def test_what_many_share_is_no_duplicate(rule: str, content: str, most: int, number: int) -> None:
    names = ("a/x", "b/x", "c/x", "d/x") if rule == "duplicate-name" else "abcd"
    documents = {f"{it}.md": content for it in names}

    found = lint({**documents, "from.md": "[[to]]", "to.md": page("law")}, {"law": {}}, {rule: {"most": most}})
    assert len(found) == number


def test_names_are_no_keys_where_links_go_by_path() -> None:
    documents = {"a/x.md": page("law"), "b/x.md": page("law"), "to.md": "[[to]] [x](a/x.md)\n"}

    assert lint(documents, {"law": {}}, {"duplicate-name": {}}) == []
    assert lint({**documents, "from.md": "[[to]]\n"}, {"law": {}}, {"duplicate-name": {}}) == []
    assert len(lint({**documents, "from.md": "[[x]]\n"}, {"law": {}}, {"duplicate-name": {}})) == 1


def test_an_alias_is_told_under_one_name_for_each_thing_that_is_wrong_with_it() -> None:
    documents = {
        "a.md": page("law", aliases="[b, x]"),
        "b.md": page("law", aliases="[b, x]"),
        "c.md": page("law", aliases="[A]"),
    }

    found = lint(documents, {"law": {}}, {"duplicate-alias": {}, "alias-hides-name": {}})
    assert [(it.path, it.rule, it.finding.notes[0].path) for it in found] == [
        ("a.md", "alias-hides-name", "b.md"),
        ("a.md", "duplicate-alias", "b.md"),
        ("b.md", "duplicate-alias", "a.md"),
        ("c.md", "alias-hides-name", "a.md"),
    ]


@pytest.mark.parametrize(
    ("path", "written", "advice"),
    [
        ("c/x.md", "[[Steuer]]", "[[a/Tax|Steuer]]"),
        ("b/x.md", "[[Steuer]]", "[[a/Tax|Steuer]]"),
        ("a/x.md", "[[steuer|levies]]", "[[Tax|levies]]"),
        ("c/x.md", "[[Steuer#Rates]]", "[[a/Tax#Rates|Steuer]]"),
        ("c/x.md", "[[Steuer#^id|x]]", "[[a/Tax#^id|x]]"),
        ("c/x.md", "![[Steuer]]", "![[a/Tax]]"),
        ("c/x.md", "![[Steuer#Rates|300]]", "![[a/Tax#Rates|300]]"),
        ("c/x.md", "[two\nlines](Steuer)", "[[a/Tax|two lines]]"),
        ("c/x.md", "[[Zoll]]", "[[Duty|Zoll]]"),
        ("c/x.md", "[[Maut]]", "[[deep/a/Toll|Maut]]"),
        ("c/x.md", "- [[Zoll]]", "[[Duty|Zoll]]"),
        ("c/x.md", "> [[Zoll]]", "[[Duty|Zoll]]"),
        ("c/x.md", "| a | b |\n|---|---|\n| x | [[Steuer]] |", r"[[a/Tax\|Steuer]]"),
        ("c/x.md", "| a | b |\n|---|---|\n| see [[Steuer]] | x |", r"[[a/Tax\|Steuer]]"),
        ("c/x.md", "| [[Steuer]] | b |\n|---|---|\n| x | x |", r"[[a/Tax\|Steuer]]"),
        ("c/x.md", "| a | b | c |\n|---|---|---|\n| x | y | ![[Zoll\\|9]] |", r"![[Duty\|9]]"),
        ("c/x.md", "| a | b | c |\n|---|---|---|\n| x | y | ![[Zoll]] |", "![[Duty]]"),
    ],
)
def test_the_help_for_an_alias_is_a_link_that_leads_there(path: str, written: str, advice: str) -> None:
    documents = {
        "a/Tax.md": page("law", aliases="[Steuer]") + "# Tax\n\n## Rates\n\ntext ^id\n",
        "b/Tax.md": page("law"),
        "Duty.md": page("law", aliases="[Zoll]"),
        "deep/a/Toll.md": page("law", aliases="[Maut]"),
        "even/a/Toll.md": page("law"),
    }

    rules: Mapping[str, Mapping[str, Any]] = {
        it: {} for it in ("alias-link", "ambiguous-link", "broken-link", "broken-heading-link", "unescaped-pipe")
    }
    content = f"# X\n\n## A\n\n{written}\n"

    [it] = lint({**documents, path: content}, {"law": {}}, rules)
    assert (it.rule, it.finding.help) == ("alias-link", f"write `{advice}`")
    mended = content[: it.span.start] + advice + content[it.span.end :]
    assert lint({**documents, path: mended}, {"law": {}}, rules) == []


@pytest.mark.parametrize(
    ("resolution", "advice"), [("obsidian", "[[Tax|Steuer]]"), ("path", "[[/Tax|Steuer]]"), ("name", "[[Tax|Steuer]]")]
)
def test_the_help_for_an_alias_is_right_however_links_are_read(
    corpus: Write, run: Run, resolution: str, advice: str
) -> None:
    corpus(
        {
            "reglint.toml": f'[links]\nresolution = "{resolution}"\n',
            "Tax.md": "---\naliases: [Steuer, Tax]\n---\n",
            "b/Tax.md": "# Tax\n",
            "b/x.md": "[[Steuer]]\n",
        }
    )

    assert f"write `{advice}`" in run("check", "--select", "alias-link")[1]


TWO = {
    "schemas/note.schema.json": '{"required": ["title"]}',
    "one/a.md": "---\ntype: note\naliases: [K]\n---\n# Title\n\n[[b]]\n",
    "one/b.md": "---\ntype: note\n---\n# B\n\n[[a]]\n",
    "two/a.md": "---\ntype: note\naliases: [K, b]\n---\n# Title\n",
}


def test_roots_do_not_know_each_other(corpus: Write, run: Run) -> None:
    corpus({**TWO, "reglint.toml": "[types.note]\n[rules]\nduplicate-title = { most = 9 }\n"})
    together = run("check", "--output-format", "concise", "--select", "identity")[1]
    corpus({**TWO, "reglint.toml": '[links]\nroots = ["one", "two"]\n[types.note]\n'})
    apart = run("check", "--output-format", "concise", "--select", "identity")

    assert {it.split("[")[1].split("]")[0] for it in together.splitlines()} == {
        "duplicate-name",
        "duplicate-alias",
        "alias-hides-name",
    }
    assert apart[:2] == (0, "")


@pytest.mark.parametrize(
    ("root", "code", "words"),
    [("docs/*", 2, "a root is a folder below the configuration"), ("tow", 1, "unmatched-glob")],
)
def test_a_root_is_a_folder_that_is_there(corpus: Write, run: Run, root: str, code: int, words: str) -> None:
    corpus({**TWO, "reglint.toml": f'[links]\nroots = ["{root}"]\n[types.note]\n'})
    done = run("check", "--fail-on", "warning")

    assert done[0] == code
    assert words in done[1] + done[2]
