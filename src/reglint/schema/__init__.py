"""JSON Schemas of document types: loading, judging, and telling people what is wrong."""
