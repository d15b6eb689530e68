import re
from collections.abc import Iterator

from reglint.diagnostic import Finding, Severity
from reglint.document import Document
from reglint.lazy import regex
from reglint.rule import needed_for, rule
from reglint.syntax.tree import Json

_ONE_ITEM = regex(r"""\[\[(?!["'&*!])[^][{}",\n]+\]\]""")
# A name with a comma makes a list of two, so it has to show by something else that it is a link.
_WITH_PIPE = regex(r"""\[\[(?!["'&*!])[^][{}"|\n]+\|[^][{}"\n]*\]\]""")
# Behind a quote they are text: no list begins where a quoted text has ended, without a comma or a blank.
_UNQUOTED = regex(r"\[\[(?<![\"']..)", re.DOTALL)
_YEAR = 4


@rule(group="frontmatter", category="correctness", severity=Severity.error, since="0.1")
def unquoted_wikilink(doc: Document) -> Iterator[Finding]:
    """A wikilink stands in the front matter without quotes.

    Square brackets are lists to YAML, so `[[domain--europe]]` is a list that holds a list that holds a text. No tool
    finds a link in it. Quotes around the whole of it make it the text that Obsidian follows.

    A real list of lists, such as `[[1, 2], [3, 4]]` or `[["a"]]`, is none of this.

    ```md bad
    ---
    region: «[[domain--europe]]»
    compile_into:
      - «[[domain--crypto-regulation|Crypto]]»
      - "[[domain--licensing]]"
    related: [«[[entity--mica]]», «[[entity--esma]]»]
    ---
    ```

    ```md good
    ---
    region: "[[domain--europe]]"
    compile_into:
      - "[[domain--crypto-regulation|Crypto]]"
      - "[[domain--licensing]]"
    matrix: [[1, 2], [3, 4]]
    ---
    ```
    """
    if not doc.text[doc.front.fence].startswith("---"):
        return
    for path, place in doc.front.tree.places.items():
        source = doc.text[place.value]
        if _is_link(source) and _is_list_in_list(doc.get("frontmatter", *path)):
            yield Finding(
                place.value,
                f"`{_short(source)}` without quotes is a list in a list to YAML, and no link",
                help=f'put quotes around it: `"{_short(source)}"`',
            )


@needed_for(unquoted_wikilink)
def _has_brackets(doc: Document) -> bool:
    return _UNQUOTED.search(doc.text.content, 0, doc.front.body) is not None


def _is_link(source: str) -> bool:
    if not source.startswith("[[") or not (_ONE_ITEM.fullmatch(source) or _WITH_PIPE.fullmatch(source)):
        return False
    inner = source[2:-2].strip(" \t")
    # `[[2024]]` is the note of a year, `[[1]]` may be a matrix.
    return len(inner) >= _YEAR or not inner.isdigit()


def _is_list_in_list(value: Json) -> bool:
    return isinstance(value, list) and len(value) == 1 and isinstance(value[0], list)


def _short(source: str) -> str:
    return f"{source[:57]}…]]" if len(source) > 60 else source  # noqa: PLR2004 - what fits a message
