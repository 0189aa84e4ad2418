"""Words that a text says somebody did not say (pure)."""

from __future__ import annotations

import re

from retrieval.model import Span
from retrieval.rules import rule

UNSAID = "the text says that it was not said"
_BACK, _ON = 60, 50  # characters looked at before and behind a cue
_ADVERB = r"(?:(?:actually|even|ever|yet|explicitly|exactly|directly|outright|publicly|himself|herself|quite|go\s+so\s+far\s+as\s+to)\s+)*"
_NOT = re.compile(
    rf"(?:\b(?:not|never|neither|nor|cannot)|n[’']t)\s+{_ADVERB}(?:said\s+or\s+|have\s+|be\s+)?$", re.IGNORECASE
)
_SHRANK = (
    r"\b(?:den(?:y|ies|ied|ying)|refus(?:e[sd]?|ing)|declin(?:e[sd]?|ing)|stop(?:s|ped|ping)?\s+short\s+of|avoid(?:s|ed|ing)?|"
    r"fail(?:s|ed|ing)?|disput(?:e[sd]?|ing)|without)"
)
_DOING = r"(?:to|having|ever|that|he|she|they|it|had|has|have|publicly|explicitly|even)"
_SHRANK_FROM = re.compile(rf"{_SHRANK}\s+(?:{_DOING}\s+)*$", re.IGNORECASE)
_SHRINKS = re.compile(_SHRANK, re.IGNORECASE)
_SAYING = re.compile(
    rf"\s+(?:{_DOING}\s+)*(?:sa(?:y|ying|id)|call(?:ing|ed)?|tell(?:ing)?|told|us(?:e|ing|ed)|describ(?:e|ing|ed)|"
    r"wr(?:ite|iting|ote|itten)|promis(?:e|ing|ed)|claim(?:ing|ed)?)\b",
    re.IGNORECASE,
)


@rule("whose words", off=False)
def unsaid(text: str, cue: Span) -> bool:
    """Whether the verb of speech at `cue` is denied: "did not say", "never called", "denied saying", "refused to call".

    "Did not only say" is said, and so is what somebody denies in words of his own ("denied the “baseless” charge").
    """
    before = text[max(0, cue.start - _BACK) : cue.start]
    if _NOT.search(before) or _SHRANK_FROM.search(before):
        return True
    shrinks = _SHRINKS.match(text, cue.start)
    return shrinks is not None and _SAYING.match(text, shrinks.end(), min(len(text), shrinks.end() + _ON)) is not None
