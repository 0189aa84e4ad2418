"""What a document says that its people are, and who is meant by "the ambassador" or "his Lithuanian counterpart" (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from retrieval.naming.names import folded, without_possessives
from retrieval.naming.titles import Office, parse_office
from retrieval.people import People
from retrieval.reading.cast import Cast, Character
from retrieval.reading.cues import BODIES, PERSONS, STRONG
from retrieval.reading.mentions import Mention
from retrieval.reading.role_words import FURTHER, KIN, LINK, OPENERS, THIN, TITLE_WORDS

_TOKEN = re.compile(r"[^\W_][\w’'.\-]*|[^\w\s]")
_ABBREVIATED = {"Sen.": "Senator", "Gov.": "Governor", "Rep.": "Representative", "Amb.": "Ambassador"}
_APPOSITION = re.compile(r"\s*,\s*(?P<role>[^,.;:()“”\"\n]{4,90})")
# Where a description goes on to something else: "editor and a relative of Casaubon", "staff for men such as …"
_CUT = re.compile(r"\s(?:and (?:an?|the|his|her)|whom|such as|like|including|under)\s")
_DETERMINERS = re.compile(r"^(?:the|a|an|his|her|their|its|this|that|one|another)\s+", re.IGNORECASE)
_DESCRIBING = re.compile(r"(?:[A-Z]\.){2,}|[\w’'\-]+")
_WINDOW = 110
COURTESY_ONLY = frozenset(["sir", "mr", "mrs", "ms", "dr", "dame", "lord", "lady", "baroness", "mx"])


@dataclass(frozen=True, slots=True)
class Titled:
    """A description of a character, and where in the text it stands."""

    character: int
    words: str
    start: int
    before_name: bool


def is_role(words: str) -> bool:
    """Whether a description names an office or a calling."""
    if any(w.casefold() in FURTHER for w in words.split()):
        return True
    return any(w.casefold().strip("’'s") in PERSONS or w.casefold() in PERSONS for w in re.findall(r"[\w’'\-]+", words))


def title_before(text: str, name: Mention, own: frozenset[str] = frozenset()) -> str | None:
    """The title right in front of a name: "Lithuanian Foreign Minister" of "said Lithuanian Foreign Minister X"."""
    start = max(0, name.start - _WINDOW)
    before = text[start : name.start]
    before = before[max(before.rfind("\n"), before.rfind("”"), before.rfind("“")) + 1 :]
    if not before.endswith((" ", "\u00a0")):
        return None
    if before.rstrip().endswith(","):  # "NATO's Secretary General, Jens Stoltenberg, …": closed on both sides
        if " " not in name.text or text[name.end : name.end + 1] not in (",", ".", ")"):
            return None
        before = before.rstrip()[:-1] + " "
    kept: list[str] = []
    for token in reversed(_TOKEN.findall(before)):
        lower = token.casefold()
        base = re.sub(r"['’]s?$", "", lower)
        if not token[0].isalnum() or lower in OPENERS or len(kept) >= 9 or _ends_sentence(token):
            break
        if (token.isupper() and len(token) > 5 and "-" not in token) or (
            token.istitle() and lower in STRONG and lower not in ("state", "states", "post", "report")
        ):
            break  # a headline
        if not (token[0].isupper() or lower in LINK or lower in TITLE_WORDS or base in PERSONS or base in BODIES):
            break
        kept.append(token)
    kept.reverse()
    while kept and (kept[-1].casefold().rstrip(".") in COURTESY_ONLY or folded(kept[-1]) in own):
        kept.pop()  # "Prime Minister Sir", and a given name that was not taken for part of the name
    for i in range(len(kept) - 1, 0, -1):
        if kept[i].casefold() in ("for", "to") and is_role(" ".join(kept[i + 1 :])):
            kept = kept[i + 1 :]  # "a spokesman for Senator Ahab": the senator is Ahab
            break
    while kept and (kept[0].casefold() in LINK or kept[0].casefold() in OPENERS):
        kept.pop(0)
    if kept and kept[-1] in _ABBREVIATED:
        short = _ABBREVIATED[kept.pop()]
        if not kept or not is_role(" ".join(kept)) or kept[-1].casefold() in THIN | LINK:
            return short
    words = " ".join(kept)
    if not kept or kept[-1].casefold() in LINK or not is_role(words):
        return None
    return words


def _ends_sentence(token: str) -> bool:
    """Whether a word ends a sentence, and is no "Sen." or "U.S."."""
    return token.endswith(".") and len(token) > 5 and "." not in token[:-1]


def apposition_after(text: str, name: Mention) -> str | None:
    """The description behind a name: "a professor at the university" of "X, a professor at the university, said"."""
    found = _APPOSITION.match(text, name.end, min(len(text), name.end + _WINDOW))
    if not found:
        return None
    words = _CUT.split(found["role"].strip())[0].strip()
    first = words.split()[0].casefold() if words else ""
    if not is_role(words) or len(words.split()) > 12:
        return None
    if (
        first not in ("the", "a", "an", "then", "now")
        and not words[0].isupper()
        and first not in PERSONS
        and "'s" not in words
        and "’s" not in words
    ):
        return None
    if re.search(r"\b(?:said|says|told|who|whose|which|has|had|was|were|is|are|will|would)\b", words):
        return None
    return words


@dataclass(frozen=True)
class Roles:
    """The descriptions that a document gives of its characters."""

    text: str
    cast: Cast
    people: People
    titled: tuple[Titled, ...]
    counterparts: tuple[int, ...] = ()  # characters who are brought in as somebody's counterpart
    dated: date | None = None

    def of(self, character: Character) -> str | None:
        """A short title of a character, as the document has it: the most telling one; None for "a friend", "the host"."""
        mine = [t for t in self.titled if t.character == character.number]
        best = max(mine, key=lambda t: (self._telling(t), t.before_name), default=None)
        if best is None or not self._telling(best):
            return None
        return re.sub(r"^(?:then|now)\s+(?=[a-z])", "", _DETERMINERS.sub("", best.words))

    def _telling(self, titled: Titled) -> int:
        """How much a description says: nothing for kin, little for a bare rank or a headline's word."""
        words = _DETERMINERS.sub("", titled.words).split()
        heads = [re.sub(r"['’]s$", "", w.casefold()) for w in heads_of(titled.words)]
        if not words or words[-1].endswith(("'s", "’s")) or words[0].casefold() in LINK:
            return 0
        if (
            not heads
            or heads[-1] in KIN
            or (heads[-1].endswith("s") and heads[-1][:-1] in PERSONS)
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
        return country.name if country else None

    def office(self, words: str) -> Office | None:
        """The office that a description names."""
        return parse_office(words, None, self.people.titles, self.place)

    @cached_property
    def offices(self) -> tuple[tuple[Titled, Office], ...]:
        """The descriptions that name an office."""
        found = ((t, self.office(t.words)) for t in self.titled)
        return tuple((t, o) for t, o in found if o is not None)

    def meant(self, words: str, at: int) -> Character | None:
        """Whom the document means by a description at `at`, when it can mean only one."""
        wanted = self.office(words)
        plain = set(folded(_DETERMINERS.sub("", words)).split()) - LINK
        if not plain:
            return None
        exact = (
            self._by_office(wanted)
            if wanted is not None and (wanted.of or wanted.title != wanted.wording or len(plain) > 1)
            else []
        )
        fits = exact or self._by_words(plain)
        earlier = [t for t in fits if t.start <= at]
        numbers = {t.character for t in (earlier or fits)}
        if not numbers and wanted is not None and not wanted.former:
            numbers = self._holding(wanted, at)
        return self.cast.characters[numbers.pop()] if len(numbers) == 1 else None

    def _holding(self, wanted: Office, at: int) -> set[int]:
        """The characters named before `at` who are described by, or known to hold, an office that the words can mean."""
        named = {c.number for c in self.cast.characters if c.person and c.mentions[0].start < at}
        found = {t.character for t, o in self.offices if _can_mean(wanted, o.title, o.of)}
        return named & (found | {n for n, title, of in self._known if _can_mean(wanted, title, of)})

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
        if not places and len(set(self.counterparts)) == 1 and len(words.split()) <= 2:
            return self.cast.characters[self.counterparts[0]]
        if len(places) != 1:
            return None
        numbers = {t.character for t, o in self.offices if o.of in places}
        return self.cast.characters[numbers.pop()] if len(numbers) == 1 else None

    def _by_office(self, wanted: Office) -> list[Titled]:
        return [
            t
            for t, o in self.offices
            if o.title == wanted.title
            and o.former == wanted.former
            and (wanted.of is None or o.of is None or o.of == wanted.of)
        ]

    def _by_words(self, plain: set[str]) -> list[Titled]:
        return [t for t in self.titled if plain <= set(folded(t.words).split())]


def _can_mean(wanted: Office, title: str, of: str | None) -> bool:
    """Whether "the Ukrainian minister" can mean the foreign minister of Ukraine; "the president" never the vice president."""
    if wanted.of is not None and of is not None and wanted.of != of:
        return False
    asked, held = set(wanted.title.split()), set(title.split())
    return asked <= held and not (held - asked) & {"vice", "deputy", "assistant", "under", "former"}


def roles_of(text: str, cast: Cast, people: People, dated: date | None = None) -> Roles:
    """The descriptions of a text's people."""
    found: list[Titled] = []
    counterparts: list[int] = []
    for character in cast.characters:
        if not character.person:
            continue
        for mention in character.mentions[:40]:
            words = title_before(text, mention, frozenset(folded(character.name).split()))
            if words and words.casefold().endswith("counterpart"):
                counterparts.append(character.number)
            elif words:
                found.append(Titled(character.number, words, mention.start, before_name=True))
            words = apposition_after(text, mention)
            if words:
                found.append(Titled(character.number, words, mention.start, before_name=False))
    return Roles(text, cast, people, tuple(sorted(found, key=lambda t: t.start)), tuple(counterparts), dated)


def described_before(text: str, head: str, at: int, least: int = 2) -> str | None:
    """The fuller description with the same head that stands before `at`: "A senior U.S. official" for "the official"."""
    start = max(0, at - 12_000)
    found = None
    for match in re.finditer(rf"\b{re.escape(head)}\b", text[start:at]):
        end = start + match.end()
        words = [head]
        for token in reversed(text[max(0, end - len(head) - 80) : end - len(head)].rsplit("\n", 1)[-1].split()):
            if token.casefold() in ("a", "an", "one", "the", "another"):
                if len(words) >= least:
                    found = " ".join(words)
                break
            if not _DESCRIBING.fullmatch(token) or len(words) > 6:
                break
            words.insert(0, token)
    return found


def body_before(text: str, head: str, at: int) -> str | None:
    """The full name with the same head that stands before `at`: "Ukrainian Foreign Ministry" for "the Ministry"."""
    pattern = re.compile(rf"((?:[A-Z][\w.’'\-]*\s+){{1,5}}{re.escape(head.capitalize())})\b")
    found: list[str] = [
        " ".join(re.sub(r"^(?:The|A|An)\s+", "", m.group(1)).split())
        for m in pattern.finditer(text, max(0, at - 12_000), at)
    ]
    full = [f for f in found if len(f.split()) > 1]
    return full[-1] if full and len(set(full)) == 1 else None


def heads_of(words: str) -> Sequence[str]:
    """The words of a description before its first preposition or comma, in small letters."""
    front = re.split(r"\b(?:of|for|from|in|at|with|on|to|who)\b|,", _DETERMINERS.sub("", words))[0]
    return [w.casefold() for w in re.findall(r"[^\W\d_][\w’'\-]*", front)]
