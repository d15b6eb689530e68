"""What people read of a document type, and a new document, as files keep it. Run as a program, it writes them anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from examples import TODAY
from reglint import workspace
from reglint.cli.schema.show import page_of
from reglint.document import document_name, parse
from reglint.guide.habits import habits
from reglint.guide.naming import title_of
from reglint.guide.page import text
from reglint.guide.plan import Plan
from reglint.guide.skeleton import Skeleton, Subject, skeleton
from reglint.guide.typed import Typed, typed
from reglint.project import Project
from reglint.text import Text
from reglint.workspace import Workspace

ROOT = Path(__file__).parent.parent
ODD = ROOT / "tests/data/odd"
ODD_TYPES = sorted(it.name.split(".")[0] for it in (ODD / "schemas").glob("*.schema.*"))


@cache
def corpus_at(root: Path) -> tuple[Workspace, tuple[Text, ...]]:
    """The workspace at *root*, and its documents."""
    space = workspace.load([str(root)])
    return space, tuple(space.read(space.files().documents).texts)


def type_at(root: Path, name: str) -> Typed:
    """A type of the corpus at *root*."""
    space, texts = corpus_at(root)
    return typed(space.project, name, map(parse, texts))


def made(its: Typed, path: str, loaded: Project, beside: tuple[Text, ...] = (), *, every: bool = False) -> Skeleton:
    """The skeleton at *path*, and what the engine finds in it among other documents."""
    space = Workspace(ROOT, None, (), loaded)
    engine = space.engine(TODAY)
    customs = habits(its.kind.name, its.docs)
    subject = Subject(its, path, title_of(document_name(path), customs), customs, not its.kind.files)
    alone = skeleton(
        subject, Plan(today=TODAY.isoformat(), every=every), lambda it: engine.check_document(it).diagnostics
    )
    return skeleton(subject, alone.plan, lambda it: engine.lint([*beside, it]).diagnostics)


def page(root: Path, name: str) -> str:
    """What `reglint schema show` prints."""
    return "".join(f"{it}\n" for it in text(page_of(corpus_at(root)[0], type_at(root, name))))


def new_country() -> str:
    """What `reglint new country peru` writes."""
    space, texts = corpus_at(ROOT)
    return made(type_at(ROOT, "country"), "corpus/country--peru.md", space.project, texts).text.content


SNAPSHOTS: Mapping[str, Callable[[], str]] = {
    "pages/country.txt": partial(page, ROOT, "country"),
    "pages/tree.txt": partial(page, ODD, "tree"),
    "pages/dependent.txt": partial(page, ODD, "dependent"),
    "country--peru.md.txt": new_country,
}
"""What each file in `data` should hold."""


if __name__ == "__main__":
    for file, content in SNAPSHOTS.items():
        (ROOT / "tests/data" / file).write_text(content(), encoding="utf-8")
