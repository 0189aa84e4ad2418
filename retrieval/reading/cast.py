"""Who is named in a document: every mention of a name, gathered into characters (pure)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from retrieval.lexicon import BODY_NOUNS, PERSON_NOUNS, gender_of
from retrieval.people import People, Person
from retrieval.reading.name_mentions import WORD, Mention, is_full_name, mentions_in, parts_of_name, with_known_given
from retrieval.reading.namesakes import ADDRESS, Namesakes
from retrieval.reading.parse import Name
from retrieval.role_words import LINK
from retrieval.spelling import FEMALE_ADDRESS, MALE_ADDRESS, folded

_MEN = frozenset(
    "count baron duke earl spokesman congressman businessman king prince father husband widower salesman policeman".split()  # noqa: SIM905 - a list of words reads better as one
)
_CALLINGS = frozenset(
    ["spokesman", "spokeswoman", "spokesperson", "strategist", "adviser", "advisor", "envoy", "ambassador"]
)
_INTRODUCED = re.compile(r",\s(?:an?|the|who|then|now)?\s?([\w’'\- ]{3,50})")
_INTRODUCING = re.compile(r"\b([a-z]+),\s$")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?:”\"\n])\s*$")
_CALLED = 3  # letters of a given name that is short for a longer one
_ONE_NAME = 3  # times that somebody is called by one name before a word in front of it is taken off
_AT_HOME = 400  # characters around a surname in which a country tells whose it is
_CALLED_BEFORE = re.compile(r"\b[Tt]he ([a-z][a-z’'\- ]{2,40}), (?:Mr|Mrs|Ms|Miss|Dr|Captain)\.? $")
_CALLED_AFTER = re.compile(r", (?:the|an?) ([a-z][a-z’'\- ]{2,40}),")
_ANY_LEADER = frozenset(
    ["leader", "politician", "statesman", "chief", "head", "premier", "diplomat", "republican", "democrat"]
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
    doubtful: bool = False  # a surname that several of the document's people share


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


def cast_of(text: str, names: Iterable[Name], people: People, dated: date | None = None) -> Cast:
    """The characters of a text from the names found in it; surnames are joined to the full names of the same text."""
    mentions = [with_known_given(text, m, people) for m in mentions_in(text, names)]
    namesakes, bodies = _gathered(text, mentions, people)
    groups = _merged(_sorted(namesakes.groups().values(), bodies.values()), people)
    shared = namesakes.shared()
    characters = tuple(_character(text, i, group, people, dated) for i, group in enumerate(groups))
    characters = tuple(
        replace(c, doubtful=True) if c.name.casefold() in shared and c.known is None else c for c in characters
    )
    who = sorted(((m, c.number) for c in characters for m in c.mentions), key=lambda item: item[0].start)
    return Cast(characters, [m.start for m, _ in who], who)


def _shorten(full: dict[tuple[str, str], list[Mention]], alone: dict[str, list[Mention]]) -> None:
    """A surname with its particle is no full name where the text has one: "von Tarlenheim" after "Fritz von Tarlenheim"."""
    for key in [k for k, ms in full.items() if all(m.text[:1].islower() for m in ms)]:
        if any(
            k[1] == key[1] and any(f" {full[key][0].text}" in m.text for m in ms) for k, ms in full.items() if k != key
        ):
            alone.setdefault(key[1], []).extend(full.pop(key))


def _under_one_given_name(full: dict[tuple[str, str], list[Mention]]) -> None:
    """A given name and its beginning before the same surname are one person's: "Josh" and "Joshua Apley"."""
    for given, surname in list(full):
        longer = [k for k in full if k[1] == surname and k[0] != given and k[0].startswith(given)]
        if len(given) >= _CALLED and len(longer) == 1 and gender_of(given) in (None, gender_of(longer[0][0])):
            full[longer[0]].extend(full.pop((given, surname)))


