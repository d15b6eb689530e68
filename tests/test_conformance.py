"""The official JSON-Schema-Test-Suite, through the same entry that a corpus uses.

The suite is not part of this repository; where its folder is absent, the tests are skipped and say so.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reglint.schema import library
from reglint.schema.faults import BASE
from reglint.text import Text

SUITE = Path(__file__).parent.parent.parent / "shared/data/json-schema-test-suite"
DRAFTS = {
    "draft2020-12": "https://json-schema.org/draft/2020-12/schema",
    "draft7": "http://json-schema.org/draft-07/schema#",
}
FILES = [path for draft in DRAFTS for path in sorted((SUITE / "tests" / draft).glob("*.json"))]

pytestmark = pytest.mark.skipif(not SUITE.exists(), reason=f"the suite is not here: {SUITE}")


def within_root(text: str) -> str:
    """The suite's remote schemas stand at an address of their own; ours are files below the root."""
    return text.replace("http://localhost:1234/", BASE)


def schema_file(path: str, contents: Any, draft: str) -> Text:
    if isinstance(contents, dict):
        contents = {"$schema": DRAFTS[draft], **contents}
    return Text(path, json.dumps(contents))


@cache
def remotes(draft: str) -> Mapping[str, Text]:
    others = set(DRAFTS) | {"v1"}
    found = {}
    for path in sorted((SUITE / "remotes").rglob("*.json")):
        name = path.relative_to(SUITE / "remotes").as_posix()
        if name.split("/")[0] not in others - {draft}:
            found[name] = schema_file(name, json.loads(within_root(path.read_text("utf-8"))), draft)
    return found


def with_references(text: Text, draft: str) -> list[Text]:
    """The schema and every file that it leads to, as `reglint check` reads them."""
    pending, found = [text], {text.path: text}
    while pending:
        for name in library.references(pending.pop()):
            if name not in found and name in remotes(draft):
                found[name] = remotes(draft)[name]
                pending.append(found[name])
    return list(found.values())


@pytest.mark.parametrize("path", FILES, ids=lambda it: f"{it.parent.name}/{it.stem}")
def test_every_required_case_of_the_suite(path: Path) -> None:
    """`format` is an annotation there (2020-12, validation §7.2.1), which is a setting of ours."""
    draft, different, count = path.parent.name, [], 0
    for case in json.loads(within_root(path.read_text("utf-8"))):
        text = schema_file("case.json", case["schema"], draft)
        loaded = library.load(with_references(text, draft), asserts_formats=False)
        different += [(case["description"], it.message) for _, it in loaded.errors]
        validator = loaded.validator("case.json")
        for test in case["tests"]:
            count += 1
            if validator.is_valid(test["data"]) != test["valid"]:
                different.append((case["description"], test["description"]))

    assert count
    assert different == []


def test_the_suite_has_been_found() -> None:
    assert len(FILES) == 83
