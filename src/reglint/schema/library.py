"""The schemas of a corpus: read with places, checked, resolved inside the root, and ready to judge.

Nothing is fetched. `$ref`s lead to other files of the library or nowhere, which is an error at the `$ref`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple, TypeGuard
from urllib.parse import urldefrag

from reglint.diagnostic import Finding, Located, Note, Path
from reglint.schema import bundle, dialect, faults, published, table
from reglint.schema.bundle import Bundle
from reglint.schema.dialect import Dialect
from reglint.schema.faults import BASE, joined
from reglint.schema.keyword import KEYWORDS, Keyword
from reglint.schema.node import Known, Nodes
from reglint.schema.resources import Resource, Resources, Unresolvable
from reglint.schema.table import Table
from reglint.schema.verdict import Verdict
from reglint.spelling import suggestion
from reglint.syntax import json, yaml
from reglint.syntax.events import MAX_SCHEMA_NODES
from reglint.syntax.tree import Json, Tree
from reglint.text import Text

_LEADING = (*faults.REFERENCES, "$schema")


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

    @cached_property
    def subschemas(self) -> tuple[tuple[Mapping[str, Json], Path], ...]:
        """Every mapping that is a schema, and not an argument or an example, with its path."""
        paths = {id(it): path for it, path in faults.mappings(self.contents, ())}
        pending, found = [self.contents], []
        while pending:
            schema = pending.pop()
            if id(schema) in paths:
                found.append((schema, paths[id(schema)]))
                pending.extend(self.dialect.subschemas(schema))
        return tuple(found)


@dataclass(frozen=True, eq=False)
class Library:
    """All schema files by path, and where each subschema is written. *errors* are what makes a run impossible.

    *is_fast*: whether jsonschema-rs is asked, where it is installed.
    """

    sources: Mapping[str, Source]
    resources: Resources
    origins: Mapping[int, Origin]
    errors: tuple[Located, ...]
    asserts_formats: bool = True
    tables: Mapping[str, Table] = field(default_factory=dict)
    is_fast: bool = True

    @cached_property
    def keywords(self) -> Mapping[str, Keyword]:
        """Our keywords, with the tables that they look into."""
        return {name: it.given(self.tables) for name, it in KEYWORDS.items()}

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The JSON Pointers that schemas ask other documents for."""
        found = (
            asks(schema[name])
            for source in self.sources.values()
            for schema, _ in faults.subschemas(source)
            for name in schema
            if name in KEYWORDS and (asks := KEYWORDS[name].asks)
        )
        return tuple(dict.fromkeys(found))

    def validator(self, path: str) -> Any:
        """Return jsonschema's validator for the schema file at *path*, with our keywords and formats."""
        from reglint.schema import reference

        source = self.sources[path]
        checker = reference.checker() if self.asserts_formats else None
        return self._class(source.dialect)(source.contents, registry=self._registry, format_checker=checker)

    @cached_property
    def _registry(self) -> Any:
        from reglint.schema import reference

        return reference.registry({it.uri: (it.contents, it.dialect) for it in self.resources.files})

    @cached_property
    def _class(self) -> Callable[[Dialect], Any]:
        from reglint.schema import reference

        return cache(lambda it: reference.validator_class(it, self.keywords))

    def verdict(self, path: str) -> Verdict:
        """Return what decides whether values keep the subschemas that the schema file at *path* leads to."""
        named = self.sources[path].dialect
        source = bundle.Source(
            self.lookup,
            lambda it: id(it) in self.origins and self.origins[id(it)].source.dialect is named,
            self.keywords,
            named.is_draft_07,
            self.asserts_formats,
        )
        validator = cache(lambda: self.validator(path))
        is_sure = self.is_fast and not named.ignored
        return Verdict(
            Bundle(source) if is_sure else None, lambda it, value: bool(validator().evolve(schema=it).is_valid(value))
        )

    def nodes(self, verdict: Verdict) -> Nodes:
        """Return the subschemas of the library, compiled; *verdict* decides their branches."""
        return Nodes(Known(self.lookup, lambda it: id(it) in self.origins, self.stands_alone, verdict.accepts))

    def lookup(self, ref: str) -> Json:
        """Return the subschema that an absolute *ref* of the library leads to. Raises Unresolvable."""
        return self.resources.lookup(ref)

    def target(self, ref: str) -> Json:
        """Return what *ref* leads to; `true`, which asks for nothing, where only a published meta-schema knows."""
        try:
            return self.lookup(ref)
        except Unresolvable:
            return True

    def stands_alone(self, schema: Mapping[str, Json]) -> bool:
        """Tell whether the `$ref` of *schema* is all that counts of it."""
        origin = self.origins.get(id(schema))
        return "$ref" in schema and origin is not None and origin.source.dialect.is_draft_07

    def notes(self, schema: Json, keyword: str, message: str) -> tuple[Note, ...]:
        """Return the place of *keyword* in a subschema of this library; a published meta-schema has none."""
        origin = self.origins.get(id(schema))
        if not origin:
            return ()
        return (Note(origin.source.text.path, origin.source.tree.key(*origin.path, keyword), message),)


