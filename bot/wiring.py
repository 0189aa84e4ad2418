"""The composition root: the one place where real parts are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from retrieval.people import People
    from retrieval.reader import Reader


def make_people(settings: Settings) -> People:
    """The people of the package and of CORPUS_DIR/people.toml."""
    from retrieval.people import load_people

    return load_people(settings.corpus_dir / "people.toml")


def make_reader(settings: Settings) -> Reader:
    """The quote engine; its language model is loaded with the first text that needs it."""
    from retrieval.reader import Reader

    return Reader(make_people(settings))
