"""Generated corpora: the same seed gives the same bytes on every machine."""
