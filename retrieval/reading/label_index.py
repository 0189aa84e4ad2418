"""What a record's labels and its words are looked up in: each is gone through once, however many labels there are (pure)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from rapidfuzz.distance import OSA

from retrieval.reading.label_forms import QUESTIONERS, LabelParts, initials_of, is_office
from retrieval.spelling import cased, folded

_OFTEN, _LONG = 3, 7  # times a label stands there, and its letters, from which another may be a slip of it
_ASKING = frozenset(q for q in QUESTIONERS if len(q) >= _LONG)
_MOST_PLACES = 20  # of one word that are looked at
_READ = 60_000  # characters in which names are looked for
_WORD = re.compile(r"[^\W\d_][\w’'\-]*")
_CAPITALISED = re.compile(r"(?<=[\w,]\s)[A-Z][^\W\d_A-Z][\w’'\-]*")
_LOWER = re.compile(r"\b[^\W\d_A-Z][\w’'\-]*")
_NAME_RUN = re.compile(
    r"(?<![\w-])(?<!-\s)((?:[A-Z](?:[\w’']|-(?!-)){1,40}[^\S\n]{1,9}|[A-Z]\.[^\S\n]{0,9}){1,3})([A-Z](?:[\w’']|-(?!-)){0,40})(?!\w)"
)
_IN_BRACKETS = re.compile(r"([^\s\[(]{1,60})\s?[\[(]([^\])\n]{3,80})[\])]")
_ADDRESSED = re.compile(r"((?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord)\.?)\s([\w’'\-]+)", re.IGNORECASE)
_ALIKE = {"ms": "miss"}


class WrittenLabels:
    """All labels of a record, by the names, initials and forms of address in them."""

    def __init__(self, written: Iterable[str], parts: Callable[[str], LabelParts]) -> None:
        times = Counter(written)
        self.every = tuple(times)
        self._often = {label: often for label, often in times.items() if often >= _OFTEN}
        self._times = times
        self.parts = {label: parts(label) for label in self.every}
        self._by_last: dict[str, list[str]] = defaultdict(list)
        self._by_initials: dict[str, list[str]] = defaultdict(list)
        self._last_words: dict[str, int] = defaultdict(int)
        self._addresses: dict[str, set[str]] = defaultdict(set)
        self._names: set[str] = set()
        for label, told in self.parts.items():
            self._add(label, folded(told.name))

    def _add(self, label: str, name: str) -> None:
        self._names.add(name)
        if name:
            self._by_last[name.rpartition(" ")[2]].append(label)
        self._by_initials[initials_of(label)].append(label)
        self._last_words[folded(label).rpartition(" ")[2]] += 1
        mine = _ADDRESSED.fullmatch(label)
        if mine is not None:
            plain = mine[1].casefold().rstrip(".")
            self._addresses[folded(mine[2])].add(_ALIKE.get(plain, plain))

    def meant(self, label: str) -> str:
        """The label that is meant: of one that is written once or twice and is a slip of another, that other ("PRIME MINSTER")."""
        if len(label) < _LONG or self._times[label] >= _OFTEN:
            return label
        asking = next((q for q in _ASKING if OSA.distance(label.casefold(), q, score_cutoff=1) == 1), None)
        if asking is not None:
            return asking.upper()  # "JOURNALSIT"
        alike = [other for other in self._often if OSA.distance(label, other, score_cutoff=1) == 1]
        return alike[0] if len(alike) == 1 else label

    def named(self, surname: str) -> list[str]:
        """The names, as written, of the labels whose name ends in a surname."""
        return [self.parts[label].name for label in self._by_last.get(surname, ())]

    def has_name(self, name: str) -> bool:
        """Whether a name, folded, is that of a label."""
        return name in self._names

    def of_initials(self, label: str) -> list[str]:
        """The other labels that a label may be the initials of."""
        return [w for w in self._by_initials.get(label, ()) if w != label]

    def ends_another(self, word: str, label: str) -> bool:
        """Whether another label ends in a word."""
        return self._last_words.get(word, 0) > (folded(label).rpartition(" ")[2] == word)

    def addressed(self, label: str) -> str | None:
        """A surname with its form of address where the record has another of it: "Mrs. Bennet" beside "MR. BENNET"."""
        mine = _ADDRESSED.fullmatch(label)
        if mine is None or len(self._addresses.get(folded(mine[2]), ())) < 2:
            return None
        return f"{cased(mine[1])} {cased(mine[2])}"


class RecordWords:
    """Where the words of a record stand, and which names it has in full."""

    def __init__(self, text: str, front: str) -> None:
        self._text = text
        self._front = front

    @cached_property
    def lower(self) -> frozenset[str]:
        """The words that the text has in small letters."""
        return frozenset(_LOWER.findall(self._text))

    @cached_property
    def _capitalised(self) -> frozenset[str]:
        return frozenset(_CAPITALISED.findall(self._text))

    def has_name(self, word: str) -> bool:
        """Whether the text has a word with a capital in the middle of a sentence."""
        return word in self._capitalised

    @cached_property
    def _places(self) -> Mapping[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for word in _WORD.finditer(self._text, 0, _READ):
            places = found[word.group().casefold()]
            if len(places) < _MOST_PLACES:
                places.append(word.span())
        return found

    @cached_property
    def _in_full(self) -> Mapping[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for run in _NAME_RUN.finditer(self._front + "\n" + self._text[:_READ]):
            found[folded(run[2])].append((run[1].split()[-1], run[2]))
        return found

    @cached_property
    def _bracketed(self) -> Mapping[str, list[tuple[int, str]]]:
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for match in _IN_BRACKETS.finditer(self._text):
            if is_office(match[2]):
                found[match[1]].append((match.end(1), match[2].strip()))
        return found

    def places(self, word: str) -> list[tuple[int, int]]:
        """The first places of a word, in capitals or not."""
        return self._places.get(word.casefold(), [])

    def in_small(self, word: str) -> str | None:
        """A name's word as the text has it with a capital and small letters: "MacHeath" for "MACHEATH"."""
        forms = (self._text[a:b] for a, b in self.places(word))
        return next((f for f in forms if f[:1].isupper() and not f.isupper() and f == cased(f)), None)

    def with_given(self, surname: str) -> list[tuple[str, str]]:
        """What stands before a surname, and the surname as written, in order."""
        return self._in_full.get(surname, [])

    def office_behind(self, label: str) -> str:
        """The office that stands in brackets behind a label somewhere: "Becky Sharp (NATO Spokesperson):"."""
        for end, office in self._bracketed.get(label.rpartition(" ")[2], ()):
            if self._text.endswith(label, 0, end) if end < len(label) else self._text[end - len(label) : end] == label:
                return office
        return ""
