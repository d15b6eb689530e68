"""What an engine is made of, as values that can be sent to another process, or digested."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from reglint import project
from reglint.config import Config, select
from reglint.engine import Engine
from reglint.project import Project
from reglint.text import Text


class Recipe(NamedTuple):
    """The files of a project as they were read, the rules that a user asked for, and the day to judge by.

    *chosen* are names of rules (None: those that are on), *ignored* are those to leave out.
    """

    configuration: Text | None
    schemas: tuple[Text, ...]
    chosen: frozenset[str] | None
    ignored: frozenset[str]
    today: date

    def config(self, loaded: Project) -> Config:
        """Return the configuration with the rules that are to run."""
        return select(loaded.config, self.chosen, self.ignored)

    def engine(self, loaded: Project | None = None) -> Engine:
        """Return the engine; *loaded* is the project of the same files, if it was loaded already."""
        loaded = loaded or project.load(self.configuration, self.schemas)
        return Engine(self.config(loaded), loaded.library, self.today)

    @property
    def material(self) -> str:
        """All of it but the day as one text, which only equal recipes share."""
        chosen = None if self.chosen is None else sorted(self.chosen)
        return repr((self.configuration, self.schemas, chosen, sorted(self.ignored)))