def _without_first_words(
    text: str, full: dict[tuple[str, str], list[Mention]], alone: dict[str, list[Mention]], people: People
) -> None:
    """A sentence's first word is no given name of somebody who is otherwise called by one name: "Whereupon Ishmael"."""
    for key in [k for k, ms in full.items() if len(ms) == 1 and len(alone.get(k[1], ())) >= _ONE_NAME]:
        mention = full[key][0]
        first = mention.text.split()[0]
        if not _OPENS_SENTENCE.search(text, max(0, mention.start - 3), mention.start):
            continue
        if len(mention.text.split()) == 2 and gender_of(first.casefold()) is None and people.is_ordinary(first):
            start = mention.start + len(mention.text) - len(mention.text.split()[1])
            alone[key[1]].append(replace(mention, start=start, text=mention.text.split()[1]))
            del full[key]


def _gathered(
    text: str, mentions: Sequence[Mention], people: People
) -> tuple[Namesakes, Mapping[str, Sequence[Mention]]]:
    """Mentions of one name together: people's in full, their names alone, and bodies'."""
    full: dict[tuple[str, str], list[Mention]] = {}
    alone: dict[str, list[Mention]] = {}
    bodies: dict[str, list[Mention]] = {}
    persons = {
        parts_of_name(m.text)[-1]
        for m in mentions
        if (m.label == "PERSON" or is_full_name(m)) and parts_of_name(m.text)
    }
    for m in mentions:
        parts = parts_of_name(m.text)
        if not parts:
            continue
        if m.label != "PERSON" and not is_full_name(m) and (len(parts) > 1 or parts[0] not in persons):
            bodies.setdefault(" ".join(parts), []).append(m)
        elif len(parts) > 1:
            full.setdefault((parts[0], parts[-1]), []).append(m)
        else:
            alone.setdefault(parts[0], []).append(m)
    _shorten(full, alone)
    _under_one_given_name(full)
    _without_first_words(text, full, alone, people)
    _join_bodies(text, bodies, full, alone)
    return Namesakes(text, people, full, alone), bodies


def _sorted(*several: Iterable[Sequence[Mention]]) -> list[list[Mention]]:
    """Groups of mentions in the order of the text."""
    found = (sorted(group, key=lambda m: m.start) for groups in several for group in groups)
    return sorted(found, key=lambda g: g[0].start)


def _join_bodies(
    text: str,
    bodies: dict[str, list[Mention]],
    full: dict[tuple[str, str], list[Mention]],
    alone: dict[str, list[Mention]],
) -> None:
    """Take for people's what the name finder took for something else, where the text treats it as a person's name."""
    for key, found in list(bodies.items()):
        parts = key.split()
        if any(m.text.isupper() for m in found) or not any(
            is_addressed(text, m) or is_introduced(text, m) for m in found
        ):
            continue
        if len(parts) > 1:
            full.setdefault((parts[0], parts[-1]), []).extend(replace(m, label="PERSON") for m in found)
        else:
            alone.setdefault(key, []).extend(replace(m, label="PERSON") for m in found)
        del bodies[key]
    surnames = {key[1] for key in full}
    for key in [k for k in bodies if k in surnames]:
        alone.setdefault(key, []).extend(bodies.pop(key))


def is_addressed(text: str, mention: Mention) -> bool:
    """Whether a form of address or a rank stands right before a name: "Ms Everdene", "Inspector Javert"."""
    before = text[max(0, mention.start - 24) : mention.start].split("\n")[-1].split()
    if not before:
        return False
    if before[-1][0].isupper():
        return before[-1].casefold().rstrip(".") in ADDRESS
    named = len(mention.text.split()) > 1 and all(w[0].isupper() for w in mention.text.split())
    return named and before[-1] in _CALLINGS  # "the senator's spokeswoman Jane Eyre"


def is_introduced(text: str, mention: Mention) -> bool:
    """Whether an office or a calling stands beside a name, apart by a comma: "Bathsheba Everdene, a farmer, said"."""
    if not all(w[0].isupper() for w in mention.text.split()) or mention.text.split()[-1].casefold() in BODY_NOUNS:
        return False
    after = _INTRODUCED.match(text, mention.end, mention.end + 60)
    before = _INTRODUCING.search(text, max(0, mention.start - 24), mention.start)
    follows = after is not None and any(w.casefold() in PERSON_NOUNS for w in after[1].split())
    return follows or (before is not None and before[1].casefold() in PERSON_NOUNS)


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


