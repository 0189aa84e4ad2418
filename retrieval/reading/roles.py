"""What a document says that its people are, and who is meant by "the ambassador" or "his Lithuanian counterpart" (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from retrieval.lexicon import DETERMINERS, PERSON_NOUNS
from retrieval.people import People
from retrieval.reading.cast import Cast, Character
from retrieval.reading.credits import apposition_after, heads_of, title_before, told_of
from retrieval.reading.name_mentions import Mention
from retrieval.role_words import KIN, LINK, THIN
from retrieval.spelling import folded, without_possessives
from retrieval.titles import HEAD, Office, parse_office

_CAPITALISED = re.compile(r"\b[A-Z][a-zà-ÿ]{4,}\b")
# "the Ruritanian president": an adjective that says whose office it is
_OF_A_LAND = re.compile(
    r"\b([A-Z][a-z]{3,}ian) (?:president|prime minister|premier|foreign minister|chancellor|ambassador)\b",
    re.IGNORECASE,
)
_NO_LANDS = frozenset({"christian", "guardian", "civilian", "historian", "presbyterian"})
_NEAR = 600  # characters between somebody's office and whoever is called a counterpart
_LINES_BEFORE = 2
# Who "the Ruritanian leader" can be, and the ends of the titles of whom "the mission's chief" can be
_LEADERS = frozenset(
    {"president", "prime minister", "chancellor", "king", "queen", HEAD, "secretary general", "director general"}
)
_LEADERS_END = frozenset({
    "president", "director", "general", "head", "chairman", "chairwoman", "chair", "commander", "commissioner", "executive",
    "governor", "secretary", "chief",
})  # fmt: skip
_HEADS = frozenset({"head", "chief", "boss", "leader"})
_LESSER = frozenset(["vice", "deputy", "assistant", "under", "former"])


@dataclass(frozen=True, slots=True)
class Titled:
    """A description of a character, and where in the text it stands."""

    character: int
    words: str
    start: int
    before_name: bool


@dataclass(frozen=True)
class Roles:
    """The descriptions that a document gives of its characters."""

    text: str
    cast: Cast
    people: People
    titled: tuple[Titled, ...]
    counterparts: tuple[Titled, ...] = ()  # characters who are brought in as somebody's counterpart
    dated: date | None = None

    def of(self, character: Character) -> str | None:
        """A short title of a character, as the document has it: the most telling one; None for "a friend", "the host"."""
        mine = [t for t in self.titled if t.character == character.number]
        best = max(mine, key=lambda t: (self._telling(t), t.before_name), default=None)
        if best is None or not self._telling(best):
            return None
        return re.sub(r"^(?:then|now)\s+(?=[a-z])", "", DETERMINERS.sub("", best.words))

    def _telling(self, titled: Titled) -> int:
        """How much a description says: nothing for kin, little for a bare rank or a headline's word."""
        words = DETERMINERS.sub("", titled.words).split()
        heads = [re.sub(r"['’]s$", "", w.casefold()) for w in heads_of(titled.words)]
        if not words or words[-1].endswith(("'s", "’s")) or words[0].casefold() in LINK:
            return 0
        if (
            not heads
            or heads[-1] in KIN
            or (heads[-1].endswith("s") and heads[-1][:-1] in PERSON_NOUNS)
            or (len(words) == 1 and heads[-1] in THIN)
        ):
            return 0
        if len(words) == 1:
            return 1
        return 2 if titled.start < self._first_line else 3

    @cached_property
    def _first_line(self) -> int:
        return max(0, self.text.find("\n", len(self.text) - len(self.text.lstrip())))

    def is_short_for(self, written: str, known: str) -> bool:
        """Whether a document's words name the known office, only less fully: "Secretary General", "NATO's chief"."""
        if set(folded(without_possessives(written)).split()) <= set(folded(known).split()):
            return True
        a, b = self.office(written), self.office(known)
        same = a is not None and b is not None and a.title == b.title and a.former == b.former
        return same and a is not None and b is not None and a.of in (None, b.of)

    def place(self, words: str) -> str | None:
        """The canonical name of the country or body that words name."""
        known = [p for p in self.people.by_name(words) if p.type == "body"]
        if len(known) == 1:
            return known[0].name
        country = self.people.places.find(words)
        return country.name if country else self._lands.get(folded(words).removeprefix("the "))

    @cached_property
    def _lands(self) -> dict[str, str]:
        """Places that only the document has, by their name and its adjective: "Ruritania" and "Ruritanian"."""
        words = set(_CAPITALISED.findall(self.text))
        found: dict[str, str] = {}
        for word in words:
            for base in (word[:-1], word[:-2], word[:-3]) if word.endswith("an") else ():
                if len(base) > 4 and base in words:
                    found |= {folded(word): base, folded(base): base}
                    break
        for word in _OF_A_LAND.findall(self.text):
            if self.people.places.find(word) is None and word.casefold() not in _NO_LANDS:
                found.setdefault(folded(word), word[:-1])
        return found

    def office(self, words: str) -> Office | None:
        """The office that a description names."""
        return parse_office(words, None, self.people.titles, self.place)

    @cached_property
    def offices(self) -> tuple[tuple[Titled, Office], ...]:
        """The descriptions that name an office."""
        found = [(t, o) for t in self.titled if (o := self.office(t.words)) is not None]
        theirs = [(t, o) for t in self.counterparts if (o := self._same_office(t, found)) is not None]
        return (*found, *theirs)

    def _same_office(self, counterpart: Titled, offices: Sequence[tuple[Titled, Office]]) -> Office | None:
        """Of "his Ruritanian counterpart" the office of whoever was named last, in that country."""
        places = {p for w in counterpart.words.split() if (p := self.place(w))}
        before = [
            o
            for t, o in offices
            if 0 < counterpart.start - t.start < _NEAR
            and t.character != counterpart.character
            and not _in_marks(self.text, t.start)
        ]
        if len(places) != 1 or not before:
            return None
        return replace(before[-1], of=places.pop())

    def meant(self, words: str, at: int) -> Character | None:
        """Whom the document means by a description at `at`, when it can mean only one."""
        wanted = self.office(words)
        plain = set(folded(DETERMINERS.sub("", words)).split()) - LINK
        if not plain:
            return None
        exact = (
            self._by_office(wanted)
            if wanted is not None and (wanted.of or wanted.title != wanted.wording or len(plain) > 1)
            else []
        )
        fits = exact or self._by_words(plain)
        if wanted is not None and wanted.of is not None:
            fits = [t for t in fits if not self._is_elsewhere(t.character, wanted)]
        earlier = [t for t in fits if t.start <= at]
        spoken = [t for t in earlier if not _in_marks(self.text, t.start)]  # "President X" in somebody's words
        numbers = {t.character for t in (spoken or earlier or fits)}
        if wanted is not None and not wanted.former and (not numbers or not spoken):
            numbers = self._holding(wanted, at) or numbers
        if len(numbers) > 1:
            numbers = self._named_nearby(numbers, at)
        return self.cast.characters[numbers.pop()] if len(numbers) == 1 else None

    def _is_elsewhere(self, number: int, wanted: Office) -> bool:
        """Whether an office is known to be another country's or body's than the one that is wanted."""
        places = {of for n, title, of in self._known if n == number and title == wanted.title and of}
        places |= {o.of for t, o in self.offices if t.character == number and o.title == wanted.title and o.of}
        return bool(places) and wanted.of not in places

    def _named_nearby(self, numbers: set[int], at: int) -> set[int]:
        """Those whom the description's own line, or else the nearest that names any, has before it in its own words."""
        end = at
        for _ in range(_LINES_BEFORE + 1):
            start = self.text.rfind("\n", 0, max(end, 0)) + 1
            named = {
                c.number
                for m, c in self.cast.named_in(start, end)
                if c.number in numbers and not _in_marks(self.text, m.start)
            }
            if named or start == 0:
                return named
            end = len(self.text[:start].rstrip())
        return numbers

    def _holding(self, wanted: Office, at: int) -> set[int]:
        """The characters named before `at` who are described by, or known to hold, an office that the words can mean."""
        named = {c.number for c in self.cast.characters if c.person and c.mentions[0].start < at}
        if wanted.title == HEAD or wanted.wording.split()[-1] in _HEADS:
            return named & self._leading(wanted)
        found = {t.character for t, o in self.offices if _can_mean(wanted, o.title, o.of)}
        if wanted.of is not None:
            several = len(self._holders_of(wanted.wording)) > 1  # of one who is only "the president" nobody knows whose
            theirs = {t.character for t, o in self.offices if o.of == wanted.of}
            found = {n for n in found if not self._is_elsewhere(n, wanted) and (n in theirs or not several)}
        return named & (found | {n for n, title, of in self._known if _can_mean(wanted, title, of)})

    def _leading(self, wanted: Office) -> set[int]:
        """Who leads what "the Ruritanian leader", "the mission's chief" is said to lead."""
        held = [(t.character, o.title, o.of) for t, o in self.offices] + list(self._known)
        if wanted.of is not None:
            return {n for n, title, of in held if of == wanted.of and title in _LEADERS}
        whose = set(wanted.wording.split()) - _HEADS
        if not whose:
            return set()
        fits = [(t, folded(without_possessives(t.words)).split()) for t in self.titled]
        return {t.character for t, theirs in fits if whose <= set(theirs) and set(theirs) & _LEADERS_END}

    @cached_property
    def _known(self) -> tuple[tuple[int, str, str | None], ...]:
        """The offices that the document's people are known to hold on its day, or ever when its day is unknown."""
        found: list[tuple[int, str, str | None]] = []
        for character in self.cast.characters:
            person = self.people.get(character.known) if character.known else None
            found.extend(
                (character.number, self.people.titles.key(role.title), self.place(role.of))
                for role in (person.roles if person else ())
                if self.dated is None or role.held_on(self.dated)
            )
        return tuple(found)

    def counterpart(self, words: str) -> Character | None:
        """Whom "his Lithuanian counterpart" means: the one office-holder of that country."""
        places = {p for w in words.split() if (p := self.place(w))}
        alone = {t.character for t in self.counterparts}
        if not places and len(alone) == 1 and len(words.split()) <= 2:
            return self.cast.characters[alone.pop()]
        if len(places) != 1:
            return None
        numbers = {t.character for t, o in self.offices if o.of in places}
        return self.cast.characters[numbers.pop()] if len(numbers) == 1 else None

    def _by_office(self, wanted: Office) -> list[Titled]:
        """The descriptions of an office: those that name whose it is, else those that leave it open."""
        same = [(t, o) for t, o in self.offices if o.title == wanted.title and o.former == wanted.former]
        if wanted.of is None:
            return [t for t, _ in same]
        theirs = [t for t, o in same if o.of == wanted.of]
        if theirs:
            return theirs
        held = {n for n, title, of in self._known if title == wanted.title and of == wanted.of}
        if not held and len(self._holders_of(wanted.wording)) > 1:
            return []  # the document speaks of several countries' presidents
        return [t for t, o in same if o.of is None and (not held or t.character in held)]

    def _holders_of(self, wording: str) -> frozenset[str]:
        """The countries and bodies that the document has a holder of an office for: "the Ruritanian president"."""
        if wording not in self._held:
            found = re.finditer(rf"\b([A-Z][\w.’'\-]{{1,30}})\s{re.escape(wording)}\b", self.text, re.IGNORECASE)
            places = (self.place(re.sub(r"['’]s$", "", m[1])) for m in found)
            self._held[wording] = frozenset(of for of in places if of)
        return self._held[wording]

    @cached_property
    def _held(self) -> dict[str, frozenset[str]]:
        """What `_holders_of` has found: the text is read once for an office."""
        return {}

    def _by_words(self, plain: set[str]) -> list[Titled]:
        """The descriptions that hold all the words; "the president" is no vice president, "the senator" may be a former one."""
        fits = [(t, set(folded(t.words).split())) for t in self.titled]
        fits = [(t, theirs) for t, theirs in fits if plain <= theirs and not (theirs - plain) & (_LESSER - {"former"})]
        return [t for t, theirs in fits if not (theirs - plain) & _LESSER] or [t for t, _ in fits]


