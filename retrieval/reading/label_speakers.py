"""From a transcript's label to a person: "THE PRESIDENT", "MR. KIRBY", "SECRETARY GENERAL STOLTENBERG" (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType

from retrieval.lexicon import FEMALE, MALE, PERSON_NOUNS, STRONG, gender_of, is_person_noun
from retrieval.model import Speaker
from retrieval.people import People, Person
from retrieval.reading.cast import is_at_home
from retrieval.reading.credits import title_before
from retrieval.reading.label_forms import (
    GENERIC,
    OFFICES,
    SMALL_WORDS,
    LabelParts,
    is_questioner,
    names_body,
    parts_of_label,
)
from retrieval.reading.label_index import RecordWords, WrittenLabels
from retrieval.reading.label_offices import STANDING_IN, addressees, holders, listed_holder, named_with, presides
from retrieval.reading.name_mentions import Mention
from retrieval.reading.namesakes import ADDRESS
from retrieval.reading.proper_names import OUTLETS, person_name
from retrieval.role_words import FURTHER, OPENERS
from retrieval.spelling import COURTESY, FEMALE_ADDRESS, PARTICLES, SUFFIXES, cased, folded

_FULL_NAME = re.compile(r"\b[A-Z][\w’'\-]+(?:\s[A-Z][\w’'\-]+){1,2}\b")
_INTERVIEWED = re.compile(
    r"\b(?:Q&A|[Ii]nterview(?:ed|s)?|[Cc]onversation|[Ss]poke|[Tt]alked|[Ss]at\sdown|[Qq]uestions)\s+(?:with|to|for)\s+"
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Prof|President|Secretary|General|Minister)\.?\s+)*([A-Z][\w’'\-]+(?:\s(?:de|von|van|la|of|[A-Z][\w’'\-]+))*\s[A-Z][\w’'\-]+)"
)
_HEAD = 1_500  # characters above the first label that may say who holds an office
_SHORT_FOR = {"pm": "prime minister"}
_MERE_ADDRESS = frozenset("the mr mister mrs ms miss madam hon rt mx sir lord lady dame".split())  # noqa: SIM905 - a list of words reads better as one
_INITIALS = 2  # letters
_SHORT = 4  # letters of an abbreviation
_NUMBERED = re.compile(r"(\D+)\d{1,3}")  # "WITNESS 10", "SCO1"


class Labels:
    """Resolves the labels of one document; `written` are all that it has, as they stand there.

    `asked` is what was asked right before each label, `head` what stands above the first, `seat` the country whose office
    publishes the record.
    """

    def __init__(
        self,
        text: str,
        title: str | None,
        published: date | None,
        people: People,
        written: Sequence[str] = (),
        asked: Mapping[str, Sequence[str]] = MappingProxyType({}),
        head: str | None = None,
        seat: str | None = None,
    ) -> None:
        self._text = text
        self._title = " ".join((title or "").split())
        self._front = self._title + "\n" + text[:1_500]
        self._head = (text if head is None else head)[:_HEAD]
        self._asked, self._seat = asked, seat
        self._published = published
        self._people = people
        self._places: dict[str, str | None] = {}
        self._labels = WrittenLabels(written, self._parts)
        self._words = RecordWords(text, self._front)
        self._known: dict[str, tuple[Speaker | None, str]] = {}
        self._offices: dict[str, str | None] = {}

    def speaker(self, label: str) -> tuple[Speaker | None, str]:
        """Who stands behind a label, and why; nobody when it is a questioner's or cannot be told for sure."""
        if label not in self._known:
            self._known[label] = self._sane(label, *self._found(self._labels.meant(label)))
        return self._known[label]

    def _sane(self, label: str, speaker: Speaker | None, evidence: str) -> tuple[Speaker | None, str]:
        """The same, where the words for a person who is not known from elsewhere are a name; nobody else."""
        if speaker is None or speaker.unnamed or self._people.get(speaker.id or ""):
            return speaker, evidence
        name = person_name(speaker.name, self._people.is_ordinary)
        if name is None or not speaker.name.endswith(name) or self._is_slip(label, name):
            return None, f"“{speaker.name}” is no name"
        return speaker, evidence

    def _is_slip(self, label: str, name: str) -> bool:
        """Whether a name that stands once in a whole record can be anything: no office, form of address or given name tells."""
        words = folded(name).split()
        told = words[0] in MALE | FEMALE or words[-1] in folded(self._title).split() or self._parts(label).office
        if told or len(self._labels.every) < 2 or not label.isupper():
            return False
        return set(folded(label).split()) == set(words) and len(self._words.places(words[-1])) == 1

    def _found(self, label: str) -> tuple[Speaker | None, str]:
        if is_questioner(label):
            return None, f"“{label}” asks, and is not named"
        if any(c.isdigit() for c in label):
            return self._numbered(label)
        words = folded(label).split()
        front = folded(label.partition(", ")[0]).split()  # "MINA HARKER, ANCHOR" is somebody
        if words and words[-1] in GENERIC and (front == words or front[-1] in GENERIC):
            if words[-1].startswith("spokes") and (found := self._by_office(label, words)):
                return found
            name = label.casefold() if label.isupper() else label
            return Speaker(
                None, re.sub(r"^(?:a|an|the)\s+", "", name), "unnamed"
            ), f"“{label}” is a speaker without a name"
        if self._is_two(label):
            return None, f"“{label}” is more than one"
        names = [] if self._is_bare_office(label) else self._names(label)
        if names and names[-1] in OUTLETS:
            return None, f"“{label}” is whoever asks for that paper, and is not named"
        if len(words) == 1 and words[0] in _SHORT_FOR:
            return self._by_office(label, words) or (None, f"“{label}” could not be told for sure")
        if self._is_calling(label, words):
            return Speaker(
                None, label.casefold(), "unnamed"
            ), f"“{label}” is what somebody is called in the text, and no name"
        if ((label.isupper() and len(label) <= 3) or label.casefold() == "answer") and not self._people.by_name(label):
            return self._by_initials(label)
        found = self._by_name(label, names) if names else self._by_office(label, words)
        if found is None and not names and self._names(label):
            described = re.sub(r"^the\s", "", label.casefold() if label.isupper() else label, flags=re.IGNORECASE)
            return Speaker(None, described, "unnamed"), f"“{label}” is an office whose holder the text does not name"
        return found or (None, f"“{label}” could not be told for sure")

    def _numbered(self, label: str) -> tuple[Speaker | None, str]:
        """A source that the record knows by a number, "SCO1" or "SPEAKER_01": described, and nobody by name."""
        whole = next((w for w in self._labels.every if w != label and w.endswith(f" {label}")), label)
        noun = _NUMBERED.fullmatch(whole)
        words = [w for w in folded(noun[1]).split() if w != "no"] if noun is not None else []
        if not words or (len(words) > 1 and not any(map(is_person_noun, words))):
            return None, f"“{label}” is nobody's name"
        described = whole.casefold() if whole.isupper() and " " in whole else whole
        return Speaker(None, described, "unnamed"), f"“{label}” is known by a number"

    def _is_two(self, label: str) -> bool:
        """Whether a label names two people: "DR. LIVESEY and SQUIRE TRELAWNEY"."""
        if (
            ", " in label
            and self._parts(label).office
            and self._parts(label).name
            and " and " not in f" {folded(self._parts(label).name)} "
        ):
            return False  # "MINISTER FOR ROADS AND BRIDGES, ARTHUR CLENNAM"
        sides = [folded(side).split() for side in re.split(r"\s(?:and|&)\s", label, flags=re.IGNORECASE)]
        if len(sides) < 2 or not all(sides):
            return False
        opens = ADDRESS | OFFICES | MALE | FEMALE
        return all(
            (s[0] in opens and self._names(" ".join(s))) or self._labels.ends_another(s[-1], label) for s in sides
        )

    def _is_calling(self, label: str, words: list[str]) -> bool:
        """Whether a single word is none that the text has as a name, though it has it as a word: "CALLER"."""
        if len(words) != 1 or words[0] in OFFICES or not label.isupper() or self._labels.named(words[0])[1:]:
            return False
        return words[0] in self._words.lower and not self._words.has_name(label.capitalize())

    def _is_bare_office(self, label: str) -> bool:
        """Whether a label is an office and no name, though not all its words are offices': "DEPUTY WARDEN", "ACTING CAPTAIN"."""
        if self._parts(label).office and self._parts(label).name and ", " in label:
            return False  # "THE SECRETARY GENERAL, RUDOLF RASSENDYLL"
        words = [w for w in folded(label.partition(", ")[0]).split() if w != "the"]
        if len(words) < 2 or "." in label or words[0] in MALE | FEMALE:
            return False
        last = words[-1]
        if last in PERSON_NOUNS | FURTHER | COURTESY and not (last in COURTESY and last in MALE | FEMALE):
            return True
        stands_in = words[0] in STANDING_IN and len(words) == 2
        return stands_in and self._people.is_ordinary(last) and self._full_name([last], label) == last.title()

    def _parts(self, label: str) -> LabelParts:
        return parts_of_label(label, self._place)

    def _place(self, words: str) -> str | None:
        if words not in self._places:
            self._places[words] = self._found_place(words)
        return self._places[words]

    def _found_place(self, words: str) -> str | None:
        body = next((p.name for p in self._people.by_name(words) if p.type == "body"), None)
        country = self._people.places.find(words)
        return body or (country.name if country else None)

    def _names(self, label: str) -> list[str]:
        """The words of a label that are a name."""
        words = folded(self._parts(label).name).split()
        return [w for w in words if w not in OFFICES | COURTESY | SUFFIXES and not w.isdigit()]

    def role(self, label: str) -> str | None:
        """The office that a label carries with a name, or that the title or the opening puts before that name."""
        if label not in self._offices:
            self._offices[label] = self._found_role(label)
        return self._offices[label]

    def _found_role(self, label: str) -> str | None:
        office = self._parts(label).office
        plain = [w for w in office.split() if folded(w) not in COURTESY or folded(w) in OFFICES]
        words = " ".join(plain) or self._words.office_behind(label)
        speaker, _ = self.speaker(label)
        if speaker is None or speaker.unnamed:
            return None
        for match in re.finditer(re.escape(speaker.name.split()[-1]), self._front):
            start = self._front.rfind(speaker.name.split()[0], 0, match.end())
            place = match.start() if start < 0 or match.start() - start > len(speaker.name) else start
            if place == match.start() and " " in speaker.name and folded(speaker.name) in folded(label):
                continue  # "Judge Thatcher" may be another than the one whose label is "Becky Thatcher"
            before = title_before(self._front, Mention(place, match.end(), self._front[place : match.end()], "PERSON"))
            while before and (folded(last := before.split()[-1]) in MALE | FEMALE or len(folded(last)) == 1):
                before = before.rpartition(" ")[0]  # "President" of "President Samuel P. Pickwick"
            if before and len(before.split()) >= len(words.split()):
                return before
        return (_in_small_letters(words) if words.isupper() else words) or None

    def _by_initials(self, label: str) -> tuple[Speaker | None, str]:
        """Of "A:" whoever is interviewed, of "JH:" the only one in the title or opening with these initials."""
        if label.casefold() in ("a", "answer"):
            found = {m.group(1) for m in _INTERVIEWED.finditer(self._front)} or self._principals()
        else:
            whole = self._labels.of_initials(label)
            if len(whole) == 1:  # "Captain Nemo:", then "CN:"
                return self.speaker(whole[0])
            names = {m.group() for m in _FULL_NAME.finditer(self._front)}
            found = {n for n in names if "".join(w[0] for w in n.split()) == label}
            offices = {n for n in found if set(folded(n).split()) <= OFFICES}
            if len(offices) == 1:  # "SG" under "Secretary General"
                office = folded(offices.pop()).split()
                return self._by_office(label, office) or (None, f"“{label}” could not be told for sure")
        if len(found) != 1:
            return None, f"“{label}” could not be told for sure"
        return self._speaker_named(found.pop()), f"“{label}” answers, and the opening names who is asked"

    def _principals(self) -> set[str]:
        """The names of those who have a label of their own."""
        names = {
            told.name
            for w, told in self._labels.parts.items()
            if not is_questioner(w) and not (w.isupper() and len(w) <= 3)
        }
        return {name for name in names if len(name.split()) > 1}

    def _speaker_named(self, name: str) -> Speaker:
        known = self._people.by_name(name)
        if len(known) == 1:
            return _speaker(known[0])
        return _unlisted(name)

    def _by_name(self, label: str, names: list[str]) -> tuple[Speaker | None, str] | None:
        known = self._people.by_name(label) or self._people.by_name(" ".join(names))
        known = tuple(p for p in known if p.type == "body" or _fits(label, p.name.split()[0]))
        if len(names) == 1 and (called := self._labels.addressed(label)) is not None:
            return _unlisted(called), f"the turn is labelled “{label}”, and others have that surname"
        if len(names) == 1:
            known = tuple(p for p in known if p.type == "body" or self._is_here(p, names[0]))
            if others := self._namesakes(label, names[0]):
                known = tuple(p for p in known if p.type == "body" or others & set(folded(p.name).split()))
        if len(known) > 1:
            held = [p for p in known if any(w in folded(self._front) for w in (folded(p.name),))]
            known = tuple(held)
        if len(known) == 1:
            return _speaker(known[0]), f"the turn is labelled “{label}”"
        full = self._full_name(names, label)
        if full is None:
            return None
        told = self._speaker_named(full) if " " in full else _unlisted(full)  # a known surname means nobody by itself
        return told, f"the turn is labelled “{label}”"

    def _namesakes(self, label: str, surname: str) -> set[str]:
        """The given names that the text has before a surname, where its label gives no office: whom else can it mean?"""
        if set(folded(self._parts(label).office).split()) - COURTESY:
            return set()
        before = (given for given, _ in self._words.with_given(surname))
        return {folded(given) for given in before if folded(given) in MALE | FEMALE and _fits(label, given)}

    def _is_here(self, person: Person, surname: str) -> bool:
        """Whether a known person's surname alone can mean him here: the text has his given name, office or country."""
        opening = self._title + "\n"
        in_title = [m.span() for m in re.finditer(rf"\b{re.escape(surname)}\b", opening, re.IGNORECASE)]
        group = [Mention(a, b, opening[a:b], "PERSON") for a, b in in_title]
        group += [
            Mention(a + len(opening), b + len(opening), self._text[a:b], "PERSON")
            for a, b in self._words.places(surname)
        ]
        return is_at_home(self._whole, group, person, self._people)

    @cached_property
    def _whole(self) -> str:
        """The title and the text."""
        return self._title + "\n" + self._text

    def _full_name(self, names: list[str], label: str = "") -> str | None:
        """The name with its given name, as the title or the text has it; the label's own words otherwise."""
        label_name = self._as_written(names, label)
        name = self._parts(label).name
        if len(names) == 2 and len(names[0]) == 1:  # "E BERTRAM" behind "EDMUND BERTRAM"
            same = {
                n
                for n in self._labels.named(names[1])
                if len(f := folded(n).split()) > 1 and f[-1] == names[1] and f[0][0] == names[0] and len(f[0]) > 1
            }
            if len(same) == 1:
                return self._full_name(folded(whole := same.pop()).split(), whole)
        if len(names) > 1 and not name.isupper() and folded(name) == " ".join(names):
            return name
        if len(names) > 1:
            in_front = re.search(re.escape(label_name), self._front, re.IGNORECASE)
            return in_front.group() if in_front and not in_front.group().isupper() else label_name
        found = [
            f"{cased(given)} {cased(surname)}"
            for given, surname in self._words.with_given(names[-1])
            if self._is_given(given) and _fits(label, given)
        ]
        shouted = {
            " ".join(map(cased, n.split())) for n in self._labels.named(names[-1]) if n.isupper() and len(n.split()) > 1
        }
        found += sorted(n for n in shouted if _fits(label, n.split()[0]))
        found = [f for f in dict.fromkeys(found) if not self._is_another(label, f)]
        written = next(iter(dict.fromkeys(found)), None)
        return written if len(set(found)) <= 1 and written else (written or label_name)

    def _as_written(self, names: list[str], label: str) -> str:
        """The words of a label that are its name, in the letters that the text has for them where it has them in small ones."""
        words = [w.strip(",()") for w in self._parts(label).name.split()]
        words = [w if _is_initials(w) else w.strip(".") for w in words]
        kept = [w for w in words if set(folded(w).split()) & set(names)]
        shown = (w if _is_initials(w) else self._words.in_small(w) or cased(w) for w in kept)
        return " ".join(shown) or " ".join(n.title() for n in names)

    def _is_another(self, label: str, full: str) -> bool:
        """Whether "Judge Thatcher" is not Becky Thatcher, who has a label of her own and is nowhere called a judge."""
        name = folded(full)
        surname = name.rpartition(" ")[2]
        told = [w for w in re.findall(r"[^\W\d_]+", label) if folded(w) not in _MERE_ADDRESS]
        office = [w for w in told if folded(w) != surname]
        if not office or not self._labels.has_name(name):
            return False
        called = (
            re.escape(office[-1]) if len(office[-1]) > _SHORT else rf"{re.escape(office[-1])}\w*"
        )  # "GEN." is General
        person = re.escape(full)
        tied = re.compile(
            rf"\b{called}\b[^.\n]{{0,40}}\b{person}|\b{person}\b[^.\n]{{0,60}}\b{called}\b", re.IGNORECASE
        )
        around = (self._text[max(0, a - 120) : b + 100] for a, b in self._words.places(full.rpartition(" ")[2]))
        return not (tied.search(self._title) or any(tied.search(words) for words in around))

    def _is_given(self, word: str) -> bool:
        """Whether a word before a surname can be the given name: no office, no form of address, no "But"."""
        plain = folded(word)
        if plain in OFFICES or plain in COURTESY or (word.isupper() and plain not in MALE | FEMALE):
            return False
        ordinary = self._people.is_ordinary(plain) or plain in OPENERS or plain in STRONG
        return plain in MALE | FEMALE or not (ordinary or word.lower() in self._words.lower)

    def _by_office(self, label: str, words: list[str]) -> tuple[Speaker | None, str] | None:
        """Of "THE PRESIDENT": the one whom the title or the head calls so, or whom those who ask address."""
        office = " ".join(w for w in words if w not in ("the", "mr", "madam", "mister", "mrs", "ms"))
        office = _SHORT_FOR.get(office, office)
        if not office:
            return None
        listed = listed_holder(office, self._head)
        if listed is not None and self._names(listed):
            return self._by_name(listed, self._names(listed))
        if office == "president" and presides(self._text):
            return None
        called = self._called(office)
        if len(called) == 1:
            return _speaker(called[0]), f"the title calls {called[0].name} “{office}”"
        if len(called) > 1 and office in ("president", "vice president"):
            host = self._people.by_role(office, "United States", self._published) if self._published else ()
            both = [p for p in called if p in host]
            if len(both) == 1:
                return _speaker(both[0]), f"“{label}” is the United States' own where several are named"
        if called:
            return None
        return (
            self._unlisted_holder(office)
            or self._by_sibling(label, office)
            or self._by_address(label)
            or self._by_day(label, office)
        )

    def _by_day(self, label: str, office: str) -> tuple[Speaker | None, str] | None:
        """The only one who held an office of the publishing country on the day of the record."""
        held = self._people.by_role(office, self._seat, self._published) if self._seat and self._published else ()
        return (_speaker(held[0]), f"“{label}” of {self._seat} on {self._published}") if len(held) == 1 else None

    def _unlisted_holder(self, office: str) -> tuple[Speaker | None, str] | None:
        """The one whom the title or the head calls so, known from elsewhere or not: "Remarks by President Bezukhov"."""
        for part, where in ((self._title, "the title"), (self._head, "the head of the text")):
            names = {n for n in holders(office, part) if " " in n or not self._is_word(n)}
            if len({folded(n).rpartition(" ")[2] for n in names}) != 1:
                continue
            name = max(names, key=len)
            full = name if " " in name else self._full_name([folded(name)], name)
            if full:
                return self._speaker_named(full), f"{where} calls {full} “{office}”"
        return None

    def _is_word(self, name: str) -> bool:
        """Whether a single word behind an office is none of a person: "Prime Minister Transcript of …"."""
        return self._people.is_ordinary(folded(name)) or name.lower() in self._words.lower

    def _by_sibling(self, label: str, office: str) -> tuple[Speaker | None, str] | None:
        """The one whom another label of the document gives that office and a name; "THE PRESIDENT" is whoever is host."""
        whole = [
            w for w in self._labels.every if w.startswith(f"{label}, ")
        ]  # "THE SECRETARY GENERAL, RUDOLF RASSENDYLL"
        if len(whole) == 1:
            found, _ = self.speaker(whole[0])
            return (found, f"“{label}” is short for “{whole[0]}”") if found is not None else None
        if label.casefold().startswith("the "):
            return None
        wanted = set(office.split())
        named = {
            p.name
            for p in self._labels.parts.values()
            if p.name and wanted <= (held := set(folded(p.office).split())) and not (held - wanted) & STANDING_IN
        }
        full = {n for n in named if " " in n} or named
        if len(full) != 1:
            return None
        name = full.pop()
        told = self._by_name(name, self._names(name) or folded(name).split())
        return (told[0], f"another label calls {name} “{office}”") if told is not None else None

    def _by_address(self, label: str) -> tuple[Speaker | None, str] | None:
        """Whom those who ask call by name before the office answers: "Mr. Pickwick, will you slide?"."""
        called = Counter(name for words in self._asked.get(label, ()) for name in addressees(words))
        others = {n for n in called if self._labels.named(folded(n))}
        names = [n for n, _ in called.most_common() if n not in others]
        if len(names) != 1:
            return None
        told = self._by_name(names[0], [folded(names[0])])
        return (told[0], f"“{label}” answers whoever asks {names[0]}") if told is not None else None

    def _called(self, office: str) -> list[Person]:
        """The people whom the title, or else the opening, names with that office."""
        for part in (self._title, self._head):
            found: dict[str, Person] = {}
            for tokens in named_with(office, part):
                for name in tokens:
                    if name != tokens[0] and folded(name) in MALE | FEMALE:
                        continue  # of "Prime Minister Paul Keating" the given name is nobody's surname
                    known = self._people.by_name(f"{office} {name}") or self._people.by_name(name)
                    if len(known) == 1:
                        found[known[0].id] = known[0]
                        break
            if found:
                return list(found.values())
        return []


def _fits(label: str, given: str) -> bool:
    """Whether a given name can be that of "MR. GIBSON": not Molly."""
    told = {folded(w) for w in label.split()}
    gender = "m" if told & {"mr", "mister", "sir", "lord"} else "f" if told & FEMALE_ADDRESS else None
    known = gender_of(given)
    return gender is None or known is None or gender == known


def _is_initials(word: str) -> bool:
    """Whether a word of a name in capitals stands for given names: "R.G.", "EG"; not "AL"."""
    letters = folded(word)
    return word.isupper() and len(letters) <= _INITIALS and letters not in MALE | FEMALE | PARTICLES


def _in_small_letters(office: str) -> str:
    """An office in capitals as running text has it: "Minister for Roads and Bridges"."""
    office = _SHORT_FOR.get(office.casefold(), office)
    words = (w.casefold() if n and w.casefold() in SMALL_WORDS else w.title() for n, w in enumerate(office.split()))
    return " ".join(words)


def _unlisted(name: str) -> Speaker:
    slug = re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")
    return Speaker(slug or None, name, "body" if names_body(name) else "person")


def _speaker(person: Person) -> Speaker:
    return Speaker(person.id, person.name, person.type)
