"""Judge what is no document by a schema of reglint's own: the configuration, schema files, values of keywords."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from reglint.diagnostic import Finding, Path
from reglint.schema.bundle import Bundle, Source
from reglint.schema.failure import Background, Failure
from reglint.schema.parts import Part
from reglint.schema.telling import once, told
from reglint.schema.verdict import Verdict
from reglint.syntax.tree import Json, Tree
from reglint.text import Text

if TYPE_CHECKING:
    from jsonschema import ValidationError


class Asked:
    """A schema that is asked about values: the fast engine first, and jsonschema for all that it refuses.

    *valid* is the fast engine's function, if it reads the schema as jsonschema does; *validator* makes jsonschema's.
    """

    def __init__(self, valid: Callable[[Json], bool], validator: Callable[[], Any]) -> None:
        self.is_surely_valid = valid
        self._make = validator

    @cached_property
    def _validator(self) -> Any:
        return self._make()

    def errors(self, value: Json) -> Iterator[ValidationError]:
        """Yield what jsonschema has against *value*."""
        yield from () if self.is_surely_valid(value) else self._validator.iter_errors(value)

    def errors_of(self, schema: Json, value: Json) -> Iterator[ValidationError]:
        """Yield what jsonschema has against *value* by a subschema."""
        yield from self._validator.evolve(schema=schema).iter_errors(value)


def validator(schema: Json) -> Asked:
    """Return what is asked about *schema* (2020-12), which holds no references; its formats are asserted."""
    source = Source(_nowhere, lambda _: False, {}, is_draft_07=False, asserts_formats=True)
    verdict = Verdict(Bundle(source), lambda *_: False)
    return Asked(partial(verdict.is_surely_valid, schema), partial(_validator, schema))


def _validator(schema: Json) -> Any:
    from reglint.schema import reference

    return reference.plain(schema)


def _nowhere(ref: str) -> Json:
    raise KeyError(ref)


class Written(NamedTuple):
    """A file that holds what is judged: its text, what it says with every place, and what is called how in it."""

    text: Text
    tree: Tree
    part: Callable[[Path], Part]


def findings(asked: Asked, value: Json, file: Written, base: Path = ()) -> Iterator[Finding]:
    """Yield what *asked* has against *value*, which stands at *base* in *file*, each once."""
    errors = list(once(asked.errors(value)))
    if not errors:
        return
    background = Background(file.text, file.tree.places, file.tree.key(*base), file.part, asked.errors_of)
    found = [it for error in errors for _, it in told(Failure(background, error, base))]
    pointers = {it.pointer for it in found}
    once_each = {(it.span, it.message): it for it in reversed(found) if it.twin is None or it.twin not in pointers}
    yield from reversed(once_each.values())
