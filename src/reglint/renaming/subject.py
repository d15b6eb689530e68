"""What a user means by OLD: a document by its path or name, and a heading of it behind `#`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from reglint.columns import LinkFact
from reglint.corpus import Corpus
from reglint.document import parse
from reglint.facts import Facts
from reglint.folding import fold_heading
from reglint.renaming.intent import Impossible
from reglint.renaming.slugs import numbered
from reglint.renaming.subpaths import outline
from reglint.spelling import listed, suggestion
from reglint.text import Span, Text


class Subject(NamedTuple):
    """The document at *path*, or its heading with the index *heading*."""

    path: str
    heading: int | None = None


def subject(corpus: Corpus, named: str, here: str, as_path: Callable[[str], str | None]) -> Subject:
    """Return what *named* means. Raises Impossible where that is nothing, or several things.

    *here* is the folder that the user is in, from the root; *as_path* reads a path of the shell, and has None for one
    that lies elsewhere.
    """
    for written, subpath in _readings(named):
        if path := _document(corpus, written, here, as_path):
            return Subject(path, _heading(corpus, path, subpath) if subpath else None)
    wanted = named.partition("#")[0]
    raise Impossible(
        f"there is no document `{wanted}`{corpus.names.suggestion(wanted) or '; `reglint files` lists them'}"
    )


def _readings(named: str) -> Iterator[tuple[str, str]]:
    """A name may have a `#` itself, as in `C#`, so that each of them may begin the heading."""
    yield named, ""
    yield from ((named[:i], named[i + 1 :]) for i, it in enumerate(named) if it == "#")


def _document(corpus: Corpus, written: str, here: str, as_path: Callable[[str], str | None]) -> str | None:
    path = as_path(written) if written else None
    if path is not None and (found := next((it for it in (path, f"{path}.md") if it in corpus.documents), None)):
        return found
    source = Facts.of(parse(Text(f"{here}/_" if here else "_", "")))
    link = LinkFact("wikilink", written, (), "", Span(0, 0), ())
    outcome = corpus.resolver.resolve(source, link)
    if outcome.kind == "ambiguous":
        raise Impossible(f"`{written}` may be {listed(outcome.candidates)}; name one of them by its path")
    is_there = bool(written) and outcome.kind == "document" and outcome.target in corpus.documents
    return outcome.target if is_there else None


def _heading(corpus: Corpus, path: str, subpath: str) -> int:
    """Return the index of the heading. Raises Impossible."""
    document = corpus.documents[path]
    headings = tuple(document.headings)
    if subpath.rpartition("#")[2].strip().startswith("^"):
        raise Impossible(f"`{subpath}` is the id of a block, and only documents and headings can be renamed")
    parts = tuple(it.strip() for it in subpath.split("#") if it.strip())
    readings = [it for it in (parts, (subpath.strip(),)) if it and all(it)]
    links = [LinkFact("wikilink", "", it, "", Span(0, 0), ()) for it in readings]
    chain = next(filter(None, (corpus.resolver.headings(document, it) for it in links)), None)
    if chain is None:
        by_id = numbered(headings, subpath)
        if by_id is None:
            near = suggestion(parts[-1] if parts else subpath, [it.text for it in headings])
            raise Impossible(f"{path} has no heading `{subpath}`{near}")
        return by_id
    twins = [i for i in range(len(headings)) if _is_twin(document, chain, i)]
    if len(twins) > 1:
        names = listed("#".join(headings[it].text for it in outline(headings, i)) for i in twins)
        raise Impossible(f"`{subpath}` may be {names} of {path}; name it with the headings above it, as in `A#B`")
    return chain[-1]


def _is_twin(document: Facts, chain: tuple[int, ...], at: int) -> bool:
    """Tell whether what names the heading at the end of *chain* could name the one *at* as well."""
    headings = tuple(document.headings)
    if fold_heading(headings[at].text) != fold_heading(headings[chain[-1]].text):
        return False
    return at == chain[-1] or set(chain[:-1]) <= set(outline(headings, at))