def _can_mean(wanted: Office, title: str, of: str | None) -> bool:
    """Whether "the Ukrainian minister" can mean the foreign minister of Ukraine; "the president" never the vice president."""
    if wanted.of is not None and of is not None and wanted.of != of:
        return False
    asked, held = set(wanted.title.split()), set(title.split())
    return asked <= held and not (held - asked) & _LESSER


def _in_marks(text: str, at: int) -> bool:
    """Whether an offset lies in quotation marks that were opened in its own line."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    opened = line.count("“") - line.count("”")
    return opened > 0 or (opened == 0 and line.count('"') % 2 == 1)


def roles_of(text: str, cast: Cast, people: People, dated: date | None = None) -> Roles:
    """The descriptions of a text's people."""
    found: list[Titled] = []
    counterparts: list[Titled] = []
    for character in cast.characters:
        if not character.person:
            continue
        for mention in character.mentions[:40]:
            words = title_before(text, mention, frozenset(folded(character.name).split()))
            if words and words.casefold().endswith("counterpart"):
                counterparts.append(Titled(character.number, words, mention.start, before_name=True))
            elif words and (one := single(words)) is not None:
                found.append(Titled(character.number, one, mention.start, before_name=True))
                found += [Titled(n, one, m.start, before_name=True) for m, n in named_on(text, cast, mention)]
            elif words:
                found.append(Titled(character.number, words, mention.start, before_name=True))
            words = apposition_after(text, mention) or told_of(text, mention)
            if words:
                found.append(Titled(character.number, words, mention.start, before_name=False))
    return Roles(text, cast, people, tuple(sorted(found, key=lambda t: t.start)), tuple(counterparts), dated)


# One title before several names: "the hosts Ishmael and Queequeg", "Senators Ahab, of Nantucket, and Starbuck" (pure).

_MORE = re.compile(
    r"(?:\s\([^()\n]{1,14}\))?(?:,\s(?:of|from|Democrat|Republican|both)\b[^,.;()“”\"\n]{0,30})?(?:,?\sand\s|,\s)"
)


def single(words: str) -> str | None:
    """A title of several as that of one: "Senator" of "Senators"; None for any other."""
    last = words.split()[-1]
    one = last[:-1]
    if not last.endswith("s") or last.casefold() not in PERSON_NOUNS or one.casefold() not in PERSON_NOUNS:
        return None
    return words[: len(words) - 1]


def named_on(text: str, cast: Cast, first: Mention) -> Iterator[tuple[Mention, int]]:
    """The people who share the title before `first`: their mentions, and their numbers."""
    end = first.end
    while True:
        more = _MORE.match(text, end)
        if more is None:
            return
        found = [(m, c) for m, c in cast.named_in(more.end(), more.end() + 60) if c.person and m.start == more.end()]
        if not found:
            return
        mention, character = found[0]
        yield mention, character.number
        end = mention.end
