"""`reglint` and `python -m reglint`. What can be answered without the rest of reglint is, before that is imported."""

from __future__ import annotations

import os
import sys

from reglint import __version__


def main() -> None:
    """Run the command line; ends with an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter must not end the run
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        print(f"reglint, version {__version__}")  # noqa: T201 - as the option of the command line does
        sys.exit(0)
    _repeat(arguments)
    from reglint import cli

    cli.main()


def _repeat(arguments: list[str]) -> None:
    """If nothing has changed since the same command ran, print what it printed, and end as it did."""
    from reglint import replay

    folder = replay.folder_for(arguments, os.environ)
    known = replay.recall(folder, replay.key(arguments, os.environ)) if folder else None
    if known is None:
        return
    printed, code = known
    try:
        for is_error, text in printed:
            stream = sys.stderr if is_error else sys.stdout
            stream.write(text)
            stream.flush()
    except BrokenPipeError:
        # The interpreter must not try to write the rest when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(2)
    sys.exit(code)


if __name__ == "__main__":
    main()
