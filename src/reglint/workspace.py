"""A folder with its configuration, schemas and documents, as every command finds it on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from reglint import disk, project
from reglint.config import Config
from reglint.diagnostic import Located
from reglint.engine import Engine
from reglint.project import Project
from reglint.rule import Unchecked
from reglint.text import Text


class Refused(Exception):
    """Why nothing can be done here. *mistakes* are those of the configuration and the schemas, *text* reads a file."""

    def __init__(
        self, reason: str, mistakes: tuple[Located, ...] = (), text: Callable[[str], Text] | None = None
    ) -> None:
        super().__init__(reason)
        self.mistakes = mistakes
        self.text = text


class Files(NamedTuple):
    """The documents of a corpus, the files beside them that links may lead to, and folders that are links."""

    documents: list[str]
    others: list[str]
    linked_folders: list[str]


class Contents(NamedTuple):
    """The documents that could be read, and the files that could not."""

    texts: list[Text]
    unchecked: list[Unchecked]


@dataclass(frozen=True)
class Workspace:
    """The root of a corpus, its configuration file where there is one, its schema files, and what they mean."""

    root: Path
    configuration: Text | None
    schemas: tuple[Text, ...]
    project: Project

    @property
    def config(self) -> Config:
        """What the configuration says."""
        return self.project.config

    def engine(self, today: date, config: Config | None = None) -> Engine:
        """Return the engine for this corpus; *config* stands in for the one of the files."""
        return Engine(config or self.config, self.project.library, today)

    def files(self) -> Files:
        """List what is below the root. Raises Refused."""
        try:
            found = disk.files(self.root)
        except (OSError, ValueError) as error:
            raise Refused(f"the files below {self.root} could not be listed: {error}") from error
        documents = [it for it in found.visible if self.config.is_document(it)]
        others = sorted({*found.visible, *found.hidden}.difference(documents))
        return Files(documents, others, found.linked_folders)

    def read(self, paths: Iterable[str]) -> Contents:
        """Read the documents at *paths*."""
        read = [disk.read(self.root, it) for it in paths]
        return Contents([it for it in read if isinstance(it, Text)], [it for it in read if isinstance(it, Unchecked)])

    def within(self, paths: Sequence[str]) -> tuple[str, ...]:
        """Return the paths that a user named as paths from the root. Raises Refused."""
        try:
            return disk.relative(self.root, paths)
        except ValueError as error:
            raise Refused(f"`{error}` lies outside of the root, which is {self.root}") from error

    def texts(self) -> Callable[[str], Text]:
        """Return the function that reads a file again to show a line of it."""
        return _texts(self.root, self.configuration)

    @property
    def documents_are(self) -> str:
        """Which files count as documents, for whoever finds that none does."""
        without = f", without {', '.join(self.config.exclude)}" if self.config.exclude else ""
        return f"documents are {', '.join(self.config.include)}{without}, and not what git ignores"


def load(paths: Sequence[str] = (), config: str | None = None) -> Workspace:
    """Find and read the configuration and the schemas; any mistake in them raises Refused."""
    found = survey(paths, config)
    if found.project.errors:
        reason = "nothing was checked: the configuration or a schema has mistakes"
        raise Refused(reason, found.project.errors, found.texts())
    return found


def survey(paths: Sequence[str] = (), config: str | None = None) -> Workspace:
    """Find and read the configuration and the schemas, mistakes and all. Raises Refused for what cannot be read."""
    try:
        place = disk.locate(paths, config)
    except disk.MissingPath as error:
        raise Refused(f"there is no file or folder `{error}`") from error
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"the configuration or a named path could not be read: {error}") from error
    named = project.load(place.configuration, ()).config.types.values()
    read = tuple(disk.schemas(place.root, [it.schema for it in named], project.SCHEMA_FOLDER))
    unread = [it for it in read if isinstance(it, Unchecked)]
    if unread:
        raise Refused("; ".join(f"{it.path}: {it.message}" for it in unread))
    schemas = tuple(it for it in read if isinstance(it, Text))
    return Workspace(place.root, place.configuration, schemas, project.load(place.configuration, schemas))


def _texts(root: Path, configuration: Text | None) -> Callable[[str], Text]:
    """A file that is gone shows nothing; the configuration may lie outside of what is read."""

    @cache
    def text(path: str) -> Text:
        if configuration and path == configuration.path:
            return configuration
        read = disk.read(root, path)
        return read if isinstance(read, Text) else Text(path, "")

    return text
