"""Reads reglint.toml (or `[tool.reglint]` of pyproject.toml) into a Config; every mistake has its line and column."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from reglint.config import Config, DocumentType, Override, Setting, Written, default_schema, default_settings, is_glob
from reglint.diagnostic import Finding, Path, Severity
from reglint.resolution import Links
from reglint.rule import REDUCING, RULES
from reglint.rules import MANUALS
from reglint.schema import plain
from reglint.schema.parts import Part, part_of_file
from reglint.syntax.tree import Json, Tree
from reglint.text import Text

FILE_NAMES = ("reglint.toml", ".reglint.toml")
PYPROJECT = "pyproject.toml"
_SECTION: Path = ("tool", "reglint")
_GLOBS = {"type": "array", "items": {"type": "string", "minLength": 1}}
_FOLDER = "a root is a folder below the configuration, such as `docs/en`"
_LEVELS = ["off", *(it.name for it in Severity)]


class Loaded(NamedTuple):
    """A configuration, and what is wrong with its file."""

    config: Config
    errors: tuple[Finding, ...]


@lru_cache(maxsize=4)  # it is asked for the schemas that it names, and then for all the rest
def read(text: Text) -> Loaded:
    """Read the configuration file *text*; never raises."""
    tree = _read(text)
    if tree.errors:
        return Loaded(Config(), tree.errors)
    base = _SECTION if text.path.endswith(PYPROJECT) else ()
    value = _at(tree.value, base)
    if value is None:
        return Loaded(Config(), ())
    asked = plain.validator(schema(frozenset(it for path in tree.places for it in path)))
    file = plain.Written(text, tree, lambda path: _part(path, base))
    errors = tuple(plain.findings(asked, value, file, base))
    errors = errors or (*_glob_faults(value, tree, base), *_corpus_options(value, tree, base))
    return Loaded(Config(), errors) if errors else Loaded(_config(value, tree, base, text.path), ())


def has_section(text: Text) -> bool:
    """Tell whether a pyproject.toml speaks of reglint; of one that cannot be read, whether it seems to."""
    tree = _read(text)
    return "[tool.reglint" in text.content if tree.errors else _at(tree.value, _SECTION) is not None


def _read(text: Text) -> Tree:
    from reglint.syntax import toml

    return toml.read(text.content)


def schema(named: Collection[str | int] = MANUALS.keys()) -> Json:
    """Return the JSON Schema of the configuration, made from the signatures of the rules.

    Of a rule that is not *named*, it says no more than that there is one.
    """
    known = (it for it in MANUALS if it not in RULES or RULES[it].scope != "mistake")
    rules = {it: _setting_schema(it) if it in named else True for it in known}
    settings = {"type": "object", "properties": rules, "additionalProperties": False}
    kind = {
        "type": "object",
        "properties": {
            "schema": {"type": "string"},
            "files": {**_GLOBS, "minItems": 1},
            "applies-to": {"enum": ["document", "frontmatter"]},
        },
        "additionalProperties": False,
    }
    override = {
        "type": "object",
        "required": ["paths", "rules"],
        "properties": {"paths": {**_GLOBS, "minItems": 1}, "rules": settings},
        "additionalProperties": False,
    }
    formats = {"assert-formats": {"type": "boolean"}}
    links = {
        "resolution": {"enum": ["obsidian", "path", "name"]},
        "aliases": {"type": "boolean"},
        "roots": {"type": "array", "items": {"type": "string", "pattern": r"^[^*?\[\]]+$", "description": _FOLDER}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of reglint",
        "type": "object",
        "properties": {
            "include": {**_GLOBS, "minItems": 1},
            "exclude": _GLOBS,
            "types": {"type": "object", "additionalProperties": kind},
            "links": {"type": "object", "properties": links, "additionalProperties": False},
            "schemas": {"type": "object", "properties": formats, "additionalProperties": False},
            "rules": settings,
            "overrides": {"type": "array", "items": override},
        },
        "additionalProperties": False,
    }


def _setting_schema(rule: str) -> Json:
    """A level, or a table with a level and the rule's own options."""
    options = RULES[rule].option_schema() if rule in RULES else {}
    return {
        "anyOf": [
            {"enum": _LEVELS},
            {"type": "object", "properties": {"severity": {"enum": _LEVELS}, **options}, "additionalProperties": False},
        ]
    }


