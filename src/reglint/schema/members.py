"""Keys, fields, sections and parts that are missing, unknown, or may not be there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reglint import patterns
from reglint.diagnostic import Finding, Note, Path
from reglint.schema.failure import Failure, described, with_description
from reglint.schema.gist import condition, kind, mentioned, resolved
from reglint.schema.parts import absent
from reglint.schema.wording import TYPES, choices, shown
from reglint.spelling import nearest, suggestion
from reglint.text import Span

_TELLING = TYPES - {"string", "object"}  # types that say something of a value that is not there yet


def missing(failure: Failure) -> Iterator[Finding]:
    """Yield a finding for each key that `required` or a dependency asks for, with words on what may be meant for it.

    A misspelt key that the schema refuses is told as unknown, and not as missing as well: its finding is the twin.
    """
    for name, where in _missing(failure):
        meant = _misspelt(failure, name)
        what, how = absent(failure.part.member, name)
        message = f"{failure.part.name} lacks {what}" + (f", which is expected where {where}" if where else "")
        near = f"; is it written {shown(meant)}?" if meant else ""
        found = failure.finding(message + near, at=(*failure.path, name), span=failure.gap)
        notes = (*_place(failure, meant), *found.notes)
        twin = (*failure.path, meant) if meant and failure.known.is_closed else None
        yield replace(found, help=_wanted(failure, name, how), notes=notes, twin=twin)


def _missing(failure: Failure) -> Iterator[tuple[str, str]]:
    """Yield the missing keys, each with where it is asked for.

    jsonschema reports them one by one, each only in the words of its message.
    """
    if isinstance(failure.argument, dict):
        for key, names in failure.argument.items():
            if key in failure.value and isinstance(names, list):
                yield from ((it, f"`{key}` stands") for it in names if it not in failure.value)
    else:
        where = condition(failure.schema, failure.holders)
        yield from ((it, where) for it in failure.argument if it not in failure.value)


def _misspelt(failure: Failure, name: str) -> str | None:
    """Return the unknown key that looks like the absent *name*, if one does."""
    spoken_of = {it for schema in (failure.schema, *failure.holders) for it in mentioned(schema)}
    found = nearest(name, [it for it in unknown_names(failure) if it not in spoken_of])
    return found if found and nearest(found, [name, *_absent(failure)]) == name else None


def _place(failure: Failure, name: str | None) -> Iterator[Note]:
    if name:
        span = failure.background.key((*failure.path, name))
        yield Note(failure.background.text.path, span, f"{shown(name)} stands here")


def _wanted(failure: Failure, name: str, how: str) -> str:
    """Say what the key *name* may hold, or else *how* it is written, and what it is for."""
    asked = getattr(failure.error, "wanted", failure.known.names)
    schema = resolved(asked.get(name), failure.background.target)
    said = kind(schema, _TELLING)
    what = f"it should be {said.words}" if said and not how else how
    return with_description(what, described(schema) or failure.description)


def unknown(failure: Failure) -> Iterator[Finding]:
    """Yield a finding for each key that the schema does not know, with the absent one that may be meant."""
    for name in unknown_names(failure):
        path = (*failure.path, name)
        message = f"unknown {failure.part.member} {shown(name)}{suggestion(name, _absent(failure))}"
        yield failure.finding(message, _known(failure, name), at=path, span=_mark(failure, path))


def unknown_names(failure: Failure) -> Sequence[str]:
    """Return the keys of the value that the schema which failed refuses, as it does not know them."""
    if named := getattr(failure.error, "members", ()):
        return list(named)
    known = failure.known_beside if failure.keyword == "additionalProperties" else failure.known
    matched = known.patterns
    return [it for it in failure.value if it not in known.names and not any(patterns.search(by, it) for by in matched)]


def _absent(failure: Failure) -> Sequence[str]:
    """Return the keys that a schema speaks of and the value lacks."""
    return [it for it in failure.known.names if it not in failure.value]


def _known(failure: Failure, near: str) -> str:
    """Say which keys the schema knows, what looks like *near* first."""
    if failure.part.listing:
        return failure.part.listing
    known = [*failure.known.names]
    names = [choices(known, nearest(near, known)).words] if known else []
    listed = ", or ".join([*names, *(f"what matches {shown(it)}" for it in failure.known.patterns)])
    return f"known here: {listed}" if listed else f"no {failure.part.member} is known here"


def refused(failure: Failure) -> Finding:
    """Return the finding for a value whose schema allows none."""
    place = _mark(failure, failure.path) if failure.path else failure.background.head
    if failure.is_name:
        return failure.finding(f"{failure.subject} may not stand here", span=place)
    if not failure.keyword:
        return failure.finding(f"the schema does not allow {failure.part.name} as it stands", span=place)
    return failure.finding(f"{_named(failure)} may not stand here", span=place)


def _named(failure: Failure) -> str:
    *above, last = failure.path or ("",)
    if not above or isinstance(last, int):
        return failure.part.name
    return absent(failure.background.part(tuple(above)).member, last)[0]


def _mark(failure: Failure, path: Path) -> Span:
    """Where a member that may not be there is marked; parts of a section have no key of their own."""
    is_part = failure.background.part(path[:-1]).member == "part"
    return failure.background.at(path) if is_part else failure.background.key(path)
