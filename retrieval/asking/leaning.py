"""Messages that lean on what was said before: follow-ups, and questions about the words just shown (pure)."""

from __future__ import annotations

import re
from typing import Literal

from retrieval import lexicon
from retrieval.terms import fold, tokens

AboutShown = Literal["when", "where", "source"]

_LONGEST = 8  # words of a message that leans on the one before by how it begins
_BEGINS = re.compile(
    r"^\W*(?:and|also|but|or|same(?: question)?(?: for| about)?|what about|how about|what else|anything else|something else|who else|"
    r"any more|some more|more|go on|continue|next)\b",
    re.IGNORECASE,
)
_AND = r"^\W*(?:(?:and|so|but|ok(?:ay)?)\b[\s,]*)?"
_THAT = r"(?:that|this|it|these|those|they|he|she)"
_SAID = rf"(?:\s+(?:said|say|written|published|printed|from))?(?:\s+{_THAT})?(?:\s+(?:said|published|printed|from))?"
_WHEN = re.compile(
    rf"{_AND}(?:when|what\s+(?:day|date|year)|on\s+(?:what|which)\s+(?:day|date)|since\s+when)"
    rf"(?:\s+(?:was|were|is|are|did)\s+{_THAT}{_SAID})?\W*$|{_AND}(?:the\s+)?date\W*$",
    re.IGNORECASE,
)
_WHERE = re.compile(rf"{_AND}where(?:\s+(?:was|were|is|are|did|does)\s+{_THAT}{_SAID})?\W*$", re.IGNORECASE)
_SOURCE = re.compile(
    r"^\W*(?:(?:and|ok(?:ay)?|please)\b[\s,]*)?(?:(?:can|could|may)\s+(?:i|you|we)\s+)?(?:(?:give|show|send|get|have|see|need|tell|what\s+is|what[’']?s|what\s+are)\s+)?"
    r"(?:me\s+|us\s+)?(?:the\s+|its\s+|your\s+|a\s+)?(?:sources?|links?|citations?|references?|url|document|article)(?:\s+(?:for|of|to)\s+(?:that|this|it))?"
    r"(?:\s*,?\s*please)?\W*$|"
    rf"^\W*(?:which|what)\s+(?:document|article|paper|source)(?:\s+(?:is|was)\s+{_THAT}(?:\s+(?:from|in))?)?\W*$",
    re.IGNORECASE,
)


def about_shown(text: str) -> AboutShown | None:
    """What a message asks of the words just shown: "when was that?", "where?", "give me the source"; None for another."""
    for kind, asked in (("when", _WHEN), ("where", _WHERE), ("source", _SOURCE)):
        if asked.match(text.strip()):
            return kind  # type: ignore[return-value]
    return None


def leans_back(text: str) -> bool:
    """Whether a message by itself is no question: "and Darcy?", "more", "what did she say of it?", "when was that?"."""
    said = tokens(text)
    if about_shown(text) is not None or (len(said) <= _LONGEST and _BEGINS.match(text)):
        return True
    return len(said) <= _LONGEST and any(fold(word) in lexicon.PRONOUNS for word in said)