def load(texts: Iterable[Text], *, asserts_formats: bool = True) -> Library:
    """Read and check schema files, and the CSV files that they name. Never raises: what is wrong is in `errors`.

    *asserts_formats*: whether `format` refuses values, and has to be one that is known; JSON Schema 2020-12 leaves that
    to a choice of the user (validation, §7.2).
    """
    texts = tuple(texts)
    tables = {it.path: table.read(it) for it in texts if it.path.endswith(table.ENDING)}
    read = [(it, _read(it)) for it in texts if it.path not in tables]
    dialects = _dialects(read)
    sources: dict[str, Source] = {}
    errors: list[Located] = [(it.path, wrong) for it in tables.values() for wrong in it.errors]
    for text, tree in read:
        named = _dialect(text, tree, dialects)
        wrong = [*tree.errors, *faults.of_duplicates(tree), *faults.of_merges(tree)]
        if not tree.errors:
            wrong += faults.of_form(text, tree, named) if named else _unknown_dialect(tree, dialects)
        if not wrong and named:
            contents = _resolved(tree.value, named, BASE + text.path)
            sources[text.path] = Source(text, tree, named, contents)
        errors.extend((text.path, it) for it in wrong)
    resources = Resources(Resource(it.uri, it.contents, it.dialect) for it in sources.values())
    library = Library(sources, resources, _origins(sources.values()), tuple(errors), asserts_formats, tables)
    errors.extend((it.text.path, finding) for it in sources.values() for finding in faults.of(library, it))
    return replace(library, errors=tuple(errors))


def _origins(sources: Iterable[Source]) -> Mapping[int, Origin]:
    return {id(schema): Origin(it, path) for it in sources for schema, path in faults.mappings(it.contents, ())}


def _read(text: Text) -> Tree:
    return _tree(text.content, is_json=text.path.endswith(".json"))


@lru_cache(maxsize=64)
def _tree(content: str, *, is_json: bool) -> Tree:
    """Read a schema file, which is asked first for what it refers to, and then for what it says."""
    return json.read(content) if is_json else yaml.read(content, 0, MAX_SCHEMA_NODES)


def _dialects(read: Iterable[tuple[Text, Tree]]) -> Mapping[str, Dialect]:
    """The dialects by URI: those that are known, reglint's own, and those that schema files define."""
    read = tuple(read)
    mappings = [tree.value for _, tree in read if isinstance(tree.value, dict)]
    if all("$vocabulary" not in it and _is_known(it.get("$schema", dialect.DEFAULT)) for it in mappings):
        return dialect.KNOWN
    files = ((BASE + text.path, tree.value) for text, tree in read)
    own = (it for uri, contents in (("", published.meta_schema()), *files) for it in dialect.own(uri, contents))
    return {**dialect.KNOWN, **{it.uri: it for it in own}}


