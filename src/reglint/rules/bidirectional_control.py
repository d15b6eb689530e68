from collections.abc import Iterator
from unicodedata import bidirectional, name

from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.lazy import regex
from reglint.rule import needed_for, rule
from reglint.text import Span

_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CONTROL = regex(f"[{_CONTROLS}]")
_CLOSES = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_OVERRIDES = "\u202d\u202e"


@rule(group="text", category="correctness", severity=Severity.error, since="0.1")
def bidirectional_control(doc: Document) -> Iterator[Finding]:
    """A hidden character changes the order in which the text is shown.

    Such characters make a reader see another text than tools do: a sum, a name or a link can be turned round without a
    trace, and with them a review can be deceived. They also come along unseen when text is pasted, and then break links
    and searches.

    Text in Arabic, Hebrew and other scripts that run from right to left has good use for embeddings and isolates. They
    are left alone on a line with such text if each is closed there. Overrides never are, and neither is what is not
    closed; the marks U+200E, U+200F and U+061C are always fine.

    ```md bad
    The fee is «\u202e»001«\u202c» dollars.
    ```

    ```md good
    The fee is 100 dollars.
    ```

    ```md good
    The word \u2067\u05e9\u05dc\u05d5\u05dd\u2069 is Hebrew.
    ```
    """
    for line in _lines_with_controls(doc):
        for at in sorted(_unwanted(doc.text[line])):
            character = doc.text.content[line.start + at]
            yield Finding(
                Span(at, at + 1).shift(line.start),
                f"the hidden character U+{ord(character):04X} ({name(character).lower()}) reorders the text around it",
                help="delete it; the text is then shown in the order in which it is read",
            )


@needed_for(bidirectional_control)
def _has_controls(doc: Document) -> bool:
    content = doc.text.content
    return not content.isascii() and any(it in content for it in _CONTROLS)


def _lines_with_controls(doc: Document) -> Iterator[Span]:
    numbers = (doc.text.position(it.start()).line for it in _CONTROL.finditer(doc.text.content))
    for number in dict.fromkeys(numbers):
        yield doc.text.line(number)


def _unwanted(line: str) -> set[int]:
    """Return where controls stand on *line*, but for pairs that serve text from right to left."""
    found = {it.start() for it in _CONTROL.finditer(line)}
    if not any(bidirectional(it) in {"R", "AL"} for it in line):
        return found
    opened: list[int] = []
    for at in sorted(found):
        if line[at] in _CLOSES or line[at] in _OVERRIDES:
            opened.append(at)
        elif opened and _CLOSES.get(line[opened[-1]]) == line[at]:
            found -= {at, opened.pop()}
        elif opened and line[opened[-1]] in _OVERRIDES and line[at] == "\u202c":
            opened.pop()
    return found
