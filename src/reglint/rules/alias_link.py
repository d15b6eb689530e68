from collections.abc import Iterator
from posixpath import splitext

from reglint.columns import LinkFact
from reglint.corpus import Corpus, Resolved
from reglint.diagnostic import Located, Note, Path, Severity
from reglint.folding import fold_name
from reglint.outline import within_section
from reglint.rule import rule
from reglint.syntax.wikilink import find


@rule(group="links", category="correctness", severity=Severity.error, since="0.1")
def alias_link(docs: Corpus) -> Iterator[Located]:
    """The link names a document by its alias, which Obsidian does not resolve.

    Following such a link creates a new, empty document. `links.aliases = true` is for tools that do resolve aliases.

    ```md with entity--afsa.md
    ---
    aliases: [AFSA]
    ---
    ```

    ```md bad
    Licences are issued by the «[[AFSA]]».
    ```

    ```md good
    Licences are issued by the [[entity--afsa|AFSA]].
    ```
    """
    for it in docs.resolved_as("alias"):
        target = docs.documents[str(it.outcome.target)]
        place = next(alias.span for alias in target.aliases if fold_name(alias.text) == fold_name(it.link.target))
        yield it.found(
            f"`{it.link.target}` is an alias of `{target.name}`, and links do not resolve by alias",
            help=f"write `{_mended(docs, it)}`",
            notes=(Note(target.path, place, "the alias"),),
        )


def _mended(corpus: Corpus, it: Resolved) -> str:
    """Return the shortest link that leads to the document whose alias was used, and shows the same text."""
    steps = splitext(str(it.outcome.target))[0].split("/")
    ends = ["/".join(steps[-count:]) for count in range(1, len(steps) + 1)]
    links = [_written(it.link, end) for end in (*ends, f"/{ends[-1]}")]
    return next((link for link in links if _leads(corpus, it, link)), links[-2])


def _written(link: LinkFact, target: str) -> str:
    pipe = r"\|" if _may_be_cell(link.pointer) else "|"
    shown = " ".join(link.shown.split()) or ("" if link.is_embed else link.target)
    whole = "#".join([target, *link.subpath])
    return f"{'!' if link.is_embed else ''}[[{whole}{pipe if shown else ''}{shown}]]"


def _leads(corpus: Corpus, it: Resolved, written: str) -> bool:
    """Tell whether a link that is *written* so leads to the same document, and not by the alias again."""
    read = next(find(written), None)
    link = it.link._replace(kind="wikilink", target=read.target if read else "")
    outcome = corpus.resolver.resolve(it.source, link)
    return outcome.target == it.outcome.target and outcome.kind != "alias"


def _may_be_cell(pointer: Path) -> bool:
    r"""Tell whether a link may stand in a table, for all that its place says; elsewhere `\|` is read as `|` too."""
    within = within_section(pointer)
    return within is not None and within[:1] not in {("text",), ("items",), ("quotes",)}
