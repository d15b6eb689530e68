"""Others that check Markdown: what they are, and how they come here."""
