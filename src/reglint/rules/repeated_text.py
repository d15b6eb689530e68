from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reglint.diagnostic import Finding, Note, Severity
from reglint.document import Document
from reglint.lazy import regex
from reglint.rule import needed_for, rule
from reglint.syntax.blocks import Block
from reglint.text import Span

_SENTENCE_END = regex(r"(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f])\s*")
_CALLOUT_TITLE = regex(r"\[![^]\n]*\][^\n]*\n?")
_ADDRESS = regex(r"\]\([^()\n]*\)|\b[A-Za-z][A-Za-z0-9+.-]{1,19}://\S+")
_NO_PROSE = ("$", "<", "{", "%", "|", ":::")
_VERSE_WIDTH = 60
_VERSE_LINES = 3
_BEGINNING = 60
_ENDS = "!?"
_WIDE_ENDS = "\u3002\uff01\uff1f"
# Text of which many passages begin alike is boilerplate; to look at all of them would take quadratic time.
_MOST_ALIKE = 8
_MANY_ALIKE = 64
_MOST_GROWTH = 3  # of a text by `casefold`
_FIRST = "\0"
# The blanks that `str.split` knows, besides the common one and the line ending.
_ODD_BLANKS = (
    "\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0"
    "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


@rule(group="text", category="suspicious", severity=Severity.warning, since="0.1")
def repeated_text(doc: Document, *, minimum: int = 120) -> Iterator[Finding]:
    """A long passage stands twice in the document.

    The copy tells a reader nothing new, and the two drift apart as soon as one of them is edited. Paragraphs
    and quotations of at least `minimum` characters are compared, without regard to case and line breaks: as a whole, or
    where one is contained in the other. Web addresses do not count as text.

    Tables, lists, verse and whatever holds code may say the same as often as they like: instructions and references
    have to.

    ```md bad
    > Kazakhstan maintains a legal and regulated environment for cryptocurrencies, primarily governed by the rules of
    > the financial centre. The regulator is active within the centre alone.

    ## Is it legal?

    «Kazakhstan maintains a legal and regulated environment for cryptocurrencies, primarily governed by the rules of the
    financial centre. The regulator is active within the centre alone.»
    ```

    ```md good
    > Kazakhstan maintains a legal and regulated environment for cryptocurrencies, primarily governed by the rules of
    > the financial centre. The regulator is active within the centre alone.

    ## Is it legal?

    Yes, in the financial centre.
    ```
    """
    copied: dict[Span, Span] = {}
    for inner, outer in _contained(_passages(doc, minimum)):
        first, later = sorted((inner.span, outer.span))
        copied[later] = min(first, copied.get(later, first))
    for later, first in copied.items():
        yield Finding(
            later,
            "this passage repeats an earlier one word for word",
            help="say it once, or say in other words what is new here",
            notes=(Note(doc.path, first, "first here"),),
        )


class _Passage(NamedTuple):
    """A block of prose, and its text in the form in which it compares."""

    span: Span
    text: str


@needed_for(repeated_text)
def _holds_another(doc: Document, minimum: int) -> bool:
    """Tell whether a passage holds another, which then begins as one of its sentences does.

    The last character is left aside: whether it ends a sentence depends on what follows.
    """
    length = max(min(_BEGINNING, minimum - 1), 0)
    whole = _as_one_text(doc, minimum)
    sentences = _cut(whole)
    times = Counter([it.removeprefix(_FIRST)[:length] for it in sentences])
    if all(times[it[1 : length + 1]] == 1 for it in sentences if it.startswith(_FIRST)):
        return False
    texts = [it.removesuffix(". ") for it in whole.split(_FIRST)[1:]]
    alike = [it for it in texts if times[_cut(it[: length + 2])[0][:length]] > 1]
    is_held = (it in other for it in alike for other in texts if other is not it and len(other) >= len(it))
    return len(alike) > _MANY_ALIKE or any(is_held)


def _as_one_text(doc: Document, minimum: int) -> str:
    """Return all that may be passages, in the form in which they compare; `_FIRST` begins each, a full stop ends it."""
    prose = (_prose(it) for it in doc.body.blocks)
    texts = [it for it in prose if it is not None and len(it) * _MOST_GROWTH >= minimum]
    whole = "".join(f"{_FIRST}{_without_addresses(it).strip().casefold()}. " for it in texts).replace("\n", " ")
    if "  " in whole or any(it in whole for it in _ODD_BLANKS):
        whole = " ".join(whole.split()) + " "
    return whole


def _cut(text: str) -> list[str]:
    """Cut *text* in at least each place where a sentence begins."""
    for end in _ENDS:
        if end in text:
            text = text.replace(f"{end} ", ". ")
    for end in _WIDE_ENDS:
        if end in text:
            text = text.replace(f"{end} ", ". ").replace(end, ". ")
    return text.split(". ")


def _passages(doc: Document, minimum: int) -> Sequence[_Passage]:
    prose = ((block.span, _prose(block)) for block in doc.body.blocks)
    passages = [_Passage(span, _plain(it)) for span, it in prose if it is not None]
    return [it for it in passages if len(it.text) >= minimum]


def _plain(text: str) -> str:
    return " ".join(_without_addresses(text).casefold().split())


def _prose(block: Block) -> str | None:
    """Return the text of a block that may be a passage."""
    if block.kind not in {"paragraph", "quote"}:
        return None
    text = _CALLOUT_TITLE.sub("", block.text, count=1) if block.text.startswith("[!") else block.text
    if text.startswith(_NO_PROSE) or "`" in text or ("<" in text and "<code" in text):
        return None
    is_verse = text.count("\n") >= _VERSE_LINES - 1 and max(map(len, text.split("\n"))) < _VERSE_WIDTH
    return None if is_verse else text


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub("] ", text) if "](" in text or "://" in text else text


def _contained(passages: Sequence[_Passage]) -> Iterator[tuple[_Passage, _Passage]]:
    """Yield each passage that stands in another, from the beginning of a sentence on, and that other one."""
    by_start: dict[str, list[_Passage]] = defaultdict(list)
    for it in passages:
        if len(by_start[it.text[:_BEGINNING]]) < _MOST_ALIKE:
            by_start[it.text[:_BEGINNING]].append(it)
    for outer in passages:
        for start in (0, *(it.end() for it in _SENTENCE_END.finditer(outer.text))):
            for inner in by_start.get(outer.text[start : start + _BEGINNING], ()):
                is_apart = not (inner.span.holds(outer.span) or outer.span.holds(inner.span))
                if is_apart and outer.text.startswith(inner.text, start):
                    yield inner, outer