def _part(path: Path, base: Path) -> Part:
    inner = path[len(base) :]
    part = part_of_file(inner, "the configuration", "TOML")
    if inner[-1:] == ("rules",):
        return part._replace(member="rule", listing="`reglint rule` lists all rules")
    return part._replace(member="option") if "rules" in inner else part


def _glob_faults(value: Mapping[str, Json], tree: Tree, base: Path) -> Iterator[Finding]:
    for path, patterns in _glob_lists(value):
        for i, pattern in enumerate(patterns):
            if not is_glob(pattern):
                yield Finding(tree.at(*base, *path, i), f"`{pattern}` is no glob")


def _corpus_options(value: Mapping[str, Json], tree: Tree, base: Path) -> Iterator[Finding]:
    """A rule that sees the corpus runs once, so that its options cannot differ by path."""
    for i, override in enumerate(value.get("overrides", ())):
        for name, it in override["rules"].items():
            options = it.keys() - {"severity"} if isinstance(it, dict) else ()
            if options and name in RULES and RULES[name].scope in REDUCING:
                place = tree.key(*base, "overrides", i, "rules", name)
                yield Finding(place, f"`{name}` looks at the whole corpus, so its options cannot differ by path")


def _config(value: Mapping[str, Json], tree: Tree, base: Path, file: str) -> Config:
    default = Config()
    defaults = default_settings()
    settings = {**defaults, **_settings(value.get("rules", {}), defaults)}
    types = value.get("types", {})
    return replace(
        default,
        include=tuple(value.get("include", default.include)),
        exclude=tuple(value.get("exclude", ())),
        types={name: _type(name, it) for name, it in types.items()},
        type_places={name: tree.key(*base, "types", name) for name in types},
        settings=settings,
        overrides=tuple(
            Override(tuple(it["paths"]), _settings(it["rules"], settings)) for it in value.get("overrides", ())
        ),
        links=_links(value.get("links", {})),
        asserts_formats=value.get("schemas", {}).get("assert-formats", True),
        globs_written=tuple(_globs_written(value, tree, base, file)),
    )


def _links(value: Mapping[str, Any]) -> Links:
    return Links(**{**value, "roots": tuple(value.get("roots", ()))})


def _type(name: str, value: Mapping[str, Json]) -> DocumentType:
    path = value.get("schema", default_schema(name))
    return DocumentType(name, path, tuple(value.get("files", ())), value.get("applies-to", "document"))


def _settings(rules: Mapping[str, Json], defaults: Mapping[str, Setting]) -> dict[str, Setting]:
    return {name: _setting(name, it, defaults[name]) for name, it in rules.items()}


def _setting(name: str, value: Json, default: Setting) -> Setting:
    """A table without a level turns a rule on that is off by default: who gives it options wants it to run."""
    table: Mapping[str, Any] = value if isinstance(value, dict) else {"severity": value}
    level = table.get("severity")
    severity = default.severity or MANUALS[name].severity if level is None else _severity(level)
    return Setting(severity, {**default.options, **{key: it for key, it in table.items() if key != "severity"}})


def _severity(level: str) -> Severity | None:
    return None if level == "off" else Severity[level]


def _globs_written(value: Mapping[str, Json], tree: Tree, base: Path, file: str) -> Iterator[Written]:
    for path, patterns in _glob_lists(value):
        for i, pattern in enumerate(patterns):
            yield Written(path, pattern, file, tree.at(*base, *path, i))


def _glob_lists(value: Mapping[str, Json]) -> Iterator[tuple[Path, Json]]:
    yield from (((key,), value.get(key, ())) for key in ("include", "exclude"))
    yield ("links", "roots"), value.get("links", {}).get("roots", ())
    for name, it in value.get("types", {}).items():
        yield ("types", name, "files"), it.get("files", ())
    for i, it in enumerate(value.get("overrides", ())):
        yield ("overrides", i, "paths"), it["paths"]


def _at(value: Json, path: Path) -> Json:
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value
