"""What may stand at one place, in words, with an example that the schemas accept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reglint.guide import standard
from reglint.schema.keyword import KEYWORDS, Description
from reglint.schema.shape import Shape
from reglint.schema.wording import choices, expected_types
from reglint.syntax.tree import Json

_DEEPEST = 3  # alternatives within alternatives that are told
_DIRECT = "that "
_IMPLIED = {
    "string": ("pattern", "minLength", "maxLength"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "array": ("items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems"),
    "object": ("properties", "required", "additionalProperties", "patternProperties", "minProperties"),
}


class Said(NamedTuple):
    """*kind* is what a value is ("text", "a list"), *asks* what more is asked of it, *example* one that is accepted."""

    kind: str
    asks: tuple[str, ...]
    example: Json = None

    @property
    def words(self) -> str:
        """All of it in one phrase: "text that matches `…`; not empty"."""
        direct = [it for it in self.asks if it.startswith(_DIRECT)]
        others = [it for it in self.asks if not it.startswith(_DIRECT)]
        return "; ".join([" and ".join([" ".join([self.kind, *direct[:1]]), *direct[1:]]), *others])


def said(shape: Shape, noun: str = "anything", depth: int = 0) -> Said:
    """Return what may stand at *shape*; *noun* is the kind of a value of which no schema says more."""
    if shape.is_refused or depth > _DEEPEST:
        return Said("nothing" if shape.is_refused else noun, ())
    found = [it for it in (*standard.described(shape), *_by_keywords(shape)) if it.words]
    asks = [it.words for it in found if not it.is_kind]
    either = [_either(it, noun, depth) for it in shape.alternatives if not has_members(it)]
    allowed = shape.choices
    kinds = [it.words for it in found if it.is_kind]
    if allowed is not None:
        kind = choices(allowed).words if allowed else "nothing"
        asks = [it.words for it in _by_keywords(shape, only_relations=True)]
    elif kinds or shape.types or asks or not either:
        kind = " and ".join(kinds) or expected_types(shape.types or _implied(shape)).words or noun
        asks += either
    else:
        kind, asks = either[0], either[1:]
    return Said(kind, tuple(dict.fromkeys(asks)), _example(shape, found, depth))


def _implied(shape: Shape) -> list[str]:
    """Return the JSON type that keywords speak of, where no schema names one and all speak of the same."""
    found = [name for name, keywords in _IMPLIED.items() if any(shape.all_said(it) for it in keywords)]
    return found if len(found) == 1 else []


def has_members(branches: tuple[Shape, ...]) -> bool:
    """Tell whether alternatives speak of the members of a value, and not of the value alone."""
    return any(it.names or it.patterns for it in branches)


def _by_keywords(shape: Shape, *, only_relations: bool = False) -> Iterator[Description]:
    for schema in shape.always:
        for name in (it for it in schema if it in KEYWORDS):
            keyword = shape.library.keywords[name]
            if keyword.describe and (keyword.relate or not only_relations):
                yield keyword.describe(schema[name])


def _either(branches: tuple[Shape, ...], noun: str, depth: int) -> str:
    return ", or ".join(dict.fromkeys(said(it, noun, depth + 1).words for it in branches))


def _example(shape: Shape, found: list[Description], depth: int) -> Json:
    """Return the first of what the schemas show, and the keywords know, that all of them accept."""
    shown = [it for them in shape.all_said("examples") for it in them]
    known = [*shown, *(shape.choices or ()), *shape.all_said("default"), *(it.example for it in found)]
    branches = (said(it, depth=depth + 1).example for them in shape.alternatives for it in them)
    return next((it for it in (*known, *branches) if it is not None and shape.accepts(it)), None)
