"""`reglint clean`."""

from __future__ import annotations

import click

from reglint import cache
from reglint.cli import cache_folder, cache_option, emit
from reglint.spelling import counted
from reglint.workspace import Refused


@click.command(name="clean")
@cache_option
def command(cache_dir: str | None) -> None:
    """Delete what earlier runs left in the cache, for all corpora. No verdict depends on it."""
    folder = cache_folder(cache_dir)
    try:
        files, size = cache.clean(folder) if folder else (0, 0)
    except OSError as error:
        raise Refused(f"the cache could not be deleted: {error}") from error
    emit([f"{counted(files, 'file')} deleted from {folder}, {size:,} bytes" if files else "there is no cache"])
