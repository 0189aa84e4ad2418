"""Whom a document calls what a question calls a speaker: "the ambassador", "the Belgian premier" (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from retrieval.asking.evidence import Keys
from retrieval.asking.terms import stem
from retrieval.model import Speaker
from retrieval.naming.names import SUFFIXES
from retrieval.rank import Found

_BESIDE = 90  # characters on either side of a name in which a title is taken for that person's
_SENTENCE = re.compile(r"[.!?;][\"”’)]*\s|[“”\"]|\n")
_TITLES = {
    "Gov": "governor", "Sen": "senator", "Rep": "representative", "Pres": "president", "Gen": "general", "Col": "colonel", "Lt": "lieutenant",
    "Capt": "captain", "Sgt": "sergeant", "Adm": "admiral", "Dr": "doctor", "Prof": "professor", "Rev": "reverend", "Supt": "superintendent",
}  # fmt: skip
_SHORT = re.compile(rf"\b({'|'.join(_TITLES)})\.\s?")
_HEADS = frozenset(stem(w) for w in ("chairman", "chairwoman", "chair", "head", "leader", "chief", "boss"))
_ANY_TIME = frozenset(stem(w) for w in ("former", "current", "then", "onetime", "longtime", "ex"))
_LOOKED_AT = 12  # places where the name stands


def is_called(found: Found, title: frozenset[str], keys: Keys) -> bool:
    """Whether all words of the title stand beside the speaker's name somewhere in the document, or in the credit itself."""
    quote, text = found.quote, found.document.text
    speaker = quote.speaker
    if speaker is None:
        return False
    credit = f"{quote.role or ''} {quote.mention.of(text) if quote.mention else ''} {speaker.name if speaker.unnamed else ''}"
    if title <= keys.of(credit):
        return True
    if speaker.unnamed:
        return False
    names = [w for w in speaker.name.split() if w.strip(".").lower() not in SUFFIXES]
    for place, _ in zip(re.finditer(rf"\b{re.escape(names[-1])}\b", text), range(_LOOKED_AT), strict=False):
        before, after = text[max(0, place.start() - _BESIDE) : place.start()], text[place.end() : place.end() + _BESIDE]
        beside = _SENTENCE.split(before)[-1] + " " + _SENTENCE.split(after)[0]
        if title <= keys.of(beside):
            return True
    return False


def bearers(
    title: frozenset[str], texts: Mapping[str, str], speakers: Iterable[tuple[str, Speaker]], keys: Keys
) -> list[Speaker]:
    """The speakers beside whose names all words of the title stand, nobody else's name between, most often first.

    `texts` are stretches of documents by the documents' ids, `speakers` the documents' speakers.
    """
    left = title & _ANY_TIME
    title -= _ANY_TIME
    heads = title & _HEADS
    here: dict[str, list[Speaker]] = {}
    for document_id, speaker in speakers:
        here.setdefault(document_id, []).append(speaker)
    counts: dict[Speaker, int] = {}
    for document_id, text in texts.items():
        named = {_surname(s.name): s for s in here.get(document_id, ()) if not s.unnamed and s.type != "body"}
        for name, speaker in named.items():
            others = [re.compile(rf"\b{re.escape(other)}\b") for other in named if other != name]
            for place in re.finditer(rf"\b{re.escape(name)}\b", text):
                have = beside(text, place.start(), place.end(), keys, others)
                if title - heads <= have and (not heads or have & _HEADS) and (left or not have & _ANY_TIME):
                    counts[speaker] = counts.get(speaker, 0) + 1
    return sorted(counts, key=lambda s: -counts[s])


def beside(text: str, start: int, end: int, keys: Keys, others: Sequence[re.Pattern[str]] = ()) -> frozenset[str]:
    """The keys of the words beside a name, in its sentence and up to the next name, acronyms spelt out among them."""
    before = _SENTENCE.split(_spelt(text[max(0, start - _BESIDE) : start]))[-1]
    after = _SENTENCE.split(_spelt(text[end : end + _BESIDE]))[0]
    if re.match(r"[’'‘]s?\b", text[end : end + 3]):  # "Darcy's housekeeper" is not Darcy
        after = ""
    if re.search(r"\b(?:of|for|to|by|with|and|from|under|against|about|on|than)\s+(?:\w+\s+)?$", before):
        before = ""  # nor is "the housekeeper of Mr Darcy"
    for other in others:
        before = other.split(before)[-1]
        after = other.split(after)[0]
    found: set[str] = set()
    for part in (before, after):
        found |= keys.of(part.replace("-", " ")) | keys.of(" ".join(_acronyms(part))) | keys.of(part)
    return frozenset(found)


def _spelt(text: str) -> str:
    return _SHORT.sub(lambda m: _TITLES[m[1]] + " ", text)


def _acronyms(text: str) -> list[str]:
    """What the names in a text shorten to: "Service Employees International Union" to SEIU."""
    runs = re.findall(r"(?:[A-Z][\w’']+(?:\s+(?:of|for|and|the|on)(?=\s+[A-Z]))?\s*){3,}", text)
    found = []
    for run in runs:
        initials = [word[0] for word in run.split() if word[0].isupper()]
        found += ["".join(initials[i:j]) for i in range(len(initials)) for j in range(i + 3, len(initials) + 1)]
    return found


def _surname(name: str) -> str:
    words = [w for w in name.split() if w.strip(".").lower() not in SUFFIXES]
    return words[-1] if words else name
