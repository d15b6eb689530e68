"""What runs `reglint check` elsewhere: as a pre-commit hook, and on GitHub."""

from __future__ import annotations

import json
from typing import NamedTuple

from reglint.lazy import regex

_PLAIN = regex(r"[\w ./'-]+")


class Snippet(NamedTuple):
    """A file of the repository and its text."""

    path: str
    content: str


def pre_commit(command: str) -> Snippet:
    """Return the configuration of pre-commit with one hook, which runs *command*."""
    return Snippet(
        ".pre-commit-config.yaml",
        f"""\
repos:
  - repo: local
    hooks:
      - id: reglint
        name: reglint
        entry: {_scalar(command)}
        language: python
        additional_dependencies: [reglint]
        # A link can break by what is deleted, and a page by what its schema says: always the whole corpus.
        always_run: true
        pass_filenames: false
""",
    )


def workflow(command: str) -> Snippet:
    """Return a workflow of GitHub Actions that runs *command*."""
    return Snippet(
        ".github/workflows/reglint.yml",
        f"""\
name: reglint
on: [push, pull_request]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install reglint
      - run: {_scalar(command)}
""",
    )


def _scalar(text: str) -> str:
    """Return *text* as YAML, in which a string of JSON is one as well."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text)
