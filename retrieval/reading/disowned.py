"""Words that a text shows as a fake, or as what somebody only claims that another said: they are nobody's (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.model import Span
from retrieval.reading.assembly import Judged
from retrieval.reading.unsaid import UNSAID

_BACK, _ON = 260, 220  # characters looked at before and behind a quotation
_FEWEST = 4  # words: what is as long and stands elsewhere too is the same quotation
_MOST = 200  # fakes in one text
_POST = r"(?:[Pp]osts?|[Vv]ideos?|[Ii]mages?|pictures?|[Mm]emes?|[Ss]creenshots?|accounts?|clips?|[Tt]weets?|[Rr]umou?rs?|graphics?|[Ww]ebsites?|letters?|flyers?)"
_LOWER = r"(?:(?!(?:he|she|they|we|who|whose|which)\b)[a-z\d,.\-]+|Facebook|Instagram|Telegram|TikTok|Twitter|WhatsApp|X|YouTube|[A-Z][a-z]+day)"
# "A post shared 4,000 times claims that Fogg said", but not "in a post, Fogg claimed"
_CLAIMED = re.compile(
    rf"(?:(?<!in a )(?<!In a )(?<!in an )(?<!In an )(?<!in the )(?<!In the )\b{_POST}(?:\s{_LOWER}){{0,14}}?\s(?:claim|alleg|purport|pretend|attribut)\w*"
    rf"|\b(?:fake|fabricated|doctored|forged|bogus|AI-generated)\s(?:{_POST}|quotes?|quotations?|statements?|remarks?|messages?)\b"
    r"|\b(?:falsely|wrongly|mistakenly|misleadingly)\s(?:claim|attribut|quot|report|credit)\w*)[^.?!“”\"]{0,140}$"
)
_FAKE = r"(?:fake|fabricated|made[\s-]up|invented|doctored|forged|bogus|a\s(?:fake|forgery|fabrication|hoax)|not\s(?:real|genuine|authentic|his|hers|theirs))"
_OUTED = re.compile(
    rf"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose)\s(?:\w+\s)?(?:{_POST}|(?:quote|quotation|attribution|message)s?|words)\s(?:is|was|are|were)\s(?:\w+ly\s)?{_FAKE}\b"
    r"|\b(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hese)\s(?:quotes?|quotations?|attribution)\s(?:is|was|are|were)\s(?:\w+ly\s)?false\b"
    r"|\b(?:[Nn]ever|not|n[’']t)\s(?:actually\s|ever\s)?(?:said|say|wrote|write|written|uttered|tweeted|posted)\s"
    r"(?:(?:this|that|it|so|these\swords|those\swords|any\s?thing\sof\sthe\s(?:sort|kind)|any\ssuch\sthing|the\swords)(?=[,.;!?]|\s(?:at|in|on|during|and|according)\b|$))"
    r"|\b(?:denie[sd]|disput(?:es|ed))\s(?:ever\s)?(?:saying|having\ssaid|writing)\s(?:so|this|that|it|these\swords|those\swords)(?=[,.;!?]|\s|$)"
    r"|\b[Nn]o\s(?:evidence|record|proof)\s(?:that|of|to)\s[^.?!]{0,60}\b(?:said|say|saying|wrote|uttered|quote|words)\b"
)
_WORD = re.compile(r"[^\W_]+")


def disowned(text: str, judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """The same quotations, without a speaker where the text says that the words were never said, there or elsewhere."""
    false = {place for place, j in enumerate(judged) if j.resolved.evidence == UNSAID or _is_false(text, j)}
    wordings = {words for place in sorted(false)[:_MOST] if len(words := _words(text, judged[place])) >= _FEWEST}
    return tuple(
        _without(j) if n in false or _is_one_of(_words(text, j), wordings) else j for n, j in enumerate(judged)
    )


def _without(judged: Judged) -> Judged:
    return replace(judged, resolved=replace(judged.resolved, speaker=None, confidence=0.0, evidence=UNSAID))


def _is_false(text: str, judged: Judged) -> bool:
    quoted = judged.verdict.region.outer
    if _CLAIMED.search(text, max(0, quoted.start - _BACK), quoted.start):
        return True
    return any(_OUTED.search(part.of(text)) for part in _told_behind(text, quoted))


def _told_behind(text: str, quoted: Span) -> Iterator[Span]:
    """What the text itself goes on with: up to the next quotation mark, and no further than a paragraph on."""
    end = min(len(text), quoted.end + _ON)
    marks = [i for mark in '“"„«' if (i := text.find(mark, quoted.end, end)) >= 0]
    yield Span(quoted.end, min([end, *marks]))


def _words(text: str, judged: Judged) -> tuple[str, ...]:
    return tuple(w.casefold() for w in _WORD.findall(judged.verdict.region.inner.of(text)))


def _is_one_of(words: tuple[str, ...], wordings: set[tuple[str, ...]]) -> bool:
    """Whether words hold one of some wordings whole."""
    if not wordings or len(words) < _FEWEST:
        return False
    line = f" {' '.join(words)} "
    return any(f" {' '.join(w)} " in line for w in wordings)
