"""The rules, one a file. Importing this package registers them all, and knows none of them by name."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from reglint.manual import Manual
from reglint.rule import RULES
from reglint.schema import judge  # noqa: F401 - its import registers the rule names that schemas report under
from reglint.schema.keyword import MANUALS as _SCHEMA_MANUALS

for _module in sorted(it.name for it in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")

assert not RULES.keys() & _SCHEMA_MANUALS.keys(), "a rule and a schema failure share a name"

MANUALS: Mapping[str, Manual] = MappingProxyType(
    dict(sorted({**{name: it.manual for name, it in RULES.items()}, **_SCHEMA_MANUALS}.items()))
)
"""The manual of every rule name, those that schemas report under included."""
