"""What is no question for a bot that only quotes: greetings, errands, requests to invent (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.terms import listed

EMPTY = "Ask me what somebody said: “what did Rutte say about the bridge?”"
GREETING = "Hello! Ask me what somebody said about something, and I will look for their exact words."
THANKS = "You’re welcome. Ask me for somebody’s exact words whenever you need them."
ABOUT_ME = "I find what people said, word for word, with the source: try “what did Rutte say about the bridge?”"
ERRAND = "I only find quotes in the documents I hold; ask me what somebody said about something."
INVENT = "I only quote; I do not paraphrase or invent. Ask me what somebody really said."


UNSAID = "I can show what was said, not what was left unsaid. Ask me what somebody said about it."
ENGLISH = "I only understand questions in English, and the documents I hold are in English."


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is not answered with quotes, by its code (`refusals.CODES`), and the sentence that says so."""

    code: str
    message: str


# A clause that gives an order: only there do "ignore", "write" or "imagine" ask the bot for something.
_ORDER = (
    r"(?:^|[.?!;:,]\s+|\b(?:and|then|but|instead)\s+)\W*(?:(?:please|pls|can|could|would|will|you|just|now|then|also|hey|hi|ok|okay|so|bot|"
    r"instead|kindly|first|i\s+(?:want|need|would\s+like|order)(?:\s+you)?\s+to|i[’']d\s+like(?:\s+you)?\s+to|go\s+ahead\s+and|try\s+to|let[’']?s|"
    r"you\s+(?:must|should|will|shall|need\s+to|have\s+to)|assistant|system|admin|user)\b[\s,:]*)*"
)
_SAY = r"(?:say|tell|think|answer|reply|write|tweet|argue|respond|comment|put\s+it|react|describe)"
_INVENT = re.compile(
    _ORDER
    + r"(?:invent|make\s+(?:it\s+|one\s+|something\s+)?up|fabricate|fake|concoct|dream\s+up|ghost-?write|imagine|pretend|suppose|assume|role-?play|act\s+as|"
    r"impersonate|imitate|speak\s+as|talk\s+like|paraphrase|rephrase|rewrite|reword|summari[sz]e|shorten|embellish|polish|improve|sharpen|spice|translate|"
    r"tweak|edit|change|finish|complete|combine|merge|guess|predict|attribute|extrapolate|put\s+(?:these|those|the|some|your|this)?\s*words)\b"
    r"|\bmak(?:e|ing)\s+(?:\w+\s+){0,3}up\s+(?:a|an|some|something|quotes?|words)\b|\bmade[- ]up\s+(?:quote|statement|line|answer)|\b(?:fictional|fictitious|imaginary|fake|invented)\s+(?:quote|statement|speech|interview|line|remark)"
    r"|\bwhat\s+(?:would|might|could|will|should)\s+\S+(?:\s+\S+){0,5}?\s+(?:have\s+)?(?:say|said|tell|told|answer|reply|write|tweet|argue|respond|comment|react)\b"
    r"|\bhow\s+(?:would|might|could)\s+\S+(?:\s+\S+){0,4}?\s+" + _SAY + r"\b"
    r"|\b(?:give|get|show|offer|suggest|provide)\b[^.?!]{0,30}\b(?:plausible|realistic|believable|convincing|sounds?\s+like|sounding|as\s+if|made[- ]up)\b"
    r"|"
    + _ORDER
    + r"(?:write|draft|compose|generate|create|produce|craft|come\s+up\s+with)(?!\s+down)\b[^.?!]{0,50}\b(?:quot\w+|statements?|speech\w*|remarks?|tweets?|soundbites?|letter|"
    r"press\s+release|lines?|interview|words|monologue|dialogue|conversation|denial|apology|confession|reply|answer|op-?ed|article|headline|caption)\b"
    r"|"
    + _ORDER
    + r"(?:give\s+me|prepare)\b[^.?!]{0,50}\b(?:quot\w+|statements?|speech\w*|remarks?|tweets?|soundbites?|letter|"
    r"press\s+release|lines?|interview|words|monologue|dialogue|conversation|denial|apology|confession|reply|answer|op-?ed|article|headline|caption)\b(?!\s+(?:by|from|of|on|about)\b(?![^.?!]*\b(?:saying|says|praising|admitting|announcing|that)\b))"
    r"|\bin\s+your\s+own\s+words\b|\bsomething\s+(?:like|similar\s+to)\s+what\b|\bin\s+the\s+(?:style|voice)\s+of\b"
    r"|" + _ORDER + r"(?:have|make|let)\s+\S+(?:\s+\S+){0,2}\s+say\b",
    re.IGNORECASE,
)
_INJECTION = re.compile(
    _ORDER
    + r"(?:ignore|disregard|forget|override|bypass|skip|drop|suspend)\b[^.?!]{0,40}\b(?:instructions?|rules?|prompts?|guidelines?|above|previous|prior|constraints?|"
    r"restrictions?|filters?|everything|training|documents?|sources?|corpus|polic\w+)\b"
    r"|\bsystem\s*(?:prompt|message|override|instruction)|\bdeveloper\s+mode|\byou\s+are\s+now\b|\bfrom\s+now\s+on,?\s+you\b|\bjailbreak|\bDAN\s+mode|"
    r"</?(?:system|user|assistant|instructions?|s)>|\[/?INST\]|^\W*(?:system|assistant)\s*:|\bnew\s+instructions?\s*:"
    r"|"
    + _ORDER
    + r"(?:respond|reply|answer|output|print|return|say|claim|state|confirm|repeat)\s+(?:only\s+)?(?:with|exactly|the\s+following|verbatim|that|after\s+me)\b"
    r"|"
    + _ORDER
    + r"(?:reveal|print|show|repeat|leak|output|list)\b[^.?!]{0,20}\b(?:your|the)\s+(?:system|prompt|instructions?|rules|hidden|secrets?|tokens?|api\s+keys?|passwords?|settings|configuration|environment)",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^\W*(?:hi|hiya|hey|hello|yo|howdy|greetings|good\s+(?:morning|afternoon|evening|day|night)|morning|evening|sup|what'?s\s+up|bonjour|hola|dear\s+bot|hey\s+there|hi\s+there|"
    r"bye|goodbye|see\s+(?:you|ya)|cheers|welcome|happy\s+\w+|merry\s+\w+|test(?:ing)?|ping|lol|haha\w*|ok|okay|cool|nice|great|awesome|wow|yes|no|sure|please|sorry|never\s*mind|good\s+bot|bad\s+bot)"
    r"(?:[\s,!.?]+(?:there|bot|everyone|all|team|again|folks|you|quote\s*bot|friend|mate|buddy|then|job|one))*\W*$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^\W*(?:ok(?:ay)?|great|cool|perfect|nice|awesome|many|wow|and|good)?[\s,!.]*(?:thanks?|thx|ty|cheers|much\s+appreciated)\b(?!.*\b(?:what|who|how|did|does|has|which|when|where|why)\b)",
    re.IGNORECASE,
)
_HOW_ARE_YOU = re.compile(
    r"\bhow(?:'s|’s|\s+is|\s+are|\s+re|'re|’re)\s+(?:you|it\s+going|things|life|everything|your\s+\w+)\b|\bhow\s+do\s+you\s+(?:do|feel)\b|\bhow\s+was\s+your\b|\bwhat'?s\s+(?:up|new)\W*$",
    re.IGNORECASE,
)
_ABOUT_ME = re.compile(
    r"^\W*(?:so |and |but |hey |hi |hello |ok )*,?\s*(?:who|what)\s+(?:are|r)\s+you\b|\bwhat(?:[’']?s|\s+is)\s+your\s+(?:name|job|purpose|favou?rite|opinion|view|take)\b|"
    r"^\W*what\s+(?:can|do|could)\s+you\s+(?:do|offer|think|like|want|eat)\b|\bhow\s+do\s+you\s+work\b|"
    r"^\W*are\s+you\s+(?:a|an|the|real|human|alive|ok|okay|there|sentient|chatgpt|happy|sure|free|busy|single|able|on|feeling|sure|smart|stupid|tired)\b|"
    r"^\W*do\s+you\s+(?:like|love|have|speak|believe|dream|want|feel|sleep|remember|agree|think|ever)\b|\bwho\s+(?:made|built|created|wrote)\s+you\b|"
    r"^\W*can\s+you\s+help(?:\s+me)?\W*$|^\W*help(?:\s+me)?\W*$|^\W*what\s+(?:would|will|should)\s+you\b|^\W*(?:you|u|ur|your)\b(?!.*\?)|^\W*i\s+(?:think|feel|believe|love|hate|like)\s+(?:you|this\s+bot)\b",
    re.IGNORECASE,
)
_ERRAND = re.compile(
    _ORDER
    + r"(?:write(?!\s+down)|draft|compose|sing|rap|play|book|order|buy|schedule|remind|set|turn|open|calculate|compute|solve|convert|draw|paint|recommend|cook|bake|google|send|sell|design|"
    r"debug|fix|teach|tell\s+(?:me|us)\s+(?:a|an|another)\s+(?!(?:quote|line))|entertain|cheer|wake|count|pick|choose|help\s+me\s+(?:with|write|to|plan|fix|find\s+a))\b"
    r"|\b(?:what[’']?s|what\s+is|how[’']?s|how\s+is|how\s+will|what\s+will)\s+the\s+(?:weather|time|date|temperature|score|forecast)\b|\bwhat\s+(?:time|day)\s+is\s+it\b|"
    r"^\W*(?:will|is)\s+it\s+(?:going\s+to\s+)?(?:rain|snow|be\s+sunny)|^\W*(?:what\s+is|what[’']?s|calculate|compute|how\s+much\s+is)\s+[\d\s.+*/x×÷^()=-]+\W*$|"
    r"^\W*i(?:[’']m|\s+am)\s+(?:so\s+|very\s+|really\s+)?(?:bored|sad|happy|hungry|tired|sick|lonely|drunk|back|home|late|off)\b|"
    r"^\W*any\s+(?:plans|tips|ideas|jokes|good\s+\w+)\b|^\W*(?:let[’']?s|shall\s+we|wanna|want\s+to)\s+(?:chat|talk|play|go|grab|get|have)\b",
    re.IGNORECASE,
)


_WHO_IS = re.compile(
    r"^\W*who(?:\s+is|[’']?s)\s+(?:currently\s+|now\s+)?(?:the|our|your|my)\s+(?!.*\b(?:who|that|which|said|says|quoted|saying|about|behind)\b)",
    re.IGNORECASE,
)


_UNSAID = re.compile(
    r"^\W*(?:so |and |but )?what\s+(?:did|does|do|has|have|had|is|was)(?:(?:n[’']?t|\s+not)\s+(?:\S+\s+){1,4}?|\s+(?:\S+\s+){1,4}?(?:not|never)\s+)"
    r"(?:actually\s+)?(?:say|said|saying|mention|mentioned|mentioning|tell|told|talk(?:ed|ing)?|comment(?:ed)?|address(?:ed)?)\b",
    re.IGNORECASE,
)
_WHO_SOMEBODY_IS = re.compile(r"^\W*(?i:who|what)(?:\s+(?:is|was|are|were)|[’']s)\s+(?:[A-Z][\w.’'-]+\s*){1,4}\W*$")
_FOREIGN = listed(
    """que qué quién dijo dice sobre acerca qu'a dit sujet propos pourquoi was hat gesagt über sagte warum wat heeft gezegd powiedział
    cosa detto riguardo perché что сказал сказала про що сказав сказала hvad vad sade sagde τι είπε ne dedi hakkında la le der die das el
    du de het w na co o"""
)
_PLAIN = listed("what did does said say says about who whom on the to of tell show quote quotes and has is by from")


def _is_foreign(text: str) -> bool:
    """Whether a question is asked in another language: several small words of one, and none of English."""
    words = re.findall(r"[^\W\d_]+(?:[’'][^\W\d_]+)?", text.casefold().replace("’", "'"))
    return sum(word in _FOREIGN for word in words) >= 2 and not any(word in _PLAIN for word in words)


def small_talk(text: str) -> Refusal | None:
    """Why `text` gets a friendly line instead of quotes, or None when it may be a question for the documents."""
    if not any(c.isalnum() for c in text):
        return Refusal("no_words", EMPTY)
    outside = re.sub(r"[“\"„«][^“”\"„«»]*[”\"“»]", " ", text)
    if _INJECTION.search(outside):
        return Refusal("gives_orders", INVENT)
    if _INVENT.search(outside):
        return Refusal("asks_to_invent", INVENT)
    if _GREETING.search(outside) or (_HOW_ARE_YOU.search(outside) and not _named_speech(outside)):
        return Refusal("greeting", GREETING)
    if _THANKS.search(outside):
        return Refusal("thanks", THANKS)
    if _ABOUT_ME.search(outside):
        return Refusal("about_the_bot", ABOUT_ME)
    if _UNSAID.search(outside):
        return Refusal("asks_for_the_unsaid", UNSAID)
    if _is_foreign(outside):
        return Refusal("not_english", ENGLISH)
    if _ERRAND.search(outside):
        return Refusal("errand", ERRAND)
    if _WHO_IS.search(outside) or _WHO_SOMEBODY_IS.search(outside):
        return Refusal("who_somebody_is", ERRAND)
    return None


def _named_speech(text: str) -> bool:
    return bool(re.search(r"\b(?:did|does|has|have|said|says|according)\b", text, re.IGNORECASE))
