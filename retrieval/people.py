"""People and bodies: their names, spellings and dated roles, and who is meant by a name or by an office.

What is known stands in `people.toml`; a corpus may add its own file of the same form. Several answers mean that the
name is ambiguous, none that nobody known is meant: the caller decides, and a wrong name is the worst of all answers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from importlib import resources
from pathlib import Path

from retrieval.errors import ConfigurationError
from retrieval.model import Role
from retrieval.people_file import Person, packaged, persons_of, table, texts
from retrieval.spelling import (
    COURTESY,
    FEMALE_ADDRESS,
    MALE_ADDRESS,
    SUFFIXES,
    folded,
    transliterated,
    typo_cost,
    without_possessives,
)
from retrieval.titles import HEAD, Office, Place, Titles, parse_office, plain, role_key

__all__ = ["People", "Person", "load_people"]

_FUZZY_LINE = 0.8
# Whose names are written in one way only: Haines is not Haynes.
_ENGLISH = frozenset({
    "United States", "United Kingdom", "Canada", "Australia", "New Zealand", "Ireland", "White House", "State Department",
    "Pentagon",
})  # fmt: skip


class People:
    """Who is known, looked up by name or by office. Never changes; `with_learned` gives a larger one."""

    def __init__(
        self,
        persons: Iterable[Person],
        *,
        titles: Titles | None = None,
        places: Countries | None = None,
        ordinary: frozenset[str] = frozenset(),
        known_to: date | None = None,
        own: str | None = None,
    ) -> None:
        """`own`: what the corpus's people.toml said when they were read from it; None when no file was looked at."""
        self.own = own
        self.persons: tuple[Person, ...] = tuple(persons)
        self.titles = titles or Titles({})
        self.places = places or countries()
        self._ordinary = ordinary
        self.known_to = known_to
        self._ids = {p.id: p for p in self.persons}
        self._full: dict[str, list[Person]] = {}
        self._surname: dict[str, list[Person]] = {}
        one_way = {p.id for p in self.persons if p.roles and all(role.of in _ENGLISH for role in p.roles)}
        theirs = {surname for p in self.persons if p.id in one_way for surname in p.surnames}
        for person in self.persons:
            for index, names in (
                (self._full, [folded(without_possessives(name)) for name in (person.name, *person.aliases)]),
                (self._surname, person.surnames),
            ):
                for name in names:
                    _add(index, name, person)
                    if person.id not in one_way and name not in theirs:  # a family spells its name in one way
                        _add(index, "~" + transliterated(name), person)
        self._bodies = {
            folded(without_possessives(n)): p for p in self.persons if p.type == "body" for n in (p.name, *p.aliases)
        }
        self._fuzzy_surnames = tuple(s for s in self._surname if not s.startswith("~") and len(s) >= 5)

    def get(self, person_id: str) -> Person | None:
        """The person or body of that id."""
        return self._ids.get(person_id)

    def by_name(self, name: str) -> tuple[Person, ...]:
        """Whoever a correctly written name can mean; several when a surname is shared, none when it is unknown.

        Titles, suffixes, accents, possessive endings and the usual transliterations are seen through. A title narrows:
        "Mrs Clinton", "President Biden".
        """
        for words, address in _without_titles(folded(without_possessives(name)).split(), self.titles, self._place):
            found = self._by_words(words)
            if found:
                return self._narrowed(found, address)
        return ()

    def in_office(self, persons: Iterable[Person], on: date) -> tuple[Person, ...]:
        """Those of several namesakes who held any recorded office on a day."""
        return tuple(p for p in persons if any(role.held_on(on) for role in p.roles))

    def fuzzy(self, name: str) -> tuple[tuple[Person, float], ...]:
        """Whoever a miswritten name may mean, with a score from 0 to 1, best first; nobody rather than the wrong one.

        Short names allow one slip of the hand or ear, longer ones two. Ordinary words are never taken for names.
        """
        if exact := self.by_name(name):
            return tuple((person, 1.0) for person in exact)
        for words, _ in _without_titles(folded(name).split(), self.titles, self._place):
            if words and (scores := self._fuzzy_words(words)):
                return tuple(sorted(scores.items(), key=lambda item: -item[1]))
        return ()

    def is_ordinary(self, word: str) -> bool:
        """Whether a word is ordinary English, so that it is a name only where a capital letter says so ("May")."""
        return folded(word) in self._ordinary

    def by_role(self, title: str, of: str | None = None, on: date | None = None) -> tuple[Person, ...]:
        """Who held an office on a day, or ever when no day is given (the latest first).

        `title` may carry the whole phrase ("the Belgian premier", "NATO chief", "former US president").
        """
        office = parse_office(title, of, self.titles, self._place)
        if office is None:
            return ()
        held = [(role, person) for key, of, role, person in self._held if self._is(key, of, office)]
        if office.of is None and any(plain(role.title) == office.wording for role, _ in held):
            held = [(role, person) for role, person in held if plain(role.title) == office.wording]
        if office.former:
            left_by = on or self.known_to or date.max
            held = [(r, p) for r, p in held if r.until is not None and r.until < left_by]
        elif on is not None:
            held = [(r, p) for r, p in held if r.held_on(on)]
        held.sort(key=lambda item: item[0].since or date.min, reverse=True)
        return tuple(dict.fromkeys(person for _, person in held))

    def held(self, person_id: str, title: str) -> tuple[Role, ...]:
        """The roles by which somebody holds or held an office."""
        office = parse_office(title, None, self.titles, self._place)
        if office is None:
            return ()
        return tuple(role for key, of, role, p in self._held if p.id == person_id and self._is(key, of, office))

    def role_at(self, person_id: str, on: date | None) -> str | None:
        """The office somebody held on a day, as text ("NATO Secretary General"); None when it is not known for sure."""
        person = self.get(person_id)
        if person is None or on is None:
            return None
        held = [role for role in person.roles if role.held_on(on)]
        if not held:
            return None
        return self._role_text(max(held, key=lambda role: (role.since or date.min, -person.roles.index(role))))

    def with_learned(self, persons: Iterable[Person]) -> People:
        """These people and further ones; a learned person whose id is known adds aliases only."""
        merged = dict(self._ids)
        for learned in persons:
            known = merged.get(learned.id)
            if known is None:
                merged[learned.id] = learned
                continue
            names = dict.fromkeys((*known.aliases, learned.name, *learned.aliases))
            merged[learned.id] = replace(known, aliases=tuple(n for n in names if n != known.name))
        return People(
            merged.values(),
            titles=self.titles,
            places=self.places,
            ordinary=self._ordinary,
            known_to=self.known_to,
            own=self.own,
        )

    def _place(self, words: str) -> str | None:
        """The canonical name of a country or body."""
        if body := self._bodies.get(folded(words).removeprefix("the ")):
            return body.name
        country = self.places.find(words)
        return country.name if country else None

    @cached_property
    def _held(self) -> tuple[tuple[str, str, Role, Person], ...]:
        """Every role of everybody, with its key and whose office it is."""
        return tuple(
            (role_key(role.title, self.titles, self._place), self._place(role.of) or role.of, role, person)
            for person in self.persons
            for role in person.roles
        )

    def _is(self, key: str, of: str, office: Office) -> bool:
        if office.of is not None and of != office.of:
            return False
        if key == office.title or (office.title == "ambassador" and key.startswith("ambassador to ")):
            return True
        country = self.places.find(of) if office.title == HEAD and office.of else None
        return country is not None and country.leader is not None and key == self.titles.key(country.leader)

    def _role_text(self, role: Role) -> str:
        country = self.places.find(role.of)
        return f"{country.adjective if country and country.name == role.of else role.of} {role.title}"

    def _by_words(self, words: list[str]) -> list[Person]:
        key = " ".join(words)
        found = self._full.get(key) or self._surname.get(key)
        if found is None and len(words) > 2:
            found = self._full.get(f"{words[0]} {words[-1]}")  # a middle name or initial
        if found is None and len(key) >= 5 and key not in self._ordinary:
            like = "~" + transliterated(key)
            found = self._full.get(like) or self._surname.get(like)
        return found or []

    def _narrowed(self, found: list[Person], address: list[str]) -> tuple[Person, ...]:
        if MALE_ADDRESS.intersection(address):
            found = [p for p in found if p.gender != "f"]
        if FEMALE_ADDRESS.intersection(address):
            found = [p for p in found if p.gender != "m"]
        key = self.titles.key(" ".join(address))
        titled = [p for p in found if any(self.titles.key(role.title) == key for role in p.roles)] if address else []
        return tuple(titled or found)

    def _fuzzy_words(self, words: list[str]) -> dict[Person, float]:
        scores: dict[Person, float] = {}
        for size in range(1, min(4, len(words)) + 1):
            given, last = words[:-size], " ".join(words[-size:])
            for surname in self._fuzzy_surnames:
                if not given and last in self._ordinary:
                    continue
                score = _likeness(last, surname, lenient=bool(given))
                if score < _FUZZY_LINE:
                    continue
                for person in self._surname[surname]:
                    agreed = _given_likeness(given, person)
                    if agreed is not None:
                        scores[person] = max(scores.get(person, 0.0), round((score * 2 + agreed) / 3, 3))
        return {p: s for p, s in scores.items() if s >= max(scores.values()) - 0.05}


