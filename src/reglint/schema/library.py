"""The schemas of a corpus: read with places, checked, resolved inside the root, and ready to judge.

Nothing is fetched. `$ref`s lead to other files of the library or nowhere, which is an error at the `$ref`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin

import jsonschema
from jsonschema.validators import Draft7Validator, Draft202012Validator
from referencing import Registry, Specification
from referencing.jsonschema import DRAFT7, DRAFT202012

from reglint.diagnostic import Finding, Located, Note, Path
from reglint.schema import faults, formats
from reglint.schema.decimals import multiple_of
from reglint.schema.faults import BASE
from reglint.schema.keyword import KEYWORDS
from reglint.spelling import suggestion
from reglint.syntax import json, yaml
from reglint.syntax.events import MAX_SCHEMA_NODES
from reglint.syntax.tree import Json, Tree
from reglint.text import Text


class Dialect(NamedTuple):
    """A version of JSON Schema that reglint reads."""

    uri: str
    specification: Specification[Any]
    validator: Any


_DIALECTS = {
    it.uri: it
    for it in (
        Dialect("https://json-schema.org/draft/2020-12/schema", DRAFT202012, Draft202012Validator),
        Dialect("http://json-schema.org/draft-07/schema", DRAFT7, Draft7Validator),
    )
}
_DEFAULT = "https://json-schema.org/draft/2020-12/schema"


class Origin(NamedTuple):
    """Where a subschema is written."""

    source: Source
    path: Path


@dataclass(frozen=True, eq=False)
class Source:
    """One schema file: its text, and what it says with every place."""

    text: Text
    tree: Tree
    dialect: Dialect
    contents: Json

    @property
    def uri(self) -> str:
        """The name that `$ref`s resolve against."""
        return BASE + self.text.path


@dataclass(frozen=True, eq=False)
class Library:
    """All schema files by path, and where each subschema is written. *errors* are what makes a run impossible."""

    sources: Mapping[str, Source]
    registry: Registry[Json]
    origins: Mapping[int, Origin]
    errors: tuple[Located, ...]

    def validator(self, path: str) -> Any:
        """Return jsonschema's validator for the schema file at *path*, with our keywords and formats."""
        source = self.sources[path]
        return _class(source.dialect)(source.contents, registry=self.registry, format_checker=formats.checker())

    def lookup(self, ref: str) -> Json:
        """Return the subschema that an absolute *ref* of the library leads to."""
        return self.registry.resolver().lookup(ref).contents

    def note(self, schema: Json, keyword: str, message: str) -> Note:
        """Return the place of *keyword* in a subschema of this library."""
        origin = self.origins[id(schema)]
        return Note(origin.source.text.path, origin.source.tree.key(*origin.path, keyword), message)


def load(texts: Iterable[Text]) -> Library:
    """Read and check the schema files. Never raises: what is wrong with them is in `errors`."""
    sources: dict[str, Source] = {}
    errors: list[Located] = []
    for text in texts:
        tree = _read(text)
        dialect, wrong = _dialect(tree)
        wrong = [*tree.errors, *faults.of_duplicates(tree), *wrong]
        wrong += [] if tree.errors else faults.of_form(tree, dialect)
        errors.extend((text.path, it) for it in wrong)
        if not wrong:
            sources[text.path] = Source(text, tree, dialect, _resolved(tree.value, dialect, BASE + text.path))
    registry: Registry[Json] = Registry().with_resources(
        (it.uri, it.dialect.specification.create_resource(it.contents)) for it in sources.values()
    )
    origins = {
        id(schema): Origin(source, path)
        for source in sources.values()
        for schema, path in faults.mappings(source.contents, ())
    }
    library = Library(sources, registry.crawl(), origins, ())
    errors.extend((it.text.path, finding) for it in sources.values() for finding in faults.of(library, it))
    return replace(library, errors=tuple(errors))


def _read(text: Text) -> Tree:
    if text.path.endswith(".json"):
        return json.read(text.content)
    return yaml.read(text.content, 0, MAX_SCHEMA_NODES)


@cache
def _class(dialect: Dialect) -> Any:
    """Return jsonschema's class for *dialect* with the keywords that are registered by now."""
    checks = {"multipleOf": multiple_of, **{name: it.check for name, it in KEYWORDS.items() if it.check}}
    return jsonschema.validators.extend(dialect.validator, checks)  # type: ignore[no-untyped-call]  # its stub has no types


def _dialect(tree: Tree) -> tuple[Dialect, list[Finding]]:
    """Return the dialect that `$schema` names; an unknown one is an error, as its keywords would do nothing."""
    named = tree.value.get("$schema", _DEFAULT) if isinstance(tree.value, dict) else _DEFAULT
    if dialect := _DIALECTS.get(str(named).rstrip("#")):
        return dialect, []
    message = f"`$schema` is {named}, which reglint does not know{suggestion(str(named), _DIALECTS)}"
    return _DIALECTS[_DEFAULT], [Finding(tree.at("$schema"), message, help="use " + " or ".join(_DIALECTS))]


def references(text: Text) -> Iterator[str]:
    """Yield the paths of the files that the `$ref`s of a schema file lead to, whether they exist or not."""
    for value, _ in faults.mappings(_read(text).value, ()):
        if isinstance(value.get("$ref"), str) and faults.is_reference(value["$ref"]):
            target = urldefrag(urljoin(BASE + text.path, value["$ref"])).url
            if target.startswith(BASE):
                yield target.removeprefix(BASE)


def _resolved(contents: Json, dialect: Dialect, base: str) -> Json:
    """Copy a schema with each `$ref` made absolute, and without `$schema`.

    jsonschema would drop our keywords where a subschema names a `$schema` of its own. Only what *is* a schema is
    touched: a property may be called `$ref`, and a `const` may look like a schema.
    """
    copied = deepcopy(contents)
    pending = [(copied, base)]
    while pending:
        schema, base = pending.pop()
        if isinstance(schema, dict):
            # The identifiers of a Draft-07 schema count for nothing beside a `$ref`.
            base = _joined(base, schema["$id"]) if isinstance(schema.get("$id"), str) else base
            schema.pop("$schema", None)
            if isinstance(schema.get("$ref"), str):
                schema["$ref"] = _joined(base, schema["$ref"])
            _name_refusals(schema)
            inner = dialect.specification.create_resource(schema).subresources()
            pending += [(it.contents, base) for it in inner]
    return copied


def _name_refusals(schema: Json) -> None:
    """Write `false` as `{"not": {}}`, which means the same: jsonschema loses the path to what `false` refuses."""
    for keyword in ("properties", "patternProperties"):
        members = schema.get(keyword, {})
        members.update({name: {"not": {}} for name, it in members.items() if it is False})


def _joined(base: str, reference: str) -> str:
    """Resolve *reference* (RFC 3986); urljoin alone loses bases such as `urn:…` that have no folders."""
    return urldefrag(base).url + reference if reference.startswith("#") else urljoin(base, reference)
