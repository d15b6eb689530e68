"""Run a command and print what it took: wall seconds, CPU seconds, KiB of the largest process, and the exit code.

    python -I -S launch.py FILE COMMAND...

Its stdout is thrown away, its stderr goes to FILE. A process of its own, with as few modules as can be: the memory that
a child has before its program is loaded is that of its parent, and nothing smaller could be seen.
"""

import os
import sys
import time
from collections.abc import Iterator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from resource import struct_rusage

_REAPING = "--reaping"
_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """Run the command of the command line."""
    if sys.argv[1] != _REAPING:
        _adopt_orphans()
        os.execv(sys.executable, [sys.executable, "-I", "-S", __file__, _REAPING, *sys.argv[1:]])  # noqa: S606 - itself
    nothing = os.open(os.devnull, os.O_RDWR)
    errors = os.open(sys.argv[2], os.O_WRONLY)
    files = [(os.POSIX_SPAWN_DUP2, nothing, 0), (os.POSIX_SPAWN_DUP2, nothing, 1), (os.POSIX_SPAWN_DUP2, errors, 2)]
    start = time.perf_counter()
    child = os.posix_spawnp(sys.argv[3], sys.argv[3:], os.environ, file_actions=files)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - start
    all_used = [used, *_used_by_orphans()]
    cpu, peak = sum(it.ru_utime + it.ru_stime for it in all_used), max(it.ru_maxrss for it in all_used)
    sys.stdout.write(f"{wall} {cpu} {peak} {os.waitstatus_to_exitcode(status)}")


def _adopt_orphans() -> None:
    """Become the parent of processes whose own one ends, such as a server of workers, where the system can do that.

    It stays so when another program takes the place of this one, which then has not got `ctypes` in its memory.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _used_by_orphans() -> "Iterator[struct_rusage]":
    while True:
        try:
            yield os.wait4(-1, 0)[2]
        except ChildProcessError:
            return


main()
