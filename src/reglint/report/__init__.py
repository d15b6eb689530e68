"""How findings are written out: one format a file. A format is a function from a Report to lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules

from reglint.report.report import Report

Format = Callable[[Report], Iterator[str]]

FORMATS = tuple(sorted(it.name for it in iter_modules(__path__) if it.name not in {"report", "escape"}))
"""The names of the formats: the modules of this package that have a `render`."""


def renderer(name: str) -> Format:
    """Return the function that writes the format *name*."""
    render: Format = import_module(f"{__name__}.{name}").render
    return render
