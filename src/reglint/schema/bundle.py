"""Schemas as another engine may read them: one document without URLs, in which everything has one meaning only.

What two engines could see differently is either handed to a predicate of ours, or makes the schema unsure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from reglint import patterns
from reglint.lazy import regex
from reglint.schema import decimals, formats
from reglint.schema.keyword import Keyword
from reglint.syntax.tree import Json

Predicate = Callable[[Json], bool]

OURS = "reglint"
"""The keyword that stands for ours: a list of numbers, those of predicates."""

_PLAIN = frozenset({
    "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength",
    "minItems", "maxItems", "uniqueItems", "required", "minProperties", "maxProperties",
})  # fmt: skip
_PLAIN_SINCE_2019 = frozenset({"minContains", "maxContains", "dependentRequired"})
_HERE = frozenset({"not", "if", "then", "else", "allOf", "anyOf", "oneOf", "dependentSchemas", "dependencies"})
_BELOW = frozenset({
    "contains", "propertyNames", "properties", "patternProperties", "additionalProperties", "unevaluatedProperties",
    "items", "prefixItems", "additionalItems",
})  # fmt: skip
_MAPPINGS = frozenset({"dependentSchemas", "dependencies", "properties", "patternProperties"})
_IGNORED = {
    True: frozenset({"prefixItems", "dependentSchemas", "unevaluatedProperties"}),
    False: frozenset({"dependencies", "additionalItems"}),
}
"""By whether it is draft-07: what only the other one knows."""
_UNSURE = frozenset({"$dynamicRef", "unevaluatedItems"})

# Regular expressions that RE2 and Rust's engine read alike, once `.` is written out: no flags, no `\b`, no set algebra.
_LITERAL = r"[A-Za-z0-9 _/,:;%@!<>='\"~&#-]|[^\x00-\x7f\u2028\u2029\ud800-\udfff]|\\[][.\\(){}|*+?^$/-]|\\[dDwWsS]"
_MEMBER = r"[A-Za-z0-9 _.,:;/%@!=+*?()|$'\"#<>{}-]|[^\x00-\x7f\u2028\u2029\ud800-\udfff]|\\[][.\\/^-]|\\[dDwWsS]"
_TIMES = r"(?:[*+?]|\{[0-9]{1,2}(?:,(?:[0-9]{1,2})?)?\})\??"
_ALIKE = regex(rf"(?:\((?:\?:)?|(?:{_LITERAL}|\.|\)|\[\^?(?:(?!--){_MEMBER})+\])(?:{_TIMES})?|[|^$])+")
_TOKEN = regex(r"\\.|\[(?:\\.|[^]\\])*\]|\.")
_DOT = "[^\\n\\r\u2028\u2029]"
_LONGEST = 300  # code points of such a pattern
_REMEMBERED = 1024  # texts of each predicate
_SHORT = 100  # code points of a text that is remembered


class Unsure(Exception):
    """Two engines may disagree about a schema."""


class Written(NamedTuple):
    """A schema, and the numbers of those that it refers to: at the same value, and anywhere."""

    schema: Json
    here: frozenset[int]
    anywhere: frozenset[int]


class Source(NamedTuple):
    """Where the schemas of a bundle are from, and how they are read.

    *lookup* returns what a `$ref` leads to; it may raise, or return what is of a published meta-schema. *is_read* tells
    the subschemas of the same dialect.
    """

    lookup: Callable[[str], Json]
    is_read: Callable[[Json], bool]
    keywords: Mapping[str, Keyword]
    is_draft_07: bool
    asserts_formats: bool


class Bundle:
    """Schemas, each by a number, and the predicates that they name."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.predicates: list[Predicate] = []
        self._numbers: dict[int, int] = {}
        self._targets: list[Json] = []
        self._written: dict[int, Written] = {}

    def of(self, schema: Json) -> Json:
        """Return a schema that stands alone and means what *schema* does. Raises Unsure."""
        found = self._write(schema)
        numbers = self._reached(found.anywhere)
        self._forbid_circles(numbers)
        defs = {str(it): self._written[it].schema for it in numbers}
        return {"allOf": [found.schema], "$defs": defs} if defs else found.schema

    def _reached(self, numbers: Iterable[int]) -> list[int]:
        """Return *numbers* and those of all that they refer to."""
        pending, reached = sorted(numbers), dict[int, None]()
        while pending:
            number = pending.pop()
            if number not in reached:
                reached[number] = None
                if number not in self._written:
                    self._written[number] = self._write(self._targets[number])
                pending += self._written[number].anywhere
        return [*reached]

    def _forbid_circles(self, numbers: Iterable[int]) -> None:
        """A schema that refers to itself at the same value has no meaning."""
        left = {it: set(self._written[it].here) for it in numbers}
        while done := [it for it, refs in left.items() if not refs & left.keys()]:
            for it in done:
                del left[it]
        if left:
            raise Unsure

    def _write(self, schema: Json) -> Written:
        here: set[int] = set()
        below: set[int] = set()
        written = _Writer(self, here, below).write(schema)
        return Written(written, frozenset(here), frozenset(here | below))

    def number(self, ref: str) -> int:
        """Return the number of what *ref* leads to. Raises Unsure for what is not read as the other schemas are."""
        try:
            target = self.source.lookup(ref)
        except Exception as error:  # whatever it is, it is told where it is looked up to be used
            raise Unsure from error
        if isinstance(target, dict) and not self.source.is_read(target):
            raise Unsure
        if id(target) not in self._numbers:
            self._numbers[id(target)] = len(self._targets)
            self._targets.append(target)
        return self._numbers[id(target)]


