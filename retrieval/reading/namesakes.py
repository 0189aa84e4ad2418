"""Whose a surname is where it stands alone: the one full name's, another namesake's, or nobody's for sure (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from retrieval.lexicon import gender_of
from retrieval.people import People
from retrieval.reading.credits import apposition_after, title_before, told_of
from retrieval.reading.name_mentions import Mention
from retrieval.role_words import RELATIVES
from retrieval.spelling import COURTESY, FEMALE_ADDRESS, MALE_ADDRESS, folded

Key = tuple[str, str]  # given name and surname, folded

ADDRESS = (
    (MALE_ADDRESS | FEMALE_ADDRESS | COURTESY) - {"the", "air", "chief", "vice", "rear", "king", "queen", "hon", "rt"}
) | {
    "inspector",
    "detective",
    "president",
    "chancellor",
    "minister",
    "secretary",
    "farmer",
    "squire",
    "commissioner",
    "judge",
}
_LONG_FORMS = {
    "doctor": "dr", "professor": "prof", "captain": "capt", "colonel": "col", "general": "gen", "lieutenant": "lt",
    "sergeant": "sgt", "major": "maj", "admiral": "adm", "commander": "cmdr", "reverend": "rev", "brigadier": "brig",
    "senator": "sen", "representative": "rep", "governor": "gov", "ambassador": "amb", "mister": "mr",
}  # fmt: skip
# Titles that a full name is given with, once at least: who is never called so is another person.
_EARNED = {
    "dr": frozenset({"dr", "doctor", "physician", "surgeon", "gp", "medic", "psychiatrist", "specialist", "veterinarian", "scientist",
                     "researcher", "historian", "economist", "expert", "epidemiologist", "chemist", "scholar", "lecturer"}),
    "prof": frozenset({"prof", "professor", "lecturer", "scholar", "chair", "historian", "economist", "scientist", "researcher", "expert"}),
    "rev": frozenset({"rev", "reverend", "vicar", "curate", "rector", "priest", "minister", "pastor", "chaplain", "bishop", "dean", "canon"}),
    "judge": frozenset({"judge", "justice", "magistrate", "recorder", "jurist", "bench"}),
    "squire": frozenset({"squire", "landowner"}),
    "farmer": frozenset({"farmer"}),
}  # fmt: skip
_LONG = 7  # letters of a surname that stays the same one with a letter more or less
_NEAR = 150  # characters between two names of one sentence
_INTRODUCED = 300  # characters between somebody and the kin who are brought in after him
_KIN = "|".join(sorted(RELATIVES))
_SUFFIX_BEHIND = re.compile(r",?\s((?:Jr|Sr)\b\.?|I{2,3}\b)")
_BREAK = re.compile(r"[“”\"\n]|(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)[.!?;]\s")
_BESIDE = re.compile(
    rf"\W*(?:and|or|with|told|met)\s(?:(?:his|her|their)\s(?:\w+\s)?(?:{_KIN}),?\s)?(?:\w+\.?\s)?", re.IGNORECASE
)
_OWN_KIN = re.compile(
    rf"(?:\b(?:his|her|their|whose)|['’]s)\s(?:[\w\-]+\s)?(?:{_KIN})s?,?\s(?:[A-Z]\w+\.?\s)?$", re.IGNORECASE
)
_KIN_CALLED = re.compile(
    rf"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir|whose)|['’]s)\s(?:[\w\-]+\s)?(?:{_KIN}),?\s(?:the\s(?:[a-z\-]+\s){{1,3}})?$"
)


def address_before(text: str, mention: Mention) -> str:
    """The form of address, rank or office right before a name, in its short form; "" where there is none."""
    words = text[max(0, mention.start - 16) : mention.start].split("\n")[-1].split()
    word = words[-1] if words and words[-1][0].isupper() else ""
    plain = word.casefold().rstrip(".")
    return _LONG_FORMS.get(plain, plain) if plain in ADDRESS else ""


def is_titled(name: str) -> bool:
    """Whether a name is a surname with a form of address, kept because the text has a namesake: "Mrs Bennet"."""
    words = name.split()
    return (
        len(words) == 2
        and words[0][0].isupper()
        and words[0].casefold().rstrip(".") in ADDRESS
        and words[1][0].isupper()
    )


def gender_told(address: str) -> str | None:
    """The gender that "mr" or "mrs" tells."""
    return "m" if address in MALE_ADDRESS else "f" if address in FEMALE_ADDRESS else None


@dataclass(frozen=True)
class Namesakes:
    """The full names of a text, and the surnames in it that stand alone."""

    text: str
    people: People
    full: Mapping[Key, Sequence[Mention]]
    alone: Mapping[str, Sequence[Mention]]
    _apart: dict[Key, frozenset[str]] = field(default_factory=dict)
    _kin_places: dict[Key, tuple[int, ...]] = field(default_factory=dict)

    def groups(self) -> dict[tuple[str, str, str], list[Mention]]:
        """The mentions of one person together: each full name's with its surnames alone, and those of namesakes."""
        found: dict[tuple[str, str, str], list[Mention]] = {("full", *k): list(ms) for k, ms in self.full.items()}
        for word, mentions in self.alone.items():
            keys = self._by_surname.get(word) or self._by_given.get(word) or self._misspelt(word, mentions)
            chief = self._chief(self._by_surname.get(word, ()))
            couple = not keys and self._are_a_couple(mentions)
            lately: dict[str, Key] = {}
            for mention in mentions:
                address = address_before(self.text, mention)
                junior = _SUFFIX_BEHIND.match(self.text, mention.start + len(mention.text.split()[0]))
                if junior is not None and not any(self._is_called(k, junior[1]) for k in keys):
                    young = replace(mention, end=junior.end(1), text=self.text[mention.start : junior.end(1)])
                    found.setdefault(("alone", word, junior[1]), []).append(young)
                    continue
                fits = [k for k in keys if not self._is_another(mention, address, k)]
                owner = self._owner(mention, address, fits, lately.get(gender_told(address) or "", chief))
                if owner and gender_told(address):
                    lately[gender_told(address) or ""] = owner  # "Mr Bennet" goes on being the one it was
                form = address if couple or (keys and not fits) else ""
                place = _with_address(self.text, mention) if form else mention
                found.setdefault(("full", *owner) if owner else ("alone", word, form), []).append(place)
        return found

    def _is_called(self, key: Key, suffix: str) -> bool:
        """Whether a full name is written with "Jr." or the like."""
        behind = (self.text[m.end - len(suffix) : m.end + len(suffix) + 2] for m in self.full[key])
        return any(suffix in words for words in behind)

    def shared(self) -> set[str]:
        """The surnames that several of the text's people have, so that alone they are nobody's for sure."""
        forms: dict[str, set[tuple[str, str, str]]] = {}
        for group in self.groups():
            forms.setdefault(group[2] if group[0] == "full" else group[1], set()).add(group)
        return {word for word, several in forms.items() if len({g for g in several if g[2] or g[0] == "full"}) > 1}

    def _are_a_couple(self, mentions: Sequence[Mention]) -> bool:
        """Whether forms of address give one surname to a man and to a woman."""
        return {"m", "f"} <= {gender_told(address_before(self.text, m)) for m in mentions}

    @cached_property
    def _by_surname(self) -> dict[str, list[Key]]:
        found: dict[str, list[Key]] = {}
        for key in self.full:
            found.setdefault(key[1], []).append(key)
        return found

    @cached_property
    def _by_given(self) -> dict[str, list[Key]]:
        found: dict[str, list[Key]] = {}
        for key in self.full:
            found.setdefault(key[0], []).append(key)
        return found

    def _misspelt(self, word: str, mentions: Sequence[Mention]) -> list[Key]:
        """Whose surname a surname of nobody else is, but for a letter or two: "Havishan" after "Estella Havisham"."""
        if len(word) < _LONG or self.people.by_name(mentions[0].text):
            return []
        allowed = 1 if len(word) == _LONG else 2
        near = [
            key
            for key, found in self.full.items()
            if word not in (key[1] + "s", key[1] + "es")
            and key[1][0] == word[0]
            and found[0].start < mentions[0].start
            and len(key[1]) >= _LONG
            if Levenshtein.distance(key[1], word, score_cutoff=allowed) <= allowed
        ]
        return near if len(near) == 1 else []

    def _chief(self, keys: Sequence[Key]) -> Key | None:
        """Of several people with one surname whom it means alone: the one who is known best, or who has it from the start.

        Whoever is called by the surname is named in full once; his wife and his brother are always named in full.
        """
        if len(keys) < 2:
            return keys[0] if keys else None
        for person in self.people.by_name(keys[0][1])[:1]:
            for key in keys:
                if any(p.id == person.id for p in self.people.by_name(self.full[key][0].text)):
                    return key
        first, second, *_ = sorted(keys, key=lambda k: min(m.start for m in self.full[k]))
        opens, follows = (min(m.start for m in self.full[k]) for k in (first, second))
        established = any(opens < m.start < follows for m in self.alone.get(first[1], ()))
        always_in_full = len(self.full[second]) > len(self.full[first])
        return first if established or always_in_full else None

    def _owner(self, mention: Mention, address: str, fits: Sequence[Key], chief: Key | None) -> Key | None:
        """Which of the full names that fit a name alone is short for; none when it cannot be told."""
        if len(fits) < 2:
            return fits[0] if fits else None
        called = [k for k in fits if address and address in self._addresses[k]]
        if len(called) == 1:
            return called[0]
        gender = gender_told(address)
        fitting = [k for k in fits if gender is not None and self._gender(k) == gender]
        named = [k for k in fitting if any(m.start <= mention.start for m in self.full[k])]
        for sure in (fitting, named):  # "Mr Bennet" is who was named before, not a namesake who comes later
            if len(sure) == 1:
                return sure[0]
        line = self.text.rfind("\n", 0, mention.start)
        here = {k for k in fits if any(line < m.start < mention.start for m in self.full[k])}
        if len(here) == 1:
            return here.pop()
        if (
            chief is not None
            and chief in fits
            and (len(fitting) < 2 or address != "mrs" or address in self._addresses[chief])
        ):
            return chief  # "Mrs Bennet" is none of the Misses Bennet
        before = [k for k in fits if any(m.start <= mention.start for m in self.full[k])]
        return before[0] if len(before) == 1 else None

    def _gender(self, key: Key) -> str | None:
        known = next(iter(self.people.by_name(self.full[key][0].text)), None)
        return gender_of(key[0]) or (known.gender if known else None)

    def _is_another(self, mention: Mention, address: str, key: Key) -> bool:
        """Whether a name alone is not that of a full name: "Colonel Munro" beside Cora, "Dr Gibson" beside Molly."""
        given, gender = gender_of(key[0]) or self._gender_by_address(key), gender_told(address)
        if gender is not None and given is not None and gender != given:
            return True
        if folded(mention.text) != key[1]:
            return False  # a given name alone
        if not address:
            return self._is_unsure(key) or any(start <= mention.start for start in self._kin_called(key))
        if address in self._addresses[key]:
            return False
        if self._kin_of(key):
            return True
        if gender is not None and given is not None:
            return False
        later = all(m.start > mention.start for m in self.full[key])
        return later and (given == "f" or self._is_earned_by_another(address, key))

    def _kin_called(self, key: Key) -> tuple[int, ...]:
        """Where kin of a full name's are brought in by the surname alone: "His father, the lawyer Wakem"."""
        if key not in self._kin_places:
            first = min(m.start for m in self.full[key])
            self._kin_places[key] = tuple(
                m.start
                for m in self.alone.get(key[1], ())
                if m.start > first and _KIN_CALLED.search(self.text, max(0, m.start - 60), m.start)
            )
        return self._kin_places[key]

    def _is_unsure(self, key: Key) -> bool:
        """Whether a surname with no address may be that of a namesake who is brought in before the full name."""
        kin = self._kin_of(key)
        if not kin or self.people.by_name(self.full[key][0].text):
            return False
        first = min(m.start for m in self.full[key])
        return any(m.start < first for m in self.alone[key[1]] if address_before(self.text, m) in kin)

    def _is_earned_by_another(self, address: str, key: Key) -> bool:
        """Whether an address is a title that the text never gives the full name: "Dr", where Molly is no doctor."""
        wanted = _EARNED.get(address)
        return wanted is not None and not wanted & self._described[key]

    def _gender_by_address(self, key: Key) -> str | None:
        told = {g for a in self._addresses[key] if (g := gender_told(a))}
        return told.pop() if len(told) == 1 else None

    @cached_property
    def _addresses(self) -> dict[Key, frozenset[str]]:
        """The forms of address that each full name is given with."""
        return {k: frozenset({address_before(self.text, m) for m in ms} - {""}) for k, ms in self.full.items()}

    @cached_property
    def _described(self) -> dict[Key, frozenset[str]]:
        """The words by which the text says what somebody is who is named in full."""
        found = {}
        for key, mentions in self.full.items():
            told = (
                w
                for m in mentions[:40]
                for w in (title_before(self.text, m), apposition_after(self.text, m), told_of(self.text, m))
            )
            found[key] = frozenset(folded(" ".join(w for w in told if w)).split()) | self._addresses[key]
        return found

    def _kin_of(self, key: Key) -> frozenset[str]:
        """The forms of address under which the text has somebody else of that surname beside the full name."""
        if key not in self._apart:
            mine = self._addresses[key]
            found = {
                address
                for m in self.alone.get(key[1], ())
                if (address := address_before(self.text, m)) and address not in mine and self._stand_together(m, key)
            }
            self._apart[key] = frozenset(found)
        return self._apart[key]

    def _stand_together(self, mention: Mention, key: Key) -> bool:
        """Whether one sentence has a surname with its address and a full name as two people, or as kin."""
        text = self.text
        brought_in = _OWN_KIN.search(text, max(0, mention.start - 60), mention.start)
        for other in self.full[key]:
            if mention.end <= other.start <= mention.end + _NEAR:
                if not _BREAK.search(text, mention.end, other.start):
                    return True
            elif other.end <= mention.start:
                if brought_in is not None and mention.start - other.end <= _INTRODUCED:
                    return True
                if mention.start - other.end <= _NEAR and _BESIDE.fullmatch(text, other.end, mention.start):
                    return True
        return False


def _with_address(text: str, mention: Mention) -> Mention:
    """A name with the form of address before it."""
    start = mention.start - 1
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    return replace(mention, start=start, text=" ".join(text[start : mention.end].split()))
