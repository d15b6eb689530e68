import re
from collections.abc import Iterator, Mapping

from reglint import fields
from reglint.diagnostic import Finding, Note, Severity
from reglint.document import Document
from reglint.lazy import regex
from reglint.rule import needed_for, rule
from reglint.text import Span

_WORD = r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+"
# Not part of a path, address, file name, handle, tag, call, quotation or longer word.
_IN_PROSE = regex(rf"""(?<![\w/\\.@#$%&+=~<>{{}}:"'`“\u2018«-]){_WORD}(?![\w/\\@$%+=~<>{{}}("'`”\u2019»-]|[.:]\w)""")
_WHOLE = regex(_WORD)
_FIELD_LINE = regex(rf"^\*\*[^*\n]+(?::\*\*|\*\*:)[ \t]+(?P<value>{_WORD})[ \t]*\r?$", re.MULTILINE)
_CODE = r"(?<!`)`++(?:[^`\n]|\n(?![ \t]*\r?\n))++`++"
_NO_PROSE = regex(
    rf"{_CODE}|\$(?=\S)[^$\n]*(?<=\S)\$(?!\d)|<[^<>\n]*>|%%[^%]*%%|\{{\{{[^{{}}\n]*\}}\}}"
    r"|\b[A-Za-z][A-Za-z0-9+.-]{1,19}://\S+"
)
_NAMING_KEYS = frozenset({"title", "name", "id", "slug", "permalink", "aliases", "alias", "tags", "tag", "keywords"})


@rule(group="text", category="style", severity=Severity.warning, since="0.1")
def machine_value(doc: Document) -> Iterator[Finding]:
    """A value made for machines stands in a sentence for readers.

    Only what is certain is found: a word in `snake_case` in a paragraph or quotation that is also, as a whole, the
    value of a field of the same document. Words in code, links, addresses, quotation marks and headings are meant as
    they stand, and so is every word that the page itself shows as code, or that it has in its own name.

    ```md bad
    | Field | Value |
    | --- | --- |
    | FATF Status | fsrb_only |

    Kazakhstan is classified as: «fsrb_only».
    ```

    ```md good
    | Field | Value |
    | --- | --- |
    | FATF Status | fsrb_only |

    Kazakhstan belongs to a regional body only, which the table calls `fsrb_only`.
    ```
    """
    values = _values(doc)
    prose = _masked(doc) if values else ""
    for block in doc.body.blocks if values else ():
        if block.kind in {"paragraph", "quote"} and "$$" not in block.text:
            for found in _IN_PROSE.finditer(prose, *block.span):
                if found[0] in values:
                    yield Finding(
                        Span(*found.span()),
                        f"`{found[0][:80]}` is a value for machines, in a sentence for readers",
                        help="say it in words, or put it in backquotes where the value itself is meant",
                        notes=(Note(doc.path, values[found[0]], "the value stands here"),),
                    )


@needed_for(machine_value)
def _repeats_a_value(doc: Document) -> bool:
    prose = [it.text for it in doc.body.blocks if it.kind in {"paragraph", "quote"} and "_" in it.text]
    if not prose:
        return False
    texts = (*(it.value for it in doc.strings("frontmatter")), *(text for text, _ in (*_rows(doc), *_lines(doc))))
    words = {it for it in texts if "_" in it and _WHOLE.fullmatch(it)}
    return any(word in it for it in prose for word in words)


def _values(doc: Document) -> Mapping[str, Span]:
    """Return the words that are the value of a field, and where; none that the page itself is about."""
    stated = [*((it.value, it.span) for it in doc.strings("frontmatter")), *_rows(doc), *_lines(doc)]
    values = {text: span for text, span in reversed(stated) if _WHOLE.fullmatch(text)}
    named = "\n".join((doc.name, *(it.text for it in doc.body.headings), *_meant(doc))) if values else ""
    words = set(re.findall(_WORD, named))
    return {text: span for text, span in values.items() if text not in words}


def _meant(doc: Document) -> Iterator[str]:
    """Yield what is code, and the names that the page goes by."""
    yield from (it.text for it in doc.body.blocks if it.kind == "code")
    yield from (it[0] for it in re.finditer(_CODE, doc.text.content))
    yield from (it.value for key in _NAMING_KEYS for it in doc.strings("frontmatter", key))


def _rows(doc: Document) -> Iterator[tuple[str, Span]]:
    return ((it.value, it.span) for table in doc.body.tables for it in fields.rows(table))


def _lines(doc: Document) -> Iterator[tuple[str, Span]]:
    for block in doc.body.blocks:
        if block.kind in {"paragraph", "item"}:
            for it in _FIELD_LINE.finditer(doc.text[block.span]):
                yield it["value"], Span(*it.span("value")).shift(block.span.start)


def _masked(doc: Document) -> str:
    """Return the content with backquotes in the place of all that is not plain prose, every character in its place."""
    content = doc.text.content
    for pattern in (_NO_PROSE, _FIELD_LINE):
        content = pattern.sub(lambda it: "`" * len(it[0]), content)
    characters = list(content)
    for link in doc.body.links:
        characters[link.span.start : link.span.end] = "`" * (link.span.end - link.span.start)
    return "".join(characters)
