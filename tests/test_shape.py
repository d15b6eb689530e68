"""What a type's schemas say of each place, whatever the document."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reglint.schema import library
from reglint.schema.shape import Shape, shape
from reglint.text import Text


def shaped(schema: Any) -> Shape:
    """The shape of what *schema* speaks of."""
    loaded = library.load([Text("schemas/x.schema.json", json.dumps(schema))])
    assert [it.message for _, it in loaded.errors] == []
    return shape(loaded, [loaded.sources["schemas/x.schema.json"].contents])


def test_references_and_all_of_hold_always_and_branches_sometimes() -> None:
    found = shaped(
        {
            "$ref": "#/$defs/a",
            "allOf": [{"required": ["b"]}],
            "anyOf": [{"required": ["c"], "properties": {"c": {"const": 1}}}, {"required": ["d"]}],
            "dependentSchemas": {"a": {"properties": {"e": {"const": 1}}}},
            "$defs": {"a": {"required": ["a"], "description": "words"}},
        }
    )

    assert found.required == ("a", "b")
    assert [*found.properties] == ["c", "e"]
    assert [*found.certain.properties] == []
    assert [*found.conditional.properties] == ["e"]
    assert [[it.required for it in them] for them in found.alternatives] == [[("c",), ("d",)]]
    assert found.description == "words"


@pytest.mark.parametrize(
    ("schemas", "names"),
    [
        ([{"required": ["b", "a"], "properties": {"a": {}, "b": {}, "c": {}}}], "b a c"),
        ([{"required": ["a", "z"], "properties": {"a": {}, "m": {}, "z": {}}}], "a m z"),
        ([{"order": ["c", "b"], "required": ["a", "b"], "properties": {"b": {}, "c": {}}}], "a c b"),
        ([{"properties": {"a": {}}}, {"required": ["x"], "properties": {"x": {}, "a": {}}}], "x a"),
        ([{"properties": {"a": {}}}, {"properties": {"b": {}}}], "a b"),
    ],
)
def test_members_follow_each_other_as_order_required_and_properties_say(schemas: Any, names: str) -> None:
    assert " ".join(shaped({"allOf": schemas}).names) == names


def test_members_that_may_never_be_there() -> None:
    found = shaped({"properties": {"a": False, "b": {"not": {}}, "c": {}, "d": {"allOf": [{"not": {}}]}}})

    assert found.refused == ("a", "b", "d")
    assert [*found.properties] == ["c"]


def test_a_member_is_known_by_name_and_pattern_or_else_as_one_that_no_schema_names() -> None:
    found = shaped(
        {
            "properties": {"a1": {"const": 1}},
            "patternProperties": {"1$": {"minimum": 1}},
            "additionalProperties": {"minimum": 2},
        }
    )
    members = {name: found.member(name) for name in ("a1", "b1", "b")}
    keywords = {name: [next(iter(schema)) for schema in it.always] for name, it in members.items() if it}

    assert keywords == {"a1": ["const", "minimum"], "b1": ["minimum"], "b": ["minimum"]}
    assert shaped({"properties": {"a": {}}}).member("b") is None
    assert found.others
    assert found.others.said("minimum") == 2


def test_items_and_what_a_list_contains() -> None:
    found = shaped({"prefixItems": [{"const": 1}, {}], "items": {"type": "string"}, "contains": {"const": 2}})

    assert [it.choices for it in found.first_items] == [(1,), None]
    assert found.items
    assert found.items.types == ("string",)
    assert [it.choices for _, it in found.contained] == [(2,)]


def test_draft_07() -> None:
    """Lists by place are written in another way, and what stands beside a reference does not count."""
    found = shaped(
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "properties": {
                "list": {"items": [{"const": 1}], "additionalItems": {"const": 2}},
                "code": {"$ref": "#/definitions/code", "description": "beside"},
            },
            "dependencies": {"code": ["list"], "list": {"properties": {"more": {}}}},
            "definitions": {"code": {"type": "string"}},
        }
    )
    a_list = found.properties["list"]

    assert [it.choices for it in a_list.first_items] == [(1,)]
    assert a_list.items
    assert a_list.items.choices == (2,)
    assert [*found.properties["code"].always] == [{"type": "string"}]
    assert [*found.conditional.properties] == ["more"]


@pytest.mark.parametrize(
    ("schemas", "choices", "types"),
    [
        ([{"enum": ["a", "b"]}, {"enum": ["b", "c"]}], ("b",), ()),
        ([{"enum": [1, True]}, {"const": True}], (True,), ()),
        ([{"const": "a"}, {"const": "b"}], (), ()),
        ([{"type": ["string", "null"]}, {"type": "string"}], None, ("string",)),
        ([{"anyOf": [{"const": 1}]}], None, ()),
    ],
)
def test_what_all_schemas_allow(schemas: Any, choices: Any, types: Any) -> None:
    loaded = library.load([Text("schemas/x.schema.json", json.dumps({"allOf": schemas}))])
    found = shape(loaded, [loaded.sources["schemas/x.schema.json"].contents])

    assert found.choices == choices
    assert found.types == types


def test_what_is_accepted() -> None:
    found = shaped(
        {"$ref": "#/$defs/a", "anyOf": [{"format": "date"}, {"const": "x"}], "$defs": {"a": {"minLength": 1}}}
    )

    assert [it for it in ("x", "2026-01-01", "y", "") if found.accepts(it)] == ["x", "2026-01-01"]


def test_a_place_within_itself_has_the_same_identity() -> None:
    found = shaped(
        {"properties": {"a": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"properties": {"a": {"$ref": "#/$defs/a"}}}}}
    )
    outer = found.properties["a"].properties["a"]

    assert outer.identity == outer.properties["a"].identity != found.identity


def test_an_empty_mapping() -> None:
    assert shaped({"additionalProperties": False}).is_empty
    assert not shaped({"additionalProperties": False, "patternProperties": {"a": {}}}).is_empty
    assert not shaped({"properties": {}}).is_empty
