"""Whom a question mentions outside the places where its speaker stands, and what was found of a speaker at all (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval import lexicon
from retrieval.asking.question_slots import QuestionWord, Slot, all_capital, slots
from retrieval.asking.quoted import Match, Roster
from retrieval.lexicon import gender_of
from retrieval.model import Span, Speaker
from retrieval.rules import rule
from retrieval.terms import listed

_BETWEEN = lexicon.ABOUT | lexicon.VERBS | {"the", "a", "an", "and", "or", "as", "his", "her", "their", "its"}
_WHO_ELSE = lexicon.DESCRIBED | lexicon.PERSONS | lexicon.BODIES
_FETCH = listed("show find get give list name need search")
Asked = Literal["nobody", "name", "fuzzy", "role", "body", "described"]


@dataclass(frozen=True, slots=True)
class Whom:
    """The speaker part of a question, and the stretches of it that say so."""

    asked: Asked = "nobody"
    speakers: tuple[Speaker, ...] = ()
    role: str = ""
    unknown: str = ""
    shared: bool = False
    doubt: str = ""
    firm: bool = True
    guess: bool = False
    spans: tuple[Span, ...] = ()
    verb: str = ""


def anywhere(found: Sequence[QuestionWord], roster: Roster) -> Whom | None:
    """A name that stands elsewhere, not behind "about": the speaker when it is the only one."""
    for i, token in enumerate(found):
        if _is_spoken_of(found, i) or token.low in lexicon.NOT_NAMES:
            continue
        if not (token.capital or (len(token.low) > 4 and not roster.people.is_ordinary(token.low))):
            continue
        for end in range(min(i + 3, len(found)), i, -1):
            if end > i + 1 and not found[end - 1].capital and roster.people.is_ordinary(found[end - 1].low):
                continue  # "the RT deal" is nobody of the name of Deal
            match = roster.by_name(phrase_of(found[i:end]))
            if match is None or match.how != "name" or found[end - 1].owns or _goes_on(found, end):
                continue
            if upto := _whose(found, end):  # "a Darcy adviser" is not Darcy
                whole = phrase_of(found[i:upto])
                return Whom("described", role=whole, unknown=whole, firm=False, spans=(span_of(found, i, upto),))
            return Whom(match.how, match.speakers, shared=match.shared, firm=False, spans=(span_of(found, i, end),))
    return None


def _is_spoken_of(found: Sequence[QuestionWord], at: int) -> bool:
    """Whether a name stands behind "about" or is what something is done to: "for Larry King", "to see Darcy"."""
    while at and found[at - 1].capital and found[at].capital and not found[at - 1].closes and not found[at - 1].owns:
        at -= 1
    if at and found[at - 1].low == "the":
        at -= 1  # "on the Irving Post"
    before = found[at - 1].low if at and not found[at - 1].closes else ""
    return before in lexicon.ABOUT or before in lexicon.VERBS_BASE - lexicon.SPEECH_BASE - _FETCH


def _goes_on(found: Sequence[QuestionWord], end: int) -> bool:
    """Whether a longer name is meant than the one that ends here: "the Irving Post"."""
    more = end < len(found) and found[end].capital and not found[end - 1].closes
    return more and not all_capital(found)


def _whose(found: Sequence[QuestionWord], end: int) -> int:
    """Where the words end that tell somebody by a name that is not theirs ("Darcy adviser", "Meryton police chief"); 0: nowhere."""
    if found[end - 1].closes:
        return 0
    ends = _BETWEEN | lexicon.QUESTION_WORDS | {"to", "of", "for", "in", "at"}
    last = next((i for i in range(end, len(found)) if found[i].low in ends), len(found))
    last = next((i + 1 for i in range(end, last) if found[i].closes), last)
    what = lexicon.DESCRIBED | lexicon.PERSONS
    return next((i + 1 for i in range(end, min(last, end + 3)) if found[i].low in what and not found[i].capital), 0)


def in_whose_eyes(found: Sequence[QuestionWord], roster: Roster) -> Whom | None:
    """ "Why is land not just territory for Bennet?": whose view is asked, where nobody else is named."""
    asks = len(found) > 3 and (found[0].owns or any(t.low in lexicon.COPULAS for t in found[:2]))
    if not asks or any(t.owns for t in found[1:]):
        return None
    for at in range(len(found) - 2, max(len(found) - 5, 1), -1):
        if found[at].low in {"for", "to"} and found[at + 1].capital:
            match = roster.by_name(phrase_of(found[at + 1 :]))
            if match is not None and match.how == "name":
                span = (span_of(found, at, len(found)),)
                return Whom(match.how, match.speakers, shared=match.shared, firm=False, spans=span)
    return None


@rule("answer or not", off="")
def nobody_knows_who(found: Sequence[QuestionWord]) -> str:
    """The "he" or "she" whose words a question asks for, where it says nowhere who that is."""
    for slot in slots(found):
        alone = found[slot.first : slot.last]
        if (
            len(alone) == 1
            and alone[0].low in {"he", "she"}
            and slot.place == "subject"
            and slot.verb in lexicon.SPEECH
        ):
            return alone[0].low
    return ""


def any_of(found: Sequence[QuestionWord], roster: Roster) -> Whom | None:
    """Everybody whom a question names that does not say who is to speak, when these are several."""
    speakers: list[Speaker] = []
    at = 0
    while at < len(found):
        size = 1
        for end in range(min(at + 3, len(found)), at, -1):
            match = roster.by_name(phrase_of(found[at:end])) if found[at].capital else None
            if match is None and at and end == at + 1 and found[at].capital:
                match = misspelt(found[at:end], roster)
            if match is not None and match.how in {"name", "fuzzy"} and not match.shared:
                speakers += match.speakers
                size = end - at
                break
        at += size
    distinct = tuple(dict.fromkeys(speakers))
    return Whom("name", distinct, firm=False) if len(distinct) > 1 else None


def no_name(token: QuestionWord) -> bool:
    """Whether a word is no part of a name as it is written: "say", "on", but "Mark" may be one."""
    if token.capital and token.low in lexicon.NAMES_TOO:
        return False
    return token.low in lexicon.NOT_NAMES | lexicon.VERBS | lexicon.TOPIC_LEADS


def is_given_name(token: QuestionWord, roster: Roster) -> bool:
    """Whether a word is a given name and nothing else: "anders", but not "grace" or "jordan"."""
    word = token.low
    return (
        gender_of(word) is not None and not roster.people.is_ordinary(word) and roster.people.places.find(word) is None
    )


def misspelt(part: Sequence[QuestionWord], roster: Roster) -> Match | None:
    if len(part) == 1 and part[0].text.isupper() and len(part[0].text) <= 5:
        return None  # an acronym
    if any(no_name(t) for t in part):
        return None
    return roster.misspelt(phrase_of(part))


def names_another(found: Sequence[QuestionWord], last: int, slot: Slot) -> bool:
    """Whether the words of a slot go on behind `last` to what somebody else is: "Darcy adviser", "Nato official"."""
    rest = found[last : slot.last]
    if not rest or found[last - 1].closes or found[last - 1].owns or any(t.low in _BETWEEN for t in rest):
        return False
    return not rest[-1].capital and rest[-1].low.rsplit("-", 1)[-1] in _WHO_ELSE


def phrase_of(part: Sequence[QuestionWord]) -> str:
    """The words of a stretch as a name: the last one's possessive ending gone."""
    *front, last = [t.text for t in part]
    return " ".join([*front, re.sub(r"(?:[’‘']s|(?<=s)[’‘'])$", "", last)])


def span_of(found: Sequence[QuestionWord], first: int, last: int) -> Span:
    return Span(found[first].span.start, found[last - 1].span.end)
