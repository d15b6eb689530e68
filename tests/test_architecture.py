"""Imports point down, packages stay in their rooms, and files and functions stay small."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from statistics import median

import pytest

from reglint.rules import MANUALS  # noqa: F401 - fills RULES

SRC = Path(__file__).parent.parent / "src/reglint"
LAYERS = """replay lazy | text | diagnostic edits patch | spelling paths folding dates urls patterns manual | syntax | fields sections | contents | outline | places | pointing | document | pointer columns lookup hints | slugs links | sources facts | schema subpath catalogue | resolution | corpus |
rule | rules | config | configfile | project | provenance | engine | comparison | coverage | inference | guide renaming | fingerprint | report | linkgraph | surface packed recipe | installation cache disk watching | writing git | workspace | sides | mapping | pool reduction | runner | cli | __main__"""
RANK = {name: rank for rank, names in enumerate(LAYERS.replace("\n", " ").split("|")) for name in names.split()}
ROOMS = {
    "ruamel": {"syntax/ruamel.py"},
    "yaml": {"syntax/libyaml.py", "syntax/layout.py"},
    "pyromark": {"syntax/markdown.py"},
    "frontmatter": {"syntax/frontmatter.py", "syntax/post.py", "document.py"},
    "jsonschema": {"schema"},
    "jsonschema_specifications": {"schema"},
    "referencing": {"schema"},
    "re2": {"patterns.py"},
    "cel_expr_python": {"schema/vocabulary/validations.py"},
    "wcwidth": {"report/text.py", "linkgraph/page.py"},
    "rignore": {"disk.py"},
    "click": {"cli"},
    "watchfiles": {"watching.py"},
}
OUTSIDE_WORLD = {"os", "sys", "subprocess", "socket", "pathlib", "io", "tempfile", "shutil"}
EDGES = {
    "replay",
    "watching",
    "installation",
    "disk",
    "cache",
    "git",
    "writing",
    "workspace",
    "sides",
    "mapping",
    "pool",
    "reduction",
    "runner",
    "cli",
    "__main__",
}
FILES = sorted(SRC.rglob("*.py"))


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module that a file imports, `from reglint import a, b` naming two."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (it.name for it in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            packages = {"reglint", "reglint.rules", "reglint.report", "reglint.cli", "reglint.syntax", "reglint.schema"}
            inner = node.module in packages
            names = [
                it.name for it in node.names if (node.module, it.name) != ("sys", "intern")
            ]  # pure, unlike the rest
            yield from (f"{node.module}.{it}" for it in names) if inner else [str(node.module)] * bool(names)


def room(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda it: str(it.relative_to(SRC)))
def test_imports_point_down(path: Path) -> None:
    """A rule never imports a rule, nor a format a format, nor a command a command."""
    here = room(path)
    for name in imported(ast.parse(path.read_text(encoding="utf-8"))):
        parts = name.split(".")
        if parts[0] == "reglint" and len(parts) > 1 and parts[1] != here and parts[1] in RANK:
            assert RANK[parts[1]] < RANK[here], f"{here} imports {name}"
        shared = {"report.report", "report.escape", "report.FORMATS", "report.renderer"}
        is_sibling = here in {"rules", "report", "cli"} and parts[1:2] == [here] and len(parts) > 2
        names_module = is_sibling and (SRC / here / f"{parts[2]}.py").exists() and path.name != "__init__.py"
        if names_module and f"{here}.{parts[2]}" not in shared:
            pytest.fail(f"{path.name} imports its sibling {name}")
        if parts[0] != "reglint" and parts[0] in ROOMS:
            relative = path.relative_to(SRC).as_posix()
            assert any(relative == it or relative.startswith(f"{it}/") for it in ROOMS[parts[0]]), (
                f"{name} in {relative}"
            )


@pytest.mark.parametrize("path", [it for it in FILES if room(it) not in EDGES], ids=lambda it: it.name)
def test_only_the_edges_touch_the_outside_world(path: Path) -> None:
    assert not {it.split(".")[0] for it in imported(ast.parse(path.read_text(encoding="utf-8")))} & OUTSIDE_WORLD


def test_every_room_has_its_layer() -> None:
    assert {room(it) for it in FILES} - {"__init__", "data"} <= RANK.keys()


def test_files_and_functions_are_small() -> None:
    lengths = []
    for path in FILES:
        source = path.read_text(encoding="utf-8")
        assert source.count("\n") <= 300, f"{path.name} has grown"
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                code = [it for it in node.body if not (isinstance(it, ast.Expr) and isinstance(it.value, ast.Constant))]
                length = (node.end_lineno or 0) - code[0].lineno + 1 if code else 1
                assert length <= 40, f"{path.name}: {node.name} has {length} lines"
                lengths.append(length)
    assert median(lengths) < 10


def test_lines_are_counted_in_one_way() -> None:
    """`str.splitlines` also splits at characters that no editor counts as line ends."""
    assert [it.name for it in FILES if ".splitlines(" in it.read_text(encoding="utf-8")] == []


def test_every_regular_expression_can_be_compiled() -> None:
    """They are compiled at their first use, which may be a rare one."""
    names = [".".join(("reglint", *it.relative_to(SRC).with_suffix("").parts)) for it in FILES]
    modules = [import_module(it.removesuffix(".__init__")) for it in names]
    found = {id(it): it for module in modules for it in vars(module).values() if type(it).__name__ == "_Lazy"}
    assert len(found) > 80
    for it in found.values():
        assert re.compile(it.pattern, it.flags)
