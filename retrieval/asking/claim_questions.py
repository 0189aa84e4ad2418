"""Whether a question claims words of somebody: “Did Rutte say “…”?”, “is this real: …”, “who said “…”?” (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from retrieval import lexicon
from retrieval.asking.claims import pasted
from retrieval.asking.crediting import ClaimedWords
from retrieval.asking.small_talk import small_talk
from retrieval.terms import fold

_FEW = 4  # words from which what stands behind "say that" is a claim and not a topic
_LONG = 3  # words from which a text in quotation marks is a quotation and not a name for something
_LEAD = r"^\W*(?:(?:so|and|but|hey|hi|hello|ok|okay|please|pls|bot)\b\W*)*"
_TEST = r"(?:real|fake|true|false|authentic|genuine|accurate|exact|verbatim|correct|legit|made[ -]up|misquoted?|a\s+hoax|an?\s+(?:\w+\s+)?(?:quote|quotation))"
# "Is this a real quote: …", "real or fake? …", "fact check: …", "please verify that …"
_ANNOUNCED = re.compile(
    _LEAD
    + r"(?:(?:(?:is|was|are|were)\s+(?:this|that|the\s+following|these|it)\b(?:\s+[\w’'-]+){0,8}|(?:real|true|fake)\s+or\s+(?:fake|false|real|not)|"
    r"(?:can|could|would)\s+you\s+(?:please\s+)?(?:check|verify|confirm)(?:\s+[\w’'-]+){0,6}|(?:fact[ -]?check|check|verify|confirm)(?:\s+(?:this|that|the|these|if|whether|quote|quotation|words|following|please|is|are|real|true|it|exact|correct)){0,8})"
    r"\s*[:?—–-]+\s*|is\s+it\s+(?:really\s+)?(?:true|correct|right)\s+that\s+)(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SAYS = r"(?:say|said|says|claim|claimed|claims|state|stated|write|wrote|written|tweet|tweeted|post|posted|declare|declared|utter|uttered|tell\s+[\w’' -]{2,30}?|told\s+[\w’' -]{2,30}?)"
# "Did Rutte really say that …": in words of one's own, or in marks
_WHETHER = re.compile(
    _LEAD
    + r"(?:did|does|do|has|have|had)(?:n[’']?t)?\s+(?P<whom>(?:[^\s“”\"?]+\s+){1,8}?)(?:(?:ever|really|actually|also|once|in\s+fact|literally)\s+)*"
    + _SAYS
    + r"(?:\s+(?:these|the|this)\s+(?:exact\s+)?words?)?[,:]?\s+(?:that\s+)?(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ASKS_WHO = re.compile(
    _LEAD + r"(?:who\b|whose\b|by\s+whom\b|where\b|when\b|which\s+\w+\s+(?:said|says)\b)", re.IGNORECASE
)
_ASKS_WHETHER = re.compile(
    rf"\b{_TEST}\b|{_LEAD}(?:did|has|have|does|is|was)\b|\b(?:verify|confirm|fact[ -]?check|check)\b", re.IGNORECASE
)
_TOPIC = re.compile(
    r"\b(?:about|on|regarding|concerning|of|as|by|with|mean|means|meant|call|called|calls|calling|describe|described|phrase|term|word|words|the|a|an|his|her|their)\s*$",
    re.IGNORECASE,
)
_SAID = re.compile(rf"\b{_SAYS}\b", re.IGNORECASE)
_OTHER = frozenset(
    [
        "what",
        "why",
        "how",
        "which",
        "who",
        "whom",
        "whose",
        "whether",
        "if",
        "anything",
        "something",
        "about",
        "on",
        "regarding",
        "concerning",
        "it",
        "this",
        "so",
    ]
)
_ORDERS = frozenset({"gives_orders", "asks_to_invent"})


@dataclass(frozen=True, slots=True)
class ClaimQuestion:
    """A question that claims words: the claims, and whether it gives them as a quotation or in its own words."""

    claims: tuple[ClaimedWords, ...]
    manner: Literal["quoted", "told"]


def claim_question(text: str) -> ClaimQuestion | None:
    """The words that a question claims of somebody, or None where it asks for words that it does not have."""
    announced = _ANNOUNCED.match(text)
    if announced:
        claims = [c for c in pasted(announced["rest"]).claims if len(c.words.split()) >= _LONG]
        outside = text[: announced.start("rest")]
        return ClaimQuestion(tuple(claims), "quoted") if claims and _may_be_asked(outside) else None
    whether = _WHETHER.match(text)
    marked = [c for c in pasted(text).claims if _is_marked(c, text)]
    if marked:
        return ClaimQuestion(tuple(marked), "quoted") if _asks_of(text, marked) else None
    if whether and _is_told(whether["rest"]):
        claim = ClaimedWords(whether["rest"].strip(" ?!"), whether["whom"].strip())
        return ClaimQuestion((claim,), "told") if _may_be_asked(text) else None
    return None


def _is_marked(claim: ClaimedWords, text: str) -> bool:
    """Whether the words stand in quotation marks and are a quotation: not “the red line”, of which a question asks."""
    at = text.find(claim.words)
    in_marks = at > 0 and text[at - 1] in "“\"„«‘'"
    return in_marks and (
        len(claim.words.split()) >= _LONG or _SAID.search(text[:at].rstrip(" :,“\"„«‘'")[-20:]) is not None
    )


def _asks_of(text: str, claims: list[ClaimedWords]) -> bool:
    """Whether a text with words in quotation marks asks if, or by whom, they were said, or only gives them."""
    first = text.find(claims[0].words)
    before, outside = text[: max(0, first - 1)], text
    for claim in claims:
        outside = outside.replace(claim.words, " ")
    if not _may_be_asked(outside) or (_TOPIC.search(before) and not _SAID.search(before[-12:])):
        return False
    words = [fold(w) for w in re.findall(r"[\w’']+", outside)]
    if not words:
        return True
    if _ASKS_WHO.match(outside):
        return _SAID.search(outside) is not None or bool({"whose", "from", "come", "comes", "source"} & set(words))
    if _ASKS_WHETHER.search(outside):
        return True
    asks = lexicon.QUESTION_WORDS | lexicon.AUXILIARIES
    return bool(claims[0].whom) and not asks & set(words[:2]) and "?" not in outside


def _is_told(rest: str) -> bool:
    words = [fold(w) for w in re.findall(r"[\w’'-]+", rest)]
    return len(words) >= _FEW and words[0] not in _OTHER


def _may_be_asked(outside: str) -> bool:
    """Whether nothing around the words gives the bot orders."""
    refusal = small_talk(outside) if any(c.isalnum() for c in outside) else None
    return refusal is None or refusal.code not in _ORDERS
