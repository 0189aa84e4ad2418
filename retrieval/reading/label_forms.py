"""Speakers' labels as they look: "THE PRESIDENT:", "MR. PRICE:", "Q", "Ahab:" (pure, linear)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.model import Span

LONGEST_LABEL = 110
_LONGEST_OFFICE = 14  # words of a label with an office in it
# What may stand before a label: a clock with or without the day, list and emphasis marks of Markdown, a question's number.
_LEAD = re.compile(
    r"(?:Q\d{1,3}\.?\s+)?(?:\s|[>*_#•·▪◦‣●-]|[\[(]?(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s)?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?:\s?[AaPp][Mm])?[\])]?)*"
)
_QUESTION = re.compile(
    r"(?:Q|QUESTION|Question)(?:\s?[\[(][^\])\n]{1,60}[\])])?(?:[.:]\s*|\s*[-–—]\s+|\s{2,}|\t|\s(?=[\"“(—–A-Z]))"
)
# "A.  I did." of a deposition; not "A. J. Raffles"
_ANSWER = re.compile(r"(?:A|ANSWER|Answer)\.\s+(?=[\"“(\[—–A-Z])(?![A-Z]\.)")
BRACKETS = re.compile(r"\\?[\[(][^\])\n]{0,60}\\?[\])]")
CAPITALS = re.compile(r"[^\W\d_]+")
# "The Secretary of State for Defence (Plantagenet Palliser)"
_OFFICE_WITH_NAME = re.compile(r"[Tt](?:he|HE)\s[^(\[]{3,80}[(\[]((?:[A-Z][\w.'’\-]+\s+){1,4}[A-Z][\w'’\-]+)[)\]]")
_MEMBERS = re.compile(r"(?:An?|Several|Some|Many)\s(?:[Hh]on\.?|[Nn]oble)\s(?:[Mm]embers?|Lords?|Friends?)$")
_SMALL_WORDS = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "de",
        "da",
        "van",
        "von",
        "der",
        "del",
        "la",
        "le",
        "di",
        "du",
        "al",
        "bin",
        "ibn",
        "to",
        "in",
        "at",
    ]
)
_NOT_LABELS = frozenset(
    [
        "note",
        "update",
        "photo",
        "image",
        "watch",
        "read",
        "more",
        "source",
        "sources",
        "related",
        "tags",
        "correction",
        "editor's",
        "video",
        "listen",
        "advertisement",
        "via",
        "by",
        "from",
        "to",
        "subject",
        "date",
        "cc",
        "time",
        "where",
        "when",
        "who",
        "what",
        "location",
        "venue",
        "https",
        "http",
        "re",
        "fwd",
        "sent",
        "attachments",
    ]
)
# What may be a label where a person is not known otherwise
ADDRESSED = re.compile(
    r"(?:The\s|THE\s)?(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Baroness|Hon|Rt|Sen|Rep|Gov|Gen|Adm|Capt|Col|Lt|Maj|Amb|Sec|SEN|REP|GOV|GEN|ADM|CAPT|COL|LT|MAJ|AMB|SEC|MR|MRS|MS|MISS|DR|SIR|DAME|LORD|LADY)\b"
)
_PUBLIC_OFFICE = frozenset(
    "president minister secretary chancellor chairman chairwoman chair ambassador admiral general commander director king "  # noqa: SIM905 - a list of words reads better as one
    "queen premier speaker governor senator congressman congresswoman representative commissioner colonel captain judge "
    "justice attorney professor spokesman spokeswoman spokesperson official pm operator chief officer".split()
)

QUESTIONERS = frozenset(
    [
        "q",
        "question",
        "questioner",
        "reporter",
        "journalist",
        "moderator",
        "host",
        "interviewer",
        "operator",
        "participant",
        "audience",
        "member",
        "press",
        "anchor",
        "speaker",
        "unidentified",
        "unknown",
        "multiple",
        "several",
        "inaudible",
        "voice",
        "male",
        "female",
        "remark",
    ]
)


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label: where its words stand, where the speech after it begins, and whether it is all capitals."""

    span: Span
    speech: int
    capitals: bool

    def name(self, text: str) -> str:
        """The label as it is written, without brackets; of an office with a name in brackets, the name."""
        words = self.span.of(text)
        named = _OFFICE_WITH_NAME.match(words)
        return " ".join(named[1].split() if named else BRACKETS.sub(" ", words).split()).strip(" *_:.")


