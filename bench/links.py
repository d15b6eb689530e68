"""How resolving links grows: documents of ten links on average, parsed, then held together by all rules of the corpus.

    python bench/links.py 10000 100000

prints a line for each size: CPU seconds of the map (parse and facts), seconds of the reduce, and peak memory of the
process. Each size runs in a process of its own, so that the peaks do not add up. Seconds depend on the machine; the
ratio between two lines does not.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from reglint.config import Config, DocumentType
from reglint.engine import Engine
from reglint.schema.library import load
from reglint.text import Text

_TODAY = date(2026, 11, 22)
_LINKS = 10
_FOLDER = 100
_HUB = 1_000
_TO_HEADING = 0.2
_BROKEN = 0.001
_SCHEMA = Text(
    "schemas/note.schema.json",
    """{"properties": {"frontmatter": {"properties": {
      "parent": {"wikilink": {"type": ["note"]}, "acyclic": true},
      "code": {"unique": "corpus"}
    }}}}""",
)


def texts(count: int) -> Iterator[Text]:
    """Yield *count* documents in folders of a hundred, of which the first is a README, with headings of their own.

    Every thousandth is a hub with a thousand links. One link in five names a heading, one in a thousand is broken.
    """
    random = Random(count)  # noqa: S311 - the same corpus every time
    for i in range(count):
        is_hub = i % _HUB == _HUB // 2
        shown = [_link(random, random.randrange(count)) for _ in range(_HUB if is_hub else _LINKS - 2)]
        parent = f'parent: "[[{_name(i // 2)}]]"\n' if i else ""
        yield Text(
            f"{_folder(i)}/{_name(i).rpartition('/')[2]}.md",
            f"---\ntype: note\ncode: c{i}\n{parent}---\n# Note {i}\n\n## Facts\n\n| Field | Value |\n|---|---|\n"
            + "".join(f"| Row {n} | {it.replace('|', chr(92) + '|')} |\n" for n, it in enumerate(shown[:3]))
            + f"\n## About {i}\n\nSee {', '.join(shown[3:7])}.\n\n## Sources of {i}\n\n"
            + "".join(f"- {it}\n" for it in shown[7:]),
        )


def _link(random: Random, number: int) -> str:
    wrong = "x" if random.random() < _BROKEN else ""
    heading = f"#About {number}" if random.random() < _TO_HEADING else ""
    return f"[[{_name(number)}{wrong}{heading}|note {number % 97}]]"


def _folder(number: int) -> str:
    return f"folder-{number // _FOLDER:04}"


def _name(number: int) -> str:
    """Return the shortest text by which links name a document."""
    return f"entity--{number:06}" if number % _FOLDER else f"{_folder(number)}/README"


def run(count: int) -> None:
    """Check *count* documents in this process and print what it took."""
    config = replace(Config(), types={"note": DocumentType("note", _SCHEMA.path)})
    engine = Engine(config, load([_SCHEMA]), _TODAY)
    start = time.process_time()
    facts = [engine.check_document(it).facts for it in texts(count)]
    mapped = time.process_time()
    found, crashes = engine.check_corpus(engine.corpus(facts, ()))
    reduced = time.process_time()
    assert not crashes, crashes
    links = sum(len(it.links) for it in facts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(  # noqa: T201 - it is what the command is for
        f"{count:7} documents {links:8} links {len(found):6} findings: "
        f"map {mapped - start:6.1f} s, reduce {reduced - mapped:6.1f} s, peak {peak:5.0f} MiB"
    )


if __name__ == "__main__":
    sizes = [int(it) for it in sys.argv[1:]] or [1_000, 10_000]
    for size in sizes:
        if len(sizes) == 1:
            run(size)
        else:
            subprocess.run([sys.executable, __file__, str(size)], check=True)  # noqa: S603 - this very file
