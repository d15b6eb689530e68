"""`python -m reglint`."""

from reglint.cli import main

main()
