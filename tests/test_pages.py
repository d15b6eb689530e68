"""What the pages of this repository show has been run: files in their fences are written, commands executed."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from examples import TODAY
from reglint import configfile
from reglint.document import parse
from reglint.rule import RULES
from reglint.schema.keyword import KEYWORDS
from reglint.text import Text

ROOT = Path(__file__).parent.parent
_FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"]


def fences(page: str) -> list[tuple[list[str], str]]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return [(it["info"].split(), it["body"]) for it in _FENCE.finditer(text)]


def run(command: str, folder: Path) -> str:
    """What a reader sees of one command, findings and summary alike."""
    words = [sys.executable, "-m", *shlex.split(command)]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8")
    return done.stdout + done.stderr


def test_the_console_of_the_readme_shows_what_happens(tmp_path: Path) -> None:
    """A fence `console` follows fences whose info string names a file; each `$ reglint …` shows its output, the rest of it cut at `…`."""
    shown = 0
    for info, body in fences("README.md"):
        if len(info) == 2 and info[0] != "console":
            path = tmp_path / info[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
        elif info == ["console"]:
            for command, output in re.findall(
                r"^\$ (reglint [^\n]*)\n(.*?)(?=^\$ |\Z)", body, re.MULTILINE | re.DOTALL
            ):
                shown_whole, cut, _ = output.partition("…\n")
                actual = run(command, tmp_path)
                assert (actual[: len(shown_whole)] if cut else actual) == shown_whole
                shown += 1

    assert shown >= 2


def test_the_way_from_a_folder_to_a_gate_can_be_gone(tmp_path: Path) -> None:
    """The commands of the README's part on it, one after the other, in a folder that holds nothing but documents."""
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    [commands] = [body for info, body in fences("README.md") if info == ["sh"] and "reglint init --infer" in body]
    for line in commands.split("\n")[:-1]:
        done = subprocess.run(
            [sys.executable, "-m", *shlex.split(line, comments=True)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (line, done.stderr)

    made = {it.relative_to(tmp_path).as_posix() for it in tmp_path.rglob("*") if it.is_file()}
    assert {
        "reglint.toml",
        "schemas/country.schema.json",
        ".pre-commit-config.yaml",
        ".github/workflows/reglint.yml",
    } <= made


def test_the_commands_on_links_work(tmp_path: Path) -> None:
    """Those of the README, one after the other, in a copy of this repository's corpus; after them no link is broken."""
    for name in ("corpus", "schemas"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "reglint.toml", tmp_path)
    [commands] = [body for info, body in fences("README.md") if info == ["sh"] and "reglint links --to" in body]

    assert "country--kazakhstan" in run("reglint links --to domain--central-asia", tmp_path)
    for line in [*commands.split("\n")[:-1], "reglint links --broken"]:
        words = shlex.split(line, comments=True)
        ours = words[: words.index("|")] if "|" in words else words
        done = subprocess.run([sys.executable, "-m", *ours], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), (line, done.stderr)

    assert (tmp_path / "corpus/country--kz.md").exists()
    assert "Digital yen" not in (tmp_path / "corpus/country--japan.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_links_of_a_page_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = [it.split("#")[0] for it in re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", text)]

    assert [it for it in targets if not (ROOT / it).exists()] == []


def test_the_readme_names_the_commands_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = re.findall(r"^make (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert {"check", "test"} <= set(commands)
    assert [it for it in commands if not re.search(rf"^{it}:", makefile, re.MULTILINE)] == []


def test_the_code_map_names_every_room() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {it.stem for it in (ROOT / "src/reglint").iterdir() if it.suffix == ".py" or it.is_dir()}

    assert [it for it in sorted(rooms - {"__init__", "__main__", "__pycache__", "py"}) if f"`{it}" not in text] == []


def test_the_readme_names_every_keyword() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [it for it in KEYWORDS if f"`{it}`" not in text] == []


def test_the_configuration_of_the_readme_is_valid() -> None:
    [config] = [body for info, body in fences("README.md") if info == ["toml", "config"]]
    loaded = configfile.read(Text("reglint.toml", config))

    assert loaded.errors == ()
    assert loaded.config.setting("stale-document", "a.md").options == {"updated": "updated", "months": 12}
    assert loaded.config.setting("placeholder-text", "corpus/drafts/a.md").severity is None


def test_the_rule_of_the_contributing_page_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a whole file: run as it stands, its examples hold."""
    [source] = [body for info, body in fences("CONTRIBUTING.md") if info == ["python"]]
    monkeypatch.setattr("reglint.rule.RULES", rules := dict(RULES))
    exec(compile(source, "contributing", "exec"), {})
    manual = rules["shouting-title"].manual
    doc = [parse(Text("a.md", it.content)) for it in manual.examples]
    found = [list(rules["shouting-title"].run(it, TODAY, {})) for it in doc]

    assert [tuple(it.span for it in them) for them in found] == [it.marks for it in manual.examples]
