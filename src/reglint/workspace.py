"""A folder with its configuration, schemas and documents, as every command finds it on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from reglint import configfile, disk, project
from reglint.config import Config, DocumentType
from reglint.diagnostic import Located
from reglint.disk import Place
from reglint.engine import Engine
from reglint.project import Project
from reglint.rule import Unchecked
from reglint.spelling import suggestion
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
    """The documents of a corpus, the files beside them that links may lead to, and folders that are links.

    *signatures* and *folders* are those of `disk.Files`.
    """

    documents: list[str]
    others: list[str]
    linked_folders: list[str]
    signatures: Mapping[str, bytes]
    folders: list[str]


class Contents(NamedTuple):
    """The documents that could be read, and the files that could not."""

    texts: list[Text]
    unchecked: list[Unchecked]


class Workspace(NamedTuple):
    """The root of a corpus, its configuration file where there is one, its schema files, and what they mean."""

    root: Path
    configuration: Text | None
    schemas: tuple[Text, ...]
    project: Project

    @property
    def config(self) -> Config:
        """What the configuration says."""
        return self.project.config

    @property
    def schema_files(self) -> set[str]:
        """The paths of the schema files, without those of tables beside them."""
        return {it.path for it in self.schemas} - self.project.library.tables.keys()

    def type_named(self, name: str) -> DocumentType:
        """Return the document type that a user named. Raises Refused."""
        if name not in self.config.types:
            near = suggestion(name, self.config.types)
            raise Refused(f"there is no document type `{name}`{near}; `reglint schema list` shows them all")
        return self.config.types[name]

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
        return Files(documents, others, found.linked_folders, found.signatures, found.folders)

    def read(self, paths: Iterable[str]) -> Contents:
        """Read the documents at *paths*."""
        read = [disk.read(self.root, it) for it in paths]
        return Contents([it for it in read if isinstance(it, Text)], [it for it in read if isinstance(it, Unchecked)])

    def within(self, paths: Sequence[str]) -> tuple[str, ...]:
        """Return the paths that a user named as paths from the root. Raises Refused."""
        return _within(self.root, paths)

    def path_of(self, named: str) -> str | None:
        """Return what a user named as a path from the root; None where that is no path of it, and may be a name.

        Raises Refused for a file or folder outside.
        """
        try:
            return self.within([named])[0]
        except Refused:
            if disk.kind(Path(named)):
                raise
            return None

    def chosen(self, files: Sequence[str], paths: Sequence[str], what: str) -> list[str]:
        """Return those of *files* that a user named by *paths* (none: all of them). Raises Refused for a path of none.

        *what* the files are is told then.
        """
        only = self.within(paths)
        for it, named in zip(only, paths, strict=True):
            if not any(is_below(path, (it,)) for path in files):
                raise Refused(f"`{named}` holds no {what}")
        found = [it for it in files if is_below(it, only)]
        if not found:
            raise Refused(f"there is no {what} in {self.root}")
        return found

    def unseen(self, path: str, files: Files) -> str | None:
        """Return why no command would find a document at *path*, or None. A root that git ignores is a corpus still."""
        from reglint import git, provenance

        linked = files.linked_folders
        by = None if git.ignoring(self.root, ".") else git.ignoring(self.root, path)
        if by or disk.is_hidden(path) or (linked and is_below(path, linked)):
            return provenance.of_other(self.config, path, linked, f"git ignores it: {by}").document_reason.words
        return None

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


def survey(paths: Sequence[str] = (), config: str | None = None, schemas: Sequence[str] = ()) -> Workspace:
    """Find and read the configuration and the schemas, mistakes of the schemas and all.

    *schemas* are further files, or folders of them, that a user named. Raises Refused for what cannot be read, and for
    mistakes of the configuration.
    """
    place = located(paths, config)
    named = [*named_schemas(place.root, place.configuration), *_schema_files(place.root, schemas)]
    texts = readable(disk.schemas(place.root, named, project.SCHEMA_FOLDER))
    return Workspace(place.root, place.configuration, texts, project.load(place.configuration, texts))


def located(paths: Sequence[str], config: str | None = None) -> Place:
    """Find the root and the configuration for what a user named. Raises Refused."""
    try:
        return disk.locate(paths, config)
    except disk.MissingPath as error:
        raise Refused(f"there is no file or folder `{error}`") from error
    except disk.SeveralRoots as error:
        reason = f"`{error}` has a configuration that does not hold for the other paths; name paths of one corpus"
        raise Refused(reason) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"the configuration or a named path could not be read: {error}") from error


def named_schemas(root: Path, configuration: Text | None) -> list[str]:
    """Return the paths of the schema files that the configuration names. Raises Refused for its mistakes."""
    read = configfile.read(configuration) if configuration else None
    if configuration and read and read.errors:
        mistakes = tuple((configuration.path, it) for it in read.errors)
        raise Refused("nothing was done: the configuration has mistakes", mistakes, _texts(root, configuration))
    return [it.schema for it in read.config.types.values()] if read else []


def readable(read: Iterable[Text | Unchecked]) -> tuple[Text, ...]:
    """Return the schema files that were read. Raises Refused if one could not be."""
    read = tuple(read)
    unread = [it for it in read if isinstance(it, Unchecked)]
    if unread:
        raise Refused("; ".join(f"{it.path}: {it.message}" for it in unread))
    return tuple(it for it in read if isinstance(it, Text))


def is_below(path: str, only: Sequence[str]) -> bool:
    """Tell whether *path* is one of the files and folders *only*, or lies in one; none of them stand for all."""
    return not only or any(it in {".", path} or path.startswith(f"{it}/") for it in only)


def _within(root: Path, paths: Sequence[str]) -> tuple[str, ...]:
    try:
        return disk.relative(root, paths)
    except ValueError as error:
        raise Refused(f"`{error}` lies outside of the root, which is {root}") from error


def _schema_files(root: Path, named: Sequence[str]) -> Iterator[str]:
    """A folder stands for the schema files in it, and one that holds `schemas` for those, which are read anyway."""
    for it in _within(root, named):
        if not (root / it).is_dir():
            yield it
        elif not is_below(project.SCHEMA_FOLDER, [it]):
            yield from disk.schema_files(root, it)


def _texts(root: Path, configuration: Text | None) -> Callable[[str], Text]:
    """A file that is gone shows nothing; the configuration may lie outside of what is read."""

    @cache
    def text(path: str) -> Text:
        if configuration and path == configuration.path:
            return configuration
        read = disk.read(root, path)
        return read if isinstance(read, Text) else Text(path, "")

    return text
