"""Why a file is treated as it is: whether it is a document, which type and schema it got, and what is set for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reglint.config import Config, DocumentType, Setting, Written, default_schema
from reglint.document import Document, parse
from reglint.rule import Unchecked
from reglint.schema.wording import type_name
from reglint.spelling import suggestion
from reglint.text import Span, Text


class Reason(NamedTuple):
    """Words, and the place that they speak of; *file* is empty where there is none."""

    words: str
    file: str = ""
    span: Span = Span(0, 0)


class Applied(NamedTuple):
    """What an override sets for a file, and the pattern that makes it hold there."""

    by: Written
    settings: Mapping[str, Setting]


@dataclass(frozen=True)
class Provenance:
    """What a file is, and why. What is no document has neither type nor schema, nor reasons for them.

    *is_read*: whether the file could be read, where it had to be.
    """

    path: str
    is_document: bool
    document_reason: Reason
    type: DocumentType | None = None
    type_reason: Reason | None = None
    schema_reason: Reason | None = None
    overrides: tuple[Applied, ...] = ()
    is_read: bool = True


def of_document(config: Config, configuration: str, path: str, read: Text | Unchecked) -> Provenance:
    """Explain a document. *configuration* is the path of its file or empty, *read* the text or why there is none."""
    by = config.matching(path, "include")
    why = _matched(by, "include") if by else Reason(f"where `include` is not set, documents are `{config.include[0]}`")
    overrides = tuple(_overrides(config, path))
    if isinstance(read, Unchecked):
        return Provenance(
            path,
            is_document=True,
            document_reason=why,
            type_reason=Reason(read.message),
            overrides=overrides,
            is_read=False,
        )
    doc = parse(read)
    kind = config.type_of(doc)
    type_reason = _why_typed(config, doc, kind) if kind else _why_untyped(config, doc)
    schema_reason = _why_schema(config, configuration, kind) if kind else None
    return Provenance(path, True, why, kind, type_reason, schema_reason, overrides)  # noqa: FBT003 - in the order of the fields


def of_other(config: Config, path: str, linked_folders: Sequence[str] = (), ignored: str = "") -> Provenance:
    """Explain a file that is no document. *ignored* says that git ignores it, or is empty."""
    why = _why_no_document(config, path, linked_folders, ignored)
    return Provenance(path, is_document=False, document_reason=why)


def _why_no_document(config: Config, path: str, linked_folders: Sequence[str], ignored: str) -> Reason:
    steps = path.split("/")
    linked = next((it for it in linked_folders if path == it or path.startswith(f"{it}/")), None)
    hidden = next((it for it in steps if it.startswith(".")), None)
    if linked:
        return Reason(f"`{linked}` is a link to a folder, which is not followed")
    if hidden:
        return Reason("it belongs to git" if hidden == ".git" else f"it is hidden: `{hidden}` begins with a dot")
    if ignored:
        return Reason(ignored)
    if by := config.matching(path, "exclude"):
        return _matched(by, "exclude")
    return Reason(f"no pattern of `include` matches it: {', '.join(config.include)}")


def _why_typed(config: Config, doc: Document, kind: DocumentType) -> Reason:
    by = config.matching(doc.path, "types", kind.name, "files")
    return _matched(by, f"types.{kind.name}.files") if by else _named(doc, f"its front matter says `type: {kind.name}`")


def _why_untyped(config: Config, doc: Document) -> Reason:
    if not doc.front.is_there:
        return Reason("it has no front matter")
    if doc.front.tree.errors:
        wrong = doc.front.tree.errors[0]
        return Reason(f"its front matter cannot be read: {wrong.message}", doc.path, wrong.span)
    name = doc.frontmatter.get("type")
    if name is None:
        return Reason("its front matter has no `type`", doc.path)
    if not isinstance(name, str):
        return _named(doc, f"its `type` is {type_name(name)}, where text was expected")
    return _named(doc, f"there is no schema for the type `{name}`{suggestion(name, config.types)}")


def _why_schema(config: Config, configuration: str, kind: DocumentType) -> Reason:
    if kind.schema != default_schema(kind.name) and kind.name in config.type_places:
        return Reason(f"`types.{kind.name}` names it", configuration, config.type_places[kind.name])
    return Reason("it is named for the type")


def _overrides(config: Config, path: str) -> Iterator[Applied]:
    for i, it in enumerate(config.overrides):
        if by := config.matching(path, "overrides", i, "paths"):
            yield Applied(by, it.settings)


def _matched(by: Written, name: str) -> Reason:
    return Reason(f"`{by.pattern}` of `{name}` matches it", by.file, by.span)


def _named(doc: Document, words: str) -> Reason:
    return Reason(words, doc.path, doc.at("frontmatter", "type"))
