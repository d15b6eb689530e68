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
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT7, DRAFT202012

from reglint.diagnostic import Finding, Located, Note, Path
from reglint.schema import formats
from reglint.schema.decimals import multiple_of
from reglint.schema.keyword import KEYWORDS
from reglint.spelling import suggestion
from reglint.syntax import json, yaml
from reglint.syntax.events import MAX_SCHEMA_NODES
from reglint.syntax.tree import Json, Tree
from reglint.text import Text

_BASE = "https://reglint.invalid/"  # a name that resolves nowhere (RFC 2606); nothing is ever fetched


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
        return _BASE + self.text.path


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
        tree = json.read(text.content) if text.path.endswith(".json") else yaml.read(text.content, 0, MAX_SCHEMA_NODES)
        dialect, wrong = _dialect(tree)
        wrong = [*tree.errors, *_duplicates(tree), *wrong]
        wrong += [] if tree.errors else _form_faults(tree, dialect)
        errors.extend((text.path, it) for it in wrong)
        if not wrong:
            sources[text.path] = Source(text, tree, dialect, _resolved(tree.value, dialect, _BASE + text.path))
    registry: Registry[Json] = Registry().with_resources(
        (it.uri, it.dialect.specification.create_resource(it.contents)) for it in sources.values()
    )
    origins: dict[int, Origin] = {}
    for source in sources.values():
        _note_origins(source, source.contents, (), origins)
    library = Library(sources, registry.crawl(), origins, ())
    errors.extend((it.text.path, finding) for it in sources.values() for finding in _faults(library, it))
    return replace(library, errors=tuple(errors))


@cache
def _class(dialect: Dialect) -> Any:
    """Return jsonschema's class for *dialect* with the keywords that are registered by now."""
    checks = {"multipleOf": multiple_of, **{name: it.check for name, it in KEYWORDS.items() if it.check}}
    return jsonschema.validators.extend(dialect.validator, checks)  # type: ignore[no-untyped-call]  # its stub has no types


def _duplicates(tree: Tree) -> Iterator[Finding]:
    for it in tree.duplicates:
        yield Finding(it.span, f"the key `{it.name}` stands twice in one object", help="keep one of the two")


def _dialect(tree: Tree) -> tuple[Dialect, list[Finding]]:
    """Return the dialect that `$schema` names; an unknown one is an error, as its keywords would do nothing."""
    named = tree.value.get("$schema", _DEFAULT) if isinstance(tree.value, dict) else _DEFAULT
    if dialect := _DIALECTS.get(str(named).rstrip("#")):
        return dialect, []
    message = f"`$schema` is {named}, which reglint does not know{suggestion(str(named), _DIALECTS)}"
    return _DIALECTS[_DEFAULT], [Finding(tree.at("$schema"), message, help="use " + " or ".join(_DIALECTS))]


def _form_faults(tree: Tree, dialect: Dialect) -> Iterator[Finding]:
    """Yield what the meta-schema has against a schema, and identifiers that are no URI."""
    meta = dialect.validator(dialect.validator.META_SCHEMA)
    for error in meta.iter_errors(tree.value):
        yield Finding(tree.at(*error.absolute_path), f"the schema is not valid: {_short(error.message)}")
    for value, path in _mappings(tree.value, ()):
        for key in ("$id", "$ref"):
            if isinstance(value.get(key), str) and not _is_reference(value[key]):
                yield Finding(tree.at(*path, key), f"`{key}` is no URI reference")


def _is_reference(text: str) -> bool:
    try:
        urljoin(_BASE, text)
    except ValueError:
        return False
    return True


def references(text: Text) -> Iterator[str]:
    """Yield the paths of the files that the `$ref`s of a schema file lead to, whether they exist or not."""
    tree = json.read(text.content) if text.path.endswith(".json") else yaml.read(text.content, 0, MAX_SCHEMA_NODES)
    for value, _ in _mappings(tree.value, ()):
        if isinstance(value.get("$ref"), str) and _is_reference(value["$ref"]):
            target = urldefrag(urljoin(_BASE + text.path, value["$ref"])).url
            if target.startswith(_BASE):
                yield target.removeprefix(_BASE)


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
            inner = dialect.specification.create_resource(schema).subresources()
            pending += [(it.contents, base) for it in inner]
    return copied


def _joined(base: str, reference: str) -> str:
    """Resolve *reference* (RFC 3986); urljoin alone loses bases such as `urn:…` that have no folders."""
    return urldefrag(base).url + reference if reference.startswith("#") else urljoin(base, reference)


def _note_origins(source: Source, value: Json, path: Path, origins: dict[int, Origin]) -> None:
    if isinstance(value, dict):
        origins[id(value)] = Origin(source, path)
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, it in items:
        _note_origins(source, it, (*path, step), origins)


