"""Files are all written, or all as they were: whatever fails, at whatever step, and whoever interrupts it."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from conftest import Run, Write
from reglint import writing
from reglint.patch import Rewritten
from reglint.text import Text
from reglint.writing import Change, NotPutBack, NotWritten

State = dict[str, tuple[bytes, int] | None]
Fault = Callable[[int, str], BaseException | None]
STEPS = ("open", "fsync", "chown", "chmod", "utime", "link", "replace", "rename", "unlink", "mkdir", "rmdir")
VAULT = {"a.md": b"A", "n/b.md": b"B", "n/c.md": b"C", "m/d.md": b"D"}
FILES = (
    Rewritten("a.md", "a.md", b"A", b"A2"),
    Rewritten("n/b.md", "o/p/b.md", b"B", b"B2"),
    Rewritten("n/c.md", "m/c.md", b"C", b"C"),
)
FEW = (FILES[0], FILES[1]._replace(new="o/b.md"))
AFTER = {"a.md": b"A2", "o/p/b.md": b"B2", "m/c.md": b"C", "m/d.md": b"D"}
AFTER_FEW = {"a.md": b"A2", "o/b.md": b"B2", "n/c.md": b"C", "m/d.md": b"D"}
BROKEN = OSError(errno.EIO, "Input/output error")


def vault(root: Path) -> Path:
    """Make the files anew, in a folder that may have been used before."""
    if root.exists():
        if contents(root) == VAULT:
            return root
        shutil.rmtree(root)
    for name, content in VAULT.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def state(root: Path) -> State:
    """All folders, and the content and permissions of all files."""
    found: State = {}
    for folder, folders, files in os.walk(root):
        found |= {os.path.relpath(f"{folder}/{it}", root): None for it in folders}
        for it in files:
            path = Path(folder, it)
            found[os.path.relpath(path, root)] = path.read_bytes(), path.stat().st_mode
    return found


def contents(root: Path) -> dict[str, bytes]:
    return {path: it[0] for path, it in state(root).items() if it}


class Stream(io.BufferedWriter):
    """A file whose writing is a step as well."""

    def __init__(self, raw: io.FileIO, step: Callable[[], None]) -> None:
        super().__init__(raw)
        self.step = step

    def write(self, data: Any, /) -> int:
        self.step()
        return super().write(data)


@contextmanager
def faults(fault: Fault, *, late: bool = False) -> Iterator[list[str]]:
    """Let *fault* say for each step what goes wrong before it is done, or *late*, after; yield the steps' names.

    New files belong to somebody else at first, so that changing their owner is a step, too.
    """
    steps: list[str] = []

    def taken(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            steps.append(name)
            error = fault(len(steps), name)
            if error and not late:
                raise error
            result = real(*args, **named)
            if error:
                raise error
            return result

        return call

    def opened(file: Path, mode: str, opener: Any) -> Stream:
        return Stream(io.FileIO(file, mode.removesuffix("b"), opener=opener), taken("write", lambda: None))

    def owned(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = os.stat(self, follow_symlinks=follow_symlinks)  # noqa: PTH116 - Path.stat is what this stands for
        is_ours = self.name.startswith(".reglint-") and follow_symlinks
        return os.stat_result((*found[:4], 4242, *found[5:])) if is_ours else found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        for it in STEPS:
            patch.setattr(os, it, taken(it, getattr(os, it)))
        patch.setattr(writing, "open", opened, raising=False)
        patch.setattr(Path, "stat", owned)
        yield steps


@pytest.fixture(params=["hard links", "no hard links"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    if request.param == "no hard links":
        monkeypatch.setattr(os, "link", unsupported)


@pytest.mark.usefixtures("links")
def test_all_is_written(tmp_path: Path) -> None:
    root = vault(tmp_path)

    assert writing.write(root, FILES) == ()
    assert contents(root) == AFTER


@pytest.mark.usefixtures("links")
def test_whatever_fails_all_is_as_it_was(tmp_path: Path) -> None:
    seen = set()
    for n in count(1):
        root = vault(tmp_path / "root")
        before = state(root)
        left: tuple[str, ...] | None = None
        with faults(lambda at, _, n=n: BROKEN if at == n else None) as steps, suppress(NotWritten):  # type: ignore[misc]
            left = writing.write(root, FILES)
        seen |= {steps[n - 1]} if n <= len(steps) else set()
        if left is None:
            assert state(root) == before, steps[n - 1]
        else:
            beside = contents(root).keys() - AFTER.keys()
            assert {it: contents(root)[it] for it in AFTER} == AFTER
            assert sorted(left) == [f"{it} could not be removed: input/output error" for it in sorted(beside)]
        if n > len(steps):
            break
    assert seen >= {"open", "write", "fsync", "chown", "chmod", "utime", "link", "replace", "unlink", "mkdir"}


@pytest.mark.usefixtures("links")
@pytest.mark.parametrize(
    ("interrupt", "late"), [(KeyboardInterrupt, False), (SystemExit, False), (KeyboardInterrupt, True)]
)
def test_an_interrupt_at_any_step_leaves_all_as_it_was(
    tmp_path: Path, interrupt: type[BaseException], late: bool
) -> None:
    for n in count(1):
        root = vault(tmp_path / "root")
        before = state(root)
        is_done = False
        with faults(lambda at, _, n=n: interrupt() if at == n else None, late=late) as steps, suppress(interrupt):  # type: ignore[misc]
            is_done = writing.write(root, FILES) == ()
        if is_done:
            assert contents(root) == AFTER
        else:
            assert state(root) == before, (n, steps)
        if n > len(steps):
            break


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a file that was just being opened
def test_an_interrupt_at_any_line_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One may come between any two instructions, not only while the system works."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    for n in count(1):
        root = vault(tmp_path / "root")
        before = state(root)
        lines = 0

        def trace(frame: FrameType, event: str, _: object, n: int = n) -> Any:
            nonlocal lines
            if frame.f_code.co_filename != writing.__file__:
                return None
            lines += event == "line"
            if event == "line" and lines == n:
                raise KeyboardInterrupt
            return trace

        is_done = False
        tracer = sys.gettrace()
        sys.settrace(trace)
        try:
            is_done = writing.write(root, FEW) == ()
        except KeyboardInterrupt:
            pass
        finally:
            sys.settrace(tracer)
        if is_done:
            assert contents(root) == AFTER_FEW
        else:
            assert state(root) == before, n
        if lines < n:
            break


@pytest.mark.parametrize("second", [BROKEN, KeyboardInterrupt()], ids=["error", "interrupt"])
@pytest.mark.usefixtures("links")
def test_what_cannot_be_put_back_is_named_and_kept(tmp_path: Path, second: BaseException) -> None:
    """A step fails, and then one of those that undo what was done."""
    outcomes = set()
    for n in count(1):
        for m in count(n + 1):
            root = vault(tmp_path / "root")
            before = state(root)
            with faults(lambda at, _, n=n, m=m: {n: BROKEN, m: second}.get(at)) as steps:  # type: ignore[misc]
                error = failure(root, FEW)
            outcomes.add(type(error))
            if isinstance(error, NotWritten):
                assert state(root) == before, (n, m, steps)
            elif isinstance(error, NotPutBack):
                check_named(root, str(error))
            if m > len(steps):
                break
        if n > len(steps):
            break
    assert outcomes == {NotWritten, type(None), *([NotPutBack] if second is BROKEN else [])}


@pytest.mark.parametrize("names", [{"replace"}, {"link", "rename"}, {"unlink"}, {"rmdir"}, {"link", "replace", "rename", "unlink"}])  # fmt: skip
@pytest.mark.usefixtures("links")
def test_a_disk_that_breaks_for_good_loses_nothing(tmp_path: Path, names: set[str]) -> None:
    for n in count(1):
        root = vault(tmp_path / "root")
        before = state(root)
        with faults(lambda at, name, n=n: BROKEN if at == n or (at > n and name in names) else None) as steps:  # type: ignore[misc]
            error = failure(root, FEW)
        if isinstance(error, NotPutBack):
            check_named(root, str(error))
        elif error:
            assert state(root) == before
        if n > len(steps):
            break


def failure(root: Path, files: Sequence[Rewritten] = FILES) -> writing.WriteError | None:
    try:
        writing.write(root, files)
    except writing.WriteError as error:
        return error
    return None


def check_named(root: Path, message: str) -> None:
    """Each file that differs is named, with where its old content is; so is each that was not there."""
    now = contents(root)
    for path, content in VAULT.items():
        if now.get(path) != content:
            kept = message.split(f"{path} is not as it was, and its old content is in ")[1].split(":", 1)[0]
            assert now[kept] == content
    for path in now.keys() - VAULT.keys():
        assert path in message, (path, message)


def test_a_failed_undo_says_where_the_old_content_is(tmp_path: Path) -> None:
    root = vault(tmp_path)
    with faults(lambda _, name: BROKEN if name == "mkdir" or (root / "a.md").read_bytes() != b"A" else None):
        error = failure(root)
    [kept] = root.glob(".reglint-*.old")

    assert kept.read_bytes() == b"A"
    assert str(error).startswith(
        "n/b.md could not be written: input/output error; and not all could be put back: "
        f"a.md is not as it was, and its old content is in {kept.name}: input/output error; "
    )


@pytest.mark.usefixtures("links")
def test_a_file_that_appears_at_the_new_place_is_left_alone(tmp_path: Path) -> None:
    root = vault(tmp_path)

    def appear(_: int, name: str) -> None:
        if name in {"link", "mkdir"}:
            (root / "m/c.md").write_bytes(b"theirs")

    with faults(appear), pytest.raises(NotWritten) as refused:
        writing.write(root, FILES)

    assert str(refused.value) == "m/c.md could not be written: there is a file already"
    assert contents(root) == {**VAULT, "m/c.md": b"theirs"}
    assert not (root / "o").exists()


def test_a_file_that_appears_at_the_last_moment_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = vault(tmp_path)
    real = os.link

    def link(source: Path, target: Path) -> None:
        if target == root / "m/c.md":
            target.write_bytes(b"theirs")
        real(source, target)

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(NotWritten, match="there is a file already"):
        writing.write(root, FILES)

    assert contents(root) == {**VAULT, "m/c.md": b"theirs"}


def test_what_somebody_else_has_written_meanwhile_is_not_undone(tmp_path: Path) -> None:
    root = vault(tmp_path)

    def interfere(_: int, name: str) -> BaseException | None:
        if name == "mkdir":
            (root / "a.md").write_bytes(b"theirs")
        return BROKEN if name == "mkdir" else None

    with (
        faults(interfere),
        pytest.raises(NotPutBack, match=r"a\.md is not as it was, .*: somebody else has written it"),
    ):
        writing.write(root, FILES)
    [kept] = root.glob(".reglint-*")

    assert contents(root) == {**VAULT, "a.md": b"theirs", kept.name: b"A"}


def test_a_new_folder_that_somebody_else_uses_by_now_stays(tmp_path: Path) -> None:
    root = vault(tmp_path)

    def use(_: int, name: str) -> BaseException | None:
        if not (root / "o").exists():
            return None
        (root / "o/theirs").write_bytes(b"")
        return BROKEN if name == "link" else None

    with faults(use), pytest.raises(NotWritten):
        writing.write(root, FILES)

    assert contents(root) == {**VAULT, "o/theirs": b""}
    assert not (root / "o/p").exists()


@pytest.mark.parametrize("after", [b"A", b"A2"])
def test_case_alone(tmp_path: Path, after: bytes) -> None:
    root = vault(tmp_path)
    writing.write(root, [Rewritten("a.md", "A.md", b"A", after)])

    assert [it.name for it in root.iterdir() if it.is_file()] == ["A.md"]
    assert (root / "A.md").read_bytes() == after


@pytest.mark.parametrize("after", [b"A", b"A2"])
def test_case_alone_where_it_makes_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: bytes) -> None:
    """There both names are those of one file, which has to be renamed, and back."""
    real = os.rename

    def rename(source: Path, target: Path) -> None:
        real(source if os.path.lexists(source) else target, target)

    monkeypatch.setattr(os, "rename", rename)
    monkeypatch.setattr(writing, "_is_one", lambda it: it.old.exists() != it.new.exists())
    for n in count(1):
        root = vault(tmp_path / "root")
        before = state(root)
        left = None
        with (
            faults(lambda at, _, n=n: KeyboardInterrupt() if at == n else None, late=True) as steps,  # type: ignore[misc]
            suppress(KeyboardInterrupt),
        ):
            left = writing.write(root, [Rewritten("a.md", "A.md", b"A", after)])
        if left is None:
            assert state(root) == before
        else:
            assert contents(root) == {**{it: VAULT[it] for it in VAULT if it != "a.md"}, "A.md": after}
        if n > len(steps):
            break
    assert "rename" in steps


def test_what_is_known_of_a_file_is_kept(tmp_path: Path) -> None:
    root = vault(tmp_path)
    for it, mode in (("a.md", 0o640), ("n/c.md", 0o604)):
        (root / it).chmod(mode)
        os.utime(root / it, (1, 1))
    writing.write(root, FILES)
    edited, moved = (root / "a.md").stat(), (root / "m/c.md").stat()

    assert (edited.st_mode & 0o777, moved.st_mode & 0o777) == (0o640, 0o604)
    assert edited.st_mtime > 1
    assert moved.st_mtime == 1


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="this system has none, or Python does not know of them")
@pytest.mark.usefixtures("links")
def test_extended_attributes_are_kept(tmp_path: Path) -> None:
    root = vault(tmp_path)
    try:
        for it in VAULT:
            os.setxattr(root / it, "user.origin", it.encode())
    except OSError:
        pytest.skip("this file system has no extended attributes")
    writing.write(root, FILES)

    assert {it: os.getxattr(root / it, "user.origin") for it in AFTER} == {
        "a.md": b"a.md",
        "o/p/b.md": b"n/b.md",
        "m/c.md": b"n/c.md",
        "m/d.md": b"m/d.md",
    }


def test_a_file_whose_owner_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    root = vault(tmp_path)
    denied = PermissionError(errno.EPERM, "Operation not permitted")
    with (
        faults(lambda _, name: denied if name == "chown" else None),
        pytest.raises(NotWritten, match=r"^a\.md could not be written: its owner and group could not be kept$"),
    ):
        writing.write(root, FILES)

    assert contents(root) == VAULT


def test_nobody_else_can_read_a_new_text_before_it_has_its_permissions(tmp_path: Path) -> None:
    root = vault(tmp_path)
    modes: list[int] = []

    def look(_: int, name: str) -> None:
        if name == "write":
            modes.extend(it.stat().st_mode & 0o777 for it in root.rglob(".reglint-*") if not it.stat().st_size)

    with faults(look):
        writing.write(root, FILES)

    assert modes == [0o600, 0o600]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda it: it.chmod(0o444), "it is read-only; make it writable first"),
        (lambda it: os.link(it, it.with_name("x")), "it has a second name, as a hard link, which would keep the old text"),
        (lambda it: it.rename(it.with_name("x")).parent and it.symlink_to("x"), "it is a link, and what it leads to is not touched"),
        (lambda it: it.unlink(), "no such file or directory"),
        (lambda it: it.write_text("B"), "it has changed since it was read"),
        (lambda it: it.write_bytes(b"\xff"), "it has changed since it was read"),
    ],
)  # fmt: skip
def test_what_is_refused(tmp_path: Path, make: Callable[[Path], object], reason: str) -> None:
    """Both when the bytes are prepared, and when it comes to that afterwards."""
    root = vault(tmp_path)
    make(root / "n/b.md")
    before = state(root)
    for attempt in (
        lambda: writing.prepared(root, [Change(Text("n/b.md", "B?"), Text("n/b.md", "C"))]),
        lambda: writing.write(root, (FILES[0], FILES[1]._replace(before=b"B?"), FILES[2])),
    ):
        with pytest.raises(NotWritten) as refused:
            attempt()
        assert str(refused.value) == f"n/b.md could not be written: {reason}"
        assert state(root) == before


def test_a_folder_that_is_a_link_is_refused_before_anything_is_made_in_it(tmp_path: Path) -> None:
    root = vault(tmp_path / "root")
    (tmp_path / "out").mkdir()
    (root / "o").symlink_to(tmp_path / "out")
    with pytest.raises(NotWritten, match=r"^o/p/b\.md could not be written: its folder is a link$"):
        writing.write(root, FILES)

    assert contents(root) == VAULT
    assert list((tmp_path / "out").iterdir()) == []


def test_new_content_and_names_reach_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = vault(tmp_path)
    synced = set()
    monkeypatch.setattr(os, "fsync", lambda it: synced.add(os.fstat(it).st_ino))
    writing.write(root, FILES)

    assert synced >= {(root / it).stat().st_ino for it in (".", "n", "m", "o", "o/p", "a.md", "o/p/b.md")}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"\xef\xbb\xbfx\r\ny", b"\xef\xbb\xbfz\r\ny"),
        (b"x\r\ny\n\r\n", b"z\r\ny\n\r\n"),
        (b"x\ry\r", b"z\ry\r"),
        (b"\xef\xbb\xbfx\ry", b"\xef\xbb\xbfz\ry"),
        (b"x\ry\n", b"z\ry\n"),
        (b"x\x0c\xc2\x85\xe2\x80\xa8", b"z\x0c\xc2\x85\xe2\x80\xa8"),
        (b"x", b"z"),
        (b"x\n", b"z\n"),
    ],
)
def test_what_was_not_edited_keeps_its_bytes(tmp_path: Path, raw: bytes, expected: bytes) -> None:
    (tmp_path / "a.md").write_bytes(raw)
    old = Text.decode("a.md", raw)
    files = writing.prepared(tmp_path, [Change(old, Text("a.md", old.content.replace("x", "z")))])
    writing.write(tmp_path, files)

    assert (tmp_path / "a.md").read_bytes() == expected


def test_the_command_says_what_could_not_be_put_back(corpus: Write, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = corpus({"a.md": "", "b.md": "[[a]]", "c.md": "[[a]]"})
    calls = 0

    def replace(source: Path, target: Path, real: Callable[..., None] = os.replace) -> None:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise BROKEN
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    code, out, err = run("rename", "a", "z")
    [kept] = root.glob(".reglint-*")

    assert (code, out) == (2, "")
    assert err == (
        "error: c.md could not be written: input/output error; and not all could be put back: "
        f"b.md is not as it was, and its old content is in {kept.name}: input/output error\n"
    )
    assert kept.read_text() == "[[a]]"


def test_the_command_says_what_could_not_be_tidied_away(
    corpus: Write, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = corpus({"a.md": "", "b.md": "[[a]]"})
    real = os.unlink

    def unlink(path: Path, **named: Any) -> None:
        if Path(path).suffix == ".old":
            raise BROKEN
        real(path, **named)

    monkeypatch.setattr(os, "unlink", unlink)
    code, _, err = run("rename", "a", "z")
    monkeypatch.undo()
    left = sorted(it.name for it in root.glob(".reglint-*"))

    assert code == 0
    assert len(left) == 2
    assert sorted(it for it in err.splitlines() if "removed" in it) == [
        f"note: {it} could not be removed: input/output error" for it in left
    ]
