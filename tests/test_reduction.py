"""The reduce that looks only at what changed finds what the whole reduce finds."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import Files, Write
from examples import TODAY
from reglint import engine, reduction, runner, workspace
from reglint.config import select
from reglint.corpus import Corpus
from reglint.diagnostic import Diagnostic, Located
from reglint.engine import Engine
from reglint.facts import Facts
from reglint.packed import packed, unpacked
from reglint.recipe import Recipe
from reglint.rule import RULES
from reglint.rules import MANUALS
from reglint.runner import Request
from reglint.surface import leads, surface
from reglint.text import Text

ROOT = Path(__file__).parent.parent
SCHEMA = """{"properties": {"frontmatter": {"properties": {
  "parent": {"wikilink": {"type": ["note"]}, "acyclic": true},
  "friends": {"items": {"wikilink": true, "inverse": "/frontmatter/friends"}},
  "twin": {"sameAs": {"via": "1/parent", "at": "/sections/Facts/fields/Twin"}},
  "code": {"unique": "type"}}},
  "sections": {"properties": {"Facts": {"properties": {"fields": {"properties": {
    "Kin": {"wikilink": {"type": ["note"]}, "inverse": "/sections/Facts/fields/Kin"},
    "Key": {"unique": "corpus"}}}}}}}}}"""
NAMES = ["a", "b", "c", "sub/d", "sub/e", "sub/a"]
LINES = [
    "parent: '[[a]]'", "parent: '[[b]]'", "parent: '[[C]]'", "friends: ['[[b]]', '[[d]]']", "friends: ['[[a]]']", "twin: x",
    "code: 1", "code: 2", "aliases: [One, b]", "aliases: [Two]", "type: note", "type: nite", "# A", "# B", "## Facts",
    "## Part", "**Kin:** [[b]]", "**Kin:** [[sub/d]]", "**Key:** k", "**Twin:** x", "**Twin:** y", "Words.", "More words.",
    "[[a#Part]] and [[b#^id]]", "Text ^id", "[[One]]", "[[nowhere]]", "![[pic.png]] [t](../A.md)", "[[two]]", "---", "",
]  # fmt: skip
PROJECT: Files = {
    "reglint.toml": "",
    "schemas/note.schema.json": SCHEMA,
    "pic.png": "",
    **{f"{it}.md": f"---\ntype: note\ncode: {i}\nparent: '[[a]]'\n---\n# {it}\n\n## Facts\n\n[[nowhere]] [[a#None]] [t](A.md)\n" for i, it in enumerate(NAMES)},
}  # fmt: skip

CHAIN: Files = {
    "schemas/note.schema.json": SCHEMA,
    **{f"n{i}.md": f"---\ntype: note\nparent: '[[n{i - 1}]]'\n---\n# N{i}\n" for i in range(10)},
}


class Seen(NamedTuple):
    """How often a surface stayed as it was, and how often something else was found all the same."""

    same: int
    different: int


def walked(engine: Engine, texts: Sequence[Text], files: Sequence[str], edits: random.Random, steps: int) -> Seen:
    """Change a document at a time, and compare what the two ways to reduce find."""
    now = {it.path: it for it in texts}
    facts = {it.path: engine.map(it).facts for _, it in sorted(now.items())}
    found = engine.check_corpus(engine.corpus(facts, files)).diagnostics
    same = different = 0
    for _ in range(steps):
        path = edits.choice(sorted(now))
        now[path] = Text(path, edited(now[path].content, edits))
        fresh = engine.map(now[path]).facts
        before = facts[path]
        is_same = packed(surface(fresh)) == packed(surface(before))
        facts[path] = fresh
        corpus = engine.corpus(facts, files)
        whole = engine.check_corpus(corpus)
        assert whole.crashes == []
        if is_same:
            moved = packed(leads(fresh)) != packed(leads(before))
            reached = corpus.reached(before) | corpus.reached(fresh) if moved else frozenset[str]()
            again = engine.check_again(corpus, reached | {path}, found, moved=moved)
            assert told(again.diagnostics) == told(whole.diagnostics), now[path].content
            different += told(again.diagnostics) != told(found)
        same += is_same
        found = whole.diagnostics
    return Seen(same, different)


def told(found: Sequence[Diagnostic]) -> list[object]:
    return [(it, it.severity, it.finding) for it in sorted(found)]


def edited(content: str, edits: random.Random) -> str:
    """Insert, delete or double a line, or insert a line of prose, which few others can see."""
    lines = content.split("\n")
    at = edits.randrange(len(lines))
    way = edits.randrange(5)
    if way == 0 or len(lines) > 40:
        del lines[at]
    elif way == 1:
        lines.insert(at, edits.choice(LINES))
    elif way == 2:
        lines.insert(at, lines[edits.randrange(len(lines))])
    else:
        lines.insert(at, edits.choice(["Words.", "", "More of them."]))
    return "\n".join(lines)


def every_rule(space: workspace.Workspace) -> Engine:
    return Engine(select(space.config, frozenset(MANUALS), frozenset()), space.project.library, TODAY)


@pytest.mark.parametrize("seed", range(4))
def test_what_others_cannot_see_changes_nothing_for_them(corpus: Write, seed: int) -> None:
    corpus(PROJECT)
    space = workspace.load()
    files = space.files()
    with_all, texts, edits = every_rule(space), space.read(files.documents).texts, random.Random(seed)
    walks = [walked(with_all, texts, files.others, edits, 12) for _ in range(15)]
    assert sum(it.same for it in walks) > 40
    assert sum(it.different for it in walks) > 5


def test_nor_does_it_in_the_own_corpus() -> None:
    space = workspace.load([str(ROOT)])
    files = space.files()
    seen = walked(every_rule(space), space.read(files.documents).texts, files.others, random.Random(1), 60)
    assert seen.same > 10


def test_a_second_run_looks_up_few_facts(corpus: Write, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    root, cache = corpus(CHAIN), tmp_path_factory.mktemp("own")
    read: list[str] = []

    def counted(kind: type[object], raw: bytes) -> object:
        found = unpacked(kind, raw)
        read.extend([found.path] if isinstance(found, Facts) else ())
        return found

    monkeypatch.setattr(reduction, "unpacked", counted)

    def checked(folder: Path | None) -> runner.Outcome:
        space = workspace.load()
        recipe = Recipe(space.configuration, space.schemas, None, frozenset(), TODAY)
        return runner.run(space, space.files(), Request(recipe, 1, folder))

    def after(name: str, words: str) -> str:
        with (root / f"{name}.md").open("a", encoding="utf-8") as file:
            file.write(words)
        read.clear()
        assert runner.same(checked(cache).run, checked(None).run)
        return " ".join(sorted({it.removesuffix(".md") for it in read}))

    checked(cache)
    assert read == [], "all were mapped"
    assert after("n5", "Words.\n") == "n4", "which its claim is about"
    assert after("n5", "[[n2]]\n") == "n1 n2 n3 n4 n5", "those that it led to, those that it leads to, and their claims"
    assert after("n5", "[[nowhere]]\n") == "n1 n2 n3 n4 n5"
    assert after("n5", "# Another\n") == " ".join(f"n{i}" for i in range(10) if i != 5), "which all others can see"
    assert after("n5", "And so on.\n") == "n4"
    assert after("n5", "") == ""


def found(cache: Path) -> set[tuple[str, str]]:
    """Check with a cache and without, which has to find the same; return the path and rule of each finding."""
    runs = []
    for folder in (cache, None):
        space = workspace.load()
        recipe = Recipe(space.configuration, space.schemas, None, frozenset(), TODAY)
        runs.append(runner.run(space, space.files(), Request(recipe, 1, folder)).run)
    assert runner.same(*runs)
    return {(it.path, it.rule) for it in runs[0].diagnostics}


FRIEND = "---\ntype: note\n{}\n---\n# Friend\n"
BACK = "friends: ['[[a]]']"


@pytest.mark.parametrize(
    ("back", "away"),
    [
        (BACK, "freunde: ['[[a]]']"),
        (BACK, "friends: ['[[b]]']"),
        ("friends: It is [[a]].", "friends: It is [[b]]."),
        (BACK, "friends: []\n---\n[[a]]"),
        (BACK, "friends: []"),
    ],
    ids=["another field", "itself", "a mention", "the text", "none"],
)
def test_links_back_move(corpus: Write, tmp_path_factory: pytest.TempPathFactory, back: str, away: str) -> None:
    """The document that wants a link back does not change, nor do in some cases the places of all the rest."""
    root, cache = corpus({"schemas/note.schema.json": SCHEMA}), tmp_path_factory.mktemp("own")
    (root / "a.md").write_text(FRIEND.format("friends: ['[[b]]']"), "utf-8")
    for it in (back, away, back, away):
        (root / "b.md").write_text(FRIEND.format(it), "utf-8")
        assert (("a.md", "missing-backlink") in found(cache)) == (it == away)


def test_a_link_back_may_fit_two(corpus: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    root, cache = corpus({"schemas/note.schema.json": SCHEMA}), tmp_path_factory.mktemp("own")
    for it in ("x/a.md", "y/a.md", "z/b.md"):
        (root / it).parent.mkdir()
        (root / it).write_text(FRIEND.format("friends: ['[[b]]']"), "utf-8")
    for it, expected in [("friends: ['[[b]]']", False), (BACK, True), ("friends: ['[[b]]']", False)]:
        (root / "z/b.md").write_text(FRIEND.format(it), "utf-8")
        assert {("x/a.md", "missing-backlink"), ("y/a.md", "missing-backlink")}.isdisjoint(found(cache)) == expected


def test_what_was_found_before_a_rule_broke_down_is_not_kept(
    corpus: Write, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, cache = corpus({f"{it}.md": "[[nowhere]]\n" for it in "abc"}), tmp_path_factory.mktemp("own")
    right = RULES["broken-link"]

    def breaks(docs: Corpus) -> Iterator[Located]:
        for it in right.check(docs):
            if "boom" in docs.documents[it[0]].links.targets:
                raise ValueError("boom")
            yield it

    found(cache)
    monkeypatch.setattr(engine, "_scoped", lambda scope: (right._replace(check=breaks),) if scope == "docs" else ())
    (root / "b.md").write_text("[[nowhere]] [[boom]]\n", "utf-8")
    assert found(cache) == {("a.md", "broken-link")}
    assert found(cache) == {("a.md", "broken-link")}