def load_people(extra: Path | None = None, *, known: People | None = None) -> People:
    """The people that come with the program, and those of a corpus's own `people.toml` when `extra` names one.

    A person of the same id in `extra` replaces the packaged one. `known` is given back when `extra` says what it said
    when that was read.
    """
    try:
        own = extra.read_text(encoding="utf-8-sig") if extra is not None and extra.exists() else ""
        return known if known is not None and known.own == own else people_with(own)
    except OSError as error:
        raise ConfigurationError(
            f"{extra} cannot be read ({error.strerror}); make it readable for this user, or move it away."
        ) from error
    except (TypeError, ValueError) as error:
        raise ConfigurationError(f"{extra} cannot be read: {error}. Mend it, or move it away.") from error


@lru_cache(maxsize=4)  # they never change, and a process asks for the same ones several times
def people_with(own: str) -> People:
    """The people that come with the program, and those of `own`, the text of a corpus's people.toml.

    A ValueError or TypeError says where that is malformed.
    """
    data, added = packaged("people.toml"), tomllib.loads(own)
    persons = {p.id: p for p in (*persons_of(data), *persons_of(added))}
    wordings = {**data["titles"], **table(added, "titles")}
    offices = {**data["offices"], **table(added, "offices")}
    for title, others in wordings.items():
        texts(others, f"the wordings of “{title}”")
    texts([*offices.values()], "the offices")
    ordinary = frozenset(packaged("ordinary_words.toml")["words"].split())
    return People(
        persons.values(), titles=Titles(wordings, offices), ordinary=ordinary, known_to=data["known_to"], own=own
    )


