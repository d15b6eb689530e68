"""Whether values keep a schema, as the judge itself sees it: what is inferred is never read by rules of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from reglint.schema import library
from reglint.schema import vocabulary as _  # noqa: F401 - importing it registers the keywords
from reglint.syntax.tree import Json
from reglint.text import Text

_NAME = "probe.json"
_KEPT = 512


def holds(schema: Json, values: Iterable[Json]) -> bool:
    """Tell whether every value keeps *schema*; a schema with a mistake is kept by none."""
    validator = _validator(json.dumps(schema))
    return validator is not None and all(validator.is_valid(it) for it in values)


@lru_cache(maxsize=_KEPT)
def _validator(schema: str) -> Any:
    loaded = library.load([Text(_NAME, schema)])
    return None if loaded.errors else loaded.validator(_NAME)
