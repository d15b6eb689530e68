"""Text to values with their places: YAML, TOML, JSON, Markdown, wikilinks."""
