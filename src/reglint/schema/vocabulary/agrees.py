from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reglint import patterns, urls
from reglint.diagnostic import Path
from reglint.facts import spelled
from reglint.pointer import misplaced, resolved
from reglint.schema import excerpt, wording
from reglint.schema.excerpt import PATTERN, Excerpt
from reglint.schema.keyword import Description, Fault, Site, Violation, also_describes, also_faults, keyword
from reglint.syntax.tree import Json

_SEVERAL = {"if": {"type": "array"}, "then": {"type": "array", "items": PATTERN, "minItems": 1}, "else": PATTERN}
_PATTERNS = {
    "type": "object",
    "minProperties": 1,
    "properties": {"pattern": _SEVERAL, "not": _SEVERAL},
    "additionalProperties": False,
}
_ONE = {
    "type": "object",
    "required": ["with"],
    "properties": {
        "with": excerpt.place({"type": "string", "format": "json-pointer"}),
        "read": PATTERN,
        "by": {"type": "string"},
        "as": {"type": "object", "additionalProperties": {"anyOf": [PATTERN, _PATTERNS]}},
    },
    "additionalProperties": False,
    "dependentRequired": {"by": ["read"]},
}
_UNSHOWN = frozenset({"frontmatter", "sections", "fields"})
_READABLE = 80  # code points; longer ones are left to the description in the schema
_VERBS = {"pattern": "matches", "not": "does not match"}
_META = {"anyOf": [_ONE, {"type": "array", "items": _ONE, "minItems": 1}]}


class _Pair(NamedTuple):
    """What is said here, as *part* of the value or the whole of it, and what is said at *path*."""

    ours: Json
    part: Excerpt | None
    path: Path
    theirs: Json


@keyword("agrees", group="facts", meta=_META, since="0.1")
def agrees(site: Site, wanted: Json) -> Iterator[Violation]:
    """The value says the same as another place of the document, which a JSON Pointer from its root names.

    Without `as` the two are equal. `as` maps what may stand over there (`Yes`, `true`, `1`) to a regular expression for
    this value, so that a sentence can agree with a `Yes`; `{"pattern": …, "not": …}` holds one that it has to match and
    one that it must not match, or one of the two; each may be a list, of which one has to match, or none must. Where
    there is nothing to compare with, nothing is said.

    `read` is a regular expression whose group catches the part of this text that counts, and
    `"with": {"at": …, "read": …}` does so with the text over there. Named groups are compared each with the member of
    that name; `by` names the group that tells which item of a list over there is meant, web addresses by the page that
    they lead to.

    ```json schema page
    {"properties": {"sections": {"properties": {"FAQ": {"properties": {"text": {
      "agrees": {"with": "/sections/Licensing/fields/Required", "as": {"Yes": "^Yes", "No": "^No"}}
    }}}}}}}
    ```

    ## conflicting-facts

    Two places of one document contradict each other.

    ```md bad
    ---
    type: page
    ---
    ## Licensing

    **Required:** No

    ## FAQ

    «Yes, every provider needs a licence.»
    ```

    ```md good
    ---
    type: page
    ---
    ## Licensing

    **Required:** Yes

    ## FAQ

    Yes, every provider needs a licence.
    ```

    ```json schema register
    {"properties": {
      "title": {"agrees": {"with": "/frontmatter/code", "read": "[(]([A-Z]{2})[)]"}},
      "footer": {"properties": {"items": {"items": {
        "agrees": {"with": "/frontmatter/sources", "read": "^[[](?<name>.+)][(](?<url>.+)[)]$", "by": "url"}
      }}}}
    }}
    ```

    ```md bad
    ---
    type: register
    code: KZ
    sources:
      - name: AFSA
        url: https://afsa.aifc.kz/
    ---
    # Kazakhstan («KG»)

    ---

    - [«NBK»](https://afsa.aifc.kz/)
    ```

    ```md good
    ---
    type: register
    code: KZ
    sources:
      - name: AFSA
        url: https://afsa.aifc.kz/
    ---
    # Kazakhstan (KZ)

    ---

    - [AFSA](https://afsa.aifc.kz/)
    ```
    """
    for one in wanted if isinstance(wanted, list) else [wanted]:
        for it in _pairs(site, one):
            if it.theirs is not None and not _agree(it.ours, it.theirs, one.get("as")):
                place = " / ".join(step for step in it.path if isinstance(step, str) and step not in _UNSHOWN)
                yield Violation(
                    "conflicting-facts",
                    f"this contradicts `{place}`, which says {wording.shown(it.theirs)}",
                    part=it.part,
                    related=((it.path, "the other place"),),
                )


