"""Who is named in a document: every mention of a name, gathered into characters (pure)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from retrieval.first_names import FEMALE, MALE, gender_of
from retrieval.language import Name
from retrieval.names import FEMALE_ADDRESS, MALE_ADDRESS, PARTICLES, SUFFIXES, folded
from retrieval.people import People

_WORD = re.compile(r"[^\W\d_][\w'’.\-]*")
# Words that stand in front of names without being part of them
TITLES = (
    MALE_ADDRESS
    | FEMALE_ADDRESS
    | frozenset(
        [
            "dr",
            "doctor",
            "prof",
            "professor",
            "gen",
            "general",
            "lt",
            "lieutenant",
            "col",
            "colonel",
            "maj",
            "major",
            "adm",
            "admiral",
            "capt",
            "captain",
            "cmdr",
            "commander",
            "sgt",
            "sergeant",
            "sen",
            "senator",
            "rep",
            "representative",
            "congressman",
            "congresswoman",
            "gov",
            "governor",
            "amb",
            "ambassador",
            "president",
            "prime",
            "minister",
            "secretary",
            "chairman",
            "chairwoman",
            "chancellor",
            "mayor",
            "judge",
            "justice",
            "attorney",
            "speaker",
            "director",
            "commissioner",
            "spokesman",
            "spokeswoman",
            "king",
            "queen",
            "prince",
            "pope",
            "candidate",
            "nominee",
            "former",
            "vice",
            "deputy",
            "the",
            "premier",
            "chief",
            "minister",
            "us",
            "uk",
            "u.s",
            "u.k",
            "sheriff",
            "officer",
            "detective",
            "reverend",
            "rev",
            "hon",
        ]
    )
)
_GIVEN_AND_SURNAME = re.compile(r"(?<![\w’'.-])([A-Z][\w-]+) ([A-Z][^\W\d_]{2,})(?![\w-])")
# Given names that are ordinary words too: no evidence by themselves
_ALSO_WORDS = frozenset(
    [
        "will",
        "may",
        "april",
        "june",
        "faith",
        "hope",
        "grace",
        "rose",
        "violet",
        "ivy",
        "dawn",
        "joy",
        "pearl",
        "ruby",
        "opal",
        "mark",
        "bill",
        "frank",
        "dean",
        "grant",
        "drew",
        "gene",
        "hank",
        "jack",
        "rob",
        "art",
        "chase",
        "guy",
        "lance",
        "miles",
        "rich",
        "ray",
        "max",
        "victor",
        "christian",
        "jordan",
        "austin",
        "chelsea",
        "florence",
        "georgia",
        "virginia",
        "carolina",
        "savannah",
        "charlotte",
        "sydney",
        "logan",
        "prince",
        "king",
        "duke",
        "earl",
        "major",
        "judge",
        "bishop",
        "pope",
        "dolores",
        "mercedes",
        "santiago",
        "francisco",
        "diego",
        "san",
        "santa",
    ]
)
_GIVEN_BEFORE = re.compile(r"(?<![\w’'-])([A-Z][\w’'-]+) $")
_BODY_LABELS = ("ORG", "GPE", "NORP", "FAC", "LOC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART")
_MEN = frozenset(
    "count baron duke earl spokesman congressman businessman king prince father husband widower salesman policeman".split()  # noqa: SIM905 - a list of words reads better as one
)
_WOMEN = frozenset(
    [
        "countess",
        "duchess",
        "baroness",
        "spokeswoman",
        "congresswoman",
        "chairwoman",
        "businesswoman",
        "assemblywoman",
        "actress",
        "queen",
        "princess",
        "mother",
        "wife",
        "widow",
        "sister",
        "daughter",
        "policewoman",
    ]
)
_POSSESSIVE = re.compile(r"(?:['’‘]s?)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in the text."""

    start: int
    end: int
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody or something a document names."""

    number: int
    name: str  # the fullest form the document has
    person: bool
    gender: str | None
    mentions: tuple[Mention, ...]
    known: str | None = None  # id in people.toml
    unnamed: bool = False  # described, never named: `name` is the description


@dataclass(frozen=True)
class Cast:
    """The characters of a document, and which of them is named where."""

    characters: tuple[Character, ...]
    _places: list[int] = field(default_factory=list)
    _who: list[tuple[Mention, int]] = field(default_factory=list)

    @cached_property
    def _all(self) -> tuple[list[int], list[int]]:
        """Every mention's place, and whose it is, in order."""
        places = sorted((m.start, c.number) for c in self.characters for m in c.mentions)
        return [p for p, _ in places], [n for _, n in places]

    def near(self, at: int, reach: int) -> set[int]:
        """The characters mentioned at most `reach` characters before `at`."""
        places, numbers = self._all
        return set(numbers[bisect_left(places, at - reach) : bisect_left(places, at)])

    def with_mentions(self, extra: Mapping[int, Sequence[Mention]], strangers: Sequence[Character]) -> Cast:
        """The cast with places added where characters are meant without being named, and with people never named."""
        grown = [
            replace(c, mentions=tuple(sorted((*c.mentions, *extra[c.number]), key=lambda m: m.start)))
            if c.number in extra
            else c
            for c in self.characters
        ]
        return Cast((*grown, *strangers), self._places, self._who)

    def named_in(self, start: int, end: int) -> list[tuple[Mention, Character]]:
        """The names that stand within a stretch, in order."""
        found = []
        at = bisect_left(self._places, start)
        while at < len(self._who) and self._places[at] < end:
            mention, number = self._who[at]
            if mention.end <= end:
                found.append((mention, self.characters[number]))
            at += 1
        return found


