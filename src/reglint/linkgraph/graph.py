"""Links as a graph of documents, in the DOT language of Graphviz."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename, dirname, join, normpath

from reglint.corpus import Corpus, Resolved
from reglint.document import document_name
from reglint.facts import Facts
from reglint.lazy import regex
from reglint.report.escape import escaped
from reglint.resolution import BROKEN

# Light fills with dark letters, and lines of a middling grey or red, can be read on white and on black.
_FILLS = ("#8ecae6", "#ffd166", "#95d5b2", "#f4a6c0", "#cdb4db", "#f6bd60", "#a3c4f3", "#d4d700")
_SHAPES = ("ellipse", "hexagon", "octagon", "diamond")
_DEFAULTS = (
    'graph [bgcolor="transparent"]',
    'node [shape="ellipse", style="filled", fillcolor="#dddddd", color="#808080", fontcolor="#1a1a1a"]',
    'edge [color="#808080", fontcolor="#808080"]',
)
_RED = {"color": "#e5484d", "fontcolor": "#e5484d"}
_BROKEN = {"style": "dashed", **_RED}
_ENTITY = regex(r"&(?=#?\w+;)")


def graph(links: Iterable[Resolved], corpus: Corpus, shown: Iterable[str] = ()) -> Iterator[str]:
    """Yield the lines of the graph that *links* make; the documents *shown* are in it whether or not they are linked.

    A broken link leads to a node of its own, and one within a document, or out of the corpus, is left out. Only the
    pairs of linked documents are held in memory.
    """
    edges = Counter(edge for it in links if (edge := _edge(it)))
    yield "digraph links {"
    yield from (f"  {it};" for it in _DEFAULTS)
    looks = _looks(corpus)
    for node in sorted({*shown, *(node for edge in edges for node in edge)}):
        yield f"  {_id(node)} {_attributes(_node(node, corpus, looks))};"
    for (source, target), number in sorted(edges.items()):
        yield f"  {_id(source)} -> {_id(target)}{_edge_look(target, number)};"
    yield "}"


def _edge(it: Resolved) -> tuple[str, str] | None:
    """Return the nodes that a link leads from and to. Those of broken links begin with `/`, as no path does."""
    source, _, outcome = it
    if outcome.kind in BROKEN:
        return source.path, f"/{_missing(it)}"
    return (source.path, outcome.target) if outcome.target not in {None, source.path} else None


def _missing(it: Resolved) -> str:
    """Return what is not there: a part of a document, a path from the root, or whatever has a name."""
    source, link, outcome = it.source, it.link, it.outcome
    if outcome.kind in {"no-heading", "no-block"}:
        return "#".join((outcome.target or "", *link.subpath))
    return normpath(join(dirname(source.path), link.target)) if link.is_path else link.target


def _looks(corpus: Corpus) -> Mapping[str, Mapping[str, str]]:
    """Return a colour for each type of document, and a shape where there are more types than colours."""
    types = sorted({kind for it in corpus.documents.values() if (kind := _type(it))})
    return {
        kind: {"fillcolor": _FILLS[i % len(_FILLS)], "shape": _SHAPES[i // len(_FILLS) % len(_SHAPES)]}
        for i, kind in enumerate(types)
    }


def _type(document: Facts) -> str:
    """The type that a schema is for, or what the front matter says."""
    return document.type or (document.declared.text if document.declared else "")


def _node(node: str, corpus: Corpus, looks: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    if node.startswith("/"):
        return {"label": node[1:], **_BROKEN}
    document = corpus.documents.get(node)
    if document is None:
        return {"label": basename(node), "shape": "box"}
    kind = _type(document)
    if not kind:
        return {"label": document_name(node)}
    return {"label": document_name(node), "tooltip": f"{node} ({kind})", **looks[kind]}


def _edge_look(target: str, number: int) -> str:
    label = {"label": str(number)} if number > 1 else {}
    look = {**label, **(_BROKEN if target.startswith("/") else {})}
    return f" {_attributes(look)}" if look else ""


def _attributes(look: Mapping[str, str]) -> str:
    return f"[{', '.join(f'{name}={_text(value)}' for name, value in look.items())}]"


def _id(name: str) -> str:
    r"""Quote *name* so that no two become one: a backslash of its own is doubled, that of `\u{a}` is not."""
    return f'"{escaped(_quoted(name))}"'


def _text(value: str) -> str:
    """Quote *value* so that Graphviz shows it as it is, escapes and HTML entities included."""
    return f'"{_quoted(_ENTITY.sub("&amp;", escaped(value)))}"'


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
