"""Names that stand with words by the look of the line alone: "Ahab, on the whale: “…”", a line "Starbuck, chief mate" below (pure)."""

from __future__ import annotations

import re

from retrieval.model import Span
from retrieval.reading.cast import Cast
from retrieval.reading.cues import PERSONS
from retrieval.reading.role_words import FURTHER

_NAME = r"(?P<name>(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Capt)\.?\s)?[A-Z][\w’'\-]+(?:\s[A-Z][\w’'.\-]*){0,3})"
_ON = re.compile(
    rf"[\s•·*▪◦‣>–—-]*{_NAME},\s(?:on|about|when|in|asked|speaking|responding|replying|to|after|during|at|via|of)\s[^:“”\"\n]{{1,90}}:\s*"
)
# "Allahakbarries manager Lord Emsworth: “…”"
_CALLED = re.compile(
    rf"[\s•·*▪◦‣>–—-]*(?:[\w’'&.\-]+\s){{0,7}}(?P<calling>[a-z\-]+)\s(?:(?:Lord|Lady|Sir|Dame|Prince|Princess)\s)?{_NAME}:\s*"
)
_VERBLESS = re.compile(rf"[.!?][”\"’')]*\s{_NAME}:\s*$")
_REACH = 60  # characters before a quotation in which a name and a colon stand
_LINE = 90  # characters of a line that is a name and what he is
_VERB = re.compile(r"\b(?:is|are|was|were|has|had|have|said|says|told|tells|will|would|can|that|who)\b")


def named_before(text: str, paragraph: Span, at: int, cast: Cast) -> Span | None:
    """The name that a colon ties to words at an offset without a verb; None when it is nobody's."""
    found = _ON.fullmatch(text, paragraph.start, at) or _VERBLESS.search(text, max(paragraph.start, at - _REACH), at)
    if found is None:
        found = _CALLED.fullmatch(text, paragraph.start, min(at, paragraph.start + _LINE * 2))
        if found is None or found["calling"] not in PERSONS | FURTHER | {"boss", "captain", "skipper", "mp", "mep"}:
            return None
    name = Span(*found.span("name"))
    for mention, character in cast.named_in(name.start, name.end):
        if character.person and mention.end == name.end:  # a surname alone after its full name only
            known = " " in mention.text or text.find(character.name, 0, name.start) >= 0
            return name if known and not character.doubtful else None
    return None


def named_below(text: str, quoted: Span, after: Span, cast: Cast) -> Span | None:
    """The name in the line right below a paragraph that is a quotation: "Captain Ahab, whaler"."""
    if text.count("\n", quoted.end, after.start) != 1 or after.end - after.start > _LINE:
        return None
    line = after.of(text).rstrip()
    if line[-1:] in '.!?:;,”"' or _VERB.search(line):
        return None
    for mention, character in cast.named_in(after.start, after.end):
        before = text[after.start : mention.start].split()
        titled = len(before) <= 4 and all(w[0].isupper() for w in before)
        if not character.person or not titled or text[mention.end : mention.end + 2] != ", ":
            return None
        return Span(mention.start, mention.end) if " " in mention.text or before else None
    return None
