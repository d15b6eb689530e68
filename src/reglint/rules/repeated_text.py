import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

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
# Text of which many passages begin alike is boilerplate; to look at all of them would take quadratic time.
_MOST_ALIKE = 8
_BASE, _MODULUS = 1_000_003, (1 << 61) - 1


@rule(group="text", category="suspicious", severity=Severity.warning, since="0.1")
def repeated_text(doc: Document, *, minimum: int = 120) -> Iterator[Finding]:
    """A long passage stands twice in the document.

    The copy tells a reader nothing new, and the two drift apart as soon as one of them is edited. Paragraphs,
    quotations and list items of at least `minimum` characters are compared, without regard to case and line breaks: as
    a whole, or sentence by sentence where one is contained in the other. Web addresses do not count as text.

    Tables, verse, list items that cite an address, and whatever holds code may stand as often as they like: a reference
    has to say the same of many things.

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
    passages = [it for it in (_Passage(block.span, _sentences(block)) for block in doc.body.blocks) if it.sentences]
    long = [it for it in passages if sum(map(len, it.sentences)) >= minimum]
    copied: dict[Span, Span] = {}
    for inner, outer in _contained(long):
        first, later = sorted((inner.span, outer.span))
        copied[later] = min(first, copied.get(later, first))
    for later, first in copied.items():
        yield Finding(
            later,
            "this passage repeats an earlier one word for word",
            help="say it once, or say in other words what is new here",
            notes=(Note(doc.path, first, "first here"),),
        )


@dataclass(frozen=True)
class _Passage:
    """A block of prose, cut into sentences in the form in which they compare."""

    span: Span
    sentences: Sequence[str]

    @cached_property
    def _hashes(self) -> list[int]:
        return list(accumulate(self.sentences, lambda sum_, it: (sum_ * _BASE + hash(it)) % _MODULUS, initial=0))

    def hash(self, start: int, number: int) -> int:
        """Return what stands for *number* sentences from *start*, in constant time."""
        return (self._hashes[start + number] - self._hashes[start] * pow(_BASE, number, _MODULUS)) % _MODULUS


def _contained(passages: Sequence[_Passage]) -> Iterator[tuple[_Passage, _Passage]]:
    """Yield each passage that stands in another, and that other one."""
    by_start: dict[str, list[_Passage]] = defaultdict(list)
    for it in passages:
        if len(by_start[it.sentences[0]]) < _MOST_ALIKE:
            by_start[it.sentences[0]].append(it)
    for outer in passages:
        for at, sentence in enumerate(outer.sentences):
            for inner in by_start.get(sentence, ()):
                number = len(inner.sentences)
                is_copy = at + number <= len(outer.sentences) and inner.hash(0, number) == outer.hash(at, number)
                if is_copy and not (inner.span.holds(outer.span) or outer.span.holds(inner.span)):
                    yield inner, outer


def _sentences(block: Block) -> Sequence[str]:
    text = _CALLOUT_TITLE.sub("", block.text, count=1) if block.text.startswith("[!") else block.text
    if block.kind not in {"paragraph", "quote", "item"} or text.startswith(_NO_PROSE) or _is_verse(text):
        return ()
    if "`" in text or "<code" in text or (block.kind == "item" and "://" in text):
        return ()
    plain = " ".join(_ADDRESS.sub("] ", text).casefold().split())
    return [it.rstrip(".!?\u3002\uff01\uff1f ") for it in _SENTENCE_END.split(plain) if it]


def _is_verse(text: str) -> bool:
    lines = text.split("\n")
    return len(lines) >= _VERSE_LINES and max(map(len, lines)) < _VERSE_WIDTH
