"""Regular expressions that are compiled when they are first used: few runs need all of them."""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """Stands for a compiled pattern, and takes over its methods as soon as one of them is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self.flags)
        vars(self).update({it: getattr(compiled, it) for it in dir(compiled) if not it.startswith("_")})
        return getattr(compiled, name)


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return *pattern* as `re.compile` does, but raise `re.error` at its first use only."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
