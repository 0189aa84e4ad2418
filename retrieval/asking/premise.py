"""What a question takes for granted of its speaker: "when he resigned", "in her inaugural address" (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.asking.evidence import Keys
from retrieval.asking.terms import tokens
from retrieval.model import Span
from retrieval.sentences import sentences

# What may befall somebody, as a question has it and as a text tells that it did; what only might have is told by other forms.
_EVENTS = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(rf"\b(?:{told})\b", re.IGNORECASE))
    for asked, told in (
        (r"resign\w*|quit\w*|step(?:ped|s|ping)?\s+down|stood\s+down|left\s+office", r"resign(?:ed|s|ing|ation)|quits|quitting|quit(?=[.,]|\s+(?:as|his|her|the|over|after|in|on|from|office|[A-Z]))|step(?:ped|s|ping)\s+down|st[oa]nd?(?:s|ing)?\s+down|left\s+office"),
        (r"retir\w+", r"retir(?:ed|es|ing|ement)"),
        (r"drop(?:ped|s|ping)?\s+out|withdrew|withdraw\w*|suspend\w+", r"drop(?:ped|s|ping)\s+out|withdr[ae]w(?:s|ing|al|n)?|suspend(?:ed|s|ing)|(?:end|quit|exit)(?:ed|s|ting|ing)?|bow(?:ed|s|ing)\s+out"),
        (r"lost|defeat(?:ed)?|loss|conced\w+|concession", r"lost|los(?:es|ing|s)|defeat(?:ed|s)?|conced(?:ed|es|ing)|concession|beaten"),
        (r"won|win|victory|triumph\w*", r"won|w[io]n(?:s|ning)|victor(?:y|ious)|triumph(?:ed|s|ant)?|win"),
        (r"accept(?:ed|ing|ance)?|took\s+(?=the\b.*\bnomination)|(?:was|were|being)\s+nominated|nomination", r"accept(?:ed|s|ing|ance)|nominated|nominee"),
        (r"elected|election\s+victory", r"elect(?:ed|ion)|won|victory"),
        (r"sworn\s+in|took\s+office|inaugura\w+", r"sworn|took\s+office|tak(?:es|ing)\s+office|inaugura\w+"),
        (r"impeach\w*", r"impeach(?:ed|ment|ing)"),
        (r"arrest\w*|detained", r"arrest(?:ed|s)?|detained|custody|handcuffed"),
        (r"convict\w+|found\s+guilty|sentenced|jailed|imprisoned|indict\w+", r"convict(?:ed|ion)|guilty|sentenced|jail(?:ed)?|prison|imprisoned|indict(?:ed|ment)|charged"),
        (r"fired|sacked|dismiss(?:ed|al)|ousted", r"fired|sacked|dismiss(?:ed|al)|oust(?:ed|er)|removed"),
        (r"died|death", r"died|dead|death|killed"),
        (r"married|marriage|wedding|divorce\w*", r"marr(?:ied|ies|iage)|wed(?:ding)?|divorce\w*"),
        (r"farewell", r"farewell|goodbye|leaving|depart\w*|last|final|resign\w+"),
        (r"surrender\w*|capitulat\w+", r"surrender(?:ed|s|ing)?|capitulat(?:ed|ion)"),
    )
)  # fmt: skip
_CLAUSE = re.compile(
    r"(?<!\babout )(?<!\bon )\b(?P<lead>when|after|once|upon|the\s+(?:day|moment|night|week|year))\s+(?:that\s+)?(?P<clause>(?:he|she|they)\s+"
    r"(?:(?:was|were|had|has|got|been|have|finally|officially|formally)\s+)*(?P<what>[^,.;:?!]+))",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"\b(?:in|during|at|after|upon|on|following)\s+(?P<clause>(?:his|her|their)\s+(?P<what>\w+(?:\s+night)?)"
    r"(?:\s+(?:address|speech|remarks|statement|letter|news\s+conference|press\s+conference))?)(?=\W*$|\s+(?:about|on|as)\b)",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"\b(?:as|over|in|on|at|for|from|of|to|after|because|with|by|against|out|down)\b")
_NO_OBJECT = re.compile(
    r"^(?:resign|quit|step|stood|left|retir|drop|withdr|suspend|arrest|fired|sacked|married|died)", re.IGNORECASE
)
_NAMES_IT = re.compile(r"^(?:defeat|loss|conced|concession|victor|triumph|beaten)", re.IGNORECASE)
_MAYBE = re.compile(
    r"(?:\b(?:if|should|would|could|never|not|unless|whether|urg\w+|ask\w+|deman\w+|call\w*\s+on|call\w*\s+for|wants?)\b|n[’']t\b)(?:\s+\S+){0,3}\s*$",
    re.IGNORECASE,
)
_BEFORE = 110  # characters in which the subject stands before what befell them
_I = re.compile(r"\bI(?:[’']m|[’']ve|[’']ll)?\b[^.?!]{0,40}$")


@dataclass(frozen=True, slots=True)
class Premise:
    """Something that is to have befallen the speaker: how a text tells it, and what else its sentence has to name."""

    clause: str
    event: str  # the words of it that the document answers
    told: re.Pattern[str]
    done: re.Pattern[str]  # the same as the speaker would say it: "I hereby resign"
    things: str


def find_premise(text: str) -> Premise | None:
    """What a question takes for granted of whoever it calls "he" or "she"; None where that is nothing that a text would tell."""
    for found in (_CLAUSE.search(text), _SPEECH.search(text)):
        if found is None:
            continue
        for asked, told in _EVENTS:
            if event := asked.match(found["what"]):
                rest = found["what"][event.end() :] if not _NO_OBJECT.match(found["what"]) else ""
                things = _OBJECT.split(rest)[0] if found.re is _CLAUSE else ""
                lead = found["lead"] if found.re is _CLAUSE else found[0].split()[0]
                return Premise(f"{lead.lower()} {found['clause'].strip()}", f"{event[0]} {things}", told, asked, things)
    return None


def is_told(premise: Premise, surnames: Iterable[str], text: str, keys: Keys) -> bool:
    """Whether a text tells that it befell whoever bears one of these surnames."""
    if not premise.told.search(text):
        return False
    names = "|".join(re.escape(name) for name in surnames)
    things = keys.of(premise.things)
    told = [s.of(text) for s in sentences(text, Span(0, len(text)))]
    for i, sentence in enumerate(told):
        whole = f"{told[i - 1]} {sentence}" if i else sentence
        for found in premise.told.finditer(sentence):
            before = sentence[max(0, found.start() - _BEFORE) : found.start()]
            theirs = re.search(rf"\b(?:{names}|he|she|his|her)\b", before, re.IGNORECASE) and re.search(names, whole)
            named = bool(_NAMES_IT.match(found[0])) or things <= keys.of_tokens(tokens(sentence))
            if theirs and named and not _MAYBE.search(before):
                return True
    return False


def is_said(premise: Premise, words: str) -> bool:
    """Whether these words do it: "I hereby resign"."""
    return any(_I.search(words[: found.start()]) for found in premise.done.finditer(words))
