"""The meta-schema of reglint's vocabulary, made of what the keywords say of themselves."""

from __future__ import annotations

from reglint.schema import formats
from reglint.schema.dialect import DEFAULT
from reglint.schema.keyword import KEYWORDS
from reglint.syntax.tree import Json

URI = "urn:reglint:schema"
VOCABULARY = "urn:reglint:vocabulary"


def meta_schema() -> Json:
    """Return the meta-schema (2020-12, core §8.1.2): the standard's vocabularies, and reglint's.

    reglint's is not required, so that any validator may read the schemas and leave its keywords out.
    """
    from jsonschema_specifications import REGISTRY

    return {
        "$schema": DEFAULT,
        "$id": URI,
        "$vocabulary": {**REGISTRY.contents(DEFAULT)["$vocabulary"], VOCABULARY: False},
        "$dynamicAnchor": "meta",
        "title": "Schemas of Markdown documents, as reglint reads them",
        "type": ["object", "boolean"],
        "allOf": [{"$ref": DEFAULT}],
        "properties": {
            "format": {"enum": sorted(formats.FORMATS)},
            **{
                it.name: {"description": it.summary, **it.meta}
                for it in sorted(KEYWORDS.values(), key=lambda it: it.name)
            },
        },
    }
