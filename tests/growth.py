"""Four times as much takes about four times as long, whatever a vault has much of.

Seconds depend on the machine, and a little on who else uses it: what is held is the ratio of two runs in one process,
of the best of several. Linear work gives 4, quadratic work 16.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NamedTuple

import pytest

from examples import TODAY
from reglint.config import Config, DocumentType, default_settings
from reglint.diagnostic import Diagnostic
from reglint.engine import Engine
from reglint.rules import MANUALS
from reglint.schema import library
from reglint.text import Text

TIMES = 4
MOST = 6
NUMBER = 320
FRONT: Mapping[str, Any] = {
    "patternProperties": {"^part_of": {"acyclic": True}},
    "properties": {"parent": {"wikilink": True, "inverse": True}},
}
ITEMS: Mapping[str, Any] = {"items": {"wikilink": True, "inverse": "/sections/Items"}}
SCHEMA: Mapping[str, Any] = {
    "properties": {
        "frontmatter": FRONT,
        "sections": {"properties": {"Items": {"properties": {"items": ITEMS}}}},
    }
}
PAGE = "---\ntype: page\n---\n"


class Vault(NamedTuple):
    """Documents by their path, other files, and the findings of one rule that are due in them."""

    documents: Mapping[str, str]
    files: tuple[str, ...] = ()
    rule: str = "broken-link"
    found: int = 0


def engine() -> Engine:
    """Every rule is on, also what is off by default."""
    loaded = library.load([Text("schemas/page.schema.json", json.dumps(SCHEMA))])
    assert loaded.errors == ()
    settings = {name: it._replace(severity=MANUALS[name].severity) for name, it in default_settings().items()}
    types = {"page": DocumentType("page", "schemas/page.schema.json")}
    return Engine(replace(Config(), types=types, settings=settings), loaded, TODAY)


ENGINE = engine()


def lines(number: int, line: str) -> str:
    return "".join(f"{line.format(it)}\n" for it in range(number))


def items(number: int, line: str, section: str = "Items") -> str:
    return f"{PAGE}\n## {section}\n\n{lines(number, line)}"


def front(number: int, line: str, key: str = "") -> str:
    return f"---\ntype: page\n{key}{lines(number, line)}---\n"


def same_names(number: int) -> Vault:
    folders = {f"x{it:06}/README.md": "# Read me\n" for it in range(number)}
    notes = {f"notes/{it}.md": "[[README]]\n" for it in range(number)}
    return Vault({**folders, **notes}, rule="ambiguous-link", found=number)


def same_names_of_one_page(number: int) -> Vault:
    folders = {f"x{it:06}/README.md": items(1, "- [[Hub]]") for it in range(number)}
    hub = items(number, "- [[x{0:06}/README]]") + items(number, "[[README]]", "Other").removeprefix(PAGE)
    return Vault({**folders, "Hub.md": hub}, rule="ambiguous-link", found=number)


def headings(number: int) -> Vault:
    links = lines(number, "- [[#Part {0}]] and [part](#part-{0})")
    return Vault({"Page.md": f"# Page\n\n{links}\n{lines(number, '## Part {0}')}"}, rule="broken-heading-link")


def broken_headings(number: int) -> Vault:
    links = lines(number, "- [[#Port {0}]]")
    page = f"# Page\n\n{links}\n{lines(number, '## Part {0}')}"
    return Vault({"Page.md": page}, rule="broken-heading-link", found=number)


def blocks(number: int) -> Vault:
    page = lines(number, "- [[#^id-{0}]] ^id-{0}")
    return Vault({"Page.md": page}, rule="broken-block-link")


def broken_blocks(number: int) -> Vault:
    page = lines(number, "- [[#^ib-{0}]] ^id-{0}")
    return Vault({"Page.md": page}, rule="broken-block-link", found=number)


def images(number: int) -> Vault:
    files = tuple(f"images/{it}.png" for it in range(number))
    return Vault({"Page.md": lines(number, "- ![chart](gone/{0}.png)")}, files, "broken-embed", number)


def claims(number: int) -> Vault:
    targets = {f"t{it}.md": items(1, "- [[Hub]]") for it in range(number)}
    return Vault({**targets, "Hub.md": items(number, "- [[t{0}]]")}, rule="missing-backlink")


def claims_in_vain(number: int) -> Vault:
    sources = {f"t{it}.md": items(1, "- [[Hub]]") for it in range(number)}
    return Vault({**sources, "Hub.md": items(number, "- [[t{0}]]", "Other")}, rule="missing-backlink", found=number)


def mentions(number: int) -> Vault:
    sources = {f"t{it}.md": front(1, "parent: '[[Hub]]'") for it in range(number)}
    return Vault({**sources, "Hub.md": front(number, "  - about [[t{0}]]", "see:\n")}, rule="missing-backlink")


def chain(number: int) -> Vault:
    documents = {f"d{it}.md": front(1, f"part_of: '[[d{it + 1}]]'") for it in range(number)}
    return Vault({**documents, f"d{number}.md": PAGE}, rule="link-cycle")


def fields(number: int) -> Vault:
    documents = {f"{one}.md": front(number, f"part_of_{{0}}: '[[{other}]]'") for one, other in ("ab", "ba")}
    return Vault(documents, rule="link-cycle", found=number)


def misspelt(number: int) -> Vault:
    documents = {f"entity--{it:06}.md": f"[[entiti--{it:06}]]\n" for it in range(number)}
    return Vault(documents, rule="broken-link", found=number)


VAULTS: tuple[Callable[[int], Vault], ...] = (
    same_names,
    same_names_of_one_page,
    headings,
    broken_headings,
    blocks,
    broken_blocks,
    images,
    claims,
    claims_in_vain,
    mentions,
    chain,
    fields,
    misspelt,
)


@contextmanager
def without_collector() -> Iterator[None]:
    """When the garbage collector runs depends on what ran before."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one run."""
    with without_collector():
        start = time.process_time()
        work()
        return time.process_time() - start


def texts(vault: Vault) -> list[Text]:
    return [Text(path, content) for path, content in vault.documents.items()]


def mapped(vault: Vault) -> Callable[[], object]:
    longest = max(texts(vault), key=lambda it: len(it.content))
    return lambda: ENGINE.check_document(longest)


def reduced(vault: Vault) -> Callable[[], list[Diagnostic]]:
    facts = [ENGINE.check_document(it).facts for it in texts(vault)]

    def work() -> list[Diagnostic]:
        found, crashes = ENGINE.check_corpus(ENGINE.corpus(facts, vault.files))
        assert crashes == []
        return list(found)

    return work


@pytest.mark.parametrize("vault", VAULTS, ids=lambda it: it.__name__)
def test_what_is_measured_is_there(vault: Callable[[int], Vault]) -> None:
    it = vault(8)

    assert [found.rule for found in reduced(it)()].count(it.rule) == it.found


@pytest.mark.parametrize("vault", VAULTS, ids=lambda it: it.__name__)
@pytest.mark.parametrize("half", [mapped, reduced], ids=["map", "reduce"])
def test_work_grows_with_the_vault(
    vault: Callable[[int], Vault], half: Callable[[Vault], Callable[[], object]]
) -> None:
    """Who else uses the machine can only make a run slower, so that one good run out of several is enough."""
    small, large = half(vault(NUMBER)), half(vault(TIMES * NUMBER))
    due = min(seconds(small) for _ in range(3))
    ratios = (seconds(large) / due for _ in range(5))

    assert any(it < MOST for it in ratios), f"{TIMES} times as much takes more than {MOST} times {due * 1000:.0f} ms"
