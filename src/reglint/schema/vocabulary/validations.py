import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from reglint.diagnostic import Path, Severity
from reglint.lazy import regex
from reglint.pointer import steps
from reglint.schema.keyword import Description, Fault, Violation, also_describes, also_faults, keyword
from reglint.syntax.tree import Json

_META = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["rule"],
        "properties": {
            "rule": {"type": "string", "minLength": 1},
            "message": {"type": "string", "minLength": 1},
            "at": {"type": "string", "minLength": 1},
            "severity": {"enum": [it.name for it in Severity]},
        },
        "additionalProperties": False,
    },
}
_PLACE = regex(r"<input>:(?P<line>\d+):(?P<column>\d+): (?P<words>[^\n]*)")
_BUG = regex(r" \((?:in container ''|expecting)[^)]*\)$")
_UNTRUE = "is not true"


@keyword("validations", group="schema", meta=_META, since="0.1")
def validations(_: Any, wanted: Sequence[Mapping[str, str]], value: Json, __: Json) -> Iterator[Violation]:
    """What a keyword cannot say is said in CEL, the Common Expression Language, as in Kubernetes' custom resources.

    Each `rule` is an expression that has to be true; `self` is the value that the schema beside it speaks of. `message`
    says what is wrong, `at` names the member that is marked (a key, or a JSON Pointer from the value), `severity` is
    `error`, `warning` or `info`. An expression can read nothing but the value and change nothing; it is compiled once,
    and a mistake in it is one of the schema, at its line. One that cannot be judged fails: guard what may be missing
    by `has(self.name)`. CEL is an extra: `pip install "reglint[cel]"`.

    ```json schema page
    {"properties": {"frontmatter": {
      "validations": [
        {
          "rule": "!has(self.fee) || self.status == 'licensed'",
          "message": "only a licensed page has a fee", "at": "fee"
        },
        {"rule": "!has(self.tags) || self.tags.all(it, it.startsWith(self.type))"}
      ]
    }}}
    ```

    ## failed-validation

    An expression that the schema asks for is not true.

    ```md bad
    ---
    type: page
    status: draft
    fee: «100»
    ---
    ```

    ```md good
    ---
    type: page
    status: licensed
    fee: 100
    tags: [page-law]
    ---
    ```
    """
    for one in wanted:
        wrong = _wrong(one["rule"], value)
        if wrong is not None:
            # What could not be judged is not known to be what the author's words say.
            words = one.get("message") if wrong == _UNTRUE else None
            yield Violation(
                "failed-validation",
                words or f"`{one['rule']}` {wrong}",
                f"`{one['rule']}` {wrong}" if words else "",
                within=_path(one.get("at", "")),
                severity=Severity[one["severity"]] if "severity" in one else None,
            )


def _wrong(rule: str, value: Json) -> str | None:
    """Say why *rule* is not true of *value*; None when it is."""
    try:
        outcome = program(rule).eval(data={"self": value})
    except (RuntimeError, ValueError) as error:  # a text or number that CEL has no form for
        return f"cannot be judged: {error}"
    if outcome.plain_value() is True:
        return None
    return _UNTRUE if outcome.plain_value() is False else f"cannot be judged: {_reason(str(outcome))}"


def _reason(text: str) -> str:
    """`NOT_FOUND: Key not found in map : "fee"` without its code."""
    code, _, words = text.partition(": ")
    return (words if code.isupper() else text).replace(" :", ":")


@cache
def program(rule: str) -> Any:
    """Compile *rule*. Raises ImportError without the extra, RuntimeError for a mistake in it."""
    return environment().compile(rule)


@cache
def environment() -> Any:
    """Return what expressions may use: `self`, and CEL's own functions for text and numbers."""
    from cel_expr_python import cel
    from cel_expr_python.ext import ext_math, ext_strings

    extensions = [ext_strings.ExtStrings(), ext_math.ExtMath()]
    return cel.NewEnv(variables={"self": cel.Type.DYN}, extensions=extensions)


def _path(at: str) -> Path:
    return tuple(steps(at[1:])) if at.startswith("/") else (at,) if at else ()


@also_faults("validations")
def broken_expression(wanted: Sequence[Mapping[str, str]]) -> Iterator[Fault]:
    """Each expression compiles, and can be true or false."""
    for i, one in enumerate(wanted):
        try:
            kind = program(one["rule"]).return_type().name().lower()
        except ImportError:
            yield (i,), 'the library for CEL is not there; install it by `pip install "reglint[cel]"`'
        except RuntimeError as error:
            yield (i, "rule"), _words(str(error))
        else:
            if kind not in {"bool", "dyn"}:
                yield (i, "rule"), f"`{one['rule']}` gives a value of the type {kind}, where true or false was expected"


def _words(error: str) -> str:
    found = _PLACE.search(error)
    if not found:
        return error
    words = re.sub(r" expecting \{.*", "", _BUG.sub("", found["words"]))
    return f"{words[0].lower()}{words[1:]} (column {found['column']} of the expression)"


@also_describes("validations")
def in_words(wanted: Sequence[Mapping[str, str]]) -> Description:
    """Say what the authors of the expressions say, and the others as they are."""
    return Description("; ".join(one.get("message") or f"`{one['rule']}` is true" for one in wanted))
