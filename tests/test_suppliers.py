"""libyaml reads exactly what ruamel.yaml reads, or leaves it alone: values, places, plain scalars, and their order."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reglint.syntax import frontmatter, libyaml, ruamel, yaml
from reglint.syntax.events import MAX_NODES
from reglint.syntax.tree import Tree
from strategies import documents, lines

ROOT = Path(__file__).parent.parent
SUITE = ROOT.parent / "shared/data/yaml-test-suite/src"
DOCUMENTS = sorted((ROOT / "corpus").rglob("*.md"))
_MARKS = [("␣", " "), ("—*»", "\t"), ("←", "\r"), ("⇔", "\ufeff"), ("↵", ""), ("∎\n$", "")]


def held(source: str, base: int = 0, nodes: int = MAX_NODES) -> Tree | None:
    """Return what libyaml makes of *source*, once it has been held to the reference."""
    quick = libyaml.read(source, base, nodes)
    if quick is None:
        return None
    slow = ruamel.read(source, base, nodes)
    assert not slow.errors
    assert typed(quick.value) == typed(slow.value)
    assert {path: quick.places[path] for path in slow.places} == slow.places
    assert list(quick.places.items()) == list(slow.places.items())
    assert quick == slow
    assert slow == quick
    return quick


def typed(value: Any) -> Any:
    """True is 1, and mappings of another order are equal, to `==`."""
    if isinstance(value, dict):
        return [(key, typed(it)) for key, it in value.items()]
    return [typed(it) for it in value] if isinstance(value, list) else (type(value), value)


ORDINARY = {
    "nothing": "", "a comment": "# only\n", "text": "a: b", "several words": "a: b c d\n", "a comment behind": "a: b # c\n",
    "words": "a: NO\nb: yes\nc: true\nd: ~\ne: null\nf: Off\non: 1", "numbers": "a: 1\nb: -1.5\nc: 0x1F\nd: 017\ne: 1e3\nf: .inf\ng: 1_000\n2: 3",
    "dates": "a: 2026-06-01\nb: 12:30:45", "nothing behind a colon": "a:\n\n\nb: 1\nc: # x\n", "blanks before a colon": "a : b\nc :\n",
    "quotes": "a: 'it''s'\n\"b\": \"\\u00e9 \\x41 \\U0001F600 \\n\"\n'c d': ''", "quotes of several lines": "a: 'b\n\n  c'\nd: \"e\\\n  f\n  g\"",
    "text of several lines": "a: b\n  c\n\n  d\ne: f", "literal": "a: |\n  b\n\n   c\n\n\nd: |+\n  e\n\nf: |-\n g\n", "folded": "a: >\n  b\n  c\n\n   d\n  e\nf: >2-\n   g\n",
    "a comment behind an indicator": "a: | # b\n  c\n", "a block within a list": "- |\n a\n- >-\n b\n", "lists": "a:\n- b\n-\n- - c\n  - d\n-   e: f\n    g: h\n",
    "lists in lists": "- - - a\n    -\n  -\n", "flow": "a: [b, 'c', 1, {d: e, f: , g}, [], {}, [[h]]]\ni: {j: [k,\n l]}", "an unquoted wikilink": "a: [[b c]]",
    "colons within": "a: b:c\nd: https://e.org/?f=g&h=#i\nj: [https://k.org, l:m]\nn: {o: p:q}", "other scripts": "é: 日本語\nb: 😀 \u00a0x\nc: d", "CRLF": "a: b\r\nc:\r\n- d\r\n\r\ne: |\r\n  f\r\n",
    "signs within": "a: b & c * d ! e ? f % g\nh: i --- j ... k\nl: Bonjour !", "signs in quotes": "a: '&b'\nc: \"*d !e\"\nf: '? g'", "JSON": '{"a": [1, true, null, "b"], "c": {}}', "JSON in short": '{"a":1,"b":[2,3]}',
    "a page break within": "a: b\n ---\n", "indentation": "a:\n        b:\n         c: d\n", "a long key": "k" * 1000 + ": v",
}  # fmt: skip
UNUSUAL = {
    "an anchor": "a: &b c", "an alias": "a: 1\nb: *a", "a tag": "a: !!str 1", "no tag": "a: ! 1", "a question mark": "? a\n: b", "a question mark in flow": "a: {? b : c}", "a directive": "%YAML 1.2\n---\na: b",
    "two documents": "a: b\n---\nc: d", "an end": "a: b\n...\n", "equal keys": "a: 1\nb: 2\na: 3", "equal keys of two forms": "1: a\n'1': b", "a list as key": "[a]: b", "no key": ": a", "an empty key": "'': a",
    "a tab": "a:\tb", "a tab in quotes": 'a: "b\tc"', "NEL": "a: 'b\x85c'", "U+2028": "a: b\u2028c", "U+2029": "a: 'b\u2029c'", "BOM": "\ufeffa: b", "BOM within": "a: b\ufeffc", "BEL": "a: \x07", "DEL": "a: \x7f",
    "half a pair": "a: \ud83d", "half a pair in an escape": 'a: "\\ud83d"', "a pair in escapes": 'a: "\\ud83d\\ude00"', "a lone CR": "a: b\rc: d", "a comment that touches": "a: |#b\n  c\n", "blanks lead": "a: |\n    \n  b\n",
    "a pair in a list": "a: [b: c]", "a pair in a list, in quotes": 'a: ["b":c]', "a text alone": "just words", "a block alone": "|\na", "an error": "a: b: c", "a flow not closed": "a: [b", "a key beyond 1024": "k" * 1025 + ": v",
    "depth": "a: " + "[" * 64 + "]" * 64, "too deep for libyaml": "[" * 30_000, "too deep in a block": "- " * 100_000 + "a", "too deep by blanks": "\n".join(" " * i + "a:" for i in range(1_400)),
    "many values": "- x\n" * 20_000, "many characters": "a: " + "x" * (1 << 20),
}  # fmt: skip


@pytest.mark.parametrize("source", ORDINARY.values(), ids=ORDINARY)
def test_what_people_write_is_read_quickly(source: str) -> None:
    assert held(source, base=3) is not None


@pytest.mark.parametrize("source", UNUSUAL.values(), ids=UNUSUAL)
def test_what_is_unusual_is_left_to_the_reference(source: str) -> None:
    assert libyaml.read(source, 0, MAX_NODES) is None
    assert typed(yaml.read(source).value) == typed(yaml.read(source, quick=False).value)


@pytest.mark.parametrize("nodes", range(12))
def test_the_budget_is_the_same(nodes: int) -> None:
    source = "a: [b, {c: d}]\ne:\n- f\n"

    assert yaml.read(source, 0, nodes) == yaml.read(source, 0, nodes, quick=False)


@pytest.mark.parametrize("depth", range(60, 68))
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", ""), ("- {a: ", "}")])
def test_the_depth_is_the_same(opening: str, closing: str, depth: int) -> None:
    times = depth // opening.count("a") // 2 if opening.startswith("- {") else depth
    source = opening * times + "x" + closing * times

    assert yaml.read(source) == yaml.read(source, quick=False)


def test_the_documents_of_the_corpus_are_ordinary() -> None:
    for path in DOCUMENTS:
        assert held(inner(path.read_text("utf-8")), base=4) is not None, path

    assert DOCUMENTS


def inner(document: str) -> str:
    """The text between two fences of YAML."""
    return re.split(r"^---\r?\n", document, maxsplit=2, flags=re.MULTILINE)[1]


@given(st.lists(lines, max_size=10), st.sampled_from(["\n", "\r\n"]))
@example(["a:", "  - b", "  -"], "\n")
@settings(max_examples=300, deadline=None)
def test_any_lines_are_read_alike(pieces: list[str], newline: str) -> None:
    held(newline.join(pieces), base=5)


_SIGNS = [": ", ":", "- ", "? ", "[", "]", "{", "}", ", ", "\n", "\n  ", "\n- ", " ", "#", " # ", "&a ", "*a", "!t ", "|\n", ">+\n", "|2-\n", "'", '"', "\\", "\\\n", "%", "\r\n", "~", "no", "1", "é", "x", "k: "]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """What people write, with a few signs put in or taken out."""
    source = draw(st.sampled_from([*ORDINARY.values(), *map(inner, _corpus())]))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(source)))
        taken = draw(st.sampled_from([0, 0, 1, 2, 9]))
        source = source[:at] + draw(st.sampled_from(["", *_SIGNS])) + source[at + taken :]
    return source


def _corpus() -> Iterator[str]:
    return (it.read_text("utf-8") for it in DOCUMENTS[:8])


@given(mutated())
@settings(max_examples=600, deadline=None)
def test_mutations_are_read_alike(source: str) -> None:
    held(source, base=5)


def cases() -> Iterator[str]:
    for path in sorted(SUITE.glob("*.yaml")):
        for case in ruamel.read(path.read_text("utf-8")).value:
            if source := case.get("yaml"):
                for mark, meant in _MARKS:
                    source = re.sub(mark, meant, source)
                yield source


@pytest.mark.skipif(not SUITE.exists(), reason=f"the suite is not here: {SUITE}")
def test_the_cases_of_the_yaml_test_suite_are_read_alike() -> None:
    sources = list(cases())
    bare = [re.sub(r"^--- ?\n?", "", it) for it in sources]
    quick = [it for it in (*sources, *bare) if held(it) is not None]

    assert len(sources) > 390
    assert len(quick) > 140


def test_an_ordinary_document_needs_neither_the_reference_nor_other_languages() -> None:
    code = (
        "import sys; from reglint.syntax import frontmatter; front = frontmatter.read('---\\na: [b]\\n---\\n');"
        "assert front.tree.value == {'a': ['b']}; print(*sys.modules, sep='\\n')"
    )
    modules = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()

    assert "yaml._yaml" in modules
    assert not {"ruamel.yaml", "frontmatter", "tomllib", "reglint.syntax.ruamel", "reglint.syntax.toml"} & {*modules}


def test_without_libyaml_the_reference_reads_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    monkeypatch.delitem(sys.modules, "reglint.syntax.libyaml")
    monkeypatch.delattr("reglint.syntax.libyaml")
    yaml.quick_supplier.cache_clear()
    try:
        assert yaml.quick_supplier() is None
        assert yaml.read("a: [b]").value == {"a": ["b"]}
    finally:
        yaml.quick_supplier.cache_clear()


@given(documents())
@settings(max_examples=300, deadline=None)
def test_the_handlers_of_python_frontmatter_split_a_document_alike(content: str) -> None:
    from reglint.syntax import post

    used = frontmatter.language(content)
    assert [it for it, handler in post.HANDLERS.items() if handler.detect(content)] in (
        [used] if used else [],
        [frontmatter.JSON],
    )
    front = frontmatter.read(content)
    if front.is_there and front.body and used is not frontmatter.JSON:
        assert used
        _, body = post.HANDLERS[used].split(content)
        assert content[front.body :] == re.sub(r"\A\r?\n", "", body)