def label_at(text: str, paragraph: Span) -> Label | None:
    """The label that opens a paragraph, or None."""
    lead = _LEAD.match(text, paragraph.start, min(paragraph.end, paragraph.start + LONGEST_LABEL))
    start = lead.end() if lead else paragraph.start
    question = _QUESTION.match(text, start, paragraph.end)
    if question:
        speech = question.end()
        while speech < paragraph.end and text[speech] in "*_ ":  # "**Question:** When?"
            speech += 1
        return Label(Span(start, start + len(question.group().rstrip(" \u00a0\t.:-–—"))), speech, capitals=True)
    answer = _ANSWER.match(text, start, paragraph.end)
    if answer:
        return Label(Span(start, text.index(".", start)), answer.end(), capitals=False)
    limit = min(paragraph.end, start + LONGEST_LABEL)
    colon = _colon(text, start, limit)
    if colon <= start:
        return None
    speech = colon + 1
    while speech < paragraph.end and (text[speech].isspace() or text[speech] in "*_"):
        speech += 1
    if speech == colon + 1 and speech < paragraph.end:
        return None  # "10:30", "https:"
    words = BRACKETS.sub(" ", text[start:colon]).strip(" *_")
    if words.startswith("From ") and words[5:6].isupper():  # of a press release: "From Chairwoman X: “…”"
        start, words = start + 5, words[5:]
    capitals = is_label(words)
    return None if capitals is None else Label(Span(start, end_of(text, start, colon)), speech, capitals)


def _colon(text: str, start: int, limit: int) -> int:
    """The first colon that stands in no brackets: "Mr THORNTON (Milton) (14:02): …"."""
    colon = text.find(":", start, limit)
    for bracket in BRACKETS.finditer(text, start, limit) if text[colon - 1 : colon].isdigit() else ():
        if bracket.start() < colon < bracket.end():
            colon = text.find(":", bracket.end(), limit)
    return colon


def is_label(words: str) -> bool | None:
    """True for a label in capitals, False for one like "Jonathan Harker", None when it is no label."""
    letters = CAPITALS.findall(words)
    if not letters or len(letters) > _LONGEST_OFFICE or any(c in words for c in '“”"?!;'):
        return None
    if letters[0].casefold() in _NOT_LABELS:
        return None
    big = [w for w in letters if w.casefold() not in _SMALL_WORDS]
    if not big:
        return None
    if all(w.isupper() or w[:2] in ("Mc", "Mac") for w in big) and any(len(w) > 1 for w in big):
        return True
    longest = _LONGEST_OFFICE if is_office(words) else 8
    if len(letters) <= longest and all(w[0].isupper() for w in big):
        return False
    if _MEMBERS.match(words) or (words[0].isupper() and is_questioner(words)):
        return False  # "Audience member", "An hon. Member"
    return None


def is_office(label: str) -> bool:
    """Whether a label carries a public office: "NATO Secretary General Rassendyll", "Prime Minister"."""
    return any(w.casefold() in _PUBLIC_OFFICE for w in CAPITALS.findall(label))


def is_somebody(text: str, label: str) -> bool:
    """Whether a label that stands there once can be a person's: an office, or a name that the text has elsewhere.

    "QUOTE OF THE DAY" and "SPOTTED" are headings.
    """
    words = [w.casefold() for w in CAPITALS.findall(label)]
    if not words or is_questioner(label) or set(words) & _PUBLIC_OFFICE or ADDRESSED.match(label):
        return bool(words)
    last = words[-1]
    return len(last) > 1 and re.search(rf"\b{re.escape(last.capitalize())}\b", text) is not None


def is_questioner(label: str) -> bool:
    """Whether a label stands for whoever asks: their words are never the principal's."""
    words = [w.casefold() for w in CAPITALS.findall(label)]
    return bool(words) and all(
        w in QUESTIONERS or w.removesuffix("s") in QUESTIONERS or w in _SMALL_WORDS for w in words
    )


def initials_of(label: str) -> str:
    """The initials that a later label may stand for a name with: "CN" for Captain Nemo."""
    return "".join(w[0] for w in label.removeprefix("The ").split() if w.casefold() not in _SMALL_WORDS).upper()


def end_of(text: str, start: int, end: int) -> int:
    """Where a stretch ends without the white space behind it."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
