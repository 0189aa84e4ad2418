"""Speakers' labels as they look, and taken apart into office and name (pure, linear)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.model import Span
from retrieval.spelling import COURTESY, folded

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


# A speaker's label taken apart: "NATO Secretary General Rudolf Rassendyll" is an office and a name (pure).

Place = Callable[[str], str | None]

# The words that offices end in or go on with
OFFICES = frozenset(
    "president prime minister pm secretary general chancellor chairman chairwoman chair ambassador admiral commander "  # noqa: SIM905 - a list of words reads better as one
    "director king queen premier speaker vice deputy assistant under press foreign defense defence state "
    "secretary-general commissioner coordinator advisor adviser national security representative high sir madam lord "
    "lady dame sec spokesperson spokeswoman spokesman officer attorney justice governor senator judge first taoiseach".split()
)
_MATTERS = frozenset(
    "state defence defense foreign affairs interior finance treasury justice war trade security economy energy europe european".split()  # noqa: SIM905 - as above
)
# The last words of labels that name nobody
GENERIC = frozenset(
    "official officials spokesperson spokesman spokeswoman participant interpreter translator narrator "  # noqa: SIM905 - as above
    "staff aide voice man woman administration senior background speaker host anchor announcer audience "
    "crowd members member lords tempore clerk".split()
)
_TIES = frozenset(["of", "for", "to", "in", "at"])
_LINKS = frozenset(["and", "the", "&"])


@dataclass(frozen=True, slots=True)
class LabelParts:
    """The office and the name of a label, each empty where the label has none."""

    office: str
    name: str


def parts_of_label(label: str, place: Place) -> LabelParts:
    """The office and the name that a label gives; `place` tells countries and bodies."""
    front, comma, back = label.partition(", ")
    if comma:
        if is_office(front) and not is_office(back) and len(back.split()) > 1:
            return LabelParts(front, back)
        return LabelParts(back if is_office(back) else "", front) if not is_office(front) else _split(front, place)
    return _split(label, place)


def _split(label: str, place: Place) -> LabelParts:
    words = label.split()
    low = [folded(w) for w in words]
    at = 0
    while (last := max((i for i, w in enumerate(low) if i >= at and _is_office(w, i)), default=-1)) >= 0:
        tie = next((i for i in range(at, last + 1) if low[i] in _TIES and i), None)
        at = _past_matters(low, last + 1 if tie is None else tie, place)
    if not at:
        return LabelParts("", label)
    return LabelParts(" ".join(words[:at]), " ".join(w for w in words[at:] if folded(w) not in COURTESY))


def _is_office(word: str, at: int) -> bool:
    return word in OFFICES or (at == 0 and word in COURTESY)


def _past_matters(low: Sequence[str], at: int, place: Place) -> int:
    """Where the name begins behind "Minister of Foreign Affairs of Ruritania": the end when there is none."""
    while at < len(low) and low[at] in _TIES:
        at += 1
        while at < len(low) and low[at] in _LINKS:
            at += 1
        known = next((n for n in (4, 3, 2, 1) if at + n <= len(low) and place(" ".join(low[at : at + n]))), 0)
        start = at
        at += known
        while not known and at < len(low) and low[at] in _MATTERS | _LINKS:
            at += 1
        if at == start:
            at += 1
    return at


# Labels that a full stop closes: "Mr. SAWYER. I yield.", "Chairman Bingley. …", "Emma Bovary (Verts). – …" (pure, linear).

_INDENT = r"[\s*_>]*"
_NAME = r"[A-Z][\w’'\-]+(?:\s(?:[A-Z]\.|[A-Z][\w’'\-]+|de|van|von|der|la)){0,3}"
_TITLED = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gen|Adm|Prof)\.\s|(?:Miss|Madam|(?:Vice\s|Acting\s|Co-)?Chair(?:man|woman|person)?|Ranking\sMember|Senator|Representative|"
    r"Congressman|Congresswoman|Delegate|(?:Lieutenant\s|Major\s|Brigadier\s|Attorney\s)?General|(?:Vice\s|Rear\s)?Admiral|"
    r"(?:Under\s|Deputy\s|Assistant\s)?Secretary|Ambassador|Director|Administrator|Commissioner|Judge|Justice|Captain|Colonel|Major|"
    r"Commander|Sergeant|Sheriff|Chief|Governor|Mayor|Professor|Doctor|Father|Reverend|Lord|Lady|Sir|Dame|Baroness)\s)"
)
_CHAIR = (
    r"The\s(?:Vice\s|VICE\s|Acting\s|ACTING\s)?(?:CHAIR(?:MAN|WOMAN|PERSON)?|Chair(?:man|woman|person)?|SPEAKER|Speaker|CLERK|Clerk|"
    r"PRESIDENT|President|PRESIDING\sOFFICER|Presiding\sOfficer|WITNESS|Witness|COURT|Court)(?:\spro\stempore)?"
)
_BRACKET = r"(?:\s?[\[(][^\])\n]{1,60}[\])])?"
_OF_STATE = r"(?:\sof\s(?:the\s)?[A-Z]\w+(?:\s[A-Z]\w+)?)?"
# "Mr. SAWYER of Missouri. I yield"
_CONGRESS = re.compile(rf"{_INDENT}(?P<name>{_TITLED}{_NAME}|{_CHAIR}){_OF_STATE}{_BRACKET}\.\s+(?=[“\"‘'(\[—–A-Z])")
_WORD = r"[A-ZÀ-ÞŠŽ][\w’'\-]*\.?"
# "Josef Knecht, Vice-President of the Commission. – Madam President, …"
_PARLIAMENT = re.compile(
    rf"{_INDENT}(?P<name>President|{_WORD}(?:\s(?:{_WORD}|de|da|di|du|del|van|von|der|den|la|le|zu)){{1,5}})"
    rf"{_BRACKET}(?:,\s(?P<role>[^\n.:“”\"]{{2,90}}))?\.\s[–—-]\s"
)
_FEWEST = 3  # such labels of two people make a record
_SHARE = 20  # of that many paragraphs one carries a label


def dotted_labels(text: str, paragraphs: Sequence[Span]) -> tuple[list[Label | None], frozenset[str]]:
    """For each paragraph the label with a full stop that opens it, and their names; nothing in a text that is no record."""
    for form in (_CONGRESS, _PARLIAMENT):
        labels = [_label(text, p, form) for p in paragraphs]
        times = Counter(label.name(text) for label in labels if label is not None)
        total = sum(times.values())
        if len(times) >= 2 and total >= _FEWEST and total * _SHARE >= len(paragraphs):
            return labels, frozenset(times)
    return [], frozenset()


def dotted_label(text: str, paragraph: Span) -> Label | None:
    """The label that opens a paragraph of a record, closed by a full stop: "Mr. SAWYER. I yield"."""
    return _label(text, paragraph, _CONGRESS)


def _label(text: str, paragraph: Span, form: re.Pattern[str]) -> Label | None:
    found = form.match(text, paragraph.start, min(paragraph.end, paragraph.start + LONGEST_LABEL + 60))
    if found is None:
        return None
    told = found.groupdict().get("role")
    end = found.end("role") if told and is_office(told) else found.end("name")
    return Label(Span(found.start("name"), end), found.end(), capitals=False)
