import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reglint.diagnostic import Finding, Note, Severity
from reglint.document import Document
from reglint.rule import rule
from reglint.syntax.blocks import Block
from reglint.text import Span

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f])\s*")
_CALLOUT_TITLE = re.compile(r"\[![^]\n]*\][^\n]*\n?")
_ADDRESS = re.compile(r"\]\([^()\n]*\)|\b[A-Za-z][A-Za-z0-9+.-]{1,19}://\S+")
_NO_PROSE = ("$", "<", "{", "%", "|", ":::")
_VERSE_WIDTH = 60
_VERSE_LINES = 3
_BEGINNING = 60
# Text of which many passages begin alike is boilerplate; to look at all of them would take quadratic time.
_MOST_ALIKE = 8


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
    passages = [it for block in doc.body.blocks if (it := _passage(block)) and len(it.text) >= minimum]
    copied: dict[Span, Span] = {}
    for inner, outer in _contained(passages):
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
    """A block of prose in the form in which it compares, and where in that form its sentences begin."""

    span: Span
    text: str
    starts: tuple[int, ...]


def _passage(block: Block) -> _Passage | None:
    text = _CALLOUT_TITLE.sub("", block.text, count=1) if block.text.startswith("[!") else block.text
    if block.kind not in {"paragraph", "quote"} or text.startswith(_NO_PROSE) or "`" in text or "<code" in text:
        return None
    lines = text.split("\n")
    if len(lines) >= _VERSE_LINES and max(map(len, lines)) < _VERSE_WIDTH:
        return None
    plain = " ".join(_ADDRESS.sub("] ", text).casefold().split())
    return _Passage(block.span, plain, (0, *(it.end() for it in _SENTENCE_END.finditer(plain))))


def _contained(passages: Sequence[_Passage]) -> Iterator[tuple[_Passage, _Passage]]:
    """Yield each passage that stands in another, from the beginning of a sentence on, and that other one."""
    by_start: dict[str, list[_Passage]] = defaultdict(list)
    for it in passages:
        if len(by_start[it.text[:_BEGINNING]]) < _MOST_ALIKE:
            by_start[it.text[:_BEGINNING]].append(it)
    for outer in passages:
        for start in outer.starts:
            for inner in by_start.get(outer.text[start : start + _BEGINNING], ()):
                is_apart = not (inner.span.holds(outer.span) or outer.span.holds(inner.span))
                if is_apart and outer.text.startswith(inner.text, start):
                    yield inner, outer
