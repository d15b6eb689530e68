"""A new document that fails only where its author has to write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from reglint.diagnostic import Diagnostic
from reglint.document import Document, parse
from reglint.guide.body import Body
from reglint.guide.habits import Habits
from reglint.guide.plan import TODO, Plan, chosen
from reglint.guide.typed import Typed
from reglint.lazy import regex
from reglint.schema.lacking import lacking
from reglint.schema.shape import Shape, shape
from reglint.syntax import yaml
from reglint.syntax.tree import Json
from reglint.text import Span, Text

_MARK = regex(rf"\b{TODO}\b")
_MAPPING = {"type": "object"}
_ROUNDS = 8  # each adds what is lacking still; schemas that contradict themselves lack something for ever

Check = Callable[[Text], Sequence[Diagnostic]]


@dataclass(frozen=True)
class Subject:
    """The document that is wanted: its type, path and title, and how others of its type are written.

    *names_type*: whether its front matter has to say of which type it is.
    """

    type: Typed
    path: str
    title: str
    habits: Habits
    names_type: bool = True


class Skeleton(NamedTuple):
    """A new document, what went into it, and what was found in it."""

    text: Text
    plan: Plan
    found: tuple[Diagnostic, ...]


def written(subject: Subject, plan: Plan) -> str:
    """Return the document that holds what *plan* wants."""
    document = shape(subject.type.place.library, []) if subject.type.base else subject.type.place
    frontmatter = subject.type.place if subject.type.base else chosen(document).member("frontmatter")
    meta = _frontmatter(subject, plan, frontmatter or Shape(subject.type.place.library, ()))
    head = f"---\n{yaml.written(meta) if meta else ''}---\n" if meta or subject.names_type else ""
    body = "\n".join(Body(plan, subject.habits, subject.title).lines(document))
    return f"{head}{body}\n" if body else head or f"# {subject.title}\n"


def _frontmatter(subject: Subject, plan: Plan, place: Shape) -> dict[str, Json]:
    path = ("frontmatter",)
    mapping = shape(place.library, [*place.always, _MAPPING])
    found = plan.value(mapping, path) if plan.names(chosen(mapping), path) else {}
    meta = found if isinstance(found, dict) else {}
    named = {"type": subject.type.kind.name} if subject.names_type or "type" in meta else {}
    chosen_type = {"type": meta["type"]} if meta.get("type", TODO) != TODO else {}
    return {**named, **chosen_type, **{name: it for name, it in meta.items() if name != "type"}}


def skeleton(subject: Subject, plan: Plan, check: Check) -> Skeleton:
    """Return a document in which *check* finds nothing but what its author has to write.

    Members that turn out to be lacking are added, and values that turn out to be wrong become places to fill in.
    """
    for _ in range(_ROUNDS):
        text = Text(subject.path, written(subject, plan))
        found = tuple(it for it in check(text) if it.path == subject.path)
        more = _more(subject, plan, parse(text), found)
        if more == plan:
            break
        plan = more
    return Skeleton(text, plan, found)


def _more(subject: Subject, plan: Plan, doc: Document, found: Sequence[Diagnostic]) -> Plan:
    missing = lacking(subject.type.place.library, subject.type.kind.schema, doc.get(*subject.type.base))
    lacks = {(*subject.type.base, *it) for it in missing}
    wrong = {it.finding.pointer for it in found if it.finding.pointer and not is_on_todo(doc.text, it.span)}
    wrong -= {("frontmatter",), *(it[:-1] for it in lacks)}
    unwanted = {it for it in wrong if doc.get(*it) == TODO}
    return replace(
        plan,
        lacking=plan.lacking | lacks,
        unwanted=plan.unwanted | unwanted,
        doubtful=plan.doubtful | (wrong - unwanted),
    )


def is_on_todo(text: Text, span: Span) -> bool:
    """Tell whether *span* covers, or touches, a place that is to be filled in."""
    return any(span.start <= it.end and it.start <= span.end for it in todos(text))


def todos(text: Text) -> Iterator[Span]:
    """Yield the places that are to be filled in."""
    return (Span(*it.span()) for it in _MARK.finditer(text.content))