def cast_of(text: str, names: Iterable[Name], people: People) -> Cast:
    """The characters of a text from the names found in it; surnames are joined to the full names of the same text."""
    mentions = [m for n in names if (m := _mention(text, n)) is not None]
    mentions = _with_repeated_surnames(text, _with_given_names(text, mentions))
    groups = _merged(_grouped(mentions), people)
    characters = tuple(_character(text, i, group, people) for i, group in enumerate(groups))
    who = sorted(((m, c.number) for c in characters for m in c.mentions), key=lambda item: item[0].start)
    return Cast(characters, [m.start for m, _ in who], who)


def _mention(text: str, name: Name) -> Mention | None:
    """A name without titles in front and possessive endings behind."""
    if name.label not in ("PERSON", *_BODY_LABELS):
        return None
    start, end = name.start, name.end
    words = list(_WORD.finditer(text, start, end))
    if name.label == "PERSON":
        while len(words) > 1 and words[0].group().casefold().rstrip(".") in TITLES:
            words.pop(0)
    else:
        while len(words) > 1 and words[0].group().casefold() == "the":
            words.pop(0)
    if not words or (not words[-1].group()[0].isupper() and name.label == "PERSON"):
        return None
    start = words[0].start()
    label = name.label
    given = (
        _GIVEN_BEFORE.search(text, max(0, start - 20), start)
        if len(words) == 1 and words[0].group()[0].isupper()
        else None
    )
    if given is not None and (given.group(1).casefold() in MALE or given.group(1).casefold() in FEMALE):
        start, label = given.start(1), "PERSON"  # a given name that the name finder left out
    written = text[start : words[-1].end()].rstrip(".,;:-")
    written = _POSSESSIVE.sub("", written)
    if not written or "\n" in written:
        return None
    return Mention(start, start + len(written), written, label)


