"""Checks a folder as the command line does, and front matter by a schema, without printing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from examples import TODAY
from reglint import workspace
from reglint.document import parse
from reglint.engine import Run
from reglint.schema import library
from reglint.schema.judge import Judgement, Schema
from reglint.text import Text


def check(root: Path) -> Run:
    """Return what is found in the corpus at *root* on the day of the examples."""
    space = workspace.load([str(root)])
    files = space.files()
    read = space.read(files.documents)
    run = space.engine(TODAY).lint(read.texts)
    assert not read.unchecked
    assert not run.unchecked
    return run


def judge(frontmatter: str, schema: Any, **others: Any) -> Judgement:
    """Judge front matter by *schema*, beside which *others* are files of that name."""
    texts = [Text("schemas/page.schema.json", json.dumps({"properties": {"frontmatter": schema}}))]
    texts += [Text(f"schemas/{name}.schema.json", json.dumps(it)) for name, it in others.items()]
    loaded = library.load(texts)
    assert loaded.errors == ()
    judgement = Schema("page", "schemas/page.schema.json", loaded).judge(
        parse(Text("a.md", f"---\n{frontmatter}\n---\n"))
    )
    told = {it.pointer for _, it in judgement.findings}
    return judgement._replace(findings=tuple(it for it in judgement.findings if it[1].twin not in told - {None}))
