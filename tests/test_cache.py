"""The cache: a run with it finds what a run without it finds, whatever has happened in between."""

import os
import sqlite3
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from conftest import Files, Run, Write
from examples import TODAY
from reglint import cache as caches
from reglint import document, engine, mapping, replay, runner, workspace
from reglint.cache import Cache, Entry, FactsRow, Reduction, Row, digest
from reglint.engine import Told
from reglint.facts import Facts
from reglint.packed import packed, unpacked
from reglint.recipe import Recipe
from reglint.runner import Request
from reglint.schema.judge import Schema

SCHEMA = """{"properties": {"frontmatter": {"required": ["created"], "properties": {
  "created": {"format": "date"}, "parent": {"wikilink": {"type": ["note"]}, "acyclic": true,
  "inverse": "/sections/Part"}, "code": {"unique": "type"}}}}}"""
FILES: Files = {
    "reglint.toml": "",
    "schemas/note.schema.json": SCHEMA,
    "a.md": "---\ntype: note\ncreated: 2026-01-01\ncode: 1\n---\n# A\n\n[[b]] and [[b#Part]]\n",
    "b.md": "---\ntype: note\ncreated: 2026-01-32\ncode: 1\nparent: '[[a]]'\n---\n# B\n\n## Part\n\n[[c]]\n",
    "d/e.md": "# E\n\n![[pic.png]]\n",
    "d/pic.png": "",
}


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own")


def request(space: workspace.Workspace, folder: Path | None) -> Request:
    return Request(Recipe(space.configuration, space.schemas, None, frozenset(), TODAY), 1, folder, time.time_ns())


def checked(folder: Path | None) -> runner.Outcome:
    space = workspace.load()
    asked = request(space, folder)
    return runner.run(space, space.files(), asked)


class Work:
    """Counts what a run does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.parsed: list[str] = []
        self.hashed = 0
        self.schemas = 0
        parse, content_digest, schema = document.parse, mapping.content_digest, Schema.__init__

        def counted_parse(text: Any) -> Any:
            self.parsed.append(text.path)
            return parse(text)

        def counted_digest(raw: bytes) -> bytes:
            self.hashed += len(raw)
            return content_digest(raw)

        def counted_schema(self_: Any, *args: Any, **kwargs: Any) -> None:
            self.schemas += 1
            schema(self_, *args, **kwargs)

        monkeypatch.setattr(engine, "parse", counted_parse)
        monkeypatch.setattr(mapping, "content_digest", counted_digest)
        monkeypatch.setattr(runner, "content_digest", counted_digest)
        monkeypatch.setattr(Schema, "__init__", counted_schema)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Wait until no file can change without a trace; the step of this file system's clock is far below 20 ms."""
    monkeypatch.setattr(replay, "_STEP", 20_000_000)
    return lambda: time.sleep(0.03)


def test_a_second_run_neither_reads_nor_parses_what_is_as_it_was(
    corpus: Write, folder: Path, monkeypatch: pytest.MonkeyPatch, settled: Callable[[], None]
) -> None:
    root = corpus(FILES)
    settled()
    work = Work(monkeypatch)

    cold = checked(folder)
    assert sorted(work.parsed) == ["a.md", "b.md", "d/e.md"]
    assert work.hashed == sum((root / it).stat().st_size for it in work.parsed)
    assert work.schemas == 1

    work.parsed.clear()
    work.hashed = 0
    warm = checked(folder)
    assert (work.parsed, work.hashed) == ([], 0)
    assert runner.same(cold.run, warm.run)
    assert warm.run.diagnostics

    (root / "b.md").write_text("# B\n", "utf-8")
    third = checked(folder)
    assert work.parsed == ["b.md"]
    assert work.hashed == len("# B\n") * 2, "once to see that it is another one, once to keep it"
    assert runner.same(third.run, checked(None).run)


def test_a_file_with_new_times_is_read_and_not_parsed(
    corpus: Write, folder: Path, monkeypatch: pytest.MonkeyPatch, settled: Callable[[], None]
) -> None:
    """As in a fresh clone."""
    root = corpus(FILES)
    settled()
    work = Work(monkeypatch)
    checked(folder)
    work.parsed.clear()
    work.hashed = 0
    os.utime(root / "a.md")
    settled()
    checked(folder)
    assert work.parsed == []
    assert work.hashed == (root / "a.md").stat().st_size
    work.hashed = 0
    checked(folder)
    assert work.hashed == 0, "the new times are known now"


def test_a_run_that_writes_much_does_not_wait_for_itself(
    corpus: Write, folder: Path, monkeypatch: pytest.MonkeyPatch, settled: Callable[[], None]
) -> None:
    """As in a fresh clone of many documents, all with new times."""
    monkeypatch.setattr(runner, "_BATCH", 1)
    root = corpus(FILES)
    settled()
    assert checked(folder).troubles == ()
    for it in root.rglob("*.md"):
        os.utime(it)
    settled()
    assert checked(folder).troubles == ()
    work = Work(monkeypatch)
    checked(folder)
    assert work.hashed == 0, "the new times are known"


