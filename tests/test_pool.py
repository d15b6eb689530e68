"""Worker processes: as many as there are, the run is the same; one that dies costs the document that it died of."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import Run, Write
from examples import TODAY
from reglint import installation, pool, runner, workspace
from reglint.engine import Engine
from reglint.mapping import Packed
from reglint.pool import Answer, Broken, answer, answers
from reglint.recipe import Recipe
from reglint.rule import Unchecked

DOCUMENTS = {f"{i}.md": f"# {i}\n\n[[{(i * 7) % 50}]] and [[nowhere {i}]]\n" for i in range(40)}


def dies(engine: Engine, root: Path, path: str) -> Answer:
    if path == "13.md":
        os.kill(os.getpid(), signal.SIGKILL)
    return answer(engine, root, path)


def leaves(engine: Engine, root: Path, path: str) -> Answer:
    if path in {"0.md", "13.md", "39.md"}:
        os._exit(3)
    return answer(engine, root, path)


def hangs(engine: Engine, root: Path, path: str) -> Answer:
    if path == "13.md":
        time.sleep(60)
    return answer(engine, root, path)


def never_starts(*_: object) -> Answer:
    raise AssertionError


class Unfit(Recipe):
    """A recipe that no process can cook."""

    def engine(self, loaded: object = None) -> Engine:  # noqa: ARG002
        os._exit(1)


def recipe() -> Recipe:
    return Recipe(None, (), None, frozenset(), TODAY)


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "CHUNK", 5)


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize(
    ("task", "lost", "words"),
    [
        (answer, [], ""),
        (dies, ["13.md"], "signal 9"),
        (leaves, ["0.md", "13.md", "39.md"], "code 3"),
        (hangs, ["13.md"], "took too long"),
    ],
)
def test_a_worker_that_dies_or_hangs_costs_one_document(
    corpus: Write, monkeypatch: pytest.MonkeyPatch, task: pool.Task, lost: list[str], words: str
) -> None:
    root = corpus(dict(DOCUMENTS))
    monkeypatch.setattr(pool, "_PATIENCE", 3.0)
    found = list(answers(root, recipe(), sorted(DOCUMENTS), 2, task))
    assert sorted(it.path for it in found) == sorted(DOCUMENTS)
    assert sorted(it.path for it in found if isinstance(it, Unchecked)) == lost
    assert all(words in it.message for it in found if isinstance(it, Unchecked))
    engine = recipe().engine()
    assert {it for it in found if isinstance(it, Packed)} == {
        answer(engine, root, it) for it in DOCUMENTS if it not in lost
    }


def test_processes_that_cannot_start_are_told(corpus: Write) -> None:
    root = corpus(dict(DOCUMENTS))
    with pytest.raises(Broken, match="code 1"):
        list(answers(root, Unfit(*recipe()), sorted(DOCUMENTS), 2))


def test_where_no_process_can_start_one_does_all(corpus: Write, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus(dict(DOCUMENTS))
    plain = run("check", "--no-cache")

    def broken(*_: object) -> None:
        raise Broken("ended with code 1")

    monkeypatch.setattr(pool, "answers", broken)
    code, out, err = run("check", "--no-cache", "--jobs", "2")
    assert (code, out) == plain[:2]
    assert err.splitlines()[1:] == plain[2].splitlines() or "could not be started" in err


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("jobs", ["1", "2", "5"])
def test_the_output_does_not_depend_on_the_jobs(corpus: Write, run: Run, jobs: str) -> None:
    corpus({**DOCUMENTS, "broken.md": b"\xff", "schemas/x.schema.json": '{"required": ["title"]}'})
    assert run("check", "--no-cache", "--jobs", jobs) == run("check", "--no-cache")


def test_few_documents_are_not_worth_a_process(corpus: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus(dict(DOCUMENTS))
    monkeypatch.setattr(pool, "answers", never_starts)
    space = workspace.load()
    runner.run(space, space.files(), runner.Request(recipe()))
    monkeypatch.setattr(runner, "_PAYS_FROM", 10)
    monkeypatch.setattr(installation, "processors", lambda: 2)
    with pytest.raises(AssertionError):
        runner.run(space, space.files(), runner.Request(recipe()))


@pytest.mark.skipif(sys.platform == "win32", reason="no groups of processes")
@pytest.mark.parametrize("delay", [0.4, 0.7, 1.1, 1.4])
def test_an_interrupt_ends_all_processes_without_a_traceback(corpus: Write, delay: float) -> None:
    root = corpus({f"{i}.md": DOCUMENTS["1.md"] * 200 for i in range(500)})
    command = [sys.executable, "-m", "reglint", "check", "--no-cache", "--jobs", "2"]
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert b"Traceback" not in errors
    assert process.returncode in {130, -signal.SIGINT}, "the latter while modules are imported"
    assert any(is_gone(process.pid) for _ in range(50))


def is_gone(group: int) -> bool:
    """Tell whether a group of processes has no member any more; wait a little if it has."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    time.sleep(0.1)
    return False
