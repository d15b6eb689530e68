"""Versions of JSON Schema: the two that are known, and meta-schemas of the corpus's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin

from reglint.schema.plain import Asked
from reglint.schema.verdict import of_schemas
from reglint.syntax.tree import Json

DEFAULT = "https://json-schema.org/draft/2020-12/schema"
_DRAFT_07 = "http://json-schema.org/draft-07/schema"
_VOCABULARY = "https://json-schema.org/draft/2020-12/vocab/"
_META = "https://json-schema.org/draft/2020-12/meta/"

_COMMON = (
    "additionalProperties", "allOf", "anyOf", "const", "contains", "enum", "exclusiveMaximum", "exclusiveMinimum",
    "format", "if", "items", "maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength",
    "minProperties", "minimum", "multipleOf", "not", "oneOf", "pattern", "patternProperties", "properties",
    "propertyNames", "required", "type", "uniqueItems",
)  # fmt: skip
_KEYWORDS = {
    True: tuple(sorted(("$ref", "additionalItems", "dependencies", *_COMMON))),
    False: tuple(sorted((
        "$dynamicRef", "$ref", "dependentRequired", "dependentSchemas", "prefixItems", "unevaluatedItems",
        "unevaluatedProperties", *_COMMON,
    ))),
}  # fmt: skip
"""The keywords that assert something or apply subschemas, by whether it is draft-07."""

_ONE = frozenset({"additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then"})
_ONES = {
    True: _ONE | {"additionalItems"},
    False: _ONE | {"contentSchema", "unevaluatedItems", "unevaluatedProperties"},
}
_SEVERAL = frozenset({"allOf", "anyOf", "oneOf"})
_LISTS = {True: _SEVERAL | {"items"}, False: _SEVERAL | {"prefixItems"}}
_NAMED = frozenset({"definitions", "patternProperties", "properties"})
_MAPPINGS = {True: _NAMED | {"dependencies"}, False: _NAMED | {"$defs", "dependentSchemas"}}


@dataclass(frozen=True, eq=False)
class Dialect:
    """A version of JSON Schema. *meta* is the meta-schema of one of the corpus's own, which *ignored* are left out of.

    *is_draft_07*: whatever stands beside a `$ref` is ignored (Draft-07 core, §8.3). *ignored* are the keywords of
    vocabularies that its meta-schema leaves out.
    """

    uri: str
    is_draft_07: bool = False
    meta: Json = None
    ignored: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The version that it is of."""
        return "draft-07" if self.is_draft_07 else "2020-12"

    @property
    def keywords(self) -> tuple[str, ...]:
        """The standard's keywords that assert something or apply subschemas."""
        return _KEYWORDS[self.is_draft_07]

    @cached_property
    def form(self) -> Asked:
        """What is asked whether schemas in this dialect are well-formed."""
        return Asked(of_schemas(self.uri) if self.meta is None else lambda _: False, self._validator)

    def _validator(self) -> Any:
        from reglint.schema import reference

        return reference.of_form(self)

    def subschemas(self, schema: Json) -> Iterator[Json]:
        """Yield the subschemas that stand in *schema*, `true` and `false` too."""
        for name, value in schema.items() if isinstance(schema, dict) else ():
            if isinstance(value, list):
                yield from value if name in _LISTS[self.is_draft_07] else ()
            elif name in _ONES[self.is_draft_07]:
                yield value
            elif name in _MAPPINGS[self.is_draft_07]:
                yield from (it for it in value.values() if not isinstance(it, list))

    def id_of(self, schema: Json) -> str | None:
        """Return the URI that *schema* goes by; Draft-07 ignores one beside a `$ref`, and takes `#…` for an anchor."""
        if not isinstance(schema, dict) or not isinstance(schema.get("$id"), str):
            return None
        id_: str = schema["$id"]
        return None if self.is_draft_07 and ("$ref" in schema or id_.startswith("#")) else id_

    def anchors(self, schema: Json) -> Iterator[str]:
        """Yield the names that *schema* goes by within its resource."""
        if not isinstance(schema, dict):
            return
        if self.is_draft_07:
            id_ = schema.get("$id", "")
            yield from [id_[1:]] if id_.startswith("#") else []
        else:
            yield from (schema[it] for it in ("$anchor", "$dynamicAnchor") if it in schema)


KNOWN: Mapping[str, Dialect] = MappingProxyType(
    {it.uri: it for it in (Dialect(DEFAULT), Dialect(_DRAFT_07, is_draft_07=True))}
)


def own(base: str, contents: Json) -> Iterator[Dialect]:
    """Yield the dialect that *contents* defines, if it is a meta-schema of 2020-12 (core, §8.1.2) at the URI *base*.

    One that requires a vocabulary that is not known defines none, as the specification asks.
    """
    wanted = contents.get("$vocabulary") if isinstance(contents, dict) else None
    if not isinstance(wanted, dict) or any(is_required and not _known(it) for it, is_required in wanted.items()):
        return
    uri = urljoin(base, str(contents.get("$id", "")))
    unheard = _vocabularies().keys() - {"core", *(it.removeprefix(_VOCABULARY) for it in wanted)}
    ignored = frozenset(keyword for it in unheard for keyword in _vocabularies()[it])
    kept = {keyword for it in _vocabularies().keys() - unheard for keyword in _vocabularies()[it]}
    yield Dialect(uri, meta=contents, ignored=ignored - kept)


def _known(vocabulary: str) -> bool:
    return vocabulary.removeprefix(_VOCABULARY) in _vocabularies()


@cache
def _vocabularies() -> Mapping[str, frozenset[str]]:
    """The keywords of each vocabulary of 2020-12, out of their published meta-schemas."""
    from jsonschema_specifications import REGISTRY

    found = {uri.removeprefix(_META): REGISTRY.contents(uri) for uri in REGISTRY if uri.startswith(_META)}
    return {name: frozenset(it["properties"]) for name, it in found.items()}
