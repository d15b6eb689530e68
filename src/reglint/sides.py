"""The schemas of a file, a folder or a revision of git, each as if the corpus had them instead of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from reglint import disk, git, workspace
from reglint.project import SCHEMA_FOLDER
from reglint.rule import Unchecked
from reglint.spelling import suggestion
from reglint.text import Text
from reglint.workspace import Refused, Workspace

_FOLDER = f"{SCHEMA_FOLDER}/"


class Side(NamedTuple):
    """What is compared: its name, and its schema files, each at the path where the corpus would have it.

    *shown* turns such a path into the one of the file that was read.
    """

    name: str
    texts: tuple[Text, ...]
    shown: Callable[[str], str] = str


def of(space: Workspace, named: Sequence[str | None], wanted: str | None = None) -> list[Side]:
    """Return the side that each of *named* is; None: today's schemas. Raises Refused for what is none.

    A file stands for the schema of one type: the one *wanted*, or else what its place or its name tells. A folder
    stands for `schemas`, and a revision for all schemas that there were.
    """
    if "" in named:
        raise Refused("an empty name is no file, folder or revision; name what to compare")
    files = [Path(it) for it in named if it is not None and disk.kind(Path(it)) in {"file", "other"}]
    kind = _type_of(space, files, wanted) if files else ""
    found = [_side(space, it, kind) for it in named]
    if wanted and not files:
        raise Refused("neither of the two is a schema file, which alone is for one type")
    return found


def _type_of(space: Workspace, files: Sequence[Path], wanted: str | None) -> str:
    """Return the type that schema *files* are for: the one *wanted*, else by their place, else by their names."""
    types = space.config.types
    if wanted and wanted not in types:
        raise Refused(f"there is no document type `{wanted}`{suggestion(wanted, types)}")
    whole = [it.resolve() for it in files]
    by_place = (it.name for it in types.values() if (space.root / it.schema).resolve() in whole)
    by_name = (it.name.split(".schema.")[0] for it in files if ".schema." in it.name)
    found = wanted or next((it for it in (*by_place, *by_name) if it in types), None)
    if not found:
        raise Refused(f"nothing tells which document type `{files[0]}` is for; say so by `--type NAME`")
    return found


def _side(space: Workspace, named: str | None, kind: str) -> Side:
    """What exists as a path is one, anything else a revision."""
    if named is None:
        return Side("the working tree", space.schemas)
    path = Path(named)
    found = disk.kind(path)
    if found == "folder":
        return _folder(space, named, path)
    return _file(space, named, path, kind) if found else _revision(space, named)


def _file(space: Workspace, named: str, path: Path, kind: str) -> Side:
    """Today's schemas with *path* instead of the schema of one type."""
    place = space.config.types[kind].schema
    if place.endswith(".json") and not path.name.endswith(".json"):
        raise Refused(f"`{named}` is YAML, and stands for `{place}`, which is JSON; compare folders of schemas instead")
    [text] = workspace.readable([disk.read(path.parent, path.name)])

    def read(wanted: str) -> Text | Unchecked | None:
        return replace(text, path=place) if wanted == place else _today(space, wanted)

    texts = disk.followed([it.path for it in space.schemas], read)
    return Side(named, workspace.readable(texts), lambda it: named if it == place else it)


def _folder(space: Workspace, named: str, path: Path) -> Side:
    """The schemas of *path* instead of those in `schemas`; what is configured elsewhere stays."""
    files = [_FOLDER + it for it in disk.schema_files(path, ".")]
    if not files:
        raise Refused(f"`{named}` holds no schema")

    def read(wanted: str) -> Text | Unchecked | None:
        if not wanted.startswith(_FOLDER):
            return _today(space, wanted)
        inner = wanted.removeprefix(_FOLDER)
        found = disk.read(path, inner) if disk.kind(path / inner) == "file" else None
        return replace(found, path=wanted) if isinstance(found, Text) else found

    def shown(wanted: str) -> str:
        return str(path / wanted.removeprefix(_FOLDER)) if wanted.startswith(_FOLDER) else wanted

    texts = disk.followed([*files, *workspace.named_schemas(space.root, space.configuration)], read)
    return Side(named, workspace.readable(texts), shown)


def _today(space: Workspace, path: str) -> Text | Unchecked | None:
    return disk.read(space.root, path) if disk.kind(space.root / path) == "file" else None


def _revision(space: Workspace, named: str) -> Side:
    configured = workspace.named_schemas(space.root, space.configuration)
    try:
        texts = workspace.readable(git.schemas(space.root, named, configured, SCHEMA_FOLDER))
    except git.Unknown as error:
        raise Refused(f"`{named}` is no file or folder, and no revision either: {error}") from error
    if not texts:
        raise Refused(f"the revision `{named}` has no schema below {space.root}")
    return Side(named, texts, lambda it: f"{named}:{it}")
