"""Every example in the manual of every rule is a test, and so is every case in `cases/<rule>.md`."""

from pathlib import Path

import pytest

from examples import Case, cases, run, spans
from reglint.manual import Manual, examples
from reglint.rules import MANUALS

CASES = Path(__file__).parent / "cases"


def _all() -> list[object]:
    collected: list[object] = []
    for name, manual in MANUALS.items():
        page = CASES / f"{name}.md"
        more = examples(page.read_text(encoding="utf-8")) if page.exists() else ()
        for part in (manual.examples, more):
            collected += [
                pytest.param(it, id=f"{name}-{i}-{it.example.role}") for i, it in enumerate(cases(manual, part))
            ]
    return collected


@pytest.mark.parametrize("case", _all())
def test_example(case: Case) -> None:
    """A `bad` example gives findings exactly at its marks, a `good` one none."""
    found = run([case.manual.name], case.example, case.beside)

    marked = [case.example.content[start:end] for start, end in case.example.marks]
    assert [case.example.content[it.span.start : it.span.end] for it in found] == marked
    assert spans(found) == case.example.marks
    assert bool(found) == (case.example.role == "bad")


@pytest.mark.parametrize("manual", MANUALS.values(), ids=lambda it: it.name)
def test_manual_shows_the_rule_failing(manual: Manual) -> None:
    """Each manual has a first sentence, a bad example and a good one.

    What is found in no document (a file that cannot be read, the configuration) cannot be shown in one; `test_cli`
    has those.
    """
    roles = {it.role for it in manual.examples}

    assert manual.summary.endswith(".")
    assert {"bad", "good"} <= roles or ("bad" not in roles and manual.group in {"files", "config"})


def test_every_page_of_cases_belongs_to_a_rule() -> None:
    """A page of cases whose rule was renamed would never run."""
    assert {it.stem for it in CASES.glob("*.md")} <= MANUALS.keys()
