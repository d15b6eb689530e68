"""The links of a corpus as a list for people and for programs, and as a graph of documents."""
