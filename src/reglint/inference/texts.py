"""What a schema can say of texts: the first thing that is true of all of them and no accident."""

from __future__ import annotations

from collections.abc import Callable

from reglint.inference.columns import Column, documents
from reglint.inference.links import wikilink_of
from reglint.inference.scales import percentage, quantity, score
from reglint.inference.shapes import NAMES, format_of, pattern_of
from reglint.inference.support import FEW, MANY, SOME, is_settled
from reglint.syntax.tree import Json

Guess = Callable[[Column], dict[str, Json] | None]

_OPPOSITES = {"Yes": "No", "No": "Yes", "yes": "no", "no": "yes"}
_MOST_CHOICES = 20
_MOST_LISTED = 10
_MOST_WORDS = 3  # of those that stand in for a value, such as `Unknown`
_LONGEST_CHOICE = 40
_IDENTIFIERS = ("iso-", "uuid")


def text_schema(column: Column) -> dict[str, Json]:
    """Return what all texts of *column* keep; they are all that stands there."""
    if column.support < FEW:
        return {}
    guesses: tuple[Guess, ...] = (wikilink_of, *_TYPED, _const, _enum, pattern_of, _typed_or_word)
    found = next((it for guess in guesses if (it := guess(column))), None)
    if found is None:
        return {"minLength": 1} if column.support >= SOME and "" not in column.texts else {}
    return {**found, **_unique(column, found)}


def _const(column: Column) -> dict[str, Json] | None:
    """Return `const` for what never varied in many documents. Who says `Yes` everywhere may say `No` tomorrow."""
    if len(column.texts) != 1 or not _is_choice(column.texts[0]):
        return None
    [text] = column.texts
    if column.seen[0].path == ("frontmatter", "type"):
        return {"const": text}
    if text in _OPPOSITES:
        return {"enum": [text, _OPPOSITES[text]]} if column.support >= SOME else None
    varies = column.everywhere is not None and column.everywhere.texts != column.texts
    return {"const": text} if column.support >= MANY and not varies else None


def _enum(column: Column) -> dict[str, Json] | None:
    """Return `enum` where few short texts recur; documents of all types may share a vocabulary."""
    shared = column.everywhere if column.everywhere and column.everywhere.is_text else column
    choices = _choices(shared) or _choices(column)
    return {"enum": choices} if choices else None


def _choices(column: Column) -> list[str]:
    """Return the texts, the frequent ones first, if hardly a document has one of its own; a list of tags may grow."""
    held = column.holders
    choices = sorted(held, key=lambda it: (-len(held[it]), it))
    is_listed = isinstance(column.seen[0].path[-1], int)
    least, most = (2, _MOST_LISTED) if is_listed else (1, _MOST_CHOICES)
    is_few = 1 < len(choices) <= most and all(map(_is_choice, choices))
    recurs = len(choices) * 2 <= sum(map(len, held.values())) and min(map(len, held.values())) >= least
    return choices if is_few and recurs and is_settled(held.values(), column.support) else []


def _is_choice(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_CHOICE and "\n" not in text and "[[" not in text


def _typed_or_word(column: Column) -> dict[str, Json] | None:
    """Return alternatives where a few recurring words such as `Unknown` stand in for values of one type."""
    held = column.holders
    words = [it for it in held if len(held[it]) > 1 and _is_choice(it) and not any(map(str.isdigit, it))]
    typed = column.of(it for it in column.seen if it.value not in words)
    if not 0 < len(words) <= _MOST_WORDS or len(documents(typed.seen)) < FEW:
        return None
    found = next((it for guess in _TYPED if (it := guess(typed))), None)
    return {"anyOf": [found, {"enum": sorted(words)}]} if found else None


def _unique(column: Column, found: dict[str, Json]) -> dict[str, Json]:
    """Return `unique` for names such as codes and slugs that no two documents share; numbers differ by chance."""
    is_name = found.get("pattern") in NAMES or str(found.get("format", "")).startswith(_IDENTIFIERS)
    never_repeats = len(column.seen) == len(column.texts) >= MANY
    return {"unique": "type"} if is_name and never_repeats else {}


_TYPED: tuple[Guess, ...] = (format_of, score, percentage, quantity)
