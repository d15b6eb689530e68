"""From documents to the schema that they keep: every constraint is one that no document fails, with its support."""
