"""Where names stand in a text: those the name finder saw, and those it passed over (pure)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.lexicon import BODY_NOUNS, FEMALE, MALE, PERSON_NOUNS
from retrieval.people import People
from retrieval.reading.parse import Name
from retrieval.reading.proper_names import TITLES, person_name
from retrieval.spelling import PARTICLES, SUFFIXES, folded

WORD = re.compile(r"[^\W\d_][\w'’.\-]*")
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
_OFFICE_OF = re.compile(r"\b(?:Minister|Secretary|Commissioner)(?:\sof\sState)?\s(?:for|of)\s(?:the\s)?$")
_GIVEN_BEFORE = re.compile(r"(?<![\w’'-])([A-Z][\w’'-]+) $")
_RARE_GIVEN = re.compile(r"\b([A-Z][a-z]+) ([A-Z][a-zà-ÿ’'\-]+) $")
_TITLED = re.compile(
    r"\b(?:President|Premier|Minister|Secretary|General|Chancellor|Ambassador|Commissioner|Admiral|Spokes(?:man|woman|person)"
    r"|spokes(?:man|woman|person)|Senator|Governor|Gov\.|Sen\.) ([A-Z][a-zà-ÿ’\-]+) ([A-Z][\w’\-]*[a-zà-ÿ])(?=,| [a-zà-ÿ]|\.\s|$|[’']s)"
)
_ONE_NAME = re.compile(r"\b(?:said|says) ([A-Z][a-zà-ÿ’'\-]{2,}), (?:an?|the|who|whose)\b")
_CAPITALISED = re.compile(r"\b[A-Z]\w*")
_OFTEN = 4  # times that a name stands in a text that the name finder saw but once
_RANKS = frozenset(["major", "minor", "field", "master", "squadron", "wing", "state", "elect", "designate", "emeritus"])
_BETWEEN_COMMAS = re.compile(r",\s([A-Z][a-zà-ÿ’'\-]+) $")
_PERSONAL = frozenset(["prof", "professor", "dr", "mr", "mrs", "ms", "sir", "inspector", "capt", "captain", "madame"])
_BODY_LABELS = ("ORG", "GPE", "NORP", "FAC", "LOC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART")
_POSSESSIVE = re.compile(r"(?:['’‘]s?)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in the text."""

    start: int
    end: int
    text: str
    label: str


def mentions_in(text: str, names: Iterable[Name]) -> list[Mention]:
    """Every mention of a name, in order: titles and possessive endings off, given names and repeated surnames added."""
    found = [m for n in names if (m := _mention(text, n)) is not None]
    return [_with_rare_given(text, m) for m in _with_repeated_surnames(text, _with_given_names(text, found))]


def with_known_given(text: str, mention: Mention, people: People) -> Mention:
    """A surname with the given name in front of it that makes it a known person's, where the name finder left that out."""
    if mention.label != "PERSON" or " " in mention.text:
        return mention
    given = _GIVEN_BEFORE.search(text, max(0, mention.start - 20), mention.start)
    if given is None:
        return mention
    whole = text[given.start(1) : mention.end]
    known = any(folded(person.name).split()[0] == folded(given[1]) for person in people.by_name(whole))
    return Mention(given.start(1), mention.end, whole, mention.label) if known else mention


def _with_rare_given(text: str, mention: Mention) -> Mention:
    """A surname with the given name between it and an office, where the name finder left that out."""
    if mention.label != "PERSON" or " " in mention.text:
        return mention
    found = _RARE_GIVEN.search(text, max(0, mention.start - 60), mention.start)
    if found is None:
        return mention
    title, given = found[1].casefold(), found[2].casefold()
    if title not in TITLES or given in TITLES | PERSON_NOUNS | BODY_NOUNS | _RANKS:
        return mention
    return Mention(found.start(2), mention.end, text[found.start(2) : mention.end], "PERSON")


def _holder(text: str, start: int, words: Sequence[re.Match[str]]) -> Mention | None:
    """Who holds an office, where the name finder took him with it: "Secretary of [State Emma Woodhouse]", "[Ministry of Roads Emma …]"."""
    words = words[1:] if words and words[0].group().casefold() == "the" else words
    in_body = len(words) > 3 and words[1].group() == "of" and words[0].group().casefold() in BODY_NOUNS
    if len(words) < 3 or not (in_body or _OFFICE_OF.search(text, max(0, start - 60), start)):
        return None
    given, surname = words[-2], words[-1]
    plain = given.group().casefold()
    if plain not in MALE | FEMALE or plain in _ALSO_WORDS or surname.group().casefold() in BODY_NOUNS:
        return None
    return Mention(given.start(), surname.end(), text[given.start() : surname.end()], "PERSON")


