"""A corpus's own people.toml while the program runs: read again when it changes; a broken one puts nobody out of place."""

from __future__ import annotations

from pathlib import Path

from retrieval.errors import ConfigurationError
from retrieval.people import People, load_people, people_with

NAME = "people.toml"


class OwnPeople:
    """The people of the program and of CORPUS_DIR/people.toml as it was when it could last be understood."""

    def __init__(self, corpus: Path) -> None:
        self._file = corpus / NAME
        self._known: People | None = None
        self.fault: str | None = None  # why the file cannot be understood now, and what to do about it

    def now(self, indexed: str | None) -> People:
        """The people as the file has them now; those before when it cannot be understood, which `fault` then tells.

        `indexed` is what the file said when the index was made, for a process that never saw it whole. Raises
        ConfigurationError when nothing is known from before.
        """
        try:
            found = load_people(self._file, known=self._known)
        except ConfigurationError as error:
            found = self._before(indexed, error)
            self.fault = f"{error} Until then the people that it named before are used."
        else:
            self.fault = None
        self._known = found
        return found

    def _before(self, indexed: str | None, error: ConfigurationError) -> People:
        if self._known is not None:
            return self._known
        if indexed is None:
            raise error
        return people_with(indexed)