def _character(text: str, number: int, group: list[Mention], people: People, dated: date | None) -> Character:
    labels = Counter(m.label for m in group)
    person = labels["PERSON"] * 2 >= sum(labels.values()) or any(is_full_name(m) for m in group)
    written = Counter(m.text for m in group)
    name = max(written, key=lambda t: (len(t.split()) <= 5, len(t.split()) > 1, len(t)))
    size = len(name.split())
    name = max(written, key=lambda t: (len(t.split()) == size, written[t]))
    name = " ".join(name.split())
    known = people.by_name(name)
    if len(known) > 1 and " " not in name and person:
        known = _dominant(known, _gender(text, group, by_name=False), dated)
    if " " not in name:
        known = tuple(p for p in known if p.type == "body" or is_at_home(text, group, p, people))
    one = known[0] if len(known) == 1 else None
    if one is not None:
        person = one.type == "person"
    elif " " not in name and gender_of(name.casefold()) is None and people.places.find(name) is not None:
        person = False  # a country that the name finder took for somebody; "Chad" may be
    gender = (one.gender if one else None) or (_gender(text, group) if person else None)
    return Character(number, name, person, gender, tuple(group), one.id if one else None)


def is_at_home(text: str, group: Sequence[Mention], person: Person, people: People) -> bool:
    """Whether a text that gives only a surname has anything else of a known person: given name, office, country, body.

    A body counts where it stands near the surname, a country where an office does too: namesakes come from there.
    Nothing counts where the text calls him something else, and no given name that is another surname's.
    """
    given = person.name.split()[0]
    if re.search(rf"\b{re.escape(given)}\b(?!\s[A-Z])", text):
        return True
    titles = {folded(word) for role in person.roles for word in role.title.split()}
    if any((before := text[max(0, m.start - 20) : m.start].split()) and folded(before[-1]) in titles for m in group):
        return True
    if any(_is_called_otherwise(text, m, titles) for m in group):
        return False
    near = "\n".join(text[max(0, m.start - _AT_HOME) : m.end + _AT_HOME] for m in group[:20])
    in_office = bool({folded(w) for w in WORD.findall(near)} & (titles | _ANY_LEADER) - LINK)
    for role in person.roles:
        country = people.places.find(role.of)
        if country is not None and not in_office:
            continue
        words = {
            role.of,
            *((country.name, country.capital or country.name, *country.adjectives, *country.also) if country else ()),
        }
        if any(re.search(rf"(?<!\w){re.escape(w)}(?!\w)", near) for w in words):
            return True
    return False


def _is_called_otherwise(text: str, mention: Mention, titles: set[str]) -> bool:
    """Whether a description beside a surname is none of the offices: "the second mate, Mr Stubb"."""
    before = _CALLED_BEFORE.search(text, max(0, mention.start - 60), mention.start)
    after = _CALLED_AFTER.match(text, mention.end, mention.end + 60)
    return any(m is not None and not (set(m[1].split()) & (titles | _ANY_LEADER)) for m in (before, after))


def _dominant(known: Sequence[Person], gender: str | None, dated: date | None) -> tuple[Person, ...]:
    """Of known people with one surname whom it means by itself: who held an office then, else the best known."""
    fits = [p for p in known if p.type == "person" and (gender is None or p.gender in (None, gender))]
    held = [p for p in fits if dated is not None and any(role.held_on(dated) for role in p.roles)]
    return tuple((held or fits)[:1])


def _gender(text: str, group: Sequence[Mention], *, by_name: bool = True) -> str | None:
    votes: Counter[str] = Counter()
    for m in group:
        before = {w.casefold().rstrip(".") for w in text[max(0, m.start - 40) : m.start].split("\n")[-1].split()[-2:]}
        before.add(m.text.split()[0].casefold())  # "Count Dracula"
        after = (
            {w.casefold() for w in WORD.findall(text[m.end : m.end + 30])[:3]}
            if text[m.end : m.end + 1] == ","
            else set()
        )
        if before & (MALE_ADDRESS | _MEN) or after & _MEN:
            votes["m"] += 1
        if before & (FEMALE_ADDRESS | _WOMEN) or after & _WOMEN:
            votes["f"] += 1
    if votes:
        return votes.most_common(1)[0][0]
    if not by_name:
        return None
    given = {m.text.split()[0] for m in group if len(m.text.split()) > 1} or {m.text for m in group}
    genders = {g for g in map(gender_of, given) if g}
    return genders.pop() if len(genders) == 1 else None
