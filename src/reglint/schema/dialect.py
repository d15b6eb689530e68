"""Versions of JSON Schema: the two that are known, and meta-schemas of the corpus's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin

import jsonschema
from jsonschema.validators import Draft7Validator, Draft202012Validator
from jsonschema_specifications import REGISTRY as PUBLISHED
from referencing import Specification
from referencing.jsonschema import DRAFT7, DRAFT202012

from reglint.schema.decimals import multiple_of
from reglint.schema.keyword import Keyword
from reglint.schema.linear import with_linear_patterns
from reglint.syntax.tree import Json

DEFAULT = "https://json-schema.org/draft/2020-12/schema"
_VOCABULARY = "https://json-schema.org/draft/2020-12/vocab/"
_META = "https://json-schema.org/draft/2020-12/meta/"


@dataclass(frozen=True, eq=False)
class Dialect:
    """A version of JSON Schema. *ignored* are the keywords of vocabularies that its meta-schema leaves out."""

    uri: str
    specification: Specification[Any]
    base: Any
    meta: Json
    ignored: frozenset[str] = frozenset()

    @property
    def is_draft_07(self) -> bool:
        """Whether whatever stands beside a `$ref` is ignored (Draft-07 core, §8.3)."""
        return self.base is Draft7Validator

    @cached_property
    def form(self) -> Any:
        """The validator of schemas in this dialect."""
        registry = PUBLISHED.with_resource(self.uri, self.specification.create_resource(self.meta))
        return self.base(self.meta, registry=registry)


def _subschemas(contents: Json) -> Iterator[Json]:
    """Yield the subschemas of a Draft-07 schema; referencing takes the lists among `dependencies` for schemas."""
    known = contents if isinstance(contents, dict) else {}
    if isinstance(known.get("dependencies"), dict):
        schemas = {name: it for name, it in known["dependencies"].items() if isinstance(it, dict)}
        known = {**known, "dependencies": schemas}
    yield from DRAFT7.subresources_of(known)


_DRAFT7 = Specification(  # type: ignore[call-arg]  # mypy does not see the arguments of a class made by attrs
    name=DRAFT7.name,
    id_of=DRAFT7.id_of,
    subresources_of=_subschemas,
    maybe_in_subresource=DRAFT7.maybe_in_subresource,
    anchors_in=lambda _, contents: DRAFT7.anchors_in(contents),
)

KNOWN: Mapping[str, Dialect] = MappingProxyType(
    {
        it.uri: it
        for it in (
            Dialect(DEFAULT, DRAFT202012, Draft202012Validator, Draft202012Validator.META_SCHEMA),
            Dialect("http://json-schema.org/draft-07/schema", _DRAFT7, Draft7Validator, Draft7Validator.META_SCHEMA),
        )
    }
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
    yield Dialect(uri, DRAFT202012, Draft202012Validator, contents, ignored - kept)


def _known(vocabulary: str) -> bool:
    return vocabulary.removeprefix(_VOCABULARY) in _vocabularies()


@cache
def _vocabularies() -> Mapping[str, frozenset[str]]:
    """The keywords of each vocabulary of 2020-12, out of their published meta-schemas."""
    found = {uri.removeprefix(_META): PUBLISHED.contents(uri) for uri in PUBLISHED if uri.startswith(_META)}
    return {name: frozenset(it["properties"]) for name, it in found.items()}


def validator_class(dialect: Dialect, keywords: Mapping[str, Keyword]) -> Any:
    """Return jsonschema's class for *dialect* with *keywords* besides its own."""
    checks = with_linear_patterns(dialect.base.VALIDATORS)
    checks |= {"multipleOf": multiple_of, **{name: it.check for name, it in keywords.items() if it.check}}
    checks |= dict.fromkeys(dialect.ignored, _nothing)
    return jsonschema.validators.extend(dialect.base, checks)  # type: ignore[no-untyped-call]  # its stub has no types


def _nothing(*_: object) -> Iterator[jsonschema.ValidationError]:
    """Say nothing, as a keyword does that no vocabulary defines."""
    yield from ()
