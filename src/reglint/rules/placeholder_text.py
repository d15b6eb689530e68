import re
from collections.abc import Iterator

from reglint import fields
from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.hints import mentions
from reglint.lazy import regex
from reglint.rule import needed_for, rule
from reglint.text import Span

_NOTHING_YET = regex(
    r"no\s+(?:[\w/&'\u2019-]+\s+){0,6}?(?:information|details?|description)\s+(?:(?:is|are)\s+)?(?:currently\s+|yet\s+)?"
    r"available(?:\s+(?:yet|currently|at\s+present|at\s+(?:this|the)\s+(?:time|moment)))?"
    r"|(?:(?:more|further|content|details?|information|documentation|description|page|section)\s+){0,3}"
    r"(?:(?:is|are)\s+)?coming\s+soon"
    r"|lorem\s+ipsum(?:\s+dolor\b.*)?",
    re.IGNORECASE | re.DOTALL,
)
_MARK = regex(
    r"[*_]{0,3}(?P<mark>TODO|TBD|FIXME)[*_]{0,3}"
    r"(?=[.!?…]*\Z|[*_]{0,3}:|\([^()\n]{0,40}\):|\s+[-\u2013\u2014]\s"
    r"|\s+(?:add|check|clarify|complete|confirm|describe|expand|explain|fill|find|finish|fix|update|verify|write)\s)"
)
_INSERT = regex(r"\[insert\s[^][\n]{1,80}\](?![(\[:])", re.IGNORECASE)
_CODE = regex(r"(?<!`)`++[^`]++`++")
_SIGNS = ("available", "coming", "lorem", "todo", "tbd", "fixme", "[insert")  # one of them is in every placeholder
_PROSE = frozenset({"paragraph", "item", "quote", "footnote"})


@rule(group="text", category="suspicious", severity=Severity.warning, since="0.1")
def placeholder_text(
    doc: Document, *, statuses: tuple[str, ...] = ("stable", "published", "final", "approved")
) -> Iterator[Finding]:
    """A document that claims to be finished holds text that only keeps a place.

    The front matter's `status` is one of `statuses` (compared without case), and yet the reader is told that "no
    detailed information is available", that something is coming soon, or what the writer still has to do. Drafts may
    hold such text. So may a finished document where it speaks of it: a phrase in the middle of a paragraph, in code or
    in a comment is no placeholder, and a page with `template` in its path, title or type is left alone.

    ```md bad
    ---
    status: stable
    ---

    ## Enforcement

    «No detailed enforcement information available»

    | Field | Value |
    | --- | --- |
    | Timeline | «TBD» |

    - «TODO»: name the regulator
    - Paid to «[insert authority]»
    ```

    ```md good
    ---
    status: stable
    ---

    Nothing is published on enforcement. The TODO list of the authority names it for 2027.
    ```

    ```md good
    ---
    status: draft
    ---

    TODO: find out who enforces the law.
    ```
    """
    claimed = str(doc.get("frontmatter", "status")).casefold()
    if claimed not in {it.casefold() for it in statuses} or doc.is_template:
        return
    spans = {*_prose(doc), *(cell.span for table in doc.body.tables for row in table.rows for cell in row.cells)}
    found = {it.shift(span.start) for span in spans for it in _placeholders(doc.text[span])}
    for span in sorted(found.difference(it.span for it in doc.body.links)):
        text = " ".join(doc.text[span].split())
        shown = f"{text[:57]}…" if len(text) > 60 else text  # noqa: PLR2004 - what fits a message
        yield Finding(
            span,
            f"`{shown}` only keeps a place, but the document's status is `{doc.get('frontmatter', 'status')}`",
            help="write what belongs here, leave the place out, or set the status back",
        )


@needed_for(placeholder_text)
def _keeps_a_place(doc: Document, statuses: tuple[str, ...]) -> bool:
    claimed = str(doc.get("frontmatter", "status")).casefold()
    return claimed in {it.casefold() for it in statuses} and mentions(doc.text.content, _SIGNS)


def _prose(doc: Document) -> Iterator[Span]:
    """Yield blocks, and values of lines `**Name:** value`, that a reader sees: comments are for writers."""
    for block in (it for it in doc.body.blocks if it.kind in _PROSE):
        if not any(it.holds(block.span) for it in doc.body.comments):
            yield block.span
            yield from (it.span for it in fields.lines(block))


def _placeholders(text: str) -> Iterator[Span]:
    bare = text.strip("*_~() \t\r\n.!…[]")
    if bare and _NOTHING_YET.fullmatch(bare):
        yield Span(0, len(text))
    elif found := _MARK.match(text):
        yield Span(*found.span("mark"))
    else:
        without_code = _CODE.sub(lambda it: " " * len(it[0]), text)
        yield from (Span(*it.span()) for it in _INSERT.finditer(without_code))