@pytest.mark.parametrize("name", ["reglint.toml", "schemas/note.schema.json"])
def test_another_configuration_or_schema_is_another_epoch(corpus: Write, folder: Path, name: str) -> None:
    root = corpus(FILES)
    checked(folder)
    (root / name).write_text(
        '[rules]\nbroken-link = "off"\n' if name.endswith("toml") else '{"type": "object"}', "utf-8"
    )
    assert runner.same(checked(folder).run, checked(None).run)


@pytest.mark.parametrize(
    "days", [["2026-06-01", "2027-01-01", "2026-01-01"], ["2026-01-01", "2026-03-05", "2026-03-06"]]
)
def test_results_hold_on_later_days(corpus: Write, run: Run, monkeypatch: pytest.MonkeyPatch, days: list[str]) -> None:
    """Reviews fall due, and what lay in the future comes."""
    corpus({"a.md": "---\nupdated: 2026-03-05\nreview_by: 2026-03-04\n---\n# A\n", "b.md": "# B\n"})
    plain = {day: run("check", "--no-cache", "--now", day) for day in days}
    assert len({out for _, out, _ in plain.values()}) > 1
    work = Work(monkeypatch)
    for i, day in enumerate(days):
        work.parsed.clear()
        assert run("check", "--now", day) == plain[day]
        assert bool(work.parsed) == (i == 0 or day < days[i - 1])


def test_another_rule_or_file_is_another_epoch(corpus: Write) -> None:
    corpus(FILES)
    recipe = request(workspace.load(), None).recipe
    others = (
        recipe._replace(chosen=frozenset({"broken-link"})),
        recipe._replace(ignored=frozenset({"broken-link"})),
        recipe._replace(configuration=None),
        recipe._replace(schemas=()),
    )
    assert len({runner.epoch(it) for it in (recipe, *others)}) == len(others) + 1
    assert runner.epoch(recipe) == runner.epoch(recipe)


def test_what_is_packed_is_the_same_when_it_is_unpacked(corpus: Write) -> None:
    corpus(FILES)
    space = workspace.load()
    engine_ = request(space, None).recipe.engine()
    for text in space.read(space.files().documents).texts:
        facts, told = engine_.check_document(text)
        assert unpacked(Facts, packed(facts)) == facts
        again = unpacked(Told, packed(told))
        assert again == told
        assert [(it.severity, it.finding) for it in again.diagnostics] == [
            (it.severity, it.finding) for it in told.diagnostics
        ]
        assert packed(again) == packed(told)


def entries(count: int = 20) -> list[Entry]:
    return [
        Entry(f"{i}.md", b"s" * 32, digest(b"%d" % i), "2026-11-22", b"surface", b"leads", b"told %d" % i * 50)
        for i in range(count)
    ]


def rows(count: int = 20) -> list[Row]:
    facts = [FactsRow(it.path, it.digest, b"facts" * 50) for it in entries(count)]
    return [*entries(count), *facts, Reduction(b"world", b"contents", b"leads", b"found" * 50)]


def stored(cache: Cache) -> set[Row]:
    return {*cache.rows(Entry), *cache.rows(FactsRow), *cache.rows(Reduction)}


def test_rows_come_back(folder: Path, tmp_path: Path) -> None:
    cache = Cache(folder, tmp_path, b"epoch")
    assert stored(cache) == set()
    cache.keep(rows())
    assert stored(cache) == {*rows()}
    assert stored(Cache(folder, tmp_path, b"another")) == stored(Cache(folder, tmp_path / "x", b"epoch")) == set()
    cache.keep([entries()[0]._replace(told=b"new"), Reduction(b"world", b"other", b"", b"")], ["1.md"])
    known = {it.path: it.told for it in cache.rows(Entry)}
    assert known["0.md"] == b"new"
    assert "1.md" not in known
    assert "1.md" not in {it.path for it in cache.rows(FactsRow)}
    assert [it.path for it in cache.rows(FactsRow, "2.md")] == ["2.md"]
    assert [it.contents for it in cache.rows(Reduction)] == [b"other"]
    assert cache.trouble == ""


def test_only_the_last_epochs_are_kept(folder: Path, tmp_path: Path) -> None:
    for i in range(8):
        Cache(folder, tmp_path, b"%d" % i).keep(rows())
    known = [i for i in range(8) if stored(Cache(folder, tmp_path, b"%d" % i))]
    assert known == [4, 5, 6, 7]


