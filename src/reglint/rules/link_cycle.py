from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from reglint.corpus import Corpus
from reglint.diagnostic import Finding, Located, Note, Path, Severity
from reglint.document import document_name
from reglint.facts import Acyclic
from reglint.rule import rule
from reglint.text import Span

_NAMED = 3
_NOTED = 9


class Step(NamedTuple):
    """The link that leads from one document to another, and the claim that it belongs to."""

    span: Span
    claim: Acyclic


Graph = Mapping[str, Sequence[str]]


class Steps:
    """Where the links in a field of a document lead; *fields* gives the claims of a document by their field."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        # A page may have a thousand fields; it is asked for each of them, and a few more times for what is found.
        self.fields = lru_cache(maxsize=1 << 8)(self._group)

    def of(self, path: str, field: Path) -> Iterator[tuple[str, Step]]:
        """Yield the documents that the links in *field* of the document at *path* lead to, and how."""
        facts = self._corpus.documents[path]
        for claim in self.fields(path)[field]:
            for _, link, outcome in self._corpus.claimed(facts, claim.span, claim.pointer):
                if outcome.target in self._corpus.documents:
                    yield str(outcome.target), Step(link.span, claim)

    def first(self, field: Path, source: str, target: str) -> Step:
        """Return the first link by which one document leads to another, which there is."""
        return next(step for to, step in self.of(source, field) if to == target)

    def _group(self, path: str) -> Mapping[Path, Sequence[Acyclic]]:
        fields: dict[Path, list[Acyclic]] = defaultdict(list)
        for it in self._corpus.documents[path].claims:
            if isinstance(it, Acyclic):
                fields[_without_indexes(it.pointer)].append(it)
        return fields


@rule(group="links", category="correctness", severity=Severity.error, since="0.1")
def link_cycle(corpus: Corpus) -> Iterator[Located]:
    """The links of a field come back to the document that they started from.

    A schema asks for it by the keyword `acyclic`: nothing can be a part of its own part, nor be compiled into what it
    is made from. Documents that lead to one another are reported once, all of them together: at the first of them in
    the order of paths, with the shortest way that comes back to it. Where they are many, other ways round may be left
    when that one is mended, and are then reported. A document that names itself is `self-link`, and not this as well.

    ```json schema page
    {"properties": {"frontmatter": {"properties": {"compile_into": {"acyclic": true}}}}}
    ```

    ```md with law.md
    ---
    type: page
    compile_into: ["[[region]]"]
    ---
    ```

    ```md with region.md
    ---
    type: page
    compile_into: ["[[country]]"]
    ---
    ```

    ```md bad country.md
    ---
    type: page
    compile_into: ["[[world]]", "«[[law]]»"]
    ---
    ```

    ```md good country.md
    ---
    type: page
    compile_into: ["[[world]]"]
    ---
    It is compiled from the [[law]].
    ```
    """
    steps = Steps(corpus)
    for field, graph in _graphs(corpus, steps).items():
        for component in _components(graph):
            if len(component) > 1:
                way = _way_round(graph, min(component), component)
                yield way[0], _finding(steps, field, way, len(component))


def _graphs(corpus: Corpus, steps: Steps) -> Mapping[Path, Graph]:
    """Return for each field which document leads to which."""
    graphs: dict[Path, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for facts in corpus:
        for field in steps.fields(facts.path):
            targets = (target for target, _ in steps.of(facts.path, field) if target != facts.path)
            graphs[field][facts.path] = tuple(dict.fromkeys(targets))
    return graphs


def _without_indexes(pointer: Path) -> Path:
    return tuple(it for it in pointer if not isinstance(it, int))


def _components(graph: Graph) -> Iterator[frozenset[str]]:
    """Yield the sets of documents that lead to one another (Kosaraju and Sharir), in linear time."""
    seen: set[str] = set()
    finished = [it for root in graph for it in _postorder(graph, root, seen)]
    back: dict[str, list[str]] = defaultdict(list)
    for source, steps in graph.items():
        for target in steps:
            back[target].append(source)
    seen = set()
    for root in reversed(finished):
        if root not in seen:
            yield frozenset(_postorder(back, root, seen))


def _postorder(graph: Mapping[str, Iterable[str]], root: str, seen: set[str]) -> Iterator[str]:
    """Yield what can be reached from *root* and was not *seen*, each behind all that it leads on to."""
    if root in seen:
        return
    seen.add(root)
    trail = [(root, iter(graph.get(root, ())))]
    while trail:
        here, ahead = trail[-1]
        onward = next((it for it in ahead if it not in seen), None)
        if onward is None:
            trail.pop()
            yield here
        else:
            seen.add(onward)
            trail.append((onward, iter(graph.get(onward, ()))))


def _way_round(graph: Graph, start: str, component: Collection[str]) -> tuple[str, ...]:
    """Return the documents on a shortest way from *start* back to it, each of them once."""
    before: dict[str, str] = {}
    queue = deque([start])
    while start not in before:
        here = queue.popleft()
        for it in graph[here]:
            if it in component and it not in before:
                before[it] = here
                queue.append(it)
    way = [before[start]]
    while way[-1] != start:
        way.append(before[way[-1]])
    return tuple(reversed(way))


def _finding(steps: Steps, field: Path, way: tuple[str, ...], together: int) -> Finding:
    span, claim = steps.first(field, way[0], way[1])
    links = f"`{field[-1]:.40}` leads" if field else "links lead"
    names = [f"`{document_name(it):.40}`" for it in way[1 : _NAMED + 1]]
    more = f" and {len(way) - 1 - _NAMED} more" if len(way) - 1 > _NAMED else ""
    others = f"; {together} documents lead to one another so" if together > len(way) else ""
    onward = zip(way[1 : _NOTED + 1], (*way[2:], way[0]), strict=False)
    return claim.grounds.finding(
        span,
        f"{links} back to this document by way of {', '.join(names)}{more}{others}",
        claim.pointer,
        "take out the one of these links that leads the wrong way",
        tuple(Note(it, steps.first(field, it, to).span, f"leads on to `{document_name(to):.80}`") for it, to in onward),
    )
