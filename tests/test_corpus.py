"""The corpus of this repository is clean, and large enough to be worth checking."""

from pathlib import Path

from checking import check
from reglint.document import parse
from reglint.text import Text

ROOT = Path(__file__).parent.parent


def test_the_corpus_is_clean() -> None:
    run = check(ROOT)

    assert run.diagnostics == ()
    assert run.typed == run.documents >= 25


def test_every_page_names_its_sources_and_drafts_say_what_is_not_verified() -> None:
    for path in sorted((ROOT / "corpus").glob("*.md")):
        text = Text.decode(path.name, path.read_bytes())
        meta = parse(text).frontmatter

        assert meta["sources"], path.name
        assert ("not verified" in text.content) == (meta["status"] == "draft"), path.name