def _is_known(uri: Json) -> bool:
    return urldefrag(str(uri)).url in dialect.KNOWN


def _dialect(text: Text, tree: Tree, dialects: Mapping[str, Dialect]) -> Dialect | None:
    """Return the dialect that `$schema` names, which may be a file beside this one."""
    named = tree.value.get("$schema", dialect.DEFAULT) if isinstance(tree.value, dict) else dialect.DEFAULT
    uri = urldefrag(str(named)).url
    return dialects.get(uri) or (dialects.get(joined(BASE + text.path, uri)) if faults.is_reference(uri) else None)


def _unknown_dialect(tree: Tree, dialects: Mapping[str, Dialect]) -> list[Finding]:
    """An unknown dialect is an error, as its keywords would do nothing."""
    message = f"`$schema` is {tree.value['$schema']}, which reglint does not know"
    near = suggestion(str(tree.value["$schema"]), dialects)
    return [Finding(tree.at("$schema"), message + near, help="use " + " or ".join(dialect.KNOWN))]


def references(text: Text) -> Iterator[str]:
    """Yield the paths of the files that a schema file leads to, whether they exist or not."""
    if text.path.endswith(table.ENDING):
        return
    pending: list[tuple[Json, str]] = [(_read(text).value, BASE + text.path)]
    while pending:
        value, base = pending.pop()
        if isinstance(value, list):
            pending += ((it, base) for it in value)
        if not isinstance(value, dict):
            continue
        if _is_reference(value.get("$id")):
            base = joined(base, value["$id"])
        named = [value[key] for key in _LEADING if key in value] + [it for _, it in _named_files(value)]
        for target in (joined(base, it) for it in named if _is_reference(it)):
            if target.startswith(BASE):
                yield urldefrag(target).url.removeprefix(BASE)
        pending += ((it, base) for it in value.values())


def _named_files(schema: Mapping[str, Json]) -> Iterator[tuple[tuple[str, str], Json]]:
    """Yield the members of our keywords' values that name files, with the way to them."""
    for name in (it for it in schema if it in KEYWORDS and isinstance(schema[it], dict)):
        yield from (((name, key), schema[name][key]) for key in KEYWORDS[name].files if key in schema[name])


def _is_reference(value: Json) -> TypeGuard[str]:
    return isinstance(value, str) and faults.is_reference(value)


def _resolved(contents: Json, named: Dialect, base: str) -> Json:
    """Copy a schema with each reference made absolute, and without `$schema`.

    jsonschema would drop our keywords where a subschema names a `$schema` of its own. Only what *is* a schema is
    touched: a property may be called `$ref`, and a `const` may look like a schema.
    """
    copied = deepcopy(contents)
    pending = [(copied, base)]
    while pending:
        schema, base = pending.pop()
        if isinstance(schema, dict):
            base = _base(schema, named, base)
            schema.pop("$schema", None)
            for name in (it for it in faults.REFERENCES if isinstance(schema.get(it), str)):
                schema[name] = joined(base, schema[name])
            for (name, key), file in _named_files(schema):
                schema[name][key] = joined(base, str(file)).removeprefix(BASE)
            _name_refusals(schema)
            pending += [(it, base) for it in named.subschemas(schema)]
    return copied


def _base(schema: Mapping[str, Json], named: Dialect, base: str) -> str:
    """Return the URI that references within *schema* count from; Draft-07 ignores an `$id` beside a `$ref`."""
    counts = named.id_of(schema)
    return joined(base, counts) if isinstance(counts, str) else base


def _name_refusals(schema: Json) -> None:
    """Write `false` as `{"not": {}}`, which means the same: jsonschema loses the path to what `false` refuses."""
    for keyword in ("properties", "patternProperties"):
        members = schema.get(keyword, {})
        members.update({name: {"not": {}} for name, it in members.items() if it is False})
