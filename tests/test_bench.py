"""The generated corpora of `bench/`: the same everywhere, of the sizes they are said to have, with known mistakes."""

import json
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from checking import check

ROOT = Path(__file__).parent.parent
BENCH = ROOT / "bench"
DIGEST = "b73a4f9bc830fc7a88455be6009f20324b3e6fe43b9edf798326fb153f9117d7"


def generate(folder: Path, documents: int, **environment: str) -> Mapping[str, Any]:
    """Write a corpus as its command does, and return its manifest."""
    command = [sys.executable, "-m", "bench.corpus", str(folder), "--documents", str(documents)]
    subprocess.run(command, cwd=ROOT, check=True, env=environment)
    manifest: Mapping[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def digest(folder: Path) -> str:
    files = sorted(folder.rglob("*.md"))
    return sha256(b"".join(it.relative_to(folder).as_posix().encode() + it.read_bytes() for it in files)).hexdigest()


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_the_same_bytes_everywhere(tmp_path: Path, hash_seed: str) -> None:
    """Whoever changes the generator changes the digest: figures of before cannot be compared with those of after."""
    generate(tmp_path, 30, PYTHONHASHSEED=hash_seed)
    assert digest(tmp_path) == DIGEST


def test_sizes_and_mistakes_are_as_promised(tmp_path: Path) -> None:
    manifest = generate(tmp_path, 300)
    sizes = [it.stat().st_size for it in tmp_path.rglob("*.md")]
    assert len(sizes) == 300
    assert sum(sizes) == manifest["bytes"]
    assert 1_000 <= min(sizes) < 1_500
    assert 15_000 < max(sizes) < 21_000
    assert 5_000 < sum(sizes) / 300 < 6_500
    assert len(manifest["planted"]) == 6
    assert len({name for it in manifest["planted"] for name in it["defects"]}) > 5


def test_what_is_planted_is_found_and_nothing_else(tmp_path: Path) -> None:
    planted = generate(tmp_path, 50)["planted"]
    found = Counter((it.path, it.rule) for it in check(tmp_path).diagnostics)
    assert found == Counter((it["path"], rule) for it in planted for rule in it["rules"])
    assert found


def test_goals_are_about_programs_that_are_run() -> None:
    peers = tomllib.loads((BENCH / "peers/peers.toml").read_text(encoding="utf-8"))
    goals = tomllib.loads((BENCH / "goals.toml").read_text(encoding="utf-8"))["goal"]
    runs = {it[key] for it in goals for key in ("ours", "theirs") if key in it}
    ways = {"cold", "warm", "changed", "version"}
    for corpus, program, way in (it.split() for it in runs):
        assert corpus in {"one", "few", "many", "large"}
        assert program in {"reglint", "python", *peers}
        assert way in ways & (peers[program].keys() if program in peers else ways)
        assert (corpus == "few") >= peers.get(program, {}).get("is_slow", False)


def test_every_stage_is_measured(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.micro", "--documents", "20", "--cache", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    rows = [line.split(" | ") for line in done.stdout.splitlines()[2:]]
    stages = {name.strip("| ") for name, *_ in rows}
    assert stages >= {
        "read",
        "Markdown",
        "schema",
        "rules of documents",
        "to bytes",
        "from bytes",
        "report: text",
        "all",
    }
    assert all(float(micros.replace(",", "")) > 0 for _, micros, *_ in rows)
