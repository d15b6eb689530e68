"""Renaming a document or a heading so that every link leads where it did: pure, from facts and texts to edits."""
