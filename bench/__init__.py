"""How fast reglint is, beside others, in one run: `python -m bench`."""
