"""Who a question can mean: the people that are known and the speakers that the documents have, by name, office or kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from retrieval import lexicon, terms
from retrieval.asking.coverage import Keys
from retrieval.asking.credit_index import CreditIndex, Title, title_of
from retrieval.asking.descriptions import NearNames, head, kind_words, marks, overlap, same_head, surest
from retrieval.model import Credit, Speaker
from retrieval.people import Countries, People, Person
from retrieval.spelling import folded
from retrieval.titles import Office, parse_office

How = Literal["name", "fuzzy", "role", "body", "described"]

_DESCRIBED_ENOUGH = 0.5  # share of a description's words that a source must carry
_DESCRIBED_BAND = 0.26  # how far behind the best description another one still counts
_DOMINANT = 4  # quotes that the better known of two namesakes must have for each of the other's
_READ_FOR_HOME = 12  # documents of one speaker that are read for the country they speak of
_OFTEN, _FAR_AHEAD = 4, 2  # times that a country must be named, and for each time that the next one is
_CAPITALS = re.compile(r"\b(?:United [A-Z]\w+|South [A-Z]\w+|North [A-Z]\w+|New [A-Z]\w+|[A-Z]\w+)\b")
_FEW = 8  # people whom one description may mean
_AS_LIKE = 0.05  # of the likeness of a miswritten name that somebody who is quoted may lack
_HEADS_OF_STATE = frozenset({"president", "prime minister"})
_HOUSES = {"United States": "White House", "Russia": "Kremlin", "United Kingdom": "Downing Street"}  # whose aides speak
_OFFICES_OF_A_PLACE = (
    "president",
    "prime minister",
    "minister",
    "chancellor",
    "spokes",
    "ambassador",
    "envoy",
    "secretary",
)


@dataclass(frozen=True, slots=True)
class Known:
    """A speaker of the documents: their other names, the offices and titles they are given, how often they are quoted."""

    speaker: Speaker
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    quotes: int = 0
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """Who a stretch of a question means. Several speakers of one name are `shared`: two people who fit equally well."""

    how: How
    speakers: tuple[Speaker, ...]
    shared: bool = False
    guess: bool = False  # the name is far from how it was written


class Roster:
    """Resolves names, offices, bodies, countries and descriptions to speakers. Never changes."""

    def __init__(
        self,
        people: People,
        known: Iterable[Known] = (),
        is_word: Callable[[str], bool] = lambda _word: False,
        *,
        stated: Iterable[Credit] = (),
        keys: Keys | None = None,
        words_of: Callable[[str], frozenset[str]] = lambda _document_id: frozenset(),
        text_of: Callable[[str], str] = lambda _document_id: "",
    ) -> None:
        """`is_word` tells words that exist from slips of the hand: no real word is taken for a misspelt name.

        `stated`: what the documents call whom, `keys` by which words are compared, `words_of` and `text_of` a document.
        """
        self.known = tuple(known)
        learned = [
            Person(k.speaker.id, k.speaker.name, "body" if k.speaker.type == "body" else "person", k.aliases)
            for k in self.known
            if k.speaker.id is not None
        ]
        self.people = people.with_learned(learned)
        self.counts = {k.speaker.id: k.quotes for k in self.known if k.speaker.id is not None}
        self._in = {k.speaker.name: k.documents for k in self.known if k.speaker.unnamed}
        self._unnamed = [(k.speaker, kind_words(k.speaker.name)) for k in self.known if _is_described(k.speaker)]
        self._bodies = [
            (Speaker(p.id, p.name, "body"), self._body_words(name))
            for p in self.people.persons
            if p.type == "body"
            for name in (p.name, *p.aliases)
        ]
        self._body_names = {folded(p.name): p.name for p in reversed(self.people.persons) if p.type == "body"}
        roles = ((k.speaker, role) for k in self.known for role in k.roles)
        self.credits = CreditIndex(stated, keys or Keys(), self._office_known, roles)
        self._words_of = words_of
        self._homes = HomeCountries(self.people.places, text_of)
        self._offices = list(self.credits.offices.values())
        self._bearers: dict[str, list[Person]] = {}
        for person in self.people.persons:
            for surname in person.surnames:
                self._bearers.setdefault(surname, []).append(person)
        self._near = NearNames(self.people.persons, self.counts, is_word)
        self._exact = lru_cache(maxsize=4096)(self._by_name)

    def by_name(self, words: str) -> Match | None:
        """Whoever bears the name, as it is written."""
        return self._exact(words)

    def misspelt(self, words: str) -> Match | None:
        """Whoever the miswritten name may mean."""
        if len(folded(words)) < 4:
            return None
        scored = self.people.fuzzy(words)
        if not any(self.counts.get(person.id) for person, _ in scored):  # rather somebody whom the documents quote
            guess = self._far_off(words)
            if guess is not None or not scored:
                return guess
        quoted = [person for person, score in scored if self.counts.get(person.id) and score >= scored[0][1] - _AS_LIKE]
        return self._match("fuzzy", quoted or [person for person, score in scored if score >= scored[0][1] - 0.02])

    def near(self, words: str) -> tuple[Speaker, ...]:
        """Those who are quoted and may be meant by a name that is nobody's: guesses, the likeliest first."""
        found = self._near.find(words)
        return tuple(dict.fromkeys(Speaker(p.id, p.name, p.type) for _, p in found))

    def _far_off(self, words: str) -> Match | None:
        """Somebody who is quoted and whose name is two slips away: a guess that the words themselves have to bear out."""
        typed = folded(words).split()
        found = [(n, p) for n, p in self._near.find(words) if _begins_alike(typed, p) or n == 1]
        return replace(self._match("fuzzy", surest(found)), guess=True) if found else None

    def by_role(self, phrase: str) -> Match | None:
        """Whoever holds or held the office; those that the documents quote, when there are any."""
        phrase = re.sub(r"\b(?:man|woman)(?= in\b)", "ambassador", phrase)  # "Ruritania's man in Paris"
        office = self._office(phrase)
        if office is None or not self._is_title(office):
            return None
        holders = [Speaker(p.id, p.name, p.type) for p in self.people.by_role(phrase)]
        if office.of is None and self._quoted(holders):  # "the president" is no president of a club
            return Match("role", self._quoted(holders))
        holders += [
            speaker
            for theirs, speaker in self._offices
            if theirs.former >= office.former
            and (theirs.title == office.title or theirs.wording == office.wording)
            and office.of in (None, theirs.of)
        ]
        found = self._quoted_first(holders)
        return Match("role", found) if found else None

    def by_office(self, phrase: str) -> Match | None:
        """Whomever the documents call by an office or a description, and who is known to hold it; else who held it ever."""
        called, held, home = self.credited(phrase), self.by_role(phrase), self._at_home(phrase)
        if not home and (called is None or held is None):
            return called or held
        known = tuple(s for s in held.speakers if self.holds_role(s)) if held else ()
        return Match("role", self._quoted_first((*(called.speakers if called else ()), *known, *home)))

    def _at_home(self, phrase: str) -> tuple[Speaker, ...]:
        """Whom documents call no more than "Prime Minister", where these speak of the asked country before any other."""
        office = self._office(phrase)
        if office is None or office.of is None or not self._is_title(office) or not _governs(office.wording):
            return ()
        alike = (s for theirs, s in self._offices if theirs.of is None and theirs.title == office.title)
        bare = [s for s in dict.fromkeys(alike) if theirs_is_known(self.people.get(s.id or ""), office, self._place)]
        return tuple(s for s in bare if self._homes.of(self.credits.documents_of(s)) == office.of)

    def credited(self, phrase: str) -> Match | None:
        """Those whom the documents call what a phrase says, where it means one in particular."""
        if not means_one(phrase) or self.described(phrase) is not None:
            return None
        found = self.called(phrase)
        return Match("role" if self.is_title(phrase) else "described", self._quoted_first(found)) if found else None

    def called(self, phrase: str) -> tuple[Speaker, ...]:
        """Those whom the documents call what a phrase says ("the police chief of Meryton"), the most often so first."""
        titles = self.titles_of(phrase)
        common = set(terms.words(phrase)) <= lexicon.PERSONS | lexicon.DESCRIBED | lexicon.PERSON_NOUNS
        if all(len(title.keys) < 2 for title in titles):  # "the director" may be anybody, "the dermatologist" is one
            alone = [] if common else [b.speaker for b in self.credits.called(titles) if not b.speaker.unnamed]
            return tuple(alone) if len(alone) == 1 else ()
        found = [bearer.speaker for bearer in self.credits.called(titles) if not bearer.speaker.unnamed]
        if not found:
            found = [s for s in self.credits.called_in_part(titles, self._words_of) if not s.unnamed]
            found = found if len(found) == 1 else []
        return tuple(found[:_FEW])

    def titles_of(self, phrase: str) -> list[Title]:
        """A phrase, and the other ways to write it, as they are compared with what documents call people."""
        titles = (title_of(way, self.credits.keys) for way in self.office_words(phrase))
        return [title for title in dict.fromkeys(titles) if title.keys]

    def by_body(self, phrase: str) -> Match | None:
        """A body as it is named ("the Kyiv foreign ministry"), or whoever speaks for it or for a country."""
        asked = self._body_words(phrase)
        if not asked:
            return None
        same = [speaker for speaker, theirs in self._bodies if theirs == asked]
        same = same or [
            speaker for speaker, theirs in self._bodies if asked <= theirs and not asked <= self._place_words
        ]
        if same and not self._quoted(same):
            same = list(self._quoted(self._for_body(same))) or same
        if same and self._quoted(same):
            return Match("body", self._quoted_first(same))
        spoken = self.credits.speaking_for(phrase) if phrase[:1].isupper() else ()
        if spoken and self.people.places.find(phrase) is None:
            return Match("body", tuple(dict.fromkeys(spoken)))
        return Match("body", self._quoted_first(same)) if same else self.by_country(phrase)

    def by_country(self, phrase: str) -> Match | None:
        """Whoever speaks for the country that a phrase names."""
        country = self.people.places.find(phrase)
        return self._for_country(country.name) if country else None

    def described(self, phrase: str) -> Match | None:
        """Sources that fit a description: unnamed ones, and people by the office or title they are given."""
        asked = kind_words(phrase)
        kind = head(phrase)
        if not asked or kind is None:
            return None
        scored = [(overlap(asked, theirs), speaker) for speaker, theirs in self._unnamed if same_head(kind, theirs)]
        scored = [(score, speaker) for score, speaker in scored if score >= _DESCRIBED_ENOUGH]
        if not scored:
            return None
        needed = marks(phrase)
        scored = [(score, speaker) for score, speaker in scored if needed <= kind_words(speaker.name)]
        if not scored:
            return None
        best = max(score for score, _ in scored)
        found = list(dict.fromkeys(speaker for score, speaker in scored if score >= best - _DESCRIBED_BAND))
        # "the director" in a document that also has "a director of the Bank of England" is the same one
        where = frozenset().union(*(self._in.get(s.name, frozenset()) for s in found))
        for speaker, theirs in self._unnamed:
            if (
                speaker not in found
                and same_head(kind, theirs)
                and theirs < asked
                and self._in.get(speaker.name, frozenset()) <= where
            ):
                found.append(speaker)
        return Match("described", tuple(found))

    def office_words(self, phrase: str) -> tuple[str, ...]:
        """Ways to write the office that a phrase names: as it stands, by the usual title, with the house for its master."""
        ways = [phrase, *self._owners(phrase)]
        office = self._office(phrase)
        if office is not None:
            ways += [f"{office.of or ''} {office.title}", f"{office.of or ''} {office.wording}"]
        return tuple(dict.fromkeys(ways))

    def _owners(self, phrase: str) -> list[str]:
        """ "Stein's agent" for "Jill Stein's agent", "the White House spokesman" for that of the president, by name too."""
        owned = re.match(r"(?:the\s+)?(.+?)[’']s?\s+(.+)", phrase)
        if owned is None:
            return []
        owner, what = owned[1], owned[2]
        named = self.by_name(owner)
        persons = [p for s in named.speakers if (p := self.people.get(s.id or ""))] if named else []
        places = {role.of for p in persons for role in p.roles if self.people.titles.key(role.title) in _HEADS_OF_STATE}
        whole = [what] if places and len(what.split()) > 2 else []  # "deputy security adviser" is a president's
        houses = [_HOUSES[place] for place in places if place in _HOUSES]
        houses += ["White House"] * (folded(owner) in {"president", "us president"})
        return [*([f"{owner.split()[-1]} {what}"] if persons else []), *(f"{house} {what}" for house in houses), *whole]

    def names_a_source(self, phrase: str) -> bool:
        """Whether a phrase could be an office or a kind of source, be it that nobody is known by it."""
        office = self._office(phrase)
        persons = any(w in lexicon.PERSONS | lexicon.BODIES for w in terms.words(phrase))
        return persons or head(phrase) is not None or bool(office and self._is_title(office))

    def speaks_for(self, bodies: Sequence[Speaker]) -> tuple[str, tuple[Speaker, ...]]:
        """The country whose bodies these are, by name, and who is quoted for it: those of Russia for the Kremlin."""
        for body in bodies:
            country = self.people.places.find(body.name) if body.type == "body" else None
            house = next(
                (name for name, house in _HOUSES.items() if house == body.name), country.name if country else ""
            )
            match = self._for_country(house) if house else None
            if match is not None:
                return house, match.speakers
        return "", ()

    def is_title(self, phrase: str) -> bool:
        """Whether a phrase names an office that is known as one: "foreign minister", but not "young"."""
        office = self._office(phrase)
        return office is not None and (self.people.titles.known(office.wording) or bool(self.people.by_role(phrase)))

    def is_bare(self, phrase: str) -> bool:
        """Whether an office is named without saying whose it is: "the president"."""
        office = self._office(phrase)
        return office is None or office.of is None

    def is_person(self, name: str) -> bool:
        """Whether a name is a known person's: all of it, the surname or the given name."""
        return any(p.type == "person" for p in self.people.by_name(name)) or self._near.is_given(name)

    def is_owner(self, word: str) -> bool:
        """Whether a word is somebody's name or a country's, and no ordinary word or adjective."""
        country = self.people.places.find(word)
        if country is not None:
            return folded(word) not in {folded(adjective) for adjective in country.adjectives}
        match = None if self.people.is_ordinary(word) else self.by_name(word)
        return match is not None and match.how == "name"

    def has_name(self, match: Match, word: str) -> bool:
        """Whether a word is one of the names of somebody who was found."""
        persons = [p for s in match.speakers if (p := self.people.get(s.id or ""))]
        return any(folded(word) in folded(name).split() for p in persons for name in (p.name, *p.aliases))

    def is_quoted(self, match: Match) -> bool:
        """Whether any of those found is quoted."""
        return any(s.unnamed or self.counts.get(s.id or "") for s in match.speakers)

    def holds_role(self, speaker: Speaker) -> bool:
        """Whether dated offices are known of this speaker."""
        person = self.people.get(speaker.id) if speaker.id else None
        return bool(person and person.roles)

    @property
    def _place_words(self) -> frozenset[str]:
        return frozenset(folded(country.name) for country in self.people.places.known)

    def _by_name(self, words: str) -> Match | None:
        found = list(self.people.by_name(words))
        if found and not any(self.counts.get(p.id) for p in found):  # "Mary E. Bennet" of a document is Mary Bennet
            found += [p for one in found for p in self._same_but_initials(one) if p not in found]
        bare = [p for p in found if p.type == "person" and " " not in p.name]
        if bare:  # a document that gives no more than the surname means one of those who bear it
            found += [p for p in self._bearers.get(folded(bare[0].name), ()) if p not in found]
        if not found:
            return None
        match = self._match("name", found)
        quoted = self._quoted(match.speakers)
        if " " not in words.strip() and quoted and quoted[0] != match.speakers[0]:  # of one surname, whoever is quoted
            return replace(match, speakers=quoted, shared=match.shared and len(quoted) > 1)
        return match

    def _same_but_initials(self, person: Person) -> list[Person]:
        """Those quoted whose first and last name are this person's."""
        names = folded(person.name).split()
        near = [p for surname in person.surnames for p in self._bearers.get(surname, ()) if self.counts.get(p.id)]
        return [p for p in near if len(names) > 1 and folded(p.name).split()[0] == names[0]]

    def _match(self, how: How, persons: Sequence[Person]) -> Match:
        bare = [p for p in persons if p.type == "person" and " " not in p.name]
        persons = [p for p in persons if p not in bare] or bare
        if all(person.type == "body" for person in persons):
            how = "body" if how == "name" else how
        ranked = sorted(persons, key=lambda p: -self.counts.get(p.id, 0))
        first, rest = ranked[0], ranked[1:]
        have = self.counts.get(first.id, 0)
        rivals = [p for p in rest if self.counts.get(p.id, 0) * _DOMINANT > have or not have]
        speakers = tuple(Speaker(p.id, p.name, p.type) for p in (first, *rivals))
        shared = len(speakers) > 1
        return Match(how, tuple(dict.fromkeys((*speakers, *self._by_surname_alone(speakers)))), shared)

    def _by_surname_alone(self, speakers: Sequence[Speaker]) -> list[Speaker]:
        """The same people where a document gives no more than their surname: of its bearers the most quoted is meant."""
        found = []
        for speaker in speakers:
            person = self.people.get(speaker.id or "")
            for surname in person.surnames if person else ():
                bearers = self._bearers.get(surname, [])
                mine = self.counts.get(speaker.id or "", 0)
                others = [p for p in bearers if " " in p.name and all(p.id != s.id for s in speakers)]
                if all(self.counts.get(p.id, 0) < max(mine, 1) for p in others):
                    bare = [p for p in bearers if " " not in p.name and p.id != speaker.id]
                    found += [Speaker(p.id, p.name, p.type) for p in bare]
        return found

    def _quoted(self, speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
        return tuple(s for s in dict.fromkeys(speakers) if self.counts.get(s.id or ""))

    def _quoted_first(self, speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
        distinct = tuple({speaker.id: speaker for speaker in speakers}.values())
        return tuple(s for s in distinct if self.counts.get(s.id or "")) or distinct

    def _office(self, phrase: str) -> Office | None:
        return parse_office(phrase, None, self.people.titles, self._place)

    def _office_known(self, phrase: str) -> Office | None:
        """The office that a phrase names, where it is known as one or speaks for a country."""
        office = self._office(phrase)
        known = office is not None and (self.people.titles.known(office.wording) or _governs(office.wording))
        return office if known else None

    def _is_title(self, office: Office) -> bool:
        """Whether the words name an office at all: a known title, alone or with whose it is."""
        parts = office.wording.split()
        runs = (" ".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, min(i + 4, len(parts)) + 1))
        if any(self.people.titles.known(run) for run in runs):
            return True
        last = parts[-1]
        return last in lexicon.DESCRIBED or any(last == theirs.wording.split()[-1] for theirs, _ in self._offices)

    def _place(self, words: str) -> str | None:
        """The body or country that words name, by the name its offices are listed under."""
        body = self._body_names.get(folded(words).removeprefix("the "))
        if body is not None:
            return body
        country = self.people.places.find(words)
        return country.name if country else None

    def _for_body(self, bodies: Iterable[Speaker]) -> list[Speaker]:
        """Who speaks for bodies that are not quoted themselves."""
        names = {body.name for body in bodies}
        held = [(p, role) for p in self.people.persons for role in p.roles if role.of in names]
        return [Speaker(p.id, p.name, p.type) for p, role in held if _governs(role.title) or "press" in role.title]

    def _for_country(self, country: str) -> Match | None:
        place = folded(country)
        found = [speaker for speaker, theirs in self._bodies if place in theirs]
        found += [
            Speaker(person.id, person.name, person.type)
            for person in self.people.persons
            if any(self._place(role.of) == country and _governs(role.title) for role in person.roles)
        ]
        found += [s for office, s in self._offices if office.of == country and _governs(office.wording)]
        quoted = tuple(s for s in dict.fromkeys(found) if self.counts.get(s.id or ""))
        return Match("body", quoted) if quoted else None

    def _body_words(self, name: str) -> frozenset[str]:
        """The words of a body's name with every word for a country as that country's name."""
        words = folded(name.replace("’s", "").replace("'s", "")).split()
        found: set[str] = set()
        at = 0
        while at < len(words):
            size = next((n for n in (3, 2, 1) if self.people.places.find(" ".join(words[at : at + n]))), 0)
            country = self.people.places.find(" ".join(words[at : at + size])) if size else None
            found.add(folded(country.name) if country else words[at])
            at += max(size, 1)
        return frozenset(found - {"the", "of", "for", "and", "in", "on", "affairs", "s"})


class HomeCountries:
    """Which country documents speak of before any other."""

    def __init__(self, places: Countries, text_of: Callable[[str], str]) -> None:
        self._places, self._text_of = places, text_of
        self._counted = lru_cache(maxsize=1024)(self._count)

    def of(self, document_ids: Sequence[str]) -> str | None:
        """The country that these documents name by far the most, all together; None where another is named often too.

        Whoever speaks abroad speaks of two countries, and nothing tells which one is theirs.
        """
        counts = Counter[str]()
        for one in document_ids[:_READ_FOR_HOME]:
            counts.update(self._counted(one))
        (first, often), (_, next_often) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
        return first if often >= max(_OFTEN, _FAR_AHEAD * next_often) else None

    def _count(self, document_id: str) -> Mapping[str, int]:
        named = _CAPITALS.findall(self._text_of(document_id))
        found = (self._places.find(name) for name in named)
        return Counter(country.name for country in found if country is not None)


def theirs_is_known(person: Person | None, office: Office, place: Callable[[str], str | None]) -> bool:
    """Whether nothing that is known of a person says that the office they hold is that of another country."""
    return person is None or all(role.title != office.wording or place(role.of) == office.of for role in person.roles)


def means_one(phrase: str) -> bool:
    """Whether a phrase means somebody in particular: not "diplomats", "an unnamed aide" or "the ministry"."""
    told = terms.words(phrase)
    if told and told[-1] in lexicon.BODIES | lexicon.BODY_NOUNS:
        return False
    several = bool(told) and told[-1].endswith("s") and told[-1][:-1] in lexicon.DESCRIBED | lexicon.PERSONS
    return bool(told) and not several and not lexicon.UNNAMED & set(told)


def _begins_alike(typed: Sequence[str], person: Person) -> bool:
    """Whether what was typed and the name begin with the same letter."""
    return any(typed[-1][0] == surname[0] for surname in person.surnames) or typed[0][0] == folded(person.name)[0]


def _governs(title: str) -> bool:
    return any(word in folded(title) for word in _OFFICES_OF_A_PLACE)


def _is_described(speaker: Speaker) -> bool:
    """Whether a speaker goes by a description: a source without a name, or a crowd ("pro-Ukrainian protesters")."""
    return speaker.unnamed or (speaker.type == "body" and speaker.name.split()[-1].casefold() in lexicon.CROWDS)
