"""Whom a question mentions outside the places where its speaker stands, and what was found of a speaker at all (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.asking import grammar
from retrieval.asking.roster import Match, Roster
from retrieval.asking.slots import Token
from retrieval.model import Span, Speaker

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


def anywhere(found: Sequence[Token], roster: Roster) -> Whom | None:
    """A name that stands elsewhere, not behind "about": the speaker when it is the only one."""
    for i, token in enumerate(found):
        if (i and found[i - 1].low in grammar.ABOUT) or token.low in grammar.NOT_NAMES:
            continue
        if not (token.capital or (len(token.low) > 4 and not roster.people.is_ordinary(token.low))):
            continue
        for end in range(min(i + 3, len(found)), i, -1):
            match = roster.by_name(phrase_of(found[i:end]))
            if match is None or match.how != "name" or found[end - 1].owns:
                continue
            return Whom(match.how, match.speakers, shared=match.shared, firm=False, spans=(span_of(found, i, end),))
    return None


def in_whose_eyes(found: Sequence[Token], roster: Roster) -> Whom | None:
    """ "Why is land not just territory for Bennet?": whose view is asked, where nobody else is named."""
    asks = len(found) > 3 and (found[0].owns or any(t.low in grammar.COPULAS for t in found[:2]))
    if not asks or any(t.owns for t in found[1:]):
        return None
    for at in range(len(found) - 2, max(len(found) - 5, 1), -1):
        if found[at].low in {"for", "to"} and found[at + 1].capital:
            match = roster.by_name(phrase_of(found[at + 1 :]))
            if match is not None and match.how == "name":
                span = (span_of(found, at, len(found)),)
                return Whom(match.how, match.speakers, shared=match.shared, firm=False, spans=span)
    return None


def any_of(found: Sequence[Token], roster: Roster) -> Whom | None:
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


def misspelt(part: Sequence[Token], roster: Roster) -> Match | None:
    if len(part) == 1 and part[0].text.isupper() and len(part[0].text) <= 5:
        return None  # an acronym
    if any(t.low in grammar.NOT_NAMES | grammar.VERBS | grammar.TOPIC_LEADS for t in part):
        return None
    return roster.misspelt(phrase_of(part))


def phrase_of(part: Sequence[Token]) -> str:
    """The words of a stretch as a name: the last one's possessive ending gone."""
    *front, last = [t.text for t in part]
    return " ".join([*front, re.sub(r"(?:[’‘']s|(?<=s)[’‘'])$", "", last)])


def span_of(found: Sequence[Token], first: int, last: int) -> Span:
    return Span(found[first].span.start, found[last - 1].span.end)