def test_what_nobody_used_for_a_month_is_deleted(folder: Path, tmp_path: Path) -> None:
    Cache(folder, tmp_path / "old", b"").keep(rows())
    [old] = (folder / "reglint-documents").iterdir()
    os.utime(old, (0, 0))
    Cache(folder, tmp_path / "new", b"").keep(rows())
    assert old not in (folder / "reglint-documents").iterdir()


def test_no_damage_gives_another_entry(folder: Path, tmp_path: Path) -> None:
    """A byte in every stretch of the file, and every length of it: what is still there is what was stored."""
    Cache(folder, tmp_path, b"epoch").keep(rows())
    [file] = (folder / "reglint-documents").iterdir()
    whole = file.read_bytes()
    everything = {*rows()}
    damaged = [whole[:i] + bytes([whole[i] ^ 0x41]) + whole[i + 1 :] for i in range(0, len(whole), 97)]
    damaged += [whole[:i] for i in range(0, len(whole), 1021)]
    lost = 0
    for it in damaged:
        file.write_bytes(it)
        cache = Cache(folder, tmp_path, b"epoch")
        found = stored(cache)
        assert found <= everything
        lost += found != everything
        cache.keep(rows(1))
    assert lost > len(damaged) / 3
    cache = Cache(folder, tmp_path, b"epoch")
    cache.keep(rows())
    assert stored(cache) == everything


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_cache_is_replaced(folder: Path, tmp_path: Path, content: bytes) -> None:
    cache = Cache(folder, tmp_path, b"")
    cache.keep(rows())
    [file] = (folder / "reglint-documents").iterdir()
    file.write_bytes(content)
    assert stored(cache) == set()
    cache.keep(rows())
    cache.keep(rows())
    assert stored(cache) == {*rows()}


def test_a_folder_that_is_a_file_is_told_and_does_no_harm(corpus: Write, run: Run, tmp_path: Path) -> None:
    corpus(FILES)
    (tmp_path / "file").write_text("", "utf-8")
    plain = run("check", "--no-cache", "--now", "2026-06-01")
    code, out, err = run("check", "--cache-dir", "file", "--now", "2026-06-01")
    assert (code, out) == plain[:2]
    assert "the cache" in err
    assert "was not used" in err


def test_a_cache_that_is_being_written_is_not_waited_for(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caches, "_PATIENCE", 0.05)
    cache = Cache(folder, tmp_path, b"")
    cache.keep(rows())
    [file] = (folder / "reglint-documents").iterdir()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    cache.keep(rows(1))
    assert "locked" in cache.trouble
    other.execute("ROLLBACK")
    other.close()
    assert stored(Cache(folder, tmp_path, b"")) == {*rows()}


def test_results_of_another_kind_are_mapped_again(corpus: Write, folder: Path) -> None:
    """What has the right sum and the wrong form, as another version may have written it."""
    root = corpus(FILES)
    space = workspace.load()
    mine = Cache(folder, root, runner.epoch(request(space, None).recipe))
    for junk in (b"", b"[]", b"{}", b"[1, 2]", b"\xff", b'["a", [], [], 1]', b"null"):
        mine.keep([Entry(it, b"", digest((root / it).read_bytes()), "", b"", b"", junk) for it in ("a.md", "b.md")])
        assert runner.same(checked(folder).run, checked(None).run)


def test_clean_deletes_what_is_reglint_s_and_nothing_else(corpus: Write, run: Run) -> None:
    root = corpus(FILES)
    assert run("clean", "--cache-dir", "own") == (0, "there is no cache\n", "")
    run("check", "--cache-dir", "own")
    mine = root / "own/reglint-documents/thesis.odt"
    mine.write_text("", "utf-8")
    os.utime(mine, (0, 0))
    run("check", "--cache-dir", "own", "--ignore", "broken-link")
    code, out, _ = run("clean", "--cache-dir", "own")
    assert code == 0
    assert out.startswith("1 file deleted from")
    assert mine.exists()
    assert run("clean", "--cache-dir", "own")[1] == "there is no cache\n"


@pytest.mark.parametrize("names", [("documents", "runs"), ("reglint-documents", "reglint-runs")])
def test_a_folder_of_other_things_is_no_cache(corpus: Write, run: Run, names: tuple[str, ...]) -> None:
    root = corpus({**FILES, **{f"home/{it}/{'0' * 40}.sqlite3": "x" for it in names}})
    for it in names:
        os.utime(root / "home" / it / f"{'0' * 40}.sqlite3", (0, 0))
    plain = run("check", "--no-cache")
    code, out, err = run("check", "--cache-dir", "home")
    assert (code, out) == plain[:2]
    assert "is no cache of reglint, and not empty" in err
    run("clean", "--cache-dir", "home")
    assert all((root / "home" / it / f"{'0' * 40}.sqlite3").exists() for it in names)
    assert sorted(it.name for it in (root / "home").iterdir()) == sorted(names)