class _Writer(NamedTuple):
    """Writes one schema; *refs* collects the numbers that it refers to at its own value, *below* those at members."""

    bundle: Bundle
    refs: set[int]
    below: set[int]

    def write(self, schema: Json) -> Json:
        if not isinstance(schema, dict):
            return schema
        is_draft_07 = self.bundle.source.is_draft_07
        if is_draft_07 and "$ref" in schema:
            return self._ref(schema["$ref"])
        if not _UNSURE.isdisjoint(schema):
            raise Unsure
        found: dict[str, Json] = {}
        for name in schema.keys() - _IGNORED[is_draft_07]:
            found |= self._keyword(name, schema[name])
        if predicates := list(self._predicates(schema)):
            found[OURS] = [len(self.bundle.predicates) + i for i in range(len(predicates))]
            self.bundle.predicates.extend(map(_remembering, predicates))
        return found

    def _keyword(self, name: str, value: Json) -> Mapping[str, Json]:
        """Return the keyword as it is written: itself, or nothing where it is an annotation or a predicate."""
        if name in _PLAIN or (name in _PLAIN_SINCE_2019 and not self.bundle.source.is_draft_07):
            return {name: value}
        if name in _HERE:
            return {name: self._schemas(name, value)}
        if name in _BELOW:
            return {name: _Writer(self.bundle, self.below, self.below)._schemas(name, value)}  # noqa: SLF001 - another self
        if name == "$ref":
            return self._ref(value)
        return {"pattern": found} if name == "pattern" and (found := alike(value)) else {}

    def _schemas(self, name: str, value: Json) -> Json:
        """Return the schemas behind a keyword: one, a list, or a mapping, in which names of keys are no schemas."""
        if isinstance(value, list):
            return [self.write(it) for it in value]
        if name not in _MAPPINGS:
            return self.write(value)
        named = _certain if name == "patternProperties" else str
        return {named(key): it if isinstance(it, list) else self.write(it) for key, it in value.items()}

    def _ref(self, ref: str) -> Mapping[str, Json]:
        number = self.bundle.number(ref)
        self.refs.add(number)
        return {"$ref": f"#/$defs/{number}"}

    def _predicates(self, schema: Mapping[str, Json]) -> Iterator[Predicate]:
        """Yield what has to be asked of our own functions."""
        source = self.bundle.source
        if "pattern" in schema and not alike(schema["pattern"]):
            yield partial(_matches, schema["pattern"])
        if source.asserts_formats and schema.get("format") in formats.FORMATS:
            yield formats.accepting(schema["format"])
        if "multipleOf" in schema:
            yield partial(decimals.is_multiple, schema["multipleOf"])
        for name in schema:
            if name in source.keywords and (check := source.keywords[name].check):
                yield partial(_keeps, check, schema[name], schema)


def _remembering(accepts: Predicate) -> Predicate:
    """Return *accepts* with a memory of its answers about short texts: those of many documents are the same."""
    known = lru_cache(maxsize=_REMEMBERED)(accepts)
    return lambda value: known(value) if isinstance(value, str) and len(value) <= _SHORT else accepts(value)


def _keeps(check: Callable[..., Iterator[object]], wanted: Json, schema: Json, value: Json) -> bool:
    return next(check(None, wanted, value, schema), None) is None


def _matches(pattern: str, value: Json) -> bool:
    return not isinstance(value, str) or patterns.search(pattern, value)


def _certain(pattern: str) -> str:
    if found := alike(pattern):
        return found
    raise Unsure


@lru_cache(maxsize=4096)
def alike(pattern: str) -> str:
    """Return *pattern* as Rust's engine reads it just as RE2 does; empty where that is not certain."""
    if len(pattern) > _LONGEST or not _ALIKE.fullmatch(pattern) or patterns.fault(pattern):
        return ""
    return _TOKEN.sub(lambda it: _DOT if it[0] == "." else it[0], pattern)
