"""Where CPU time goes, by stage, in code that knows nothing of it."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any


class Stopwatch:
    """The CPU nanoseconds of each stage, without those of the stages within it."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._stages = [""]
        self._since = time.process_time_ns()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside for the stage *name*."""
        self._turn()
        self._stages.append(name)
        try:
            yield
        finally:
            self._turn()
            self._stages.pop()

    def reset(self) -> None:
        """Forget what was counted."""
        self.spent.clear()
        self._since = time.process_time_ns()

    def watch(self, name: str, place: str) -> bool:
        """Count each call of the function at *place* (`package.module:Class.function`) for the stage *name*.

        Wherever a module has taken it, it is replaced. Returns False if there is no such function.
        """
        module, _, path = place.partition(":")
        *classes, function = path.split(".")
        owner: Any = sys.modules.get(module)
        for it in classes:
            owner = getattr(owner, it, None)
        found = vars(owner).get(function) if owner else None
        if found is None:
            return False
        watched = self._watched(name, found)
        setattr(owner, function, watched)
        for known in [known for key, known in sys.modules.items() if key.startswith("reglint")]:
            for alias in [alias for alias, value in vars(known).items() if value is found]:
                setattr(known, alias, watched)
        return True

    def _watched(self, name: str, function: Any) -> Any:
        if isinstance(function, classmethod | staticmethod):
            return type(function)(self._watched(name, function.__func__))

        @wraps(function)
        def watched(*args: Any, **kwargs: Any) -> Any:
            with self.stage(name):
                return function(*args, **kwargs)

        return watched

    def _turn(self) -> None:
        now = time.process_time_ns()
        self.spent[self._stages[-1]] += now - self._since
        self._since = now
