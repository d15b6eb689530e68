"""The configuration as rules and the engine need it; `configfile.py` reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from reglint.corpus import Glob
from reglint.diagnostic import Path, Severity
from reglint.document import Document
from reglint.resolution import Links
from reglint.rule import RULES
from reglint.rules import MANUALS
from reglint.syntax.tree import Json
from reglint.text import Span


class Setting(NamedTuple):
    """What holds for one rule: its severity (None: off) and the values of all its options."""

    severity: Severity | None
    options: Mapping[str, Json]


def default_settings() -> Mapping[str, Setting]:
    """Return each rule's own severity, and off for those that run only when asked to."""
    return MappingProxyType(
        {name: Setting(it.severity if it.enabled else None, _default_options(name)) for name, it in MANUALS.items()}
    )


def _default_options(rule: str) -> Mapping[str, Json]:
    """Return the options of *rule* as its signature has them."""
    return RULES[rule].options if rule in RULES else {}


class Written(NamedTuple):
    """A pattern as the configuration file has it: the list it stands in, such as `("types", "note", "files")`."""

    list: Path
    pattern: str
    file: str
    span: Span


class Override(NamedTuple):
    """Settings for the files that some globs match."""

    paths: tuple[str, ...]
    settings: Mapping[str, Setting]


class DocumentType(NamedTuple):
    """A document type: its schema's path, globs of files that are of it whatever their front matter says."""

    name: str
    schema: str
    files: tuple[str, ...] = ()
    applies_to: str = "document"


def default_schema(type_name: str) -> str:
    """Return the path of the schema of a type that the configuration gives none."""
    return f"schemas/{type_name}.schema.json"


@dataclass(frozen=True)
class Config:
    """What to check and how.

    *settings* holds every rule; *type_places* and *globs_written* say where types and globs stand in the configuration;
    *asserts_formats*: whether `format` refuses values.
    """

    include: tuple[str, ...] = ("**/*.md",)
    exclude: tuple[str, ...] = ()
    types: Mapping[str, DocumentType] = field(default_factory=lambda: MappingProxyType({}))
    type_places: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}))
    settings: Mapping[str, Setting] = field(default_factory=default_settings)
    overrides: tuple[Override, ...] = ()
    links: Links = field(default_factory=Links)
    asserts_formats: bool = True
    globs_written: tuple[Written, ...] = ()

    def is_document(self, path: str) -> bool:
        """Tell whether the file at *path* (relative to the root) belongs to the corpus."""
        return matches(path, self.include) and not matches(path, self.exclude)

    def type_of(self, doc: Document) -> DocumentType | None:
        """Return the type that judges *doc*: the one whose globs name it, else the one its front matter names."""
        for it in self.types.values():
            if matches(doc.path, it.files):
                return it
        named = doc.frontmatter.get("type")
        return self.types.get(named) if isinstance(named, str) else None

    def setting(self, rule: str, path: str) -> Setting:
        """Return what holds for *rule* in the file at *path*."""
        return self.setting_under(rule, self.overriding(path))

    def overriding(self, path: str) -> tuple[int, ...]:
        """Return the indexes of the overrides that apply to the file at *path*."""
        return tuple(i for i, it in enumerate(self.overrides) if matches(path, it.paths))

    def setting_under(self, rule: str, overriding: tuple[int, ...]) -> Setting:
        """Return what holds for *rule* where the overrides with these indexes apply; a later one wins."""
        found = (own[rule] for i in reversed(overriding) if rule in (own := self.overrides[i].settings))
        return next(found, self.settings[rule])

    def is_on(self, rule: str) -> bool:
        """Tell whether *rule* can report anything in any file."""
        settings = [self.settings[rule], *(it.settings[rule] for it in self.overrides if rule in it.settings)]
        return any(it.severity is not None for it in settings)

    def globs(self, paths: frozenset[str]) -> tuple[Glob, ...]:
        """Return every pattern that ought to match something, and whether one of *paths* matches it.

        What is excluded may be missing, as in a fresh clone.
        """
        return tuple(
            Glob(it.pattern, it.file, it.span, any(matches(path, (it.pattern,)) for path in paths))
            for it in self.globs_written
            if it.list != ("exclude",)
        )

    def matching(self, path: str, *of: str | int) -> Written | None:
        """Return the first pattern of the list *of* (`"exclude"`, or `"overrides", 0, "paths"`) that matches *path*."""
        return next((it for it in self.globs_written if it.list == of and matches(path, (it.pattern,))), None)


def matches(path: str, patterns: tuple[str, ...]) -> bool:
    """Tell whether one of the globs matches *path*."""
    return any(_compiled(it).fullmatch(path) for it in patterns)


def is_glob(pattern: str) -> bool:
    """Tell whether *pattern* can be understood: `[z-a]` cannot."""
    try:
        _compiled(pattern)
    except re.error:
        return False
    return True


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """`**` crosses folders, `*` and `?` do not; `[…]` is a set; a folder's name stands for all that is in it."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]]*\])", pattern.removeprefix("./").removesuffix("/"))
    translated = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    regex = "".join(translated.get(it) or (it.replace("[!", "[^") if it[:1] == "[" else re.escape(it)) for it in parts)
    return re.compile(f"{regex}(?:/.*)?", re.DOTALL)


def select(config: Config, chosen: frozenset[str] | None, ignored: frozenset[str]) -> Config:
    """Return *config* with only the *chosen* rules (None: those it has), less the *ignored* ones.

    That a file could not be checked is always told.
    """

    def is_wanted(name: str) -> bool:
        return MANUALS[name].group == "files" or (name not in ignored and (chosen is None or name in chosen))

    def narrowed(settings: Mapping[str, Setting], asked: bool) -> Mapping[str, Setting]:
        """A rule that is off runs when it is asked for by name, group or category; an override keeps it off."""
        on = {name: it.severity or (MANUALS[name].severity if asked else None) for name, it in settings.items()}
        return {name: it._replace(severity=on[name] if is_wanted(name) else None) for name, it in settings.items()}

    overrides = tuple(it._replace(settings=narrowed(it.settings, asked=False)) for it in config.overrides)
    return replace(config, settings=narrowed(config.settings, asked=bool(chosen)), overrides=overrides)
