"""Judge what is no document by a schema of reglint's own: the configuration, schema files, values of keywords."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from jsonschema.exceptions import ValidationError
from jsonschema.validators import Draft202012Validator

from reglint.diagnostic import Finding, Path
from reglint.schema import formats
from reglint.schema.failure import Background, Failure
from reglint.schema.parts import Part
from reglint.schema.telling import once, told
from reglint.syntax.tree import Json, Tree
from reglint.text import Text


def validator(schema: Json) -> Any:
    """Return jsonschema's validator for *schema* (2020-12), whose formats are asserted."""
    return Draft202012Validator(schema, format_checker=formats.checker())


class Written(NamedTuple):
    """A file that holds what is judged: its text, what it says with every place, and what is called how in it."""

    text: Text
    tree: Tree
    part: Callable[[Path], Part]


def findings(asked: Any, value: Json, file: Written, base: Path = ()) -> Iterator[Finding]:
    """Yield what jsonschema's validator *asked* has against *value*, which stands at *base* in *file*, each once."""

    def errors(schema: Json, inner: Json) -> Iterator[ValidationError]:
        yield from asked.evolve(schema=schema).iter_errors(inner)

    background = Background(file.text, file.tree.places, file.tree.key(*base), file.part, errors)
    found = [it for error in once(asked.iter_errors(value)) for _, it in told(Failure(background, error, base))]
    pointers = {it.pointer for it in found}
    once_each = {(it.span, it.message): it for it in reversed(found) if it.twin is None or it.twin not in pointers}
    yield from reversed(once_each.values())
