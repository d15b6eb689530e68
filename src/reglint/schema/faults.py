"""What is wrong with a schema file, each mistake at its own line: a schema that checks nothing is never silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin

from reglint import patterns
from reglint.diagnostic import Finding, Located, Path
from reglint.schema import formats, plain
from reglint.schema.keyword import KEYWORDS
from reglint.schema.parts import part_of_file
from reglint.schema.resources import Unresolvable
from reglint.schema.wording import cut, shown
from reglint.spelling import nearest, suggestion
from reglint.syntax.tree import Json, Tree
from reglint.text import Span, Text

if TYPE_CHECKING:
    from reglint.schema.dialect import Dialect
    from reglint.schema.library import Library, Source

BASE = "https://reglint.invalid/"  # a name that resolves nowhere (RFC 2606); nothing is ever fetched
REFERENCES = ("$ref", "$dynamicRef")
_HELPERS = ("then", "else", "minContains", "maxContains")  # keywords that others read
_OTHERS = ("example", "x-")  # OpenAPI's `example`, JSON Schema's `examples`, and extensions: no slips of anything
_ONE_SLIP = 0.77
# What the standard has besides keywords that assert: no slips either, and every schema has some.
_ANNOTATIONS = frozenset({
    "$anchor", "$comment", "$defs", "$id", "$schema", "default", "definitions", "deprecated", "description", "readOnly",
    "title", "writeOnly",
})  # fmt: skip
_COLLECTIONS = (dict, list)
_PATTERNS = "patterns are regular expressions of ECMA-262 without look-around and back-references"


def of(library: Library, source: Source) -> Iterator[Finding]:
    """Yield what is wrong with a schema that has passed its meta-schema."""
    for schema, path in subschemas(source):
        for name in (it for it in schema if it in KEYWORDS):
            yield from _place_faults(source, name, path)
            yield from _keyword_faults(library, source, name, schema[name], (*path, name))
        yield from _misspelt(source, schema, path)
        yield from _reference_faults(library, source, schema, path)
        yield from _value_faults(library, source, schema, path)


def subschemas(source: Source) -> Iterable[tuple[Mapping[str, Json], Path]]:
    """Return every mapping that is a schema, and not an argument or an example, with its path."""
    return source.subschemas


def mappings(value: Json, path: Path) -> Iterator[tuple[Json, Path]]:
    """Yield every mapping within *value*, an outer one before those in it, and the path to it."""
    pending = [(value, path)]
    while pending:
        value, path = pending.pop()
        if isinstance(value, dict):
            yield value, path
        elif not isinstance(value, list):
            continue
        items = value.items() if isinstance(value, dict) else enumerate(value)
        pending += reversed([(it, (*path, step)) for step, it in items if isinstance(it, _COLLECTIONS)])


def _misspelt(source: Source, schema: Mapping[str, Json], path: Path) -> Iterator[Finding]:
    """A word one slip away from a keyword is one that was misspelt; any other is an annotation (core, §6.5)."""
    asserting = (*source.dialect.keywords, *KEYWORDS, *_HELPERS)
    unknown = (it for it in schema if it not in _ANNOTATIONS and it not in asserting)
    for name in (it for it in unknown if not it.startswith(_OTHERS)):
        meant = _meant(name, asserting)
        if meant and not (name.startswith(meant) and name[len(meant)].isupper()):  # `orderBy` is a word of its own
            message = f"`{name}` is no keyword, and would check nothing; did you mean `{meant}`?"
            yield Finding(source.tree.key(*path, name), message)


@lru_cache(maxsize=1024)
def _meant(name: str, known: tuple[str, ...]) -> str | None:
    return nearest(name, known, _ONE_SLIP)


def _place_faults(source: Source, name: str, path: Path) -> Iterator[Finding]:
    """A keyword that looks beyond its value is not found below these two, and would do nothing there."""
    blind = {"unevaluatedProperties", "unevaluatedItems"} & set(path)
    if blind and KEYWORDS[name].relate:
        message = f"`{name}` does nothing below `{min(blind)}`, which reglint does not look into"
        yield Finding(source.tree.key(*path, name), message, help="name the properties that it is meant for")


def _keyword_faults(library: Library, source: Source, name: str, value: Json, path: Path) -> Iterator[Finding]:
    file = _written(source.text, source.tree)
    found = tuple(plain.findings(_asked(name), value, file, path))
    yield from found
    for place, message in () if found else library.keywords[name].faults(value):
        yield Finding(source.tree.at(*path, *place), cut(message))


@cache
def _asked(keyword: str) -> plain.Asked:
    return plain.validator(KEYWORDS[keyword].meta)


def _written(text: Text, tree: Tree) -> plain.Written:
    language = "JSON" if text.path.endswith(".json") else "YAML"
    return plain.Written(text, tree, lambda path: part_of_file(path, "the schema", language))


def _reference_faults(library: Library, source: Source, schema: Mapping[str, Json], path: Path) -> Iterator[Finding]:
    for name in _references(source, schema):
        try:
            target = library.lookup(schema[name])
        except Unresolvable:
            yield from _lost(library, schema[name], name, source.tree.at(*path, name))
        else:
            yield from _target_faults(library, source, target, path) if name == "$ref" else ()


def _references(source: Source, schema: Mapping[str, Json]) -> Iterator[str]:
    """Yield the keywords of *schema* that lead to other schemas."""
    known = source.dialect.keywords
    return (it for it in REFERENCES if it in known and isinstance(schema.get(it), str))


def _lost(library: Library, ref: str, name: str, span: Span) -> Iterator[Finding]:
    file = urldefrag(ref).url.removeprefix(BASE)
    if any(path == file for path, _ in library.errors):
        return  # it is there, and its own mistakes are told
    wrong = f"no schema file `{file}`{suggestion(file, library.sources)}"
    wrong = wrong if file not in library.sources else f"nothing at that place in `{file}`"
    help_ = "references lead to schema files of the corpus; nothing is fetched"
    yield Finding(span, f"the `{name}` leads nowhere: there is {wrong}", help=help_)


def of_targets(library: Library) -> Iterator[Located]:
    """Yield the references to what is written in a schema file and no schema there, so that nothing has checked it."""
    found = [(it, schema, path) for it in library.sources.values() for schema, path in subschemas(it)]
    known = {id(schema) for _, schema, _ in found}
    for source, schema, path in found:
        for name in _references(source, schema):
            target = library.target(schema[name])
            is_checked = id(target) in known or id(target) not in library.origins  # those of others are published
            if not (is_checked if isinstance(target, dict) else isinstance(target, bool)):
                place = "$defs" if "$dynamicRef" in source.dialect.keywords else "definitions"
                message = f"the `{name}` leads to a place that no keyword makes a schema"
                yield source.text.path, Finding(source.tree.at(*path, name), message, help=f"put it below `{place}`")


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


def _value_faults(library: Library, source: Source, schema: Mapping[str, Json], path: Path) -> Iterator[Finding]:
    """Patterns that do not compile, and formats that would assert nothing."""
    at, key = source.tree.at, source.tree.key
    written: list[tuple[Callable[..., Span], Path, Json]] = [(at, ("pattern",), schema.get("pattern"))]
    written += [(key, ("patternProperties", it), it) for it in schema.get("patternProperties", ())]
    for place, steps, pattern in written:
        if isinstance(pattern, str) and (fault := patterns.fault(pattern)):
            yield Finding(place(*path, *steps), cut(f"{shown(pattern)} {fault}"), help=_PATTERNS)
    name = schema.get("format")
    if library.asserts_formats and isinstance(name, str) and name not in formats.FORMATS:
        message = f"the format `{name}` is not known and would check nothing{suggestion(name, formats.FORMATS)}"
        yield Finding(source.tree.at(*path, "format"), message, help="known: " + ", ".join(formats.FORMATS))


def of_duplicates(tree: Tree) -> Iterator[Finding]:
    """Yield the keys that stand twice in one object, of which JSON readers keep any."""
    for it in tree.duplicates:
        yield Finding(it.span, f"the key `{it.name}` stands twice in one object", help="keep one of the two")


def of_merges(tree: Tree) -> Iterator[Finding]:
    """Yield the merge keys, which YAML 1.1 had: they would be taken for properties and annotations of that name."""
    for it in tree.plain:
        if it.is_key and it.path[-1] == "<<":
            yield Finding(it.span, "YAML 1.2 knows no merge keys; `<<` would check nothing", help="use `$ref`")


def of_form(text: Text, tree: Tree, dialect: Dialect) -> Iterator[Finding]:
    """Yield what the meta-schema has against a schema, and identifiers that are no URI."""
    yield from plain.findings(dialect.form, tree.value, _written(text, tree))
    for value, path in mappings(tree.value, ()):
        for key in ("$id", *REFERENCES):
            if isinstance(value.get(key), str) and not is_reference(value[key]):
                yield Finding(tree.at(*path, key), f"`{key}` is no URI reference")


@lru_cache(maxsize=1 << 10)
def is_reference(text: str) -> bool:
    """Tell whether *text* can be read as a URI reference."""
    try:
        urljoin(BASE, text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1 << 10)
def joined(base: str, reference: str) -> str:
    """Resolve *reference* (RFC 3986); a file below the root is named as it is on disk, without `%20` for a blank."""
    if reference.startswith("#"):
        return urldefrag(base).url + reference  # urljoin loses bases such as `urn:…` that have no folders
    url, fragment = urldefrag(urljoin(base, reference))
    named = BASE + unquote(url.removeprefix(BASE)) if url.startswith(BASE) else url
    return f"{named}#{fragment}" if fragment else named
