"""What a run enforces: how far the schemas reach, what they leave out, and which rules had nothing to look at."""
