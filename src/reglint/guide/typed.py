"""A document type with its schema and its documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reglint.config import DocumentType
from reglint.diagnostic import Path
from reglint.document import Document
from reglint.project import Project
from reglint.schema.shape import Shape, shape


@dataclass(frozen=True)
class Typed:
    """*place* is what the schema says of a document, or of the part of it at *base*."""

    kind: DocumentType
    place: Shape
    docs: tuple[Document, ...]

    @property
    def base(self) -> Path:
        """The part of a document that the schema speaks of; empty for the whole of it."""
        return ("frontmatter",) if self.kind.applies_to == "frontmatter" else ()

    @property
    def title(self) -> str:
        """What the schema's author calls the type; empty if they do not say."""
        return str(self.place.said("title") or "")

    @property
    def description(self) -> str:
        """What the schema's author says of the type."""
        return str(self.place.said("description") or "")


def typed(project: Project, name: str, docs: Iterable[Document]) -> Typed:
    """Return the type *name* of a project with those of *docs* that are of it. Raises KeyError for an unknown one."""
    kind = project.config.types[name]
    contents = project.library.sources[kind.schema].contents
    its = (it for it in docs if (found := project.config.type_of(it)) and found.name == name)
    return Typed(kind, shape(project.library, [contents]), tuple(its))
