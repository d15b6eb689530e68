"""The text of a configuration for a folder that has none, with words for the people who will edit it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from reglint.document import Document
from reglint.inference.kinds import Grouping, literal_glob
from reglint.lazy import regex
from reglint.spelling import counted

_ASIDE = frozenset({"archive", "archives", "archived", "trash", "vendor", "node modules"})
_TEMPLATES = frozenset({"template", "templates"})
_FILES = frozenset(
    {"readme", "changelog", "contributing", "code of conduct", "license", "licence", "security", "support", "authors"}
)
_BARE = regex(r"[A-Za-z0-9_-]+")
_BESIDE = 0.1  # of the documents: more of one name are no companions of the others
_TO_FILL_IN = regex(r"\{\{|<%|\{%")


def apart(docs: Sequence[Document]) -> Mapping[str, int]:
    """Return globs of what is hardly part of the corpus, and how many documents each matches.

    These are archives, templates that are still to be filled in, and what a repository has beside its documents. Where
    every other file is a README, READMEs are what the corpus is made of.
    """
    found: dict[str, list[Document]] = defaultdict(list)
    for doc in docs:
        for glob in _aside(doc.path):
            found[glob].append(doc)
    kept = {glob: len(them) for glob, them in sorted(found.items()) if _is_apart(glob, them, len(docs))}
    return kept if sum(kept.values()) < len(docs) else {}


def _aside(path: str) -> Iterator[str]:
    """Yield the glob that *path* belongs to by its name."""
    *folders, name = path.split("/")
    for i, folder in enumerate(folders):
        if _words(folder) in _ASIDE | _TEMPLATES:
            yield "/".join([*map(literal_glob, folders[: i + 1]), "**"])
            return
    if _words(name.removesuffix(".md")) in _FILES:
        yield f"**/{name}"


def _is_apart(glob: str, docs: Sequence[Document], total: int) -> bool:
    *_, folder, name = f"/{glob}".split("/")
    if name != "**":
        return len(docs) <= max(2, _BESIDE * total) and not any(it.front.is_there for it in docs)
    unfilled = sum(map(_is_to_fill_in, docs))
    return _words(folder) in _ASIDE or unfilled * 2 >= len(docs)


def _is_to_fill_in(doc: Document) -> bool:
    """Tell a template from a page about templates: it has a value to come, or no front matter."""
    is_open = any(it is None or _TO_FILL_IN.search(str(it)) for it in doc.frontmatter.values())
    return is_open or bool(doc.front.tree.errors) or not doc.front.is_there


def _words(name: str) -> str:
    """Return *name* without the signs and numbers that sort it to its place: `99 - Templates`, `_archive`."""
    return re.sub(r"[\W_]+", " ", re.sub(r"^[\W\d_]+", "", name)).strip().casefold()


def text_of(grouping: Grouping, excluded: Mapping[str, int], *, infer: bool) -> str:
    """Return the text of a `reglint.toml`; *infer*: the types that it names get their schemas at once."""
    types = _types(grouping) if grouping.globs else _named(grouping, infer=infer)
    return "\n".join([*_corpus(excluded), "", *types, "", *_RULES]) + "\n"


def _corpus(excluded: Mapping[str, int]) -> Iterator[str]:
    yield "# What is a document. What git ignores, and hidden files, never are."
    yield 'include = ["**/*.md"]'
    if excluded:
        yield ""
        yield "# These look like no part of the corpus; take a line away where it is one."
        yield "exclude = ["
        yield from (f"  {_text(glob)},  # {counted(number, 'document')}" for glob, number in excluded.items())
        yield "]"


def _named(grouping: Grouping, *, infer: bool) -> Iterator[str]:
    """A type that the configuration names cannot lose its schema unnoticed."""
    yield "# The front matter says of which type a document is, as in `type: country`, and the schema"
    if not infer:
        yield "# `schemas/country.schema.json` judges it. `reglint schema infer --write` drafts the schemas."
        yield from (f"# {name}: {counted(len(paths), 'document')}" for name, paths in grouping.types.items())
        return
    yield "# `schemas/country.schema.json` judges it. The schema of a type that stands here has to be there."
    for name, paths in grouping.types.items():
        yield f"[types.{_key(name)}]  # {counted(len(paths), 'document')}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _types(grouping: Grouping) -> Iterator[str]:
    yield f"# The {'folder' if grouping.by == 'folder' else 'file name'} says of which type a document is, and"
    yield "# `schemas/<type>.schema.json` judges it. `reglint schema infer --write` drafts the schemas."
    for name, globs in grouping.globs.items():
        yield f"[types.{_key(name)}]"
        yield f"files = [{', '.join(map(_text, globs))}]  # {counted(len(grouping.types[name]), 'document')}"
        yield ""


_RULES = (
    "# `reglint rule` lists the rules; each can be turned off, or given another severity.",
    "[rules]",
    '# repeated-text = "off"',
)


def _text(value: str) -> str:
    """Return *value* as a basic string of TOML, which is JSON's but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
