"""A configuration and its schemas together: what a run needs besides the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from reglint import configfile
from reglint.config import Config, DocumentType
from reglint.diagnostic import Finding, Located
from reglint.schema import contradictions, faults, library, unreachable
from reglint.schema.library import Library, Source
from reglint.spelling import suggestion
from reglint.text import Span, Text

SCHEMA_FOLDER = "schemas"
_SUFFIXES = (".schema.json", ".schema.yaml", ".schema.yml")
_PARTS = frozenset({"$defs", "definitions"})
_ANNOTATIONS = frozenset({"$id", "$comment", "title", "description"})


class Project(NamedTuple):
    """*errors* are mistakes in the configuration or the schemas; with any of them nothing can be checked."""

    config: Config
    library: Library
    errors: tuple[Located, ...]


def load(configuration: Text | None, schemas: Iterable[Text]) -> Project:
    """Read the configuration file (None: there is none) and the schema files of a project. Never raises."""
    config, errors = configfile.read(configuration) if configuration else (Config(), ())
    loaded = library.load(schemas, asserts_formats=config.asserts_formats)
    loaded = replace(loaded, errors=(*loaded.errors, *faults.of_targets(loaded)))
    types = {**_found(loaded), **config.types}
    missing = _missing(config, loaded, configuration)
    unknown = (*_unknown_types(loaded, types), *_unknown_parts(loaded, types), *_idle(loaded, types))
    located = ((configuration.path, it) for it in errors) if configuration else ()
    wrong = (*located, *loaded.errors, *contradictions.of(loaded), *_twice(loaded), *missing, *unknown)
    return Project(replace(config, types=types), loaded, tuple(dict.fromkeys(wrong)))


def _found(loaded: Library) -> Mapping[str, DocumentType]:
    """`schemas/<type>.schema.json` (or `.yaml`, `.yml`) is the schema of the type."""
    named = ((_type_of(path), path) for path, source in loaded.sources.items() if not _is_shared(source))
    return {name: DocumentType(name, path) for name, path in named if name}


def _twice(loaded: Library) -> Iterator[Located]:
    """Of two schema files for one type only one would be asked."""
    first: dict[str, str] = {}
    for path in sorted(loaded.sources):
        if (name := _type_of(path)) and first.setdefault(name, path) != path:
            message = f"the type `{name}` has another schema already, `{first[name]}`"
            yield path, Finding(Span(0, 0), message, help="keep one of the two files")


def _type_of(path: str) -> str | None:
    """Return the type that a schema file is named for."""
    name = path.removeprefix(f"{SCHEMA_FOLDER}/").rsplit(".schema.", 1)[0]
    is_named = path.startswith(f"{SCHEMA_FOLDER}/") and path.endswith(_SUFFIXES) and "/" not in name
    return name if is_named else None


def _is_shared(source: Source) -> bool:
    """A schema that only holds parts for others, and asserts nothing by itself, is no type's."""
    keys = source.contents.keys() if isinstance(source.contents, dict) else set()
    return bool(keys & _PARTS) and keys <= _PARTS | _ANNOTATIONS


def _missing(config: Config, loaded: Library, configuration: Text | None) -> Iterator[Located]:
    broken = {path for path, _ in loaded.errors}
    for it in config.types.values() if configuration else ():
        if configuration and it.schema not in loaded.sources and it.schema not in broken:
            message = f"the type `{it.name}` has no schema: there is no file `{it.schema}`"
            near = suggestion(it.schema, loaded.sources)
            yield configuration.path, Finding(config.type_places[it.name], message + near)


def _unknown_types(loaded: Library, types: Mapping[str, DocumentType]) -> Iterator[Located]:
    """A `wikilink` that asks for a type without a schema could never be satisfied; one that is broken has its own."""
    known = {*types, *(_type_of(path) for path, _ in loaded.errors)}
    for path, source in loaded.sources.items() if types else ():
        for schema, place in faults.subschemas(source):
            wanted = schema.get("wikilink")
            for i, name in enumerate(wanted.get("type", ()) if isinstance(wanted, dict) else ()):
                if name not in known:
                    message = f"there is no document type `{name}`{suggestion(name, types)}"
                    yield path, Finding(source.tree.at(*place, "wikilink", "type", i), message)


def _unknown_parts(loaded: Library, types: Mapping[str, DocumentType]) -> Iterator[Located]:
    """A schema that speaks of `fontmatter` would never be asked."""
    documents = [it.schema for it in types.values() if it.applies_to == "document" and it.schema in loaded.sources]
    if not loaded.errors:
        yield from unreachable.parts(loaded, [loaded.sources[it].contents for it in documents])


def _idle(loaded: Library, types: Mapping[str, DocumentType]) -> Iterator[Located]:
    """A schema of front matter that speaks of the whole document, or any that asserts nothing, checks nothing."""
    for it in types.values():
        contents = loaded.sources[it.schema].contents if it.schema in loaded.sources else False
        properties = contents.get("properties", {}) if isinstance(contents, dict) else {}
        if contents is True or (isinstance(contents, dict) and contents.keys() <= _ANNOTATIONS):
            yield it.schema, Finding(Span(0, 0), f"the schema of the type `{it.name}` asserts nothing")
        elif it.applies_to == "frontmatter" and "frontmatter" in properties:
            message = f"the schema of `{it.name}` speaks of `frontmatter`, but is applied to front matter alone"
            place = loaded.sources[it.schema].tree.key("properties", "frontmatter")
            yield it.schema, Finding(place, message, help='let `applies-to` be "document"')
