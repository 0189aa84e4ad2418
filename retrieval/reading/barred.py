"""Whom "he" or "she" cannot mean by the sentence it stands in (pure)."""

from __future__ import annotations

import re

from retrieval.model import Span
from retrieval.reading.candidates import Candidate, Verdict
from retrieval.reading.cast import Cast
from retrieval.reading.cues import ANSWERS
from retrieval.reading.mentions import Mention
from retrieval.reading.pronouns import GENDER

_SENTENCE = re.compile(r"[.!?][\"”’]*\s+(?=[A-Z“\"‘])|\n")
_GOES_ON = re.compile(r"\s*[,“\"„«‘']")
_TO_WHOM = re.compile(r"\s(?:of\s|to\s)?(?:[A-Z]\w*\.?\s)*")
_REACH = 300


def barred(text: str, cast: Cast, candidate: Candidate, last: Verdict | None, floor: int | None) -> frozenset[int]:
    """The characters that a candidate's pronoun does not mean; `last` is the quotation before, `floor` who said it."""
    mention, cue = candidate.mention, candidate.cue
    if mention is None or cue is None or candidate.way not in ("cue", "reported"):
        return frozenset()
    if mention.of(text).casefold() not in GENDER:
        return frozenset()
    found = _spoken_of(text, cast, mention, cue) | _spoken_to(text, cast, mention, cue)
    if last is not None:
        found |= _asking(text, cast, mention, cue, last, floor)
    return frozenset(found)


def _spoken_of(text: str, cast: Cast, mention: Span, cue: Span) -> set[int]:
    """Of "Ahab, he said, “is mad”" Ahab: the sentence is about him, and somebody else speaks."""
    start = max((m.end() for m in _SENTENCE.finditer(text, max(0, mention.start - _REACH), mention.start)), default=0)
    before = text[start : mention.start]
    if not before.endswith(", ") or not _GOES_ON.match(text, cue.end):
        return set()
    named = [(m, c) for m, c in cast.named_in(start, mention.start) if not _owns(text, m)]
    if not named or max(m.end for m, _ in named) != mention.start - 2:
        return set()
    return {c.number for _, c in named}


def _owns(text: str, name: Mention) -> bool:
    return text[name.end : name.end + 2] in ("'s", "’s")


def _spoken_to(text: str, cast: Cast, mention: Span, cue: Span) -> set[int]:
    """Of "he told Ahab" Ahab."""
    if cue.start < mention.end:
        return set()
    return {
        c.number
        for m, c in cast.named_in(cue.end, min(len(text), cue.end + 80))
        if not _owns(text, m) and _TO_WHOM.fullmatch(text, cue.end, m.start)
    }


def _asking(text: str, cast: Cast, mention: Span, cue: Span, last: Verdict, floor: int | None) -> set[int]:
    """Of “A?” Pip asked Ahab. “B,” he answered. Pip: the answer is that of somebody else who is named with the question."""
    asked = last.region.inner.of(text).rstrip().endswith("?")
    if mention.start < last.region.outer.end:
        return set()
    between = Span(last.region.outer.end, mention.start)
    if not (asked or cue.of(text).casefold() in ANSWERS) or "\n" in between.of(text):
        return set()
    spoke = last.choice.mention if last.choice is not None else None
    if spoke is None:
        return set()
    by_place = {
        c.number for c in cast.characters if any(m.start < spoke.end and spoke.start < m.end for m in c.mentions)
    }
    asking = by_place or ({floor} if floor is not None else set())
    listening = cast.named_in(between.start, between.end)
    return asking if any(c.person and c.number not in asking for _, c in listening) else set()
