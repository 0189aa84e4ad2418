"""Whether a document calls a speaker what a question calls one: "the ambassador", "the Belgian premier" (pure)."""

from __future__ import annotations

import re

from retrieval.asking.evidence import Keys
from retrieval.naming.names import SUFFIXES
from retrieval.rank import Found

_BESIDE = 90  # characters on either side of a name in which a title is taken for that person's
_SENTENCE = re.compile(r"[.!?;][\"”’)]*\s|[“”\"]|\n")
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
