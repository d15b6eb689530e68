"""reglint's own keywords, one a file. Importing this package registers them."""

from importlib import import_module
from pkgutil import iter_modules

for _module in sorted(it.name for it in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")
