"""The page of messages: cases out of its fences, and what is printed for each. Run as a program, it writes the page anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from examples import TODAY
from reglint import project
from reglint.cli import mistakes
from reglint.engine import Engine
from reglint.report.report import Report
from reglint.report.text import render
from reglint.rules import MANUALS
from reglint.schema.keyword import MANUALS as OF_SCHEMAS
from reglint.text import Text

PAGE = Path(__file__).parent / "data/messages.md"
DECIDED_BY_THE_CORPUS = (
    "conflicting-facts-elsewhere",
    "duplicate-value",
    "link-cycle",
    "missing-backlink",
    "wrong-link-type",
)
RULES = frozenset({*OF_SCHEMAS, *DECIDED_BY_THE_CORPUS})
_CASE = re.compile(r"^### (?P<name>[^\n]+)\n(?P<body>.*?^```text\n.*?^```$)", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^(?P<ticks>`{3,})(?P<info>[^\n]+)\n(?P<body>.*?)^(?P=ticks)$", re.MULTILINE | re.DOTALL)
_SCHEMA = "schemas/page.schema.json"
_FILES = {"json": _SCHEMA, "yaml": "schemas/page.schema.yaml", "md": "page.md", "toml": "reglint.toml"}


class Case(NamedTuple):
    """A section of the page: files by path, whether the schema is one of front matter alone, and what is shown."""

    name: str
    files: dict[str, str]
    is_whole: bool
    shown: str


def cases(page: str) -> Iterator[Case]:
    """Yield the cases of the page, in order."""
    for section in _CASE.finditer(page):
        fences = [(it["info"].split(), it["body"]) for it in _FENCE.finditer(section["body"])]
        *given, (last, shown) = fences
        assert last == ["text"], f"{section['name']}: what is printed comes last"
        files = {_path(info): body for info, body in given}
        yield Case(section["name"], files, any("document" in info for info, _ in given), shown)


def _path(info: list[str]) -> str:
    """`json` and `json document` are the schema of the page, any other second word is a path."""
    return info[1] if len(info) > 1 and info[1] != "document" else _FILES[info[0]]


def found(case: Case) -> Report:
    """Return what is found in the files of a case, or is wrong with its schemas."""
    texts = {path: Text(path, content) for path, content in case.files.items()}
    schemas = [it for path, it in texts.items() if path.startswith("schemas/")]
    loaded = project.load(texts.get("reglint.toml") or _configuration(case), schemas)
    if loaded.errors:
        return Report(mistakes(loaded.errors), texts.__getitem__, {}, 0, 0, 0)
    levels = {name: MANUALS[name].severity if name in RULES else None for name in MANUALS}
    settings = {name: it._replace(severity=levels[name]) for name, it in loaded.config.settings.items()}
    documents = [it for path, it in texts.items() if path.endswith(".md")]
    run = Engine(replace(loaded.config, settings=settings), loaded.library, TODAY).lint(documents)
    assert not run.unchecked, run.unchecked
    return Report(run.diagnostics, texts.__getitem__, {}, 0, 0, 0)


def _configuration(case: Case) -> Text | None:
    """`page.md` is of the type `page`, without saying so."""
    schema = next((it for it in case.files if it.startswith("schemas/page.")), None)
    part = "document" if case.is_whole else "frontmatter"
    entry = f'[types.page]\nschema = "{schema}"\nfiles = ["page.md"]\napplies-to = "{part}"\n'
    return Text("reglint.toml", entry) if schema else None


def printed(report: Report) -> str:
    """Return what `reglint check` prints, or a word where it prints nothing."""
    return "".join(f"{it}\n" for it in render(report)) or "(nothing)\n"


def rewritten(page: str) -> str:
    """Return the page with what is printed now."""

    def with_output(section: re.Match[str]) -> str:
        [case] = cases(section[0])
        before, _, _ = section[0].rpartition("```text\n")
        return f"{before}```text\n{printed(found(case))}```"

    return _CASE.sub(with_output, page)


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
