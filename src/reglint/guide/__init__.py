"""What the schema of a document type means to whoever writes a document: a page to read, and a skeleton to fill in."""
