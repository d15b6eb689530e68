"""Worker processes that map documents. One that dies, or hangs, costs the document that it died of, and no more."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from reglint import installation
from reglint.engine import Engine
from reglint.mapping import Packed, as_bytes, mapped
from reglint.recipe import Recipe
from reglint.rule import Unchecked

CHUNK = 100
_MOST = 60  # processes; Windows waits for no more than 63 things at once
_PATIENCE = 120.0  # seconds for one document; the slowest that is not refused takes a tenth of it
_GRACE = 0.2  # seconds for a process to end by itself
_INTERVAL = 0.5  # seconds between two answers of a worker


Answer = Packed | Unchecked


def answer(engine: Engine, root: Path, path: str, *, is_kept: bool = True) -> Answer:
    """Read and map one document, for another process, which may want to keep the result."""
    found = mapped(engine, root, path)
    return found if isinstance(found, Unchecked) else as_bytes(found, is_kept=is_kept)


class Broken(Exception):
    """Worker processes cannot be started here."""


Task = Callable[[Engine, Path, str], Answer]


class _Worker:
    """A process, the end of the pipe to it, and what it has yet to answer."""

    def __init__(self, context: Any, task: Task, root: Path, recipe: Recipe) -> None:
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, task, root, recipe), daemon=True)
        self.process.start()
        theirs.close()
        self.is_ready = False
        self.pending: list[str] = []
        self.deadline = time.monotonic() + _PATIENCE

    def give(self, chunk: list[str]) -> None:
        self.pending = chunk
        self.deadline = time.monotonic() + _PATIENCE
        with suppress(OSError):  # it is dead, which its pipe says as well
            self.connection.send(chunk)

    def answers(self) -> list[Answer] | None:
        """Return what it answered; None if it is dead."""
        try:
            found: list[Answer] = self.connection.recv()
        except (EOFError, OSError):
            return None
        self.is_ready = True
        self.deadline = time.monotonic() + _PATIENCE
        self.pending = self.pending[len(found) :]
        return found

    def stop(self) -> str:
        """End the process; return what became of it, in words."""
        self.connection.close()
        self.process.join(timeout=_GRACE)
        is_hanging = self.process.is_alive()
        self.process.kill()
        self.process.join()
        code = self.process.exitcode or 0
        return "took too long" if is_hanging else f"ended with {f'signal {-code}' if code < 0 else f'code {code}'}"


def _serve(connection: Connection, task: Task, root: Path, recipe: Recipe) -> None:
    """Answer chunks of paths until the pipe is closed. What interrupts the run is the other process's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    engine = recipe.engine()
    installation.collect_rarely()
    with suppress(EOFError, OSError):
        connection.send([])
        while True:
            answered: list[Answer] = []
            due = time.monotonic() + _INTERVAL
            for path in connection.recv():
                _set_alarm(2 * _PATIENCE)
                answered.append(task(engine, root, path))
                if time.monotonic() > due:
                    connection.send(answered)
                    answered, due = [], time.monotonic() + _INTERVAL
            _set_alarm(0)
            connection.send(answered)


def _set_alarm(seconds: float) -> None:
    """Let a process that hangs end by itself, should the one that waits for it be gone; 0: no more."""
    if hasattr(signal, "alarm"):
        signal.alarm(int(seconds))


def answers(root: Path, recipe: Recipe, paths: Sequence[str], jobs: int, task: Task = answer) -> Iterator[Answer]:
    """Let *jobs* processes map the documents at *paths*; yield their answers as they come. Raises Broken."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context: Any = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([__name__])
    try:
        _prepare(method)
        pool = _Pool(lambda: _Worker(context, task, root, recipe), _chunks(paths), min(jobs, _MOST))
    except OSError as error:
        raise Broken(f"failed: {error}") from error
    try:
        yield from pool.answers()
    finally:
        pool.stop()


def _chunks(paths: Sequence[str]) -> deque[list[str]]:
    return deque(list(paths[at : at + CHUNK]) for at in range(0, len(paths), CHUNK))


def _prepare(method: str) -> None:
    """Start what starts workers with interrupts held back, which are for this process alone."""
    if method == "forkserver":
        resource_tracker.ensure_running()  # which would end the holding back
        held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)


class _Pool:
    """Some workers and the chunks that wait for them."""

    def __init__(self, start: Callable[[], _Worker], waiting: deque[list[str]], jobs: int) -> None:
        self._start = start
        self._waiting = waiting
        self._workers: list[_Worker] = []
        try:
            for _ in range(min(jobs, len(waiting))):
                self._workers.append(start())
        except OSError:
            self.stop()
            raise

    def answers(self) -> Iterator[Answer]:
        while busy := self._busy():
            due = min(it.deadline for it in busy)
            ready = wait([it.connection for it in busy], max(0.0, due - time.monotonic()))
            for worker in busy:
                if worker.connection in ready:
                    found = worker.answers()
                    yield from self._lost(worker) if found is None else found
                elif time.monotonic() > worker.deadline:
                    yield from self._lost(worker)

    def _busy(self) -> list[_Worker]:
        for it in self._workers:
            if not it.pending and self._waiting:
                it.give(self._waiting.popleft())
        return [it for it in self._workers if it.pending]

    def _lost(self, worker: _Worker) -> Iterator[Unchecked]:
        """Put another worker in its place. What it left is tried one by one, until the culprit is alone."""
        if not worker.is_ready:
            raise Broken(worker.stop())
        end = worker.stop()
        try:
            self._workers[self._workers.index(worker)] = self._start()
        except OSError as error:
            raise Broken(f"failed: {error}") from error
        if len(worker.pending) == 1:
            yield Unchecked(worker.pending[0], "crash", f"the process that checked it {end}")
        else:
            self._waiting.extendleft([it] for it in reversed(worker.pending))

    def stop(self) -> None:
        for it in self._workers:
            it.connection.close()
        for it in self._workers:
            it.stop()
