"""The engine over any documents: no rule breaks down, the order is total, and nothing depends on chance."""

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import TODAY
from reglint.config import Config, DocumentType, Setting, default_settings
from reglint.document import Document, parse
from reglint.engine import Engine
from reglint.rules import MANUALS
from reglint.schema import library
from reglint.text import Text
from strategies import documents

SCHEMA = """{
  "properties": {
    "frontmatter": {"required": ["type", "created"], "properties": {"type": {}, "created": {"format": "date"},
      "tags": {"items": {"unique": "corpus"}}, "a": {"type": "integer"}, "b": {"wikilink": {"type": ["note"]}}},
      "additionalProperties": false},
    "sections": {"order": ["Section", "Name"], "additionalProperties": {"properties": {"fields": {
      "additionalProperties": {"score": {"of": 100}}}}}}
  }
}"""


@cache
def engine() -> Engine:
    """Every rule is on, those that are off by default too."""
    loaded = library.load([Text("schemas/country.schema.json", SCHEMA)])
    every = {name: Setting(MANUALS[name].severity, it.options) for name, it in default_settings().items()}
    types = {"country": DocumentType("country", "schemas/country.schema.json")}
    return Engine(replace(Config(), types=types, settings=every), loaded, TODAY)


@given(st.lists(documents(), min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_no_rule_breaks_down(contents: Sequence[str]) -> None:
    texts = [Text(f"{i}.md", it) for i, it in enumerate(contents)]
    run = engine().lint(texts, files=["img.png"])

    assert run.unchecked == ()
    for it in run.diagnostics:
        length = len(contents[int(it.path[0])]) if it.path[0].isdigit() else 0
        assert 0 <= it.span.start <= it.span.end <= max(length, 0)
        assert len(it.message) < 4_000
        assert "\n" not in it.message


@given(st.lists(documents(), min_size=2, max_size=5), st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_input_makes_no_difference(contents: Sequence[str], chance: random.Random) -> None:
    texts = [Text(f"{i}.md", it) for i, it in enumerate(contents)]
    shuffled = chance.sample(texts, len(texts))

    assert engine().lint(texts) == engine().lint(shuffled)


def test_documents_are_parsed_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check of work done: one parse a document, whatever the number of rules."""
    parsed: list[str] = []

    def counting(text: Text) -> Document:
        parsed.append(text.path)
        return parse(text)

    monkeypatch.setattr("reglint.engine.parse", counting)
    engine().lint([Text(f"{i}.md", "# T\n[[0]]\n") for i in range(5)])

    assert parsed == [f"{i}.md" for i in range(5)]