def _with_given_names(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, and every given name with a surname that the name finder passed over."""
    taken = sorted((m.start, m.end) for m in mentions)
    starts = [s for s, _ in taken]
    found = list(mentions)
    for match in _GIVEN_AND_SURNAME.finditer(text):
        given = match.group(1).casefold()
        if given in _ALSO_WORDS or not (given in MALE or given in FEMALE) or match.group(2).casefold() in TITLES:
            continue
        at = bisect_left(starts, match.end())
        if at == 0 or taken[at - 1][1] <= match.start():
            found.append(Mention(match.start(), match.end(), match.group(), "PERSON"))
    return sorted(found, key=lambda m: m.start)


def _with_repeated_surnames(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, and every further place where the surname of a fully named person stands alone."""
    taken = sorted((m.start, m.end) for m in mentions)
    full = {m.text.split()[-1] for m in mentions if m.label == "PERSON" and len(m.text.split()) > 1}
    surnames = sorted({s for s in full if len(s) > 2 and s[0].isupper()}, key=len, reverse=True)[:400]
    if not surnames:
        return list(mentions)
    found = list(mentions)
    pattern = re.compile(r"(?<![\w’'-])(?:" + "|".join(re.escape(s) for s in surnames) + r")(?![\w-])")
    starts = [s for s, _ in taken]
    for match in pattern.finditer(text):
        at = bisect_left(starts, match.end())
        if at == 0 or taken[at - 1][1] <= match.start():
            found.append(Mention(match.start(), match.end(), match.group(), "PERSON"))
    return sorted(found, key=lambda m: m.start)


def parts_of_name(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without "Jr." and the like."""
    words = [w for w in folded(name).split() if w not in SUFFIXES]
    return tuple(words)


def _grouped(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions of one character together: same first and last name, then surnames and given names alone."""
    full: dict[tuple[str, str], list[Mention]] = {}
    alone: dict[str, list[Mention]] = {}
    bodies: dict[str, list[Mention]] = {}
    persons = {
        parts_of_name(m.text)[-1]
        for m in mentions
        if (m.label == "PERSON" or _is_full_name(m)) and parts_of_name(m.text)
    }
    for m in mentions:
        parts = parts_of_name(m.text)
        if not parts:
            continue
        if m.label != "PERSON" and not _is_full_name(m) and (len(parts) > 1 or parts[0] not in persons):
            bodies.setdefault(" ".join(parts), []).append(m)
        elif len(parts) > 1:
            full.setdefault((parts[0], parts[-1]), []).append(m)
        else:
            alone.setdefault(parts[0], []).append(m)
    by_surname: dict[str, list[tuple[str, str]]] = {}
    by_given: dict[str, list[tuple[str, str]]] = {}
    for key in full:
        by_surname.setdefault(key[1], []).append(key)
        by_given.setdefault(key[0], []).append(key)
    groups = {("full", *key): list(found) for key, found in full.items()}
    for word, found in alone.items():
        for m in found:
            owner = _owner(m, by_surname.get(word) or by_given.get(word) or [], full)
            groups.setdefault(("full", *owner) if owner else ("alone", word, ""), []).append(m)
    result = [sorted(g, key=lambda m: m.start) for g in groups.values()] + list(bodies.values())
    return sorted(result, key=lambda g: g[0].start)


def _merged(groups: Sequence[list[Mention]], people: People) -> list[list[Mention]]:
    """Groups that are one known person under two spellings made one."""
    merged: list[list[Mention]] = []
    by_id: dict[str, list[Mention]] = {}
    for group in groups:
        name = max((m.text for m in group), key=lambda t: len(t.split()))
        known = people.by_name(name) if len(name.split()) > 1 else ()
        if len(known) == 1 and known[0].id in by_id:
            by_id[known[0].id].extend(group)
            continue
        if len(known) == 1:
            by_id[known[0].id] = group
        merged.append(group)
    return merged


def _owner(
    mention: Mention, keys: Sequence[tuple[str, str]], full: dict[tuple[str, str], list[Mention]]
) -> tuple[str, str] | None:
    """Which of several full names a surname alone means: the one named most, when it is named before."""
    if not keys:
        return None
    return max(keys, key=lambda k: (any(m.start <= mention.start for m in full[k]), len(full[k]), -full[k][0].start))


def _character(text: str, number: int, group: list[Mention], people: People) -> Character:
    labels = Counter(m.label for m in group)
    person = labels["PERSON"] * 2 >= sum(labels.values()) or any(_is_full_name(m) for m in group)
    written = Counter(m.text for m in group)
    name = max(written, key=lambda t: (len(t.split()) <= 5, len(t.split()) > 1, len(t)))
    size = len(name.split())
    name = max(written, key=lambda t: (len(t.split()) == size, written[t]))
    name = " ".join(name.split())
    known = people.by_name(name)
    one = known[0] if len(known) == 1 else None
    if one is not None:
        person = one.type == "person"
    gender = (one.gender if one else None) or (_gender(text, group) if person else None)
    return Character(number, name, person, gender, tuple(group), one.id if one else None)


def _is_full_name(mention: Mention) -> bool:
    """A person's label on several words, or on a known given name with a surname; surnames alone are often mislabelled."""
    words = mention.text.split()
    if len(words) < 2:
        return False
    return mention.label == "PERSON" or words[0].casefold() in MALE or words[0].casefold() in FEMALE


def _gender(text: str, group: Sequence[Mention]) -> str | None:
    votes: Counter[str] = Counter()
    for m in group:
        before = {w.casefold().rstrip(".") for w in text[max(0, m.start - 40) : m.start].split("\n")[-1].split()[-2:]}
        before.add(m.text.split()[0].casefold())  # "Count Dracula"
        after = (
            {w.casefold() for w in _WORD.findall(text[m.end : m.end + 30])[:3]}
            if text[m.end : m.end + 1] == ","
            else set()
        )
        if before & (MALE_ADDRESS | _MEN) or after & _MEN:
            votes["m"] += 1
        if before & (FEMALE_ADDRESS | _WOMEN) or after & _WOMEN:
            votes["f"] += 1
    if votes:
        return votes.most_common(1)[0][0]
    given = {m.text.split()[0] for m in group if len(m.text.split()) > 1} or {m.text for m in group}
    genders = {g for g in map(gender_of, given) if g}
    return genders.pop() if len(genders) == 1 else None


def is_particle(word: str) -> bool:
    """Whether a word is a small part of a surname: "van", "de"."""
    return folded(word) in PARTICLES
