"""`reglint` and `python -m reglint`. What can be answered without the rest of reglint is, before that is imported."""

from __future__ import annotations

import os
import sys

from reglint import __version__

_NOT_CHECKED, _INTERRUPTED = 2, 130  # as the command line has them


def main() -> None:
    """Run the command line; ends with an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter must not end the run
    try:
        _answer(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


def _answer(arguments: list[str]) -> None:
    if arguments == ["--version"]:
        print(f"reglint, version {__version__}")  # noqa: T201 - as the option of the command line does
        sys.exit(0)
    _repeat(arguments)
    _run()


def _run() -> None:
    """Import the command line, and run it. Until then an interrupt just ends the process, as imports crash of it."""
    import signal

    is_told = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_told:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from reglint import installation

    installation.collect_rarely()  # now: of what is imported, nothing is rubbish
    from reglint import cli

    if is_told:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()


def _repeat(arguments: list[str]) -> None:
    """If nothing has changed since the same command ran, print what it printed, and end as it did."""
    from reglint import replay

    try:
        folder = replay.folder_for(arguments, os.environ)
        known = replay.recall(folder, replay.key(arguments, os.environ)) if folder else None
    except (OSError, ValueError):
        return
    if known is None:
        return
    printed, code = known
    try:
        for is_error, text in printed:
            stream = sys.stderr if is_error else sys.stdout
            if stream:
                stream.write(text)
                stream.flush()
    except OSError:
        # The interpreter must not try to write the rest when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_NOT_CHECKED)
    sys.exit(code)


if __name__ == "__main__":
    main()
