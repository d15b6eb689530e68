"""From bytes to code points: the Markdown parser counts the former, everything else the latter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from itertools import accumulate, count
from operator import add

_FOLLOWS = bytes(byte in range(0x80, 0xC0) for byte in range(256))  # the bytes of UTF-8 that begin no character
_BEGINS = bytes(not byte for byte in _FOLLOWS)
_FEW = 1 / 8  # where no more of the bytes follow others, a list of them is made sooner than a table of all


def code_points(source: str, start: int) -> Callable[[int], int]:
    """Return the function from UTF-8 byte offsets in *source* to code points in a text that has it at *start*."""
    if source.isascii():
        return start.__add__
    raw = source.encode("utf-8", "surrogatepass")
    if len(raw) - len(source) > len(raw) * _FEW:
        return list(accumulate(raw.translate(_BEGINS), initial=start)).__getitem__
    characters = accumulate(map(len, raw.translate(_FOLLOWS).split(b"\1")))
    following = list(map(add, characters, count()))
    return lambda at: start + at - bisect_left(following, at)