def test_clean_follows_no_link(corpus: Write, run: Run) -> None:
    root = corpus({**FILES, f"mine/{'0' * 40}.sqlite3": "x"})
    run("check", "--cache-dir", "own")
    for it in (root / "own/reglint-documents").iterdir():
        it.unlink()
    (root / "own/reglint-documents").rmdir()
    (root / "own/reglint-documents").symlink_to(root / "mine")
    run("clean", "--cache-dir", "own")
    assert (root / "mine" / f"{'0' * 40}.sqlite3").exists()


def test_verify_cache_refuses_a_cache_that_says_something_else(
    corpus: Write, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus(FILES)
    assert run("check", "--verify-cache")[0] == 1
    assert run("check", "--verify-cache")[0] == 1
    monkeypatch.setattr(runner, "told", lambda packed: unpacked(Told, packed)._replace(diagnostics=()))
    code, _, err = run("check", "--verify-cache")
    assert code == 2
    assert "says something else" in err


class Steps(RuleBasedStateMachine):
    """Whatever happens to files and to the cache, a run with the cache prints what one without it prints."""

    names = st.sampled_from(["a.md", "b.md", "c.md", "d/e.md", "A.md", "d/pic.png"])

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(Steps.home) / str(time.monotonic_ns())
        self.cache = self.root / "cache"
        self.corpus = self.root / "corpus"

    home: str
    run: Run

    @initialize()
    def begin(self) -> None:
        (self.corpus / ".git").mkdir(parents=True)
        for name, content in FILES.items():
            self.write(name, content if isinstance(content, str) else "")

    @rule(name=names, content=st.sampled_from([str(it) for it in FILES.values()] + ["[[a]]", "---\ncreated: x\n---\n"]))
    def write(self, name: str, content: str) -> None:
        (self.corpus / name).parent.mkdir(parents=True, exist_ok=True)
        (self.corpus / name).write_text(content, "utf-8")

    @rule(name=names, words=st.sampled_from(["Words.\n", "[[b#Part]]\n", "## Part\n", "[[nowhere]]\n"]))
    def write_more(self, name: str, words: str) -> None:
        if (self.corpus / name).exists():
            with (self.corpus / name).open("a", encoding="utf-8") as file:
                file.write(words)

    @rule(name=names)
    def delete(self, name: str) -> None:
        (self.corpus / name).unlink(missing_ok=True)

    @rule(name=names, other=names)
    def rename(self, name: str, other: str) -> None:
        if (self.corpus / name).exists():
            (self.corpus / other).parent.mkdir(exist_ok=True)
            (self.corpus / name).replace(self.corpus / other)

    @rule(name=names)
    def change_with_the_same_size_and_time(self, name: str) -> None:
        if (self.corpus / name).exists() and len((self.corpus / name).read_bytes()):
            file = self.corpus / name
            was, content = file.stat(), file.read_bytes()
            file.write_bytes(content.swapcase())
            os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))

    @rule(name=st.sampled_from(["reglint.toml", ".gitignore", "d/.gitignore", "../.gitignore", ".git/info/exclude"]), content=st.sampled_from(
        ["", '[rules]\nbroken-link = "off"\n', "b.md\n", "*\n", 'exclude = ["d"]\n']))  # fmt: skip
    def configure(self, name: str, content: str) -> None:
        (self.corpus / name).parent.mkdir(exist_ok=True)
        (self.corpus / name).write_text(content, "utf-8")

    @rule(at=st.floats(0, 1), is_cut=st.booleans())
    def damage(self, at: float, is_cut: bool) -> None:
        for file in (it for it in self.cache.rglob("*") if it.is_file()):
            content = file.read_bytes() or b"x"
            i = int(at * (len(content) - 1))
            file.write_bytes(content[:i] if is_cut else content[:i] + bytes([content[i] ^ 1]) + content[i + 1 :])

    @rule()
    def forbid_writing(self) -> None:
        for it in (self.cache, *self.cache.rglob("*")):
            if it.exists():
                it.chmod(stat.S_IMODE(it.stat().st_mode) & ~0o222 | 0o100 * it.is_dir())

    @rule(times=st.integers(1, 3))
    def check(self, times: int) -> None:
        os.chdir(self.corpus)
        time.sleep(0.03)
        plain = Steps.run("check", "--no-cache", "--now", "2026-06-01")
        for _ in range(times):
            code, out, err = Steps.run("check", "--cache-dir", str(self.cache), "--now", "2026-06-01")
            told = [it for it in err.splitlines() if not it.startswith("the cache ")]
            assert (code, out, told) == (plain[0], plain[1], plain[2].splitlines())


@pytest.mark.usefixtures("settled")
def test_the_cache_never_lies(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Steps.home, Steps.run = str(tmp_path), staticmethod(run)
    quick = settings(max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Steps, settings=quick)