def _faults(library: Library, source: Source) -> Iterator[Finding]:
    """Yield what is wrong with one schema, each at its own line."""
    for schema, path in _subschemas(source):
        for name in (it for it in schema if it in KEYWORDS):
            yield from _place_faults(source, name, path)
            yield from _keyword_faults(source, name, schema[name], (*path, name))
        yield from _reference_faults(library, source, schema, path)
        yield from _value_faults(source, schema, path)


def _subschemas(source: Source) -> Iterator[tuple[Mapping[str, Json], Path]]:
    """Yield every mapping that is a schema, and not an argument or an example, with its path."""
    resources = [source.dialect.specification.create_resource(source.contents)]
    paths = {id(it): path for it, path in _mappings(source.contents, ())}
    while resources:
        resource = resources.pop()
        if isinstance(resource.contents, dict) and id(resource.contents) in paths:
            yield resource.contents, paths[id(resource.contents)]
            resources.extend(resource.subresources())


def _mappings(value: Json, path: Path) -> Iterator[tuple[Json, Path]]:
    if isinstance(value, dict):
        yield value, path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, it in items:
        yield from _mappings(it, (*path, step))


def _place_faults(source: Source, name: str, path: Path) -> Iterator[Finding]:
    """A keyword that looks beyond its value is not found below these two, and would do nothing there."""
    blind = {"unevaluatedProperties", "unevaluatedItems"} & set(path)
    if blind and KEYWORDS[name].relate:
        message = f"`{name}` does nothing below `{min(blind)}`, which reglint does not look into"
        yield Finding(source.tree.key(*path, name), message, help="name the properties that it is meant for")


def _keyword_faults(source: Source, name: str, value: Json, path: Path) -> Iterator[Finding]:
    for error in Draft202012Validator(KEYWORDS[name].meta, format_checker=formats.checker()).iter_errors(value):
        place = source.tree.at(*path, *error.absolute_path)
        yield Finding(place, f"`{name}` is not written as it should be: {_short(error.message)}")


def _reference_faults(library: Library, source: Source, schema: Mapping[str, Json], path: Path) -> Iterator[Finding]:
    if not isinstance(schema.get("$ref"), str):
        return
    try:
        target = library.lookup(schema["$ref"])
    except Unresolvable:
        file = urldefrag(schema["$ref"]).url.removeprefix(_BASE)
        wrong = f"no schema file `{file}`" if file not in library.sources else f"nothing at that place in `{file}`"
        yield Finding(
            source.tree.at(*path, "$ref"),
            f"the `$ref` leads nowhere: there is {wrong}",
            help="references lead to schema files of the corpus; nothing is fetched",
        )
    else:
        yield from _target_faults(library, source, target, path)


def _target_faults(library: Library, source: Source, target: Json, path: Path) -> Iterator[Finding]:
    """A reference that comes back to itself never ends; one to another dialect would be read by the wrong one."""
    seen: set[int] = set()
    origin = library.origins.get(id(target))
    if origin and origin.source.dialect is not source.dialect:
        message = f"the `$ref` leads to `{origin.source.text.path}`, which has another `$schema`"
        yield Finding(source.tree.at(*path, "$ref"), message, help="let both name the same one")
    while isinstance(target, dict) and isinstance(target.get("$ref"), str) and id(target) not in seen:
        seen.add(id(target))
        try:
            target = library.lookup(target["$ref"])
        except Unresolvable:
            return
    if id(target) in seen:
        yield Finding(source.tree.at(*path, "$ref"), "the `$ref` leads back to itself")


def _value_faults(source: Source, schema: Mapping[str, Json], path: Path) -> Iterator[Finding]:
    """Patterns that do not compile, and formats that would assert nothing."""
    patterns = [((*path, "pattern"), schema.get("pattern"))]
    patterns += [((*path, "patternProperties", it), it) for it in schema.get("patternProperties", ())]
    for place, pattern in patterns:
        if isinstance(pattern, str) and (fault := formats.regex_fault(pattern)):
            yield Finding(source.tree.key(*place), f"`{pattern}` is not a regular expression: {fault}")
    name = schema.get("format")
    if isinstance(name, str) and name not in formats.FORMATS:
        message = f"the format `{name}` is not known and would check nothing{suggestion(name, formats.FORMATS)}"
        yield Finding(source.tree.at(*path, "format"), message, help="known: " + ", ".join(formats.FORMATS))


def _short(message: str) -> str:
    return message if len(message) < 200 else message[:199] + "…"  # noqa: PLR2004 - one line of a terminal, or two
