"""`reglint links`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import click

from reglint import workspace
from reglint.cli import EXIT_CLEAN, EXIT_FINDINGS, EXIT_NOT_CHECKED, config_option, emit, tell
from reglint.corpus import Corpus, Resolved
from reglint.document import parse
from reglint.facts import Facts
from reglint.linkgraph.entry import entries
from reglint.linkgraph.graph import graph
from reglint.linkgraph.page import page
from reglint.linkgraph.record import record
from reglint.linkgraph.selection import Selection, heading_place, selected
from reglint.lookup import Unclear, find
from reglint.resolution import BROKEN
from reglint.rule import Unchecked
from reglint.spelling import Names, counted
from reglint.text import Text
from reglint.workspace import Files, Refused, Workspace


@click.command(name="links")
@click.option("--from", "source", metavar="DOC", help="Only links in this document.")
@click.option(
    "--to", "target", metavar="DOC", help="Only links that lead to this document, attachment, or DOC#heading."
)
@click.option(
    "--broken", is_flag=True, help="Only links that lead nowhere, or nowhere certain; exit 1 if there is any."
)
@click.option("--output-format", type=click.Choice(["text", "json", "dot"]), default="text", show_default=True)
@config_option
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: click.Context, source: str | None, target: str | None, broken: bool, output_format: str, config: str | None
) -> None:
    """List the links of the corpus: where each stands, how it is written, and where it leads, or why it leads nowhere.

    DOC is a path from the current folder, or a name as in a wikilink: the end of any path, without case, and without
    `.md`. A name that several have is refused. A link by an alias, or one that fits several documents, is listed by
    --to for each of them, and called broken. What is broken does not depend on which rules are on.

    \b
    reglint links --to domain--central-asia     who links there?
    reglint links --from a.md --to b.md         how does one lead to the other?
    reglint links --broken                      what is to be mended?
    reglint links --output-format dot | dot -Tsvg > graph.svg
    reglint links --output-format json | jq -r '.links[] | select(.kind == "embed") | .leads_to'

    Exits 0, 1 when --broken lists a link, 2 when a document could not be read.
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    space = workspace.load([], config)
    files = space.files()
    documents = space.chosen(files.documents, [], f"document ({space.documents_are})")
    wanted = _selection(space, files, source, target)._replace(is_broken=broken)
    read = _read(space, documents, files)
    for it in read.unchecked:
        tell(f"could not read {it.path}: {it.message}")
    _expect_heading(read.corpus, wanted)
    seen = _Seen()
    links = seen.through(selected(read.corpus, wanted, {it.path for it in read.unchecked}))
    emit(_lines(space, read, links, wanted, output_format))
    tell(_summary(seen, wanted, read.documents))
    ctx.exit(EXIT_NOT_CHECKED if read.unchecked else EXIT_FINDINGS if broken and seen.links else EXIT_CLEAN)


class _Read(NamedTuple):
    """The corpus, and the documents that could not be read, which stand in it without what is in them."""

    corpus: Corpus
    unchecked: list[Unchecked]

    @property
    def documents(self) -> int:
        """The number of documents that could be read."""
        return len(self.corpus.documents) - len(self.unchecked)


class _Seen:
    """Counts links on their way: all of them, the documents that they stand in, and those that are broken."""

    def __init__(self) -> None:
        self.links = 0
        self.broken = 0
        self.documents = 0

    def through(self, links: Iterable[Resolved]) -> Iterator[Resolved]:
        """Yield *links*, which come document by document."""
        path = None
        for it in links:
            self.links += 1
            self.broken += it.outcome.kind in BROKEN
            self.documents += it.source.path != path
            path = it.source.path
            yield it


def _selection(space: Workspace, files: Files, source: str | None, target: str | None) -> Selection:
    """Find the documents that the user named. Raises Refused."""
    try:
        path = find(source, space.path_of, files.documents).path if source else None
        found = find(target, space.path_of, files.documents, files.others) if target else None
    except Unclear as error:
        raise Refused(str(error)) from error
    if not found:
        return Selection(path)
    return Selection(path, found.path, tuple(filter(None, found.subpath.split("#"))))


def _read(space: Workspace, paths: Iterable[str], files: Files) -> _Read:
    """Read every document; a link to one that could not be read is not broken."""
    unchecked: list[Unchecked] = []
    corpus = Corpus.of(_facts(space, paths, unchecked), files.others, space.config.links)
    return _Read(corpus, unchecked)


def _facts(space: Workspace, paths: Iterable[str], unchecked: list[Unchecked]) -> Iterator[Facts]:
    """One text at a time is in memory."""
    for path in paths:
        read = space.read([path])
        unchecked += read.unchecked
        for doc in map(parse, read.texts or [Text(path, "")]):
            kind = space.config.type_of(doc)
            yield Facts.of(doc, kind.name if kind else None)


def _expect_heading(corpus: Corpus, wanted: Selection) -> None:
    """Raise Refused where the target has no such heading."""
    document = corpus.documents.get(wanted.target or "")
    if wanted.heading and document and heading_place(corpus, wanted) is None:
        near = Names(it.text for it in document.headings if it.text).suggestion(wanted.heading[-1])
        raise Refused(f"`{wanted.target}` has no heading `{'#'.join(wanted.heading)}`{near}")


def _lines(
    space: Workspace, read: _Read, links: Iterable[Resolved], wanted: Selection, output_format: str
) -> Iterator[str]:
    corpus = read.corpus
    if output_format == "dot":
        named = [it for it in (wanted.source, wanted.target) if it]
        return graph(links, corpus, corpus.documents if wanted == Selection() else named)
    listed_links = entries(links, lambda path: _text(space, path))
    if output_format == "json":
        return record(listed_links, read.corpus, read.documents, read.unchecked)
    return page(listed_links, corpus)


def _text(space: Workspace, path: str) -> Text:
    """A file that is gone by now has no lines to show."""
    return next(iter(space.read([path]).texts), Text(path, ""))


def _summary(seen: _Seen, wanted: Selection, documents: int) -> str:
    noun = "broken link" if wanted.is_broken else "link"
    number = counted(seen.links, noun) if seen.links else f"no {noun}"
    to = f" to {'#'.join((wanted.target, *wanted.heading))}" if wanted.target else ""
    within = wanted.source or f"{f'{seen.documents} of ' if seen.links else ''}{counted(documents, 'document')}"
    share = "" if wanted.is_broken or not seen.links else f"; {seen.broken or 'none'} broken"
    return f"{number}{to} in {within}{share}"
