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
    """Where the links in a field of a document lead."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        # A page may have a thousand fields; it is asked a few times for each that has something wrong with it.
        self._claims = lru_cache(maxsize=1 << 8)(self._group)

    def graphs(self) -> Mapping[Path, Graph]:
        """Return for each field which document leads to which."""
        graphs: dict[Path, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        documents = self._corpus.documents
        for facts, claim, outcomes in self._corpus.led_by(Acyclic):
            found = [it.target or "" for it in outcomes if it.target != facts.path]
            if targets := [it for it in found if it in documents]:
                graphs[_field(claim.pointer)][facts.path] += targets
        return graphs

    def first(self, field: Path, source: str, target: str) -> Step:
        """Return the first link by which one document leads to another, which there is."""
        facts = self._corpus.documents[source]
        steps = ((it, claim) for claim in self._claims(source)[field] for it in self._corpus.claimed(facts, claim))
        return next(Step(it.link.span, claim) for it, claim in steps if it.outcome.target == target)

    def _group(self, path: str) -> Mapping[Path, Sequence[Acyclic]]:
        fields: dict[Path, list[Acyclic]] = defaultdict(list)
        for it in self._corpus.documents[path].claims:
            if isinstance(it, Acyclic):
                fields[_field(it.pointer)].append(it)
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
    for field, graph in steps.graphs().items():
        for component in _components(graph):
            if len(component) > 1:
                way = _way_round(graph, min(component), component)
                yield way[0], _finding(steps, field, way, len(component))


@lru_cache(maxsize=1 << 10)
def _field(pointer: Path) -> Path:
    """Return *pointer* without the indexes of items."""
    return tuple(it for it in pointer if not isinstance(it, int))


def _components(graph: Graph) -> Iterator[frozenset[str]]:
    """Yield the sets of documents that lead to one another (Kosaraju and Sharir), in linear time."""
    seen: set[str] = set()
    finished: list[str] = []
    for root, steps in graph.items():
        if root not in seen and seen.issuperset(steps):
            seen.add(root)
            finished.append(root)
        else:
            finished += _postorder(graph, root, seen)
    place = {it: i for i, it in enumerate(finished)}
    if all(place[to] < place[source] for source, steps in graph.items() for to in steps):
        return  # none leads back to what it was reached from
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
