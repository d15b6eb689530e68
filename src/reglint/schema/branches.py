"""Which alternative of an `anyOf` or `oneOf` was meant by a value that fits none of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from jsonschema.exceptions import ValidationError

from reglint.schema.failure import CHOICES
from reglint.schema.gist import Target, parts, resolved
from reglint.schema.keyword import KEYWORDS
from reglint.schema.wording import equal, is_like
from reglint.syntax.tree import Json, canonical

_SINGLE = frozenset({"const", "enum"})


class Joined(ValidationError):
    """What several alternatives ask for together: one *keyword*, of the value or of its member *step*.

    *asked_by* is the keyword that lists them, *wanted* what they ask of members that are missing.
    """

    def __init__(self, choice: Any, keyword: str, argument: Json, step: str | None = None, wanted: Json = None) -> None:
        super().__init__(
            choice.message,
            validator=keyword,
            path=() if step is None else (step,),
            validator_value=argument,
            instance=choice.instance if step is None else choice.instance[step],
            schema=choice.schema,
            parent=choice,
        )
        self.asked_by = str(choice.validator)
        self.wanted: Mapping[str, Json] = wanted or {}


class Chosen(NamedTuple):
    """What the alternative that was meant misses, and what each of the others does that may have been meant as well."""

    errors: list[ValidationError]
    others: list[list[ValidationError]]


@dataclass(frozen=True, eq=False)
class _Branch:
    """An alternative, and what a value misses of it."""

    schema: Json
    errors: list[Any]

    @property
    def is_of_other_type(self) -> bool:
        return any(not it.path and (it.validator in {"type", None} or _is_of_other_type(it)) for it in self.errors)

    @property
    def is_single_value(self) -> bool:
        """Whether all that is wrong is that the value is none of those that are listed."""
        return all(not it.path and it.validator in _SINGLE for it in self.errors)

    @property
    def depth(self) -> int:
        """How far down the value fits before something is wrong."""
        return min(len(it.path) for it in self.errors)

    @property
    def rank(self) -> tuple[int, int, int]:
        """The nearest alternative has the least."""
        return -self.depth, -max(len(it.path) for it in self.errors), len(self.errors)


def choose(error: Any, target: Target) -> Chosen:
    """Return what to tell of *error*, which has a `context`. *target* says where a `$ref` leads to.

    An alternative is meant if a key has the value that it, unlike others, asks for (a discriminator), or else if it is
    of the right type. Of several that are, it is the one that fits down to the deepest place, then the one with the
    fewest errors, then the first. Those that ask for single values are told as one, and so are those of other types.
    """
    branches = list(_branches(error))
    fitting = [it for it in branches if not it.is_of_other_type] or [it for it in branches if it.is_single_value]
    if not fitting:
        types = _types(branches)
        return Chosen([Joined(error, "type", types)] if types else [error.context[0]], [])
    if isinstance(error.instance, dict):
        fitting, joined = _discriminated(error, fitting, target)
        if joined:
            return Chosen([joined], [it.errors for it in fitting])
    ranked = sorted(_with_single_values_joined(error, fitting), key=lambda it: it.rank)
    others = [it.errors for it in ranked[1:] if it.depth == ranked[0].depth]
    types = [it for it in _types(branches) if it != "null"]
    if ranked[0].is_single_value and types:
        others.append([Joined(error, "type", types)])
    return Chosen(ranked[0].errors, others)


def _branches(error: Any) -> Iterator[_Branch]:
    """Yield the alternatives in order, with those of an alternative that only chooses again in its place."""
    errors: dict[int, list[ValidationError]] = defaultdict(list)
    for it in (it for it in error.context or () if it.schema_path):  # `false` has none
        errors[int(it.schema_path[0])].append(it)
    for i, found in sorted(errors.items()):
        if len(found) == 1 and _only_chooses(found[0]):
            yield from _branches(found[0])
        else:
            yield _Branch(error.validator_value[i], found)


def _only_chooses(error: Any) -> bool:
    """What has words of its author is told by them."""
    has_words = isinstance(error.schema, dict) and any(it in KEYWORDS and KEYWORDS[it].tell for it in error.schema)
    return error.validator in CHOICES and bool(error.context) and not error.path and not has_words


def _types(branches: Sequence[_Branch]) -> list[str]:
    """Return the types of the alternatives that are of other types than the value."""
    asked = [
        it.validator_value for branch in branches for it in branch.errors if it.validator == "type" and not it.path
    ]
    return list(dict.fromkeys(each for it in asked for each in ([it] if isinstance(it, str) else it)))


def _with_single_values_joined(error: Any, branches: Sequence[_Branch]) -> list[_Branch]:
    """Return the alternatives, the first of those that ask for single values standing for all of them."""
    single = [it for it in branches if it.is_single_value]
    if len(single) < 2:  # noqa: PLR2004 - one stands for itself
        return list(branches)
    joined = _Branch({}, [Joined(error, "enum", _union(each for it in single for each in _listed(it.errors[0])))])
    return [joined if it is single[0] else it for it in branches if it not in single[1:]]


def _is_of_other_type(error: Any) -> bool:
    """Tell whether a value is none of those that are listed, and not of their types either."""
    return error.validator in _SINGLE and not is_like(error.instance, _listed(error))


def _listed(error: Any) -> list[Json]:
    return [error.validator_value] if error.validator == "const" else list(error.validator_value)


def _union(values: Iterable[Json]) -> list[Json]:
    return list({canonical(it): it for it in values}.values())


def _discriminated(error: Any, branches: Sequence[_Branch], target: Target) -> tuple[list[_Branch], Joined | None]:
    """Return the alternatives that the values of keys choose; or what to tell of a key whose value chooses none.

    An alternative that does not know the key may have been meant as well.
    """
    value = error.instance
    left = [(it, _single_values(it.schema, target)) for it in branches]
    for key in _discriminators([values for _, values in left]):
        wanted = _union(each for _, values in left for each in values.get(key, ()))
        if key not in value and all(_lacks(it, key) for it, _ in left):
            return [], Joined(error, "required", [key], wanted={key: {"enum": wanted}})
        if key not in value:
            continue
        chosen = [(it, values) for it, values in left if any(equal(value[key], each) for each in values.get(key, ()))]
        others = [(it, values) for it, values in left if key not in values]
        chosen = chosen or [(it, values) for it, values in others if _knows(it.schema, key, target)]
        if not chosen:
            return [it for it, _ in others], Joined(error, "enum", wanted, key)
        left = chosen
    return [it for it, _ in left], None


def _single_values(schema: Json, target: Target) -> Mapping[str, list[Json]]:
    """Return the keys for which an alternative lists values."""
    found: dict[str, list[Json]] = {}
    for part in parts(schema, target):
        for key, it in part.get("properties", {}).items():
            own = resolved(it, target)
            if "const" in own or "enum" in own:
                found[key] = [own["const"]] if "const" in own else own["enum"]
    return found


def _discriminators(asked: Sequence[Mapping[str, list[Json]]]) -> list[str]:
    """Return the keys for which alternatives list different values, those first that have one value in each."""
    keys = {key: [[*map(canonical, it[key])] for it in asked if key in it] for values in asked for key in values}
    differing = [key for key, them in keys.items() if any(sorted(it) != sorted(them[0]) for it in them)]
    return sorted(differing, key=lambda key: any(len(it) > 1 for it in keys[key]))


def _lacks(branch: _Branch, key: str) -> bool:
    return any(it.validator == "required" and not it.path and key in it.validator_value for it in branch.errors)


def _knows(schema: Json, key: str, target: Target) -> bool:
    return any(key in it.get("properties", {}) for it in parts(schema, target))
