"""What the `$ref`s of schema files lead to, by `$id`, anchor and JSON Pointer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

from reglint.schema.dialect import Dialect
from reglint.syntax.tree import Json


class Unresolvable(LookupError):
    """A reference that leads nowhere."""


class Resource(NamedTuple):
    """A schema file: its URI, and what it says in which dialect."""

    uri: str
    contents: Json
    dialect: Dialect


class Resources:
    """All that references may lead to; the published meta-schemas are looked up where they are named."""

    def __init__(self, files: Iterable[Resource]) -> None:
        self.files = tuple(files)
        self._schemas: dict[str, Json] = {it.uri: it.contents for it in self.files}
        self._canonical: dict[str, str] = {}
        self._anchors: dict[tuple[str, str], Json] = {}
        self._found: dict[str, Json] = {}
        for it in self.files:
            self._add(it)

    def _add(self, file: Resource) -> None:
        pending = [(file.uri, file.contents)]
        while pending:
            uri, schema = pending.pop()
            if (named := file.dialect.id_of(schema)) is not None:
                if schema is file.contents:
                    self._canonical[file.uri] = named.rstrip("#")
                uri = urljoin(uri, named.rstrip("#"))
                self._schemas[uri] = schema
            for name in file.dialect.anchors(schema):
                self._anchors[uri, name] = schema
            pending += ((uri, it) for it in file.dialect.subschemas(schema))

    def lookup(self, ref: str) -> Json:
        """Return the subschema that the absolute *ref* leads to. Raises Unresolvable."""
        if ref not in self._found:
            self._found[ref] = self._lookup(ref)
        return self._found[ref]

    def _lookup(self, ref: str) -> Json:
        uri, fragment = urldefrag(ref)
        if uri not in self._schemas:
            return _published(ref)
        if not fragment:
            return self._schemas[uri]
        if fragment.startswith("/"):
            return _pointed(self._schemas[uri], fragment, ref)
        for it in (uri, self._canonical.get(uri, uri)):
            if (it, fragment) in self._anchors:
                return self._anchors[it, fragment]
        raise Unresolvable(ref)


def _pointed(schema: Json, pointer: str, ref: str) -> Json:
    found = schema
    for step in unquote(pointer[1:]).split("/"):
        try:
            found = found[int(step) if isinstance(found, list) else step.replace("~1", "/").replace("~0", "~")]
        except (LookupError, TypeError, ValueError) as error:  # it may take a list or a text for a mapping
            raise Unresolvable(ref) from error
    return found


def _published(ref: str) -> Json:
    from reglint.schema import reference

    try:
        return reference.published(ref)
    except LookupError as error:
        raise Unresolvable(ref) from error
