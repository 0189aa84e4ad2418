"""Countries and the words a text uses for them: names, adjectives, capitals, metonyms."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

from retrieval.naming.names import folded


@dataclass(frozen=True, slots=True)
class Country:
    """One country, and how a text may name it. `leader` is the office that "the X leader" means."""

    name: str
    adjectives: tuple[str, ...]
    capital: str | None = None
    also: tuple[str, ...] = ()
    leader: str | None = None

    @property
    def adjective(self) -> str:
        """The adjective shown before a role: "Dutch", "US"."""
        return self.adjectives[0]

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that stands for the country."""
        return (self.name, *self.adjectives, *self.also, *([self.capital] if self.capital else []))


class Countries:
    """Looks countries up by any of their words."""

    def __init__(self, known: Iterable[Country]) -> None:
        self.known = tuple(known)
        self._by_word: dict[str, Country] = {}
        for country in self.known:
            for word in country.words:
                for form in {folded(word), folded(word) + "s"} if word in country.adjectives else {folded(word)}:
                    self._by_word.setdefault(form, country)

    def find(self, words: str) -> Country | None:
        """The country that "Kyiv", "Ukrainian", "Ukraine's" or "the United States" stands for; None for any other word."""
        key = folded(words).removeprefix("the ")
        return self._by_word.get(key)


def countries() -> Countries:
    """The countries and states of `places.toml`."""
    text = resources.files("retrieval").joinpath("places.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    states = (Country(name=name, adjectives=(name,)) for name in data["state"])
    known = (
        Country(
            name=row["name"],
            adjectives=tuple(row["adjectives"]),
            capital=row.get("capital"),
            also=tuple(row.get("also", ())),
            leader=row.get("leader"),
        )
        for row in data["country"]
    )
    return Countries((*known, *states))
