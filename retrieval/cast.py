"""Who is named in a document: every mention of a name, gathered into characters (pure)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from retrieval.first_names import gender_of
from retrieval.language import Name
from retrieval.mentions import WORD, Mention, is_full_name, mentions_in, parts_of_name
from retrieval.names import FEMALE_ADDRESS, MALE_ADDRESS
from retrieval.people import People

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
    mentions = mentions_in(text, names)
    groups = _merged(_grouped(mentions), people)
    characters = tuple(_character(text, i, group, people) for i, group in enumerate(groups))
    who = sorted(((m, c.number) for c in characters for m in c.mentions), key=lambda item: item[0].start)
    return Cast(characters, [m.start for m, _ in who], who)


def _grouped(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions of one character together: same first and last name, then surnames and given names alone."""
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
    person = labels["PERSON"] * 2 >= sum(labels.values()) or any(is_full_name(m) for m in group)
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


def _gender(text: str, group: Sequence[Mention]) -> str | None:
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
    given = {m.text.split()[0] for m in group if len(m.text.split()) > 1} or {m.text for m in group}
    genders = {g for g in map(gender_of, given) if g}
    return genders.pop() if len(genders) == 1 else None