def _mention(text: str, name: Name) -> Mention | None:
    """A name without titles in front and possessive endings behind."""
    if name.label not in ("PERSON", *_BODY_LABELS):
        return None
    start, end = name.start, name.end
    words = list(WORD.finditer(text, start, end))
    if name.label == "ORG" and (holder := _holder(text, start, words)) is not None:
        return holder
    if name.label == "PERSON":
        while len(words) > 1 and words[0].group().casefold().rstrip(".") in TITLES:
            words.pop(0)
    else:
        while len(words) > 1 and words[0].group().casefold() == "the":
            words.pop(0)
    if not words or (not words[-1].group()[0].isupper() and name.label == "PERSON"):
        return None
    label = name.label
    if label == "ORG" and 2 <= len(words) <= 3 and words[0].group().casefold().rstrip(".") in _PERSONAL:
        words.pop(0)  # "Prof Aronnax"
        label = "PERSON"
    start = words[0].start()
    given = (
        _GIVEN_BEFORE.search(text, max(0, start - 20), start)
        if len(words) == 1 and words[0].group()[0].isupper()
        else None
    )
    if given is not None and (given.group(1).casefold() in MALE or given.group(1).casefold() in FEMALE):
        start, label = given.start(1), "PERSON"  # a given name that the name finder left out
    elif given is None and label == "PERSON" and len(words) == 1 and text[words[0].end() : words[0].end() + 1] == ",":
        between = _BETWEEN_COMMAS.search(text, max(0, start - 24), start)
        start = between.start(1) if between else start  # "the admiral, Skyresh Bolgolam, said"
    written = text[start : words[-1].end()].rstrip(".,;:-")
    written = _POSSESSIVE.sub("", written)
    if not written or "\n" in written:
        return None
    if label == "PERSON":
        proper = person_name(written)
        if proper is None:
            return None
        if proper in written:
            start, written = start + written.rfind(proper), proper
    return Mention(start, start + len(written), written, label)


def _with_given_names(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, and every given name with a surname that the name finder passed over."""
    taken = sorted((m.start, m.end) for m in mentions)
    starts = [s for s, _ in taken]
    found = list(mentions)
    for match in (*_GIVEN_AND_SURNAME.finditer(text), *_titled(text)):
        given = match.group(1).casefold()
        known = match.re is _TITLED or (given not in _ALSO_WORDS and (given in MALE or given in FEMALE))
        if not known or match.group(2).casefold() in TITLES:
            continue
        at = bisect_left(starts, match.end())
        start, end = match.start(1), match.end(2)
        if at == 0 or taken[at - 1][1] <= start:
            found.append(Mention(start, end, text[start:end], "PERSON"))
    return sorted(set(found), key=lambda m: m.start)


def _titled(text: str) -> Iterator[re.Match[str]]:
    """Two capitalised words between an office and a small letter or a comma: "Secretary General Plantagenet Palliser"."""
    for match in _TITLED.finditer(text):
        if not {w.casefold() for w in match.groups()} & (TITLES | PERSON_NOUNS | BODY_NOUNS | _RANKS):
            yield match


def _with_repeated_surnames(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, and every further place where the surname of a person stands alone."""
    taken = sorted((m.start, m.end) for m in mentions)
    full = {m.text.split()[-1] for m in mentions if m.label == "PERSON" and len(m.text.split()) > 1}
    alone = Counter(m.text for m in mentions if m.label == "PERSON" and " " not in m.text)
    other = {m.text for m in mentions if m.label != "PERSON"}
    times_written = Counter(_CAPITALISED.findall(text)) if alone else Counter()
    full |= {
        name
        for name, times in alone.items()
        if name not in other
        and name.casefold() not in _ALSO_WORDS
        and (times >= 2 or _is_titled(text, name) or times_written[name] >= _OFTEN)
        and re.search(rf"\b{re.escape(name.lower())}\b", text) is None
    }
    full |= {m[1] for m in _ONE_NAME.finditer(text) if _is_one_name(text, m[1], other)}
    surnames = sorted({s for s in full if _may_stand_alone(s)}, key=len, reverse=True)[:400]
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


def _is_one_name(text: str, name: str, other: set[str]) -> bool:
    """Whether a word that is introduced as a speaker is all the name there is: "said Fantine, a harbour clerk"."""
    lower = name.casefold()
    plain = lower in TITLES | PERSON_NOUNS | BODY_NOUNS | _ALSO_WORDS or re.search(
        rf"\b{re.escape(name.lower())}\b", text
    )
    return name not in other and not plain


def _may_stand_alone(surname: str) -> bool:
    """Whether a surname can be looked for by itself: "Oz", but not "Jr." """
    return len(surname) > 1 and surname[0].isupper() and surname[-1] != "." and folded(surname) not in SUFFIXES


def _is_titled(text: str, name: str) -> bool:
    """Whether a form of address stands before a name somewhere: "Dr Livesey"."""
    return (
        re.search(
            rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Captain|Capt|Inspector|Colonel|General)\.? {re.escape(name)}\b", text
        )
        is not None
    )


@lru_cache(maxsize=20_000)
def parts_of_name(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without "Jr." and the like."""
    words = [w for w in folded(name).split() if w not in SUFFIXES]
    return tuple(words)


def is_full_name(mention: Mention) -> bool:
    """A person's label on several words, or on a known given name with a surname; surnames alone are often mislabelled."""
    words = mention.text.split()
    if len(words) < 2 or not all(
        w[0].isupper() or w[:2] in ("d'", "d’", "al") or folded(w) in PARTICLES for w in words
    ):
        return False  # "Ahab to Starbuck" is none
    return mention.label == "PERSON" or words[0].casefold() in MALE or words[0].casefold() in FEMALE