def _add(index: dict[str, list[Person]], key: str, person: Person) -> None:
    if person not in (here := index.setdefault(key, [])):
        here.append(person)


def _without_titles(words: list[str], titles: Titles, place: Place) -> Iterator[tuple[list[str], list[str]]]:
    """A name's words as they stand, then without suffix, then with more of a leading title off (and which was)."""
    yield words, []
    while len(words) > 1 and words[-1] in SUFFIXES:
        words = words[:-1]
        yield words, []
    for n in range(1, len(words)):
        front = words[:n]
        if all(w in COURTESY for w in front):
            yield words[n:], front
        elif place(" ".join(front)):
            yield words[n:], []
        elif (office := parse_office(" ".join(front), None, titles, place)) and titles.known(office.wording):
            yield words[n:], office.wording.split()


def _likeness(typed: str, meant: str, *, lenient: bool) -> float:
    """How likely `typed` is `meant`, 0 to 1; 0 when there are too many slips for its length."""
    if typed == meant:
        return 1.0
    if len(typed) < 4 or abs(len(typed) - len(meant)) > 2 or (typed[0] != meant[0] and len(meant) < 8):
        return 0.0
    cost = typo_cost(typed, meant)
    allowed = 0.5 if len(meant) < 6 else 1.0 if len(meant) < 8 else 2.0
    if lenient:
        allowed += 0.5
    return 1.0 - cost / max(len(meant), 8) if cost <= allowed else 0.0


def _given_likeness(given: list[str], person: Person) -> float | None:
    """How well the words before a surname fit a person's given names; None when they are somebody else's."""
    if not given:
        return 0.8
    names = {folded(n).split()[0] for n in (person.name, *person.aliases)}
    best = max((_likeness(given[0], name, lenient=True) for name in names), default=0.0)
    return best if best >= _FUZZY_LINE else None


# Countries and the words a text uses for them: names, adjectives, capitals, metonyms.


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


@cache
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