def _pairs(site: Site, one: Mapping[str, Json]) -> list[_Pair]:
    """Return what is to be compared: two values, parts of them, or members of the same name."""
    path = resolved(site.doc, site.path, excerpt.pointer(one["with"]))
    theirs = excerpt.part(one["with"], site.doc.get(*path)) if path else None
    if not path or theirs is None:
        return []
    if "read" not in one:
        return [_Pair(site.value, None, path, theirs)]
    caught = excerpt.read(one["read"], site.value) if isinstance(site.value, str) else {}
    if "" in caught:
        return [_Pair(caught[""].said, caught[""], path, theirs)]
    if "by" in one and caught:
        path = (*path, _item(theirs, one["by"], caught))
    holder = site.doc.get(*path)
    members = holder if isinstance(holder, dict) else {}
    return [_Pair(it.said, it, (*path, name), members.get(name)) for name, it in caught.items()]


def _item(items: Json, by: str, caught: Mapping[str, Excerpt]) -> int:
    """Return which of *items* is the one with the member *by* of *caught*, or with the same page; their number if none.

    Of several, it is the one that says most of the same.
    """
    held = items if isinstance(items, list) else []
    if by not in caught:
        return len(held)
    wanted = caught[by].said
    named = [it.get(by) if isinstance(it, dict) else None for it in held]
    found = [i for i, it in enumerate(named) if it == wanted]
    found = found or [i for i, it in enumerate(named) if isinstance(it, str) and _is_same_page(it, wanted)]
    if len(found) > 1:
        return max(found, key=lambda i: sum(held[i].get(name) == it.said for name, it in caught.items()))
    return found[0] if found else len(held)


def _is_same_page(one: str, other: str) -> bool:
    return urls.host(one) != "" and urls.normalised(one) == urls.normalised(other)


def _agree(value: Json, other: Json, as_: Mapping[str, Json] | None) -> bool:
    if as_ is None:
        return wording.equal(value, other)
    wanted = as_.get(spelled(other))
    if wanted is None or not isinstance(value, str):
        return True
    due = _due(wanted)
    is_right = "pattern" not in due or any(patterns.search(it, value) for it in due["pattern"])
    return is_right and not any(patterns.search(it, value) for it in due.get("not", ()))


def _due(wanted: Json) -> Mapping[str, Sequence[str]]:
    """Return the patterns of which one has to match (`pattern`), and those that must not (`not`)."""
    named = wanted if isinstance(wanted, dict) else {"pattern": wanted}
    return {name: it if isinstance(it, list) else [it] for name, it in named.items()}


@also_faults("agrees")
def unknown_names(wanted: Json) -> Iterator[Fault]:
    """What `by` names is a group of `read`, and a document has what `with` names."""
    several = isinstance(wanted, list)
    for i, one in enumerate(wanted if several else [wanted]):
        if why := misplaced(excerpt.pointer(one["with"])):
            yield (*((i,) if several else ()), "with"), why
        if "by" in one and one["by"] not in excerpt.names(one["read"]):
            yield (*((i,) if several else ()), "by"), f"`{one['by']}` is the name of no group of `{one['read']}`"


@also_describes("agrees")
def in_words(wanted: Json) -> Description:
    """Say with which place the value agrees, and how."""
    return Description("; ".join(map(_words, wanted if isinstance(wanted, list) else [wanted])))


def _words(one: Mapping[str, Json]) -> str:
    words = f"agrees with {excerpt.shown(one['with'])}"
    if "by" in one:
        words += f", with the item there of the same `{one['by']}`"
    how = [f"where that is `{value}`, this {_matches(it)}" for value, it in one.get("as", {}).items()]
    is_readable = all(len(it) <= _READABLE for it in how)
    return ("in part, " if "read" in one else "") + words + (f": {', '.join(how)}" if how and is_readable else "")


def _matches(wanted: Json) -> str:
    due = _due(wanted).items()
    return " and ".join(f"{_VERBS[name]} {' or '.join(f'`{it}`' for it in them)}" for name, them in due)
