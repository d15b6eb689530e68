"""One failure of a schema, with all that is needed to tell a person about it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from jsonschema.exceptions import ValidationError

from reglint import patterns
from reglint.diagnostic import Finding, Note, Path
from reglint.document import Document
from reglint.outline import within_section
from reglint.schema.keyword import Declared
from reglint.schema.library import Library
from reglint.spelling import listed, nearest, suggestion
from reglint.syntax.tree import Json
from reglint.text import Span

_LONGEST = 60
_MOST = 12
_TYPES = {
    "null": "nothing",
    "boolean": "`true` or `false`",
    "integer": "a whole number",
    "number": "a number",
    "string": "text",
    "array": "a list",
    "object": "keys with values",
}


@dataclass(frozen=True)
class Failure:
    """*path* leads to the value that failed, in the document's whole instance.

    *holders* are the schemas around the one that failed which speak of the same value, nearest first.
    """

    doc: Document
    error: ValidationError
    path: Path
    library: Library
    declared: Declared
    holders: tuple[Mapping[str, Json], ...] = ()

    @property
    def value(self) -> Json:
        """The value that failed."""
        return self.error.instance

    @property
    def argument(self) -> Any:
        """What the schema says behind the keyword."""
        return self.error.validator_value

    @property
    def keyword(self) -> str:
        """The keyword that refused the value; empty for the schema `false`."""
        return str(self.error.validator or "")

    @property
    def schema(self) -> Mapping[str, Json]:
        """The subschema that the keyword stands in; empty for `true` and `false`."""
        return self.error.schema if isinstance(self.error.schema, dict) else {}

    @property
    def is_refused(self) -> bool:
        """Whether the value may not be there at all: its schema is `false`, or `not` anything."""
        return not self.keyword or (self.keyword == "not" and self.argument == {})

    @property
    def is_section(self) -> bool:
        """Whether the value is a section."""
        return self.path != () and within_section(self.path) == ()

    @property
    def is_section_list(self) -> bool:
        """Whether the value is the sections of a page or of a section."""
        return within_section(self.path) == ("sections",)

    @property
    def is_name(self) -> bool:
        """Whether `propertyNames` refused the name of a key, which *path* then leads to."""
        return is_about_name(self.error)

    @cached_property
    def noun(self) -> str:
        """What a member of the failed object is called: "section", "field" (of a table), "part" or "key"."""
        if self.path[:1] == ("frontmatter",):
            return "key"
        if self.is_section_list:
            return "section"
        return "field" if within_section(self.path) == ("fields",) else "part"

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The line of the schema that asks for it; a bare `false` cannot be told from another."""
        if not isinstance(self.error.schema, dict):
            return ()
        return self.library.notes(self.error.schema, self.keyword, f"`{self.keyword}` asks for it")

    @cached_property
    def help(self) -> str:
        """The schema's `description` of the value."""
        return str(self.schema.get("description", ""))

    def finding(
        self, message: str, *, help: str = "", span: Span | None = None, pointer: Path | None = None
    ) -> Finding:
        """Return the finding, at the value unless *span* says otherwise."""
        return Finding(
            span or (self.doc.key if self.is_name else self.doc.at)(*self.path),
            message,
            help=help or self.help,
            notes=self.notes,
            pointer=self.path if pointer is None else pointer,
        )

    def missing(self) -> Sequence[str]:
        """Return the keys that `required` or a dependency asks for and the failed object lacks.

        jsonschema reports them one by one, each only in the words of its message.
        """
        wanted = self.argument
        if isinstance(wanted, dict):
            wanted = [it for key, its in wanted.items() if key in self.value and isinstance(its, list) for it in its]
        return [it for it in wanted if it not in self.value]

    def unknown(self) -> Sequence[str]:
        """Return the keys of the failed object that no schema speaks of."""
        own = self.schema if self.keyword == "additionalProperties" else {}
        names = own.get("properties", {}) if own else self.declared.names
        matched = own.get("patternProperties", {}) if own else self.declared.patterns
        return [it for it in self.value if it not in names and not any(patterns.search(by, it) for by in matched)]

    def absent(self) -> Sequence[str]:
        """Return the keys that a schema speaks of and the failed object lacks."""
        return [it for it in self.declared.names if it not in self.value]

    def known(self) -> str:
        """Say which keys the schema knows, for help."""
        names = [*self.declared.names, *self.declared.patterns]
        return self.help or (f"the schema knows {listed(names)}" if names else f"the schema knows no {self.noun} here")

    def misspelt(self, name: str) -> str | None:
        """Return the unknown key that looks like the absent *name*, if one does."""
        found = nearest(name, self.unknown())
        return found if found and nearest(found, self.absent()) == name else None

    def told_as_missing(self) -> Iterator[tuple[str, str]]:
        """Yield each missing name, with words on the key that may be meant for it.

        A misspelt key that the schema refuses is told as unknown, and not as missing as well.
        """
        for name in self.missing():
            meant = self.misspelt(name)
            if not (meant and self.declared.is_closed):
                yield name, f"; is it written `{meant}`?" if meant else ""

    def told_as_unknown(self) -> Iterator[Finding]:
        """Yield a finding for each key that the schema does not know, with the absent one that may be meant."""
        for name in self.unknown():
            path = (*self.path, name)
            message = f"unknown {self.noun} `{name}`{suggestion(name, self.absent())}"
            yield self.finding(message, help=self.known(), span=self.doc.key(*path), pointer=path)

    def within(self, error: ValidationError, declared: Mapping[Path, Declared]) -> Failure:
        """Return the failure of a branch of this one; *declared* says what schemas speak of at each path."""
        base = self.path[: len(self.path) - len(self.error.absolute_path)]
        path = (*base, *error.absolute_path)
        return replace(self, error=error, path=path, declared=declared[path], holders=())


def is_about_name(error: ValidationError) -> bool:
    """Tell whether `propertyNames` refused a name; a property may be called `propertyNames`, too."""
    steps = list(error.absolute_schema_path)
    parents = ["", *steps]
    return any(it == "propertyNames" and before != "properties" for before, it in zip(parents, steps, strict=False))


def shown(value: Json) -> str:
    """Return *value* as it is quoted in a message: on one line, and never long."""
    if isinstance(value, dict | list):
        return _TYPES["object"] if isinstance(value, dict) else _TYPES["array"]
    text = " ".join((value if isinstance(value, str) else json.dumps(value)).split())
    return f"`{text[: _LONGEST - 1]}…`" if len(text) > _LONGEST else f"`{text}`"


def type_name(value: Json) -> str:
    """Return what a person calls the type of *value*."""
    for kind, name in ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"), (list, "array")):
        if isinstance(value, kind):
            return _TYPES[name]
    return _TYPES["null"] if value is None else _TYPES["object"]


def expected_types(types: str | Sequence[str]) -> str:
    """Return the types that a schema allows as a person says them."""
    names = [types] if isinstance(types, str) else list(types)
    return " or ".join(_TYPES.get(it, it) for it in names)


def choices(values: Sequence[Json]) -> str:
    """Return the allowed values as they are listed in a message; a long list is cut and says so."""
    cut = [it if isinstance(it, str) else shown(it).strip("`") for it in values[:_MOST]]
    more = len(values) - len(cut)
    return listed(cut) if more <= 0 else ", ".join(f"`{it}`" for it in cut) + f" and {more} more"
