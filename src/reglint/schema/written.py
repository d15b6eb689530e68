"""What a reader of YAML, TOML or JSON made of a value as it is written, and how to write what was meant."""

from __future__ import annotations

import json
import re
from collections.abc import Collection

from reglint.lazy import regex
from reglint.schema.wording import TYPES, cut, shown, type_name, type_of
from reglint.syntax.events import resolve
from reglint.syntax.tree import Json

_TRUTH = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}
_GROUPED = regex(r"[-+]?\d{1,3}(?:[,_' ]\d{3})+(?:\.\d+)?")
_PLAIN = regex(r"[A-Za-z](?:[\w./+ -]*\w)?")
_EMPTY = {"string": '""', "array": "[]", "object": "{}"}
_IN_BODY = "all values in the body of a page are text: the schema should ask for text in some form"


def reading(value: Json, written: str, language: str) -> str:
    """Say what *value* is, as a clause. *written* is what stands in the file; *language* is empty for Markdown."""
    if isinstance(value, dict | list):
        return f"{type_name(value)} {'stand' if isinstance(value, dict) else 'stands'} here"
    if value is None:
        return f"{shown(written)} means nothing in {language}" if written else "nothing stands here"
    if isinstance(value, str):
        is_quoted = language and written[:1] in {'"', "'"} and not isinstance(resolve(value), str)
        return f"{shown(value)} is {'quoted, so it is text' if is_quoted else 'text'}"
    if isinstance(value, bool):
        return f"{shown(written)} is a truth value"
    kind = "a decimal number" if isinstance(value, float) else type_name(value)
    is_plain = written in {json.dumps(value), f"{value:.12g}"}
    return f"{shown(written)} is {kind}" if is_plain else f"{shown(written)} is the number {value:.12g}"


def remedy(value: Json, written: str, language: str, types: Collection[str]) -> str:
    """Say how to write a value of one of *types* that may have been meant; empty where nothing can be told."""
    if not language:
        return _IN_BODY if isinstance(value, str) else ""
    if value is None and not written:
        empty = next((it for name, it in _EMPTY.items() if name in types), "")
        return f"write `{empty}` if it is empty on purpose" if empty else ""
    if "string" in types:
        return _as_text(value, written) if value is not None or language == "YAML" else ""
    if "array" in types and not isinstance(value, list | dict | None):
        return _as_list(value, language)
    if "object" in types and isinstance(value, str) and value in TYPES:
        return f"write {shown({'type': value})}"
    return _without_quotes(value, types) if isinstance(value, str) else ""


def _as_text(value: Json, written: str) -> str:
    """Scalars of another type, and brackets, braces and colons that YAML gives a meaning."""
    quoted = f"`{cut(json.dumps(written, ensure_ascii=False), 80)}`"
    if "\n" in written:
        return ""
    if written.startswith("[["):
        return f"put it in quotes, as brackets make a list: {quoted}"
    if isinstance(value, dict | list):
        sign = "brackets are" if isinstance(value, list) else "braces are" if written.startswith("{") else "colon is"
        return f"put it in quotes if the {sign} part of a text: {quoted}"
    return f"put it in quotes: {quoted}"


def _as_list(value: Json, language: str) -> str:
    if language != "YAML" or not isinstance(value, str):
        return f"write {shown([value])}"
    items = [it.strip() for it in value.split(",")]
    if all(_PLAIN.fullmatch(it) for it in items):
        return f"write `[{cut(', '.join(items))}]`"
    return "begin each item on a line of its own, with `- `"


def _without_quotes(value: str, types: Collection[str]) -> str:
    meant = _TRUTH.get(value.casefold(), value) if "boolean" in types else value
    if type_of(resolve(meant)) in types or (type_of(resolve(meant)) == "integer" and "number" in types):
        return f"write {shown(meant)} without quotes" if meant == value else f"write {shown(meant)}"
    if _GROUPED.fullmatch(value) and {"number", "integer"} & {*types}:
        return f"write {shown(re.sub('[^-+.0-9]', '', value))}"
    return ""
