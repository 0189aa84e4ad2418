"""People and bodies: their names, spellings and dated roles, and who is meant by a name or by an office.

What is known stands in `people.toml`; a corpus may add its own file of the same form. Several answers mean that the
name is ambiguous, none that nobody known is meant: the caller decides, and a wrong name is the worst of all answers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from retrieval.errors import ConfigurationError
from retrieval.model import Role
from retrieval.names import (
    COURTESY,
    FEMALE_ADDRESS,
    MALE_ADDRESS,
    SUFFIXES,
    folded,
    surnames,
    transliterated,
    typo_cost,
)
from retrieval.places import Countries, countries
from retrieval.titles import HEAD, Office, Place, Titles, parse_office, plain, role_key

_FUZZY_LINE = 0.8
_ROLE = re.compile(r"^(?P<title>[^,]+), (?P<of>[^,]+), (?P<since>[\d-]*)\.\.(?P<until>[\d-]*)$")


@dataclass(frozen=True, slots=True)
class Person:
    """A person or body that may be credited with words."""

    id: str
    name: str
    type: Literal["person", "body"] = "person"
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    gender: Literal["m", "f"] | None = None
    surname: str | None = None  # where it is not the last word of the name

    @property
    def surnames(self) -> tuple[str, ...]:
        """The folded forms in which the surname may stand alone; none for a body."""
        return surnames(self.name, self.surname) if self.type == "person" else ()


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
    ) -> None:
        self.persons: tuple[Person, ...] = tuple(persons)
        self.titles = titles or Titles({})
        self.places = places or countries()
        self._ordinary = ordinary
        self._known_to = known_to
        self._ids = {p.id: p for p in self.persons}
        self._full: dict[str, list[Person]] = {}
        self._surname: dict[str, list[Person]] = {}
        for person in self.persons:
            for name in (person.name, *person.aliases):
                _add(self._full, folded(name), person)
                _add(self._full, "~" + transliterated(name), person)
            for surname in person.surnames:
                _add(self._surname, surname, person)
                _add(self._surname, "~" + transliterated(surname), person)
        self._bodies = {folded(n): p for p in self.persons if p.type == "body" for n in (p.name, *p.aliases)}
        self._fuzzy_surnames = tuple(s for s in self._surname if not s.startswith("~") and len(s) >= 5)

    def get(self, person_id: str) -> Person | None:
        """The person or body of that id."""
        return self._ids.get(person_id)

    def by_name(self, name: str) -> tuple[Person, ...]:
        """Whoever a correctly written name can mean; several when a surname is shared, none when it is unknown.

        Titles, suffixes, accents, possessive endings and the usual transliterations are seen through. A title narrows:
        "Mrs Clinton", "President Biden".
        """
        for words, address in _without_titles(folded(name).split(), self.titles, self._place):
            found = self._by_words(words)
            if found:
                return self._narrowed(found, address)
        return ()

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

    def by_role(self, title: str, of: str | None = None, on: date | None = None) -> tuple[Person, ...]:
        """Who held an office on a day, or ever when no day is given (the latest first).

        `title` may carry the whole phrase ("the Belgian premier", "NATO chief", "former US president").
        """
        office = parse_office(title, of, self.titles, self._place)
        if office is None:
            return ()
        held = [(role, person) for person in self.persons for role in person.roles if self._is(role, office)]
        if office.of is None and any(plain(role.title) == office.wording for role, _ in held):
            held = [(role, person) for role, person in held if plain(role.title) == office.wording]
        if office.former:
            left_by = on or self._known_to or date.max
            held = [(r, p) for r, p in held if r.until is not None and r.until < left_by]
        elif on is not None:
            held = [(r, p) for r, p in held if r.held_on(on)]
        held.sort(key=lambda item: item[0].since or date.min, reverse=True)
        return tuple(dict.fromkeys(person for _, person in held))

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
            merged.values(), titles=self.titles, places=self.places, ordinary=self._ordinary, known_to=self._known_to
        )

    def _place(self, words: str) -> str | None:
        """The canonical name of a country or body."""
        if body := self._bodies.get(folded(words).removeprefix("the ")):
            return body.name
        country = self.places.find(words)
        return country.name if country else None

    def _is(self, role: Role, office: Office) -> bool:
        if office.of is not None and (self._place(role.of) or role.of) != office.of:
            return False
        key = role_key(role.title, self.titles, self._place)
        if key == office.title or (office.title == "ambassador" and key.startswith("ambassador to ")):
            return True
        country = self.places.find(role.of) if office.title == HEAD and office.of else None
        return country is not None and country.leader is not None and key == self.titles.key(country.leader)

    def _role_text(self, role: Role) -> str:
        country = self.places.find(role.of)
        return f"{country.adjective if country and country.name == role.of else role.of} {role.title}"

    def _by_words(self, words: list[str]) -> list[Person]:
        key = " ".join(words)
        found = self._full.get(key) or self._surname.get(key)
        if found is None and len(words) > 2:
            found = self._full.get(f"{words[0]} {words[-1]}")  # a middle name or initial
        if found is None and len(key) >= 5:
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


def load_people(extra: Path | None = None) -> People:
    """The people that come with the program, and those of a corpus's own `people.toml` when `extra` names one.

    A person of the same id in `extra` replaces the packaged one.
    """
    data = tomllib.loads(resources.files("retrieval").joinpath("people.toml").read_text(encoding="utf-8"))
    persons = {p.id: p for p in _persons(data)}
    wordings, offices = dict(data["titles"]), dict(data["offices"])
    if extra is not None and extra.exists():
        try:
            own = tomllib.loads(extra.read_text(encoding="utf-8"))
            persons |= {p.id: p for p in _persons(own)}
            wordings |= own.get("titles", {})
            offices |= own.get("offices", {})
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
            raise ConfigurationError(f"{extra} cannot be read: {error}. Mend it, or move it away.") from error
    return People(
        persons.values(), titles=Titles(wordings, offices), ordinary=_ordinary_words(), known_to=data.get("known_to")
    )


def _ordinary_words() -> frozenset[str]:
    """English words that a slip of the hand would make into one of the surnames."""
    text = resources.files("retrieval").joinpath("ordinary_words.toml").read_text(encoding="utf-8")
    return frozenset(str(tomllib.loads(text)["words"]).split())


def _persons(data: Mapping[str, Any]) -> Iterator[Person]:
    known_to = data.get("known_to")
    for kind in ("person", "body"):
        for person_id, row in data.get(kind, {}).items():
            yield Person(
                id=person_id,
                name=row["name"],
                type="person" if kind == "person" else "body",
                aliases=tuple(row.get("aliases", ())),
                roles=tuple(_role(text, known_to) for text in row.get("roles", ())),
                gender=row.get("gender"),
                surname=row.get("surname"),
            )


def _role(text: str, known_to: date | None) -> Role:
    """ "title, of, since..until": a year or a month counts as far as it is certain; an open end until `known_to`."""
    match = _ROLE.match(text)
    if match is None:
        raise ValueError(f"“{text}” is not a role; write it as “title, of, 2014-10-01..2024-09-30”")
    since, until = _first_day(match["since"]), _last_day(match["until"])
    return Role(match["title"], match["of"], since, until if match["until"] else known_to)


def _first_day(text: str) -> date | None:
    """The first day surely meant by "2014-10-01", "2014-10" (the first of November) or "2014" (of the next year)."""
    if not text:
        return None
    year, month, day = [int(part) for part in text.split("-")] + [0] * (2 - text.count("-"))
    if day:
        return date(year, month, day)
    return date(year + 1, 1, 1) if not month or month == 12 else date(year, month + 1, 1)


def _last_day(text: str) -> date | None:
    """The last day surely meant by "2024-09-30", "2024-09" (the last of August) or "2024" (of the year before)."""
    if not text:
        return None
    year, month, day = [int(part) for part in text.split("-")] + [0] * (2 - text.count("-"))
    return date(year, month, day) if day else date(year, month or 1, 1) - timedelta(days=1)


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
