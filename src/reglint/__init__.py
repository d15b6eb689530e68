"""reglint gives a folder of typed Markdown the guarantees of a database."""

__version__ = "0.1.0"
